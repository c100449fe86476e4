using System.Globalization;
using PstMigration.Mapi;
using SQLitePCL;

namespace PstMigration.Storage;

/// <summary>
/// One SQLite file, its owner's alone. Statements are prepared once; arguments in them are <c>@0</c>, <c>@1</c> and so on, each a
/// long, int, bool, double (no NaN: SQLite has none), string, byte[] or null. Text compares by its bytes (collation BINARY) unless a
/// table says otherwise: ids of mailboxes differ by case alone. Not for several threads at once.
/// </summary>
/// <remarks>Every method that touches the file throws <see cref="StorageException"/> and no error of SQLite's own.</remarks>
public sealed class SqliteDatabase : IDisposable
{
    private const string LockSuffix = ".lock";
    private const int MostPrepared = 200;

    /// <summary>The version of a file without tables.</summary>
    private const int New = 0;

    /// <summary>Milliseconds to wait for somebody who has the file for a moment.</summary>
    private const int Patience = 2000;

    // Larger pages than SQLite's own make fewer of large values and of indexes over long ids.
    private const string PageSize = "PRAGMA page_size=16384";

    // Memory for pages is bounded by 32 MB, and the log beside the file by about as much. With synchronous=NORMAL a loss of power may take the
    // last transactions, never half of one; a killed process loses none.
    private const string Tuning = "PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32768; PRAGMA wal_autocheckpoint=2000";

    // A file from elsewhere must not run what stands in its schema, and pages are checked before they are used.
    private const string Caution = "PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON";

    private readonly sqlite3 _connection;
    private readonly FileLock? _lock;
    private readonly Dictionary<string, SqliteStatement> _statements = new(StringComparer.Ordinal);
    private bool _isDisposed;

    private SqliteDatabase(string path, sqlite3 connection, FileLock? taken)
    {
        Path = path;
        _connection = connection;
        _lock = taken;
    }

    /// <summary>The full path of the file.</summary>
    public string Path { get; }

    /// <summary>
    /// Opens a file and brings it to the present version, making it where there is none; a <see cref="SqliteAccess.Reader"/> makes none.
    /// A process that is killed while it does so leaves a file that opens again.
    /// </summary>
    /// <exception cref="StorageException">FileInUse, FileNotRecognized, FileTooNew, FileDamaged, DiskFull, AccessDenied, FileAccessFailed, SqliteMissing.</exception>
    public static SqliteDatabase Open(string path, SqliteSchema schema, SqliteAccess access)
    {
        if (path is null || schema is null)
        {
            throw new ArgumentNullException(path is null ? nameof(path) : nameof(schema));
        }

        SqliteLibrary.Ensure();
        string full = System.IO.Path.GetFullPath(path);
        CheckPlace(full, access);
        FileLock? taken = access == SqliteAccess.Writer ? TakeLock(full) : null;
        SqliteDatabase? database = null;
        try
        {
            database = new SqliteDatabase(full, Connect(full, access), taken);
            taken = null;
            if (database.Prepare(schema, access))
            {
                SqliteDatabase opened = database;
                database = null;
                return opened;
            }
        }
        catch (Exception e) when (SqliteErrors.IsOfFile(e))
        {
            throw SqliteErrors.Of(full, e);
        }
        finally
        {
            database?.Dispose();
            taken?.Dispose();
        }

        // An earlier version of the program wrote it: readers change nothing, so a writer has to.
        Open(full, schema, SqliteAccess.Writer).Dispose();
        return Open(full, schema, access);
    }

    /// <summary>Whether a <see cref="SqliteAccess.Writer"/>, here or in another process, has a file open.</summary>
    public static bool HasWriter(string path) => FileLock.IsTaken(System.IO.Path.GetFullPath(path) + LockSuffix);

