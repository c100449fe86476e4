using PstMigration.Storage;

namespace PstMigration.Sandbox;

/// <summary>An attachment on its way: <see cref="Received"/> of <see cref="Total"/> bytes are in <see cref="Content"/>.</summary>
internal sealed record UploadRow(
    long Number,
    string Secret,
    long Item,
    string? Name,
    string? ContentType,
    bool IsInline,
    string? ContentId,
    long Total,
    long Received,
    long Expires,
    long Content);

/// <summary>Upload sessions.</summary>
internal sealed class UploadTable(SqliteDatabase database)
{
    public UploadRow Insert(UploadRow row)
    {
        long number = database.Insert(
            """
            INSERT INTO upload(secret, item, name, content_type, inline, content_id, total, received, expires, content)
            VALUES (@0, @1, @2, @3, @4, @5, @6, @7, @8, @9)
            """,
            row.Secret,
            row.Item,
            row.Name,
            row.ContentType,
            row.IsInline,
            row.ContentId,
            row.Total,
            row.Received,
            row.Expires,
            row.Content);
        return row with { Number = number };
    }

    public UploadRow? Find(string secret) => database.First(
        """
        SELECT number, secret, item, name, content_type, inline, content_id, total, received, expires, content
        FROM upload WHERE secret = @0
        """,
        Map,
        secret);

    public void SetReceived(UploadRow row, long received) =>
        database.Execute("UPDATE upload SET received = @1 WHERE number = @0", row.Number, received);

    /// <summary>Takes the session away; the content stays.</summary>
    public void Delete(UploadRow row) => database.Execute("DELETE FROM upload WHERE number = @0", row.Number);

    /// <summary>Sessions nobody can use any more.</summary>
    public List<UploadRow> Expired(long now) => database.Query(
        """
        SELECT number, secret, item, name, content_type, inline, content_id, total, received, expires, content
        FROM upload WHERE expires <= @0 OR item NOT IN (SELECT number FROM item)
        """,
        Map,
        now);

    private static UploadRow Map(SqliteRow r) => new(
        r.GetInt64(0),
        r.GetString(1),
        r.GetInt64(2),
        r.GetStringOrNull(3),
        r.GetStringOrNull(4),
        r.GetBoolean(5),
        r.GetStringOrNull(6),
        r.GetInt64(7),
        r.GetInt64(8),
        r.GetInt64(9),
        r.GetInt64(10));
}
