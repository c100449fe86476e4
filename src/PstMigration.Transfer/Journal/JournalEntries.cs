using PstMigration.Mapi;
using PstMigration.Storage;

namespace PstMigration.Transfer;

/// <summary>Writes items into the tables of a journal. One caller at a time, within a transaction.</summary>
internal sealed class JournalEntries
{
    // A journal with more folders than that looks their numbers up again.
    private const int MostNames = 20_000;

    private const string Upsert = """
        INSERT INTO item(store, id, run, recorded, folder, fate, change, class, version, marker, target_store, target_id, reason_id, reason, subject, bytes, losses, issue)
        VALUES (@0, @1, @2, @3, @4, @5, @6, @7, @8, @9, @10, @11, @12, @13, @14, @15, @16, @17)
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
        Restart();
    }

    /// <summary>Forgets what was remembered of a transaction that was taken back.</summary>
    public void Restart()
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

    /// <summary>Forgets an item.</summary>
    public void Forget(ItemKey key)
    {
        const string Where = "FROM item WHERE id = @1 AND store = (SELECT number FROM name WHERE text = @0)";
        _database.Execute("DELETE FROM loss WHERE item IN (SELECT number " + Where + ")", key.Store, key.Id);
        _database.Execute("DELETE " + Where, key.Store, key.Id);
    }

    /// <summary>Writes that a folder was made.</summary>
    public void Write(JournalFolder folder) => _database.Execute(
        "INSERT INTO made(target_id, target) VALUES (@0, @1) ON CONFLICT(target_id) DO UPDATE SET target = excluded.target", folder.Key, folder.Path.ToString());

    /// <summary>Forgets a folder that was made.</summary>
    public void ForgetFolder(string key) => _database.Execute("DELETE FROM made WHERE target_id = @0", key);

    /// <summary>Writes what a run leaves for the next in place of what the run before has left.</summary>
    public void Write(JournalFeeds feeds)
    {
        _database.Execute("DELETE FROM feed");
        _database.Execute("UPDATE plan SET target_state = @0", feeds.TargetState);
        foreach (FolderFeed feed in feeds.Folders)
        {
            _database.Execute(
                "INSERT INTO feed(folder, place, options, state, run) VALUES (@0, @1, @2, @3, @4)", feed.Folder, feed.Place, feed.Options, feed.State, feed.Run);
        }
    }

    /// <summary>Forgets all items, and with them how far they were read.</summary>
    public static void Clear(SqliteDatabase database) => database.Execute(
        "DELETE FROM item; DELETE FROM loss; DELETE FROM name; DELETE FROM feed; UPDATE plan SET rebuilding = 0, target_state = NULL");

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
