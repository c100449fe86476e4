using PstMigration.Mapi;
using PstMigration.Storage;

namespace PstMigration.Transfer;

/// <summary>Writes items into the tables of a journal. One caller at a time, within a transaction.</summary>
internal sealed class JournalEntries
{
    // A journal with more folders than that looks their numbers up again.
    private const int MostNames = 20_000;

    private const string Upsert = """
        INSERT INTO item(store, id, run, recorded, folder, fate, change, class, version, marker, target_store, target_id, reason_id, reason, subject, bytes, duration, losses, issue)
        VALUES (@0, @1, @2, @3, @4, @5, @6, @7, @8, @9, @10, @11, @12, @13, @14, @15, @16, @17, @18)
        ON CONFLICT(store, id) DO UPDATE SET
            run = excluded.run,
            recorded = excluded.recorded,
            folder = excluded.folder,
            fate = excluded.fate,
            change = excluded.change,
            class = COALESCE(excluded.class, class),
            version = COALESCE(excluded.version, version),
            marker = COALESCE(excluded.marker, marker),
            target_store = COALESCE(excluded.target_store, target_store),
            target_id = COALESCE(excluded.target_id, target_id),
            reason_id = excluded.reason_id,
            reason = excluded.reason,
            subject = COALESCE(excluded.subject, subject),
            bytes = COALESCE(excluded.bytes, bytes),
            duration = excluded.duration,
            losses = excluded.losses,
            issue = excluded.issue
        RETURNING number
        """;

    private readonly SqliteDatabase _database;
    private readonly JournalPrivacy _privacy;
    private readonly Dictionary<string, long> _names = new(StringComparer.Ordinal);
    private long _last;
    private (FolderPath? Path, string Text) _folder = (null, "");

    public JournalEntries(SqliteDatabase database, JournalPrivacy privacy)
    {
        _database = database;
        _privacy = privacy;
        Forget();
    }

    /// <summary>Forgets what was remembered of a transaction that was taken back.</summary>
    public void Forget()
    {
        _names.Clear();
        _last = _database.Number("SELECT MAX(number) FROM item");
    }

    /// <summary>Writes an item in place of what was written of it before.</summary>
    public void Write(JournalItem item, long run)
    {
        IReadOnlyList<ItemLoss> losses = item.Losses;
        long number = _database.Number(
            Upsert,
            NameOf(item.Key.Store),
            item.Key.Id,
            run,
            item.Recorded.UtcTicks,
            NameOf(TextOf(item.Folder)),
            item.Fate.ToString(),
            item.Change == CopyChange.None ? null : item.Change.ToString(),
            item.MessageClass.Length == 0 ? null : NameOf(item.MessageClass),
            item.Version?.Value,
            item.Marker?.Value,
            item.TargetKey is ItemKey target ? NameOf(target.Store) : null,
            item.TargetKey?.Id,
            item.ReasonId,
            _privacy.Clean(item.Reason, item.Subject),
            _privacy.Subject(item.Subject),
            item.Bytes,
            item.Duration?.Ticks,
            losses.Count,
            item.IsIssue);
        if (number > _last)
        {
            _last = number;
        }
        else
        {
            _database.Execute("DELETE FROM loss WHERE item = @0", number);
        }

        for (int i = 0; i < losses.Count; i++)
        {
            _database.Execute(
                "INSERT INTO loss(item, ord, kind, detail) VALUES (@0, @1, @2, @3)", number, i, losses[i].Kind.ToString(), _privacy.Clean(losses[i], item.Subject));
        }
    }

    // Items of one folder come one after the other.
    private string TextOf(FolderPath folder)
    {
        if (!ReferenceEquals(_folder.Path, folder))
        {
            _folder = (folder, folder.ToString());
        }

        return _folder.Text;
    }

    private long NameOf(string text)
    {
        if (_names.TryGetValue(text, out long known))
        {
            return known;
        }

        if (_names.Count == MostNames)
        {
            _names.Clear();
        }

        long number = _database.Number("SELECT number FROM name WHERE text = @0", text);
        number = number > 0 ? number : _database.Insert("INSERT INTO name(text) VALUES (@0)", text);
        _names.Add(text, number);
        return number;
    }
}