    /// <summary>Removes a file and what SQLite keeps beside it.</summary>
    /// <exception cref="StorageException">FileInUse: somebody writes it; AccessDenied, FileAccessFailed.</exception>
    public static void Delete(string path)
    {
        string full = System.IO.Path.GetFullPath(path);
        using FileLock taken = TakeLock(full);
        try
        {
            // The file itself first: what is left of a file that is gone is a log nobody reads.
            File.Delete(LongPath.Of(full));
            File.Delete(LongPath.Of(full + "-wal"));
            File.Delete(LongPath.Of(full + "-shm"));
        }
        catch (Exception e) when (SqliteErrors.IsOfFile(e))
        {
            throw SqliteErrors.Of(full, e);
        }
    }

    /// <summary>Does <paramref name="work"/> as a whole: if it throws, nothing of it is kept.</summary>
    public T InTransaction<T>(Func<T> work)
    {
        if (work is null)
        {
            throw new ArgumentNullException(nameof(work));
        }

        // One that could not even be taken back, on a disk that failed, would stand in the way.
        RollBack();
        Execute("BEGIN IMMEDIATE");
        try
        {
            T result = work();
            Execute("COMMIT");
            return result;
        }
        catch
        {
            RollBack();
            throw;
        }
    }

    /// <summary>The same, without a result.</summary>
    public void InTransaction(Action work) => InTransaction(() =>
    {
        work();
        return true;
    });

    /// <summary>Runs a statement, or several without arguments; the number of rows the last one changed.</summary>
    public int Execute(string sql, params object?[] arguments)
    {
        if (Find(sql) is SqliteStatement statement)
        {
            Run(statement, arguments, static _ => true);
        }
        else
        {
            SqliteStatement.Script(_connection, sql, Path);
        }

        return raw.sqlite3_changes(_connection);
    }

    /// <summary>Inserts one row; its number.</summary>
    public long Insert(string sql, params object?[] arguments)
    {
        Execute(sql, arguments);
        return raw.sqlite3_last_insert_rowid(_connection);
    }

    /// <summary>All rows. What <paramref name="map"/> does must not touch the database.</summary>
    public List<T> Query<T>(string sql, Func<SqliteRow, T> map, params object?[] arguments)
    {
        List<T> rows = [];
        Run(Required(sql), arguments, row =>
        {
            rows.Add(map(row));
            return true;
        });
        return rows;
    }

    /// <summary>The first row, or default.</summary>
    public T? First<T>(string sql, Func<SqliteRow, T> map, params object?[] arguments)
    {
        T? first = default;
        Run(Required(sql), arguments, row =>
        {
            first = map(row);
            return false;
        });
        return first;
    }

    /// <summary>One number; 0 for no row and for NULL.</summary>
    public long Number(string sql, params object?[] arguments)
    {
        long number = 0;
        Run(Required(sql), arguments, row =>
        {
            number = row.GetInt64OrNull(0) ?? 0;
            return false;
        });
        return number;
    }

    /// <summary>Closes the file. What is beside it goes into it, unless somebody else has it open.</summary>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        RollBack();
        DisposeStatements();

