namespace PstMigration.Storage;

/// <summary>Who else may have a database open.</summary>
public enum SqliteAccess
{
    /// <summary>Nobody: this connection reads and writes alone.</summary>
    Alone,

    /// <summary>This connection is the only one that writes, others may read beside it.</summary>
    Writer,

    /// <summary>This connection reads, beside a writer and other readers.</summary>
    Reader,
}
