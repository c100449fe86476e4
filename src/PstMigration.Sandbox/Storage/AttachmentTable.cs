using PstMigration.Storage;

namespace PstMigration.Sandbox;

/// <summary>What an attachment is.</summary>
internal enum AttachmentKind
{
    File = 0,
    Item = 1,
}

/// <summary>A row of <c>attachment</c>; <see cref="Content"/> for files, <see cref="Embedded"/> for items.</summary>
internal sealed record AttachmentRow(
    long Number,
    long Item,
    AttachmentKind Kind,
    string? Name,
    string? ContentType,
    bool IsInline,
    string? ContentId,
    string? ContentLocation,
    long Size,
    long Modified,
    long? Content,
    long? Embedded)
{
    /// <summary>All properties but the content of an attachment that came by an import, as <see cref="PropertyList"/> writes them; null for others.</summary>
    public byte[]? Properties { get; init; }
}

/// <summary>Attachments, and the photos of contacts.</summary>
internal sealed class AttachmentTable(MailboxStore store)
{
    private const string Columns =
        "number, item, kind, name, content_type, inline, content_id, content_location, size, modified, content, embedded, properties";

    private readonly SqliteDatabase _database = store.Database;

    public List<AttachmentRow> List(long item) =>
        _database.Query("SELECT " + Columns + " FROM attachment WHERE item = @0 ORDER BY number", Map, item);

    /// <summary>Bytes of all of an item's.</summary>
    public long Size(long item) => _database.Number("SELECT SUM(size) FROM attachment WHERE item = @0", item);

    public AttachmentRow? Find(long item, long number) =>
        _database.First("SELECT " + Columns + " FROM attachment WHERE item = @0 AND number = @1", Map, item, number);

    /// <summary>Stores one; the number in <paramref name="row"/> does not matter.</summary>
    public AttachmentRow Insert(AttachmentRow row)
    {
        long number = _database.Insert(
            """
            INSERT INTO attachment(item, kind, name, content_type, inline, content_id, content_location, size, modified, content, embedded, properties)
            VALUES (@0, @1, @2, @3, @4, @5, @6, @7, @8, @9, @10, @11)
            """,
            row.Item,
            (int)row.Kind,
            row.Name,
            row.ContentType,
            row.IsInline,
            row.ContentId,
            row.ContentLocation,
            row.Size,
            row.Modified,
            row.Content,
            row.Embedded,
            row.Properties);
        return row with { Number = number };
    }

    /// <summary>Takes one away with what it holds.</summary>
    public void Delete(AttachmentRow row)
    {
        if (row.Content is long content)
        {
            store.Contents.Delete(content);
        }

        if (row.Embedded is long embedded && store.Items.Find(embedded) is MailItem item)
        {
            store.Items.Delete(item);
        }

        _database.Execute("DELETE FROM attachment WHERE number = @0", row.Number);
    }

    public (string ContentType, long Content)? Photo(long item) => _database.First<(string, long)?>(
        "SELECT content_type, content FROM photo WHERE item = @0", r => (r.GetString(0), r.GetInt64(1)), item);

    public void SetPhoto(long item, string contentType, byte[] bytes)
    {
        DeletePhoto(item);
        _database.Execute("INSERT INTO photo(item, content_type, content) VALUES (@0, @1, @2)", item, contentType, store.Contents.Create(bytes));
    }

    public void DeletePhoto(long item)
    {
        if (Photo(item) is { } photo)
        {
            store.Contents.Delete(photo.Content);
            _database.Execute("DELETE FROM photo WHERE item = @0", item);
        }
    }

    private static AttachmentRow Map(SqliteRow r) => new(
        r.GetInt64(0),
        r.GetInt64(1),
        (AttachmentKind)r.GetInt32(2),
        r.GetStringOrNull(3),
        r.GetStringOrNull(4),
        r.GetBoolean(5),
        r.GetStringOrNull(6),
        r.GetStringOrNull(7),
        r.GetInt64(8),
        r.GetInt64(9),
        r.GetInt64OrNull(10),
        r.GetInt64OrNull(11))
    {
        Properties = r.IsNull(12) ? null : r.GetBytes(12),
    };
}
