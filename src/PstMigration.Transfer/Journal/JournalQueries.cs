using System.Globalization;
using PstMigration.Mapi;
using PstMigration.Storage;

namespace PstMigration.Transfer;

/// <summary>Reads the tables of a journal. One caller at a time.</summary>
internal sealed class JournalQueries(SqliteDatabase database)
{
    private const string Select = """
        SELECT i.number, s.text, i.id, f.text, i.fate, c.text, i.version, i.marker, t.text, i.target_id, i.reason_id, i.reason, i.subject, i.bytes, i.recorded, i.run, i.losses, i.change
        FROM item i JOIN name s ON s.number = i.store JOIN name f ON f.number = i.folder
        LEFT JOIN name c ON c.number = i.class LEFT JOIN name t ON t.number = i.target_store
        """;

    /// <summary>From where to where; null where the file does not say.</summary>
    public TransferPlan? Plan() => database.First(
        "SELECT source, target, source_name, target_name FROM plan",
        r => new TransferPlan(r.GetString(0), r.GetString(1)) { SourceName = r.GetString(2), TargetName = r.GetString(3) });

    /// <summary>The runs; of one that did not end, <paramref name="isOpen"/> tells whether it goes on.</summary>
    public List<JournalRun> Runs(bool isOpen)
    {
        List<JournalRun> runs = database.Query(
            "SELECT number, options, started, finished, error_id, error FROM run ORDER BY number",
            r => new JournalRun(r.GetInt64(0), r.GetString(1), Time(r.GetInt64(2)))
            {
                Finished = r.GetInt64OrNull(3) is long finished ? Time(finished) : null,
                ErrorId = r.GetStringOrNull(4),
                Error = r.GetStringOrNull(5),
            });
        for (int i = 0; i < runs.Count; i++)
        {
            bool isLast = i == runs.Count - 1;
            runs[i] = runs[i] with
            {
                State = runs[i].Finished is null ? (isLast && isOpen ? JournalRunState.Running : JournalRunState.Interrupted)
                    : runs[i].ErrorId is not null ? JournalRunState.Failed
                    : runs[i].IsUndo ? JournalRunState.Undone
                    : JournalRunState.Completed,
            };
        }

        return runs;
    }

    public List<JournalFolder> MadeFolders() =>
        database.Query("SELECT target, target_id FROM made ORDER BY target", r => new JournalFolder(FolderPath.Parse(r.GetString(0)), r.GetString(1)));

    /// <summary>What the last run has left for the next; null where it has left nothing.</summary>
    public JournalFeeds? Feeds() => database.First("SELECT target_state FROM plan", r => r.GetStringOrNull(0)) is string state
        ? new JournalFeeds(state, database.Query(
            "SELECT folder, place, options, state, run FROM feed ORDER BY folder",
            r => new FolderFeed(r.GetString(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetInt64(4))))
        : null;

    public JournalItem? Find(ItemKey key) =>
        Complete(database.Query(Select + " WHERE s.text = @0 AND i.id = @1", Map, key.Store, key.Id)).FirstOrDefault();

    public JournalPage Read(JournalQuery query)
    {
        if (query.Take < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(query), "A page has one item at least.");
        }

        (string condition, List<object?> arguments) = Condition(query);
        if (query.After is long after)
        {
            condition += " AND i.number > " + Argument(arguments, after);
        }

        string sql = Select + " WHERE " + condition + " ORDER BY i.number LIMIT " + Argument(arguments, (long)query.Take + 1);
        List<(long Number, long Losses, JournalItem Item)> rows = database.Query(sql, Map, [.. arguments]);
        bool hasMore = rows.Count > query.Take;
        if (hasMore)
        {
            rows.RemoveAt(rows.Count - 1);
        }

        return new JournalPage(Complete(rows), hasMore ? rows[rows.Count - 1].Number : null);
    }

