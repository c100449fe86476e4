using System.Globalization;
using PstMigration.Storage;

namespace PstMigration.Sandbox;

/// <summary>Items with their properties and people.</summary>
internal sealed class ItemTable(MailboxStore store)
{
    private const string Columns =
        "i.number, i.folder, i.kind, i.generation, i.flags, i.received, i.created, i.modified, i.attachments, i.visible_from, i.arrived_no, i.change_no";

    private readonly SqliteDatabase _database = store.Database;

    /// <summary>An item, or null.</summary>
    public MailItem? Find(long number) =>
        Complete(_database.Query("SELECT " + Columns + " FROM item i WHERE i.number = @0", Map, number)).FirstOrDefault();

    /// <summary>Items by an SQL condition over <c>item i</c>.</summary>
    public List<MailItem> Select(string condition, string order, long skip, int take, params object?[] arguments)
    {
        string sql = string.Format(
            CultureInfo.InvariantCulture, "SELECT {0} FROM item i WHERE {1} ORDER BY {2} LIMIT {3} OFFSET {4}", Columns, condition, order, take, skip);
        return Complete(_database.Query(sql, Map, arguments));
    }

    /// <summary>How many fulfil a condition.</summary>
    public long Count(string condition, params object?[] arguments) =>
        _database.Number("SELECT COUNT(*) FROM item i WHERE " + condition, arguments);

    /// <summary>Stores a new item; its times, numbers and visibility are set by the caller but for the change numbers.</summary>
    public void Insert(MailItem item)
    {
        item.ChangeNumber = item.ArrivedNumber = store.Changes.Next();
        item.Number = _database.Insert(
            """
            INSERT INTO item(folder, kind, generation, flags, received, created, modified, attachments, visible_from, arrived_no, change_no)
            VALUES (@0, @1, @2, @3, @4, @5, @6, @7, @8, @9, @10)
            """,
            item.Folder,
            (int)item.Kind,
            item.Generation,
            item.Flags,
            item.Received,
            item.Created,
            item.Modified,
            item.AttachmentCount,
            item.VisibleFrom,
            item.ArrivedNumber,
            item.ChangeNumber);
        store.Properties.Write(item.Number, item.Properties);
        WritePeople(item);
    }

    /// <summary>Stores what changed, as a change of now.</summary>
    public void Update(MailItem item)
    {
        item.ChangeNumber = store.Changes.Next();
        item.Modified = store.Now;
        _database.Execute(
            "UPDATE item SET flags = @1, received = @2, modified = @3, attachments = @4, change_no = @5 WHERE number = @0",
            item.Number,
            item.Flags,
            item.Received,
            item.Modified,
            item.AttachmentCount,
            item.ChangeNumber);
        store.Properties.Write(item.Number, item.Properties);
        WritePeople(item);
    }

    /// <summary>Puts it into another folder.</summary>
    public void Move(MailItem item, long folder)
    {
        store.Changes.AddGone(item.Number, item.Folder, (int)item.Kind, item.Generation);
        item.Folder = folder;
        item.Generation++;
        item.ArrivedNumber = item.ChangeNumber = store.Changes.Next();
        item.Modified = store.Now;
        _database.Execute(
            "UPDATE item SET folder = @1, generation = @2, arrived_no = @3, change_no = @3, modified = @4 WHERE number = @0",
            item.Number,
            item.Folder,
            item.Generation,
            item.ChangeNumber,
            item.Modified);
    }

    /// <summary>Takes it away for good, with all that hangs on it.</summary>
    public void Delete(MailItem item)
    {
        foreach (AttachmentRow attachment in store.Attachments.List(item.Number))
        {
            store.Attachments.Delete(attachment);
        }

        store.Attachments.DeletePhoto(item.Number);
        if (item.Kind != ItemKind.Embedded)
        {
            store.Changes.AddGone(item.Number, item.Folder, (int)item.Kind, item.Generation);
        }

        store.Properties.Delete(item.Number);
        _database.Execute("DELETE FROM recipient WHERE item = @0", item.Number);
        _database.Execute("DELETE FROM item WHERE number = @0", item.Number);
    }

    private MailItem Map(SqliteRow r) => new()
    {
        Number = r.GetInt64(0),
        Folder = r.GetInt64(1),
        Kind = (ItemKind)r.GetInt32(2),
        Generation = r.GetInt64(3),
        Flags = r.GetInt32(4),
        Received = r.IsNull(5) ? null : Time(r, 5),
        Created = Time(r, 6),
        Modified = Time(r, 7),
        AttachmentCount = r.GetInt32(8),
        VisibleFrom = r.GetInt64(9),
        ArrivedNumber = r.GetInt64(10),
        ChangeNumber = r.GetInt64(11),
    };

    private long Time(SqliteRow r, int column) => r.GetInt64(column) is long time && GraphTime.IsValid(time)
        ? time
        : throw StorageException.Damaged(_database.Path, Strings.DamagedProperty);

    private List<MailItem> Complete(List<MailItem> items)
    {
        foreach (MailItem item in items)
        {
            store.Properties.Load(item.Number, item.Properties);
            var people = _database.Query(
                "SELECT kind, name, address, properties FROM recipient WHERE item = @0 ORDER BY kind, ord",
                r => (Kind: (PersonKind)r.GetInt32(0), Person: new Person(r.GetStringOrNull(1), r.GetStringOrNull(2)) { Properties = r.IsNull(3) ? null : r.GetBytes(3) }),
                item.Number);
            foreach (var group in people.GroupBy(p => p.Kind))
            {
                item.People[group.Key] = group.Select(p => p.Person).ToList();
            }
        }

        return items;
    }

    private void WritePeople(MailItem item)
    {
        if (!item.PeopleChanged)
        {
            return;
        }

        _database.Execute("DELETE FROM recipient WHERE item = @0", item.Number);
        foreach (KeyValuePair<PersonKind, List<Person>> list in item.People)
        {
            for (int i = 0; i < list.Value.Count; i++)
            {
                _database.Execute(
                    "INSERT INTO recipient(item, kind, ord, name, address, properties) VALUES (@0, @1, @2, @3, @4, @5)",
                    item.Number,
                    (int)list.Key,
                    i,
                    list.Value[i].Name,
                    list.Value[i].Address,
                    list.Value[i].Properties);
            }
        }
    }
}
