using System.Globalization;
using PstMigration.Mapi;
using PstMigration.Storage;

namespace PstMigration.Sandbox;

/// <summary>A row of <c>folder</c>.</summary>
internal sealed record FolderRow(
    long Number, long Parent, string Name, string? WellKnown, string Class, bool IsHidden, long CreatedNumber, long ChangeNumber)
{
    public ItemKind ItemKind => Class switch
    {
        FolderClasses.Contacts => ItemKind.Contact,
        FolderClasses.Calendar => ItemKind.Event,
        FolderClasses.Tasks => ItemKind.Task,
        _ => ItemKind.Message,
    };
}

/// <summary>Folders. Number 1 is above everything and seen by nobody; number 2 is the root people see.</summary>
internal sealed class FolderTable(MailboxStore store)
{
    public const string RootName = "msgfolderroot";

    private const string Columns = "f.number, f.parent, f.name, f.well_known, f.class, f.hidden, f.created_no, f.change_no";

    private readonly SqliteDatabase _database = store.Database;

    /// <summary>Children by parent and name, of the parents that were asked about: a folder is looked for among its brothers whenever one is made.</summary>
    private readonly Dictionary<long, Dictionary<string, long>> _children = [];

    public FolderRow? Find(long number) => _database.First("SELECT " + Columns + " FROM folder f WHERE f.number = @0", Map, number);

    public FolderRow? FindWellKnown(string name) => _database.First("SELECT " + Columns + " FROM folder f WHERE f.well_known = @0", Map, name);

    /// <summary>A child by name; names differ by more than case.</summary>
    public FolderRow? FindChild(long parent, string name)
    {
        if (!_children.TryGetValue(parent, out Dictionary<string, long>? children))
        {
            // SQLite folds only ASCII; the service folds more.
            children = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
            foreach (FolderRow child in _database.Query("SELECT " + Columns + " FROM folder f WHERE f.parent = @0 ORDER BY f.number DESC", Map, parent))
            {
                children[child.Name] = child.Number;
            }

            _children[parent] = children;
        }

        return children.TryGetValue(name, out long number) ? Find(number) : null;
    }

    /// <summary>Forgets what is not in the file: folders were changed otherwise than by being added, or their change was taken back.</summary>
    public void Forget() => _children.Clear();

    /// <summary>Folders by an SQL condition over <c>folder f</c>.</summary>
    public List<FolderRow> Select(string condition, string order, long skip, int take, params object?[] arguments) => _database.Query(
        string.Format(CultureInfo.InvariantCulture, "SELECT {0} FROM folder f WHERE {1} ORDER BY {2} LIMIT {3} OFFSET {4}", Columns, condition, order, take, skip),
        Map,
        arguments);

    public long Count(string condition, params object?[] arguments) =>
        _database.Number("SELECT COUNT(*) FROM folder f WHERE " + condition, arguments);

    public long CountChildren(FolderRow folder) =>
        Count("f.parent = @0 AND f.class = @1 AND f.hidden = 0", folder.Number, folder.Class);

    public long CountItems(FolderRow folder) => store.Items.Count("i.folder = @0", folder.Number);

    public long CountUnread(FolderRow folder) =>
        store.Items.Count("i.folder = @0 AND i.kind = 0 AND (i.flags & " + MailItem.ReadFlag.ToString(CultureInfo.InvariantCulture) + ") = 0", folder.Number);

    /// <summary>Bytes of what is in a folder: properties and attachments.</summary>
    public long Size(FolderRow folder) =>
        _database.Number("SELECT SUM(length(CAST(p.value AS BLOB))) FROM property p JOIN item i ON i.number = p.item WHERE i.folder = @0", folder.Number)
        + _database.Number("SELECT SUM(a.size) FROM attachment a JOIN item i ON i.number = a.item WHERE i.folder = @0", folder.Number);

    public FolderRow Insert(long parent, string name, string? wellKnown, string @class, bool hidden)
    {
        long change = store.Changes.Next();
        long number = _database.Insert(
            "INSERT INTO folder(parent, name, well_known, class, hidden, created_no, change_no) VALUES (@0, @1, @2, @3, @4, @5, @5)",
            parent,
            name,
            wellKnown,
            @class,
            hidden,
            change);
        if (_children.TryGetValue(parent, out Dictionary<string, long>? children))
        {
            children[name] = number;
        }

        return Find(number)!;
    }

    public FolderRow Rename(FolderRow folder, string name)
    {
        Forget();
        _database.Execute("UPDATE folder SET name = @1, change_no = @2 WHERE number = @0", folder.Number, name, store.Changes.Next());
        return Find(folder.Number)!;
    }

    public FolderRow Move(FolderRow folder, long parent)
    {
        Forget();
        _database.Execute("UPDATE folder SET parent = @1, change_no = @2 WHERE number = @0", folder.Number, parent, store.Changes.Next());
        return Find(folder.Number)!;
    }

    /// <summary>Takes a folder away with everything below it.</summary>
    public void Delete(FolderRow folder)
    {
        Forget();
        foreach (FolderRow each in WithDescendants(folder))
        {
            List<MailItem> items;
            while ((items = store.Items.Select("i.folder = @0", "i.number", 0, 100, each.Number)).Count > 0)
            {
                items.ForEach(store.Items.Delete);
            }

            store.Changes.AddGone(each.Number, 0, ChangeTable.FolderKind(each.ItemKind), 0);
            store.Properties.Delete(-each.Number);
            _database.Execute("DELETE FROM folder WHERE number = @0", each.Number);
        }
    }

    /// <summary>Whether <paramref name="folder"/> is <paramref name="ancestor"/> or lies below it.</summary>
    /// <exception cref="StorageException">FileDamaged: a folder lies below itself.</exception>
    public bool IsWithin(long folder, long ancestor)
    {
        HashSet<long> seen = [];
        for (FolderRow? at = Find(folder); at is not null; at = Find(at.Parent))
        {
            if (at.Number == ancestor)
            {
                return true;
            }

            CheckNew(seen, at);
        }

        return false;
    }

    private static FolderRow Map(SqliteRow r) => new(
        r.GetInt64(0), r.GetInt64(1), r.GetString(2), r.GetStringOrNull(3), r.GetString(4), r.GetBoolean(5), r.GetInt64(6), r.GetInt64(7));

    private List<FolderRow> WithDescendants(FolderRow folder)
    {
        List<FolderRow> all = [folder];
        HashSet<long> seen = [];
        for (int i = 0; i < all.Count; i++)
        {
            CheckNew(seen, all[i]);
            all.AddRange(_database.Query("SELECT " + Columns + " FROM folder f WHERE f.parent = @0", Map, all[i].Number));
        }

        return all;
    }

    private void CheckNew(HashSet<long> seen, FolderRow folder)
    {
        if (!seen.Add(folder.Number))
        {
            throw StorageException.Damaged(_database.Path, Strings.DamagedFolders);
        }
    }
}
