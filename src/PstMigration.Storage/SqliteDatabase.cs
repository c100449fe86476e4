using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Microsoft.Data.Sqlite;
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

    /// <summary>Seconds to wait for somebody who has the file for a moment.</summary>
    private const int Patience = 2;

    // Larger pages than SQLite's own make fewer of large values and of indexes over long ids.
    private const string PageSize = "PRAGMA page_size=16384";

    // Memory for pages is bounded by 32 MB, and the log beside the file by about as much. With synchronous=NORMAL a loss of power may take the
    // last transactions, never half of one; a killed process loses none.
    private const string Tuning = "PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32768; PRAGMA wal_autocheckpoint=2000";

    // A file from elsewhere must not run what stands in its schema, and pages are checked before they are used.
    private const string Caution = "PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON";

    private readonly SqliteConnection _connection;
    private readonly FileLock? _lock;
    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);
    private bool _isDisposed;

    private SqliteDatabase(string path, SqliteConnection connection, FileLock? taken)
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
        catch (Exception e) when (SqliteErrors.Is(e))
        {
            throw SqliteErrors.Translate(full, e);
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
            File.Delete(full);
            File.Delete(full + "-wal");
            File.Delete(full + "-shm");
        }
        catch (Exception e) when (SqliteErrors.Is(e))
        {
            throw SqliteErrors.Translate(full, e);
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

    /// <summary>Runs a statement; the number of rows it changed.</summary>
    public int Execute(string sql, params object?[] arguments)
    {
        try
        {
            return Prepare(sql, arguments).ExecuteNonQuery();
        }
        catch (SqliteException e)
        {
            throw SqliteErrors.Translate(Path, e);
        }
    }

    /// <summary>Inserts one row; its number.</summary>
    public long Insert(string sql, params object?[] arguments)
    {
        Execute(sql, arguments);
        return raw.sqlite3_last_insert_rowid(_connection.Handle);
    }

    /// <summary>All rows. What <paramref name="map"/> does must not touch the database.</summary>
    public List<T> Query<T>(string sql, Func<SqliteRow, T> map, params object?[] arguments)
    {
        List<T> rows = [];
        try
        {
            using SqliteDataReader reader = Prepare(sql, arguments).ExecuteReader();
            while (reader.Read())
            {
                rows.Add(map(new SqliteRow(reader, Path)));
            }
        }
        catch (SqliteException e)
        {
            throw SqliteErrors.Translate(Path, e);
        }

        return rows;
    }

    /// <summary>The first row, or default.</summary>
    public T? First<T>(string sql, Func<SqliteRow, T> map, params object?[] arguments)
    {
        try
        {
            using SqliteDataReader reader = Prepare(sql, arguments).ExecuteReader();
            return reader.Read() ? map(new SqliteRow(reader, Path)) : default;
        }
        catch (SqliteException e)
        {
            throw SqliteErrors.Translate(Path, e);
        }
    }

    /// <summary>One number; 0 for no row and for what is no number.</summary>
    public long Number(string sql, params object?[] arguments)
    {
        try
        {
            return Prepare(sql, arguments).ExecuteScalar() is long number ? number : 0;
        }
        catch (SqliteException e)
        {
            throw SqliteErrors.Translate(Path, e);
        }
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
        DisposeCommands();
        try
        {
            _connection.Dispose();
        }
        catch (SqliteException)
        {
            // On a full disk, what was committed stays in the log beside the file, where the next one to open it finds it.
        }

        _lock?.Dispose();
    }

    private static FileLock TakeLock(string path)
    {
        try
        {
            return FileLock.Take(path + LockSuffix);
        }
        catch (Exception e) when (e is DirectoryNotFoundException or UnauthorizedAccessException)
        {
            throw SqliteErrors.Translate(path, e);
        }
        catch (IOException e) when (SqliteErrors.Translate(path, e) is StorageException error)
        {
            throw error.Problem == StorageProblem.Full ? error : StorageException.InUse(path, e);
        }
    }

    private static SqliteConnection Connect(string path, SqliteAccess access)
    {
        if (access != SqliteAccess.Reader)
        {
            OwnerOnlyFile.Ensure(path);
        }

        // Readers too: the log beside the file is shared memory to them, and what a killed writer left has to go into the file.
        SqliteConnection connection = new(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = Patience,
        }.ToString());
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
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
        if (_connection.Handle is not sqlite3 handle || raw.sqlite3_get_autocommit(handle) != 0)
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

    private void DisposeCommands()
    {
        foreach (SqliteCommand command in _commands.Values)
        {
            command.Dispose();
        }

        _commands.Clear();
    }

    private SqliteCommand Prepare(string sql, object?[] arguments)
    {
        if (!_commands.TryGetValue(sql, out SqliteCommand? command))
        {
            command = _connection.CreateCommand();
            command.CommandText = sql;
            for (int i = 0; i < arguments.Length; i++)
            {
                command.Parameters.Add(new SqliteParameter("@" + i.ToString(CultureInfo.InvariantCulture), null));
            }

            // Filters make statements without end; those of the tables are few and soon prepared again.
            if (_commands.Count == MostPrepared)
            {
                DisposeCommands();
            }

            _commands.Add(sql, command);
        }

        for (int i = 0; i < arguments.Length; i++)
        {
            SqliteParameter parameter = command.Parameters[i];
            parameter.ResetSqliteType();
            parameter.Value = arguments[i] ?? DBNull.Value;
        }

        return command;
    }
}