    public JournalCounts Count(JournalQuery query)
    {
        (string condition, List<object?> list) = Condition(query);
        object?[] arguments = [.. list];
        List<(string Fate, long Count, long Bytes)> fates = database.Query(
            "SELECT i.fate, COUNT(*), COALESCE(SUM(i.bytes), 0) FROM item i WHERE " + condition + " GROUP BY i.fate",
            r => (r.GetString(0), r.GetInt64(1), r.GetInt64(2)),
            arguments);
        List<(string Kind, long Count)> losses = database.Query(
            "SELECT l.kind, COUNT(DISTINCT l.item) FROM loss l JOIN item i ON i.number = l.item WHERE " + condition + " GROUP BY l.kind",
            r => (r.GetString(0), r.GetInt64(1)),
            arguments);
        return new JournalCounts(
            fates.Sum(f => f.Count),
            fates.Sum(f => f.Bytes),
            fates.ToDictionary(f => Fate(f.Fate), f => f.Count),
            losses.Where(l => IsKind(l.Kind)).ToDictionary(l => Kind(l.Kind), l => l.Count));
    }

    private static (string Condition, List<object?> Arguments) Condition(JournalQuery query)
    {
        List<object?> arguments = [];
        List<string> terms = ["1 = 1"];
        if (query.Run is long run)
        {
            terms.Add("i.run = " + Argument(arguments, run));
        }

        if (query.FromRun is long first)
        {
            terms.Add("i.run >= " + Argument(arguments, first));
        }

        if (query.Fates.Count > 0)
        {
            terms.Add("i.fate IN (" + string.Join(", ", query.Fates.Select(f => Argument(arguments, f.ToString()))) + ")");
        }

        if (query.IssuesOnly)
        {
            terms.Add("i.issue = 1");
        }

        return (string.Join(" AND ", terms), arguments);
    }

    private static string Argument(List<object?> arguments, object value)
    {
        arguments.Add(value);
        return "@" + (arguments.Count - 1).ToString(CultureInfo.InvariantCulture);
    }

    private (long Number, long Losses, JournalItem Item) Map(SqliteRow r) => (
        r.GetInt64(0),
        r.GetInt64(16),
        new JournalItem(new ItemKey(r.GetString(1), r.GetString(2)), FolderPath.Parse(r.GetString(3)), Fate(r.GetString(4)))
        {
            MessageClass = r.GetStringOrNull(5) ?? "",
            Version = r.GetStringOrNull(6) is string version ? new ItemVersion(version) : null,
            Marker = r.GetStringOrNull(7) is string marker ? new ItemMarker(marker) : null,
            TargetKey = r.GetStringOrNull(8) is string store && r.GetStringOrNull(9) is string id ? new ItemKey(store, id) : null,
            ReasonId = r.GetStringOrNull(10),
            Reason = r.GetStringOrNull(11),
            Subject = r.GetStringOrNull(12),
            Bytes = r.GetInt64OrNull(13),
            Recorded = Time(r.GetInt64(14)),
            Run = r.GetInt64(15),
            Change = r.GetStringOrNull(17) is string change ? Change(change) : CopyChange.None,
        });

    private List<JournalItem> Complete(List<(long Number, long Losses, JournalItem Item)> rows)
    {
        List<JournalItem> items = [];
        foreach ((long number, long losses, JournalItem item) in rows)
        {
            items.Add(losses == 0 ? item : item with
            {
                // Kinds of a later version are left out.
                Losses = [.. database.Query("SELECT kind, detail FROM loss WHERE item = @0 ORDER BY ord", r => (Kind: r.GetString(0), Detail: r.GetString(1)), number)
                    .Where(l => IsKind(l.Kind)).Select(l => new ItemLoss(Kind(l.Kind), l.Detail))],
            });
        }

        return items;
    }

    private DateTimeOffset Time(long ticks) => ticks >= 0 && ticks <= DateTime.MaxValue.Ticks
        ? new DateTimeOffset(ticks, TimeSpan.Zero)
        : throw StorageException.Damaged(database.Path, Strings.JournalDamagedValue);

    private ItemFate Fate(string text) => Enum.TryParse(text, out ItemFate fate) && Enum.IsDefined(typeof(ItemFate), fate)
        ? fate
        : throw StorageException.Damaged(database.Path, Strings.JournalDamagedValue);

    private CopyChange Change(string text) => Enum.TryParse(text, out CopyChange change) && Enum.IsDefined(typeof(CopyChange), change)
        ? change
        : throw StorageException.Damaged(database.Path, Strings.JournalDamagedValue);

    private static bool IsKind(string text) => Enum.TryParse(text, out LossKind kind) && Enum.IsDefined(typeof(LossKind), kind);

    private static LossKind Kind(string text) => (LossKind)Enum.Parse(typeof(LossKind), text);
}
