using PstMigration.Storage;

namespace PstMigration.Sandbox;

/// <summary>Sessions that import items: what their addresses are known by, and until when.</summary>
internal sealed class ImportSessionTable(SqliteDatabase database)
{
    public void Insert(string secret, long expires) => database.Execute("INSERT INTO import_session(secret, expires) VALUES (@0, @1)", secret, expires);

    /// <summary>Whether there is one that has not expired.</summary>
    public bool IsOpen(string secret, long now) => database.Number("SELECT COUNT(*) FROM import_session WHERE secret = @0 AND expires > @1", secret, now) > 0;

    /// <summary>Takes away those nobody can use any more.</summary>
    public void DeleteExpired(long now) => database.Execute("DELETE FROM import_session WHERE expires <= @0", now);
}