        // On a full disk, what was committed stays in the log beside the file, where the next one to open it finds it.
        _connection.Dispose();
        _lock?.Dispose();
    }

    private static void CheckPlace(string path, SqliteAccess access)
    {
        try
        {
            if (access != SqliteAccess.Reader)
            {
                FilePlace.Check(path);
            }
        }
        catch (IOException e)
        {
            throw SqliteErrors.Of(path, e);
        }
    }

    private static FileLock TakeLock(string path)
    {
        try
        {
            return FileLock.Take(path + LockSuffix);
        }
        catch (Exception e) when (e is DirectoryNotFoundException or UnauthorizedAccessException)
        {
            throw SqliteErrors.Of(path, e);
        }
        catch (IOException e)
        {
            StorageException error = SqliteErrors.Of(path, e);
            throw error.Problem == StorageProblem.Full ? error : StorageException.InUse(path, e);
        }
    }

    private static sqlite3 Connect(string path, SqliteAccess access)
    {
        if (access != SqliteAccess.Reader)
        {
            OwnerOnlyFile.Ensure(LongPath.Of(path));
        }

        // Readers too: the log beside the file is shared memory to them, and what a killed writer left has to go into the file.
        int result = raw.sqlite3_open_v2(LongPath.Of(path), out sqlite3 connection, raw.SQLITE_OPEN_READWRITE, null);
        if (result == raw.SQLITE_OK)
        {
            raw.sqlite3_busy_timeout(connection, Patience);
            return connection;
        }

        using (connection)
        {
            throw SqliteErrors.Of(path, result, connection);
        }
    }

    /// <summary>Makes the file ready for use; false where that is for a writer to do.</summary>
    private bool Prepare(SqliteSchema schema, SqliteAccess access)
    {
        Execute(Caution);
        if (access == SqliteAccess.Alone)
        {
            Execute("PRAGMA locking_mode=EXCLUSIVE");
        }

        int version = Recognize(schema);
        if (access == SqliteAccess.Reader)
        {
            Execute("PRAGMA query_only=ON");
            return version == New ? throw StorageException.NotRecognized(Path) : version == schema.Version;
        }

        if (version == New)
        {
            Execute(PageSize);
        }

        Execute("PRAGMA journal_mode=WAL");
        Execute(Tuning);
        if (version < schema.Version)
        {
            InTransaction(() => Climb(schema, version));
        }

        return true;
    }

    /// <summary>The version of the file, or <see cref="New"/>.</summary>
    private int Recognize(SqliteSchema schema)
    {
        long application = Number("PRAGMA application_id");
        if (First("PRAGMA encoding", r => r.GetString(0)) != "UTF-8")
        {
            throw StorageException.NotRecognized(Path);
        }

        if (application == 0 && Number("SELECT COUNT(*) FROM sqlite_master") == 0)
        {
            return New;
        }

        long version = Number("PRAGMA user_version");
        return application != schema.ApplicationId || version <= 0 ? throw StorageException.NotRecognized(Path)
            : version > schema.Version ? throw StorageException.TooNew(Path)
            : (int)version;
    }

    private void Climb(SqliteSchema schema, int version)
    {
        for (int step = version; step < schema.Version; step++)
        {
            schema.Steps[step](this);
        }

        Execute("PRAGMA application_id=" + schema.ApplicationId.ToString(CultureInfo.InvariantCulture));
        Execute("PRAGMA user_version=" + schema.Version.ToString(CultureInfo.InvariantCulture));
    }

    // Some errors, a full disk among them, have taken it back already; asking again would be an error of its own.
    private void RollBack()
    {
        if (raw.sqlite3_get_autocommit(_connection) != 0)
        {
            return;
        }

        try
        {
            Execute("ROLLBACK");
        }
        catch (StorageException)
        {
            // The error that led here is the one to be told. The next transaction tries again.
        }
    }

    private static void Run(SqliteStatement statement, object?[] arguments, Func<SqliteRow, bool> take)
    {
        try
        {
            statement.Bind(arguments);
            while (statement.Step() && take(statement.Row))
            {
                // Up to the last row, or as many as are wanted.
            }
        }
        finally
        {
            statement.Reset();
        }
    }

    private SqliteStatement Required(string sql) => Find(sql) ?? throw new ArgumentException("One statement at a time gives rows.", nameof(sql));

    private SqliteStatement? Find(string sql)
    {
        if (_statements.TryGetValue(sql, out SqliteStatement? known))
        {
            return known;
        }

        // Filters make statements without end; those of the tables are few and soon prepared again.
        if (_statements.Count == MostPrepared)
        {
            DisposeStatements();
        }

        SqliteStatement? statement = SqliteStatement.Prepare(_connection, sql, Path);
        if (statement is not null)
        {
            _statements.Add(sql, statement);
        }

        return statement;
    }

    private void DisposeStatements()
    {
        foreach (SqliteStatement statement in _statements.Values)
        {
            statement.Dispose();
        }

        _statements.Clear();
    }
}
