using System.Globalization;

namespace PstMigration.Storage;

/// <summary>Makes a file that was just opened ready: how SQLite treats it, and the tables it has to have.</summary>
internal sealed class SqliteSetup(SqliteDatabase database, SqliteSchema schema)
{
    /// <summary>The version of a file without tables.</summary>
    private const int New = 0;

    // Larger pages than SQLite's own make fewer of large values and of indexes over long ids.
    private const string PageSize = "PRAGMA page_size=16384";

    // Memory for pages is bounded by 32 MB, and the log beside the file by about as much. With synchronous=NORMAL a loss of power may take the
    // last transactions, never half of one; a killed process loses none.
    private const string Tuning = "PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32768; PRAGMA wal_autocheckpoint=2000";

    // A file from elsewhere must not run what stands in its schema, and pages are checked before they are used.
    private const string Caution = "PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON";

    /// <summary>Makes the file ready for use; false where that is for a writer to do.</summary>
    public bool Run(SqliteAccess access)
    {
        database.Execute(Caution);
        if (access == SqliteAccess.Alone)
        {
            database.Execute("PRAGMA locking_mode=EXCLUSIVE");
        }

        int version = Recognize();
        if (access == SqliteAccess.Reader)
        {
            database.Execute("PRAGMA query_only=ON");
            return version == New ? throw StorageException.NotRecognized(database.Path) : version == schema.Version;
        }

        if (version == New)
        {
            database.Execute(PageSize);
        }

        database.Execute("PRAGMA journal_mode=WAL");
        database.Execute(Tuning);
        if (version < schema.Version)
        {
            database.InTransaction(() => Climb(version));
        }

        return true;
    }

    /// <summary>The version of the file, or <see cref="New"/>.</summary>
    private int Recognize()
    {
        long application = database.Number("PRAGMA application_id");
        if (database.First("PRAGMA encoding", r => r.GetString(0)) != "UTF-8")
        {
            throw StorageException.NotRecognized(database.Path);
        }

        if (application == 0 && database.Number("SELECT COUNT(*) FROM sqlite_master") == 0)
        {
            return New;
        }

        long version = database.Number("PRAGMA user_version");
        return application != schema.ApplicationId || version <= 0 ? throw StorageException.NotRecognized(database.Path)
            : version > schema.Version ? throw StorageException.TooNew(database.Path)
            : (int)version;
    }

    private void Climb(int version)
    {
        for (int step = version; step < schema.Version; step++)
        {
            schema.Steps[step](database);
        }

        database.Execute("PRAGMA application_id=" + schema.ApplicationId.ToString(CultureInfo.InvariantCulture));
        database.Execute("PRAGMA user_version=" + schema.Version.ToString(CultureInfo.InvariantCulture));
    }
}
