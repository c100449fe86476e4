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

    /// <summary>Milliseconds to wait for somebody who has the file for a moment.</summary>
    private const int Patience = 2000;

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
            if (new SqliteSetup(database, schema).Run(access))
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
        catch (Exception e) when (SqliteErrors.IsOfFile(e))
        {
            throw FileSharing.IsInUse(e) ? StorageException.InUse(path, e) : SqliteErrors.Of(path, e);
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
