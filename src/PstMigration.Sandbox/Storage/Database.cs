using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Microsoft.Data.Sqlite;

namespace PstMigration.Sandbox;

/// <summary>
/// One SQLite file, opened for this process alone. Statements are prepared once and their results read to the end before anything
/// else runs. Not for several threads: <see cref="MailboxStore"/> lets one in at a time.
/// </summary>
internal sealed class Database : IDisposable
{
    private const int MostPrepared = 200;

    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);
    private SqliteTransaction? _transaction;

    private Database(SqliteConnection connection) => _connection = connection;

    /// <summary>Opens the file at <paramref name="path"/>, which may be empty, and says whether its tables had to be made.</summary>
    /// <exception cref="SandboxException">SandboxInUse, NotASandbox, SandboxCannotOpen, SqliteMissing.</exception>
    public static Database Open(string path, out bool isNew)
    {
        SqliteLibrary.Ensure();
        SqliteConnection? connection = null;
        try
        {
            if (!File.Exists(path))
            {
                Platform.CreateOwnerOnly(path);
            }

            connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 1 }.ToString());
            connection.Open();
            Database database = new(connection);
            database.Execute("PRAGMA locking_mode=EXCLUSIVE");
            long application = database.Number("PRAGMA application_id");
            isNew = application == 0 && database.Number("SELECT COUNT(*) FROM sqlite_master") == 0;
            if (!isNew && (application != Schema.ApplicationId || database.Number("PRAGMA user_version") != Schema.Version))
            {
                throw SandboxException.NotASandbox(path);
            }

            if (isNew)
            {
                database.Execute("PRAGMA page_size=16384");
            }

            database.Execute("PRAGMA journal_mode=WAL");
            database.Execute("PRAGMA synchronous=NORMAL");
            if (isNew)
            {
                database.Begin();
                database.Execute(Schema.Create);
                database.Execute("PRAGMA application_id=" + Schema.ApplicationId.ToString(CultureInfo.InvariantCulture));
                database.Execute("PRAGMA user_version=" + Schema.Version.ToString(CultureInfo.InvariantCulture));
                database.Commit();
            }

            connection = null;
            return database;
        }
        catch (SqliteException e)
        {
            throw e.SqliteErrorCode switch
            {
                SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED => SandboxException.InUse(path, e),
                SQLitePCL.raw.SQLITE_NOTADB or SQLitePCL.raw.SQLITE_CORRUPT => SandboxException.NotASandbox(path, e),
                _ => SandboxException.CannotOpen(path, e),
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw SandboxException.CannotOpen(path, e);
        }
        finally
        {
            connection?.Dispose();
        }
    }

    /// <summary>Starts a transaction.</summary>
    public void Begin() => _transaction = _connection.BeginTransaction();

    /// <summary>Keeps what was done since <see cref="Begin"/>.</summary>
    public void Commit()
    {
        _transaction!.Commit();
        End();
    }

    /// <summary>Forgets what was done since <see cref="Begin"/>.</summary>
    public void Rollback()
    {
        _transaction!.Rollback();
        End();
    }

    /// <summary>Runs a statement; the number of rows it changed.</summary>
    /// <param name="sql">SQL in which the arguments are <c>@0</c>, <c>@1</c> and so on.</param>
    /// <param name="arguments">long, int, bool, string, byte[], double or null.</param>
    public int Execute(string sql, params object?[] arguments) => Prepare(sql, arguments).ExecuteNonQuery();

    /// <summary>The new row's number.</summary>
    public long Insert(string sql, params object?[] arguments)
    {
        Execute(sql, arguments);
        return SQLitePCL.raw.sqlite3_last_insert_rowid(_connection.Handle);
    }

    /// <summary>All rows.</summary>
    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> map, params object?[] arguments)
    {
        using SqliteDataReader reader = Prepare(sql, arguments).ExecuteReader();
        List<T> rows = [];
        while (reader.Read())
        {
            rows.Add(map(reader));
        }

        return rows;
    }

    /// <summary>The first row, or default.</summary>
    public T? First<T>(string sql, Func<SqliteDataReader, T> map, params object?[] arguments)
    {
        using SqliteDataReader reader = Prepare(sql, arguments).ExecuteReader();
        return reader.Read() ? map(reader) : default;
    }

    /// <summary>One number; 0 for no row or NULL.</summary>
    public long Number(string sql, params object?[] arguments) => Prepare(sql, arguments).ExecuteScalar() is long number ? number : 0;

    /// <summary>Writes everything into the one file and closes it.</summary>
    public void Dispose()
    {
        DisposeCommands();
        _transaction?.Dispose();
        using (SqliteCommand command = _connection.CreateCommand())
        {
            command.CommandText = "PRAGMA journal_mode=DELETE";
            command.ExecuteNonQuery();
        }

        _connection.Dispose();
    }

    private void DisposeCommands()
    {
        foreach (SqliteCommand command in _commands.Values)
        {
            command.Dispose();
        }

        _commands.Clear();
    }

    private void End()
    {
        _transaction!.Dispose();
        _transaction = null;
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

            // $filter makes statements without end; those of the tables are few and soon prepared again.
            if (_commands.Count == MostPrepared)
            {
                DisposeCommands();
            }

            _commands.Add(sql, command);
        }

        command.Transaction = _transaction;
        for (int i = 0; i < arguments.Length; i++)
        {
            SqliteParameter parameter = command.Parameters[i];
            parameter.ResetSqliteType();
            parameter.Value = arguments[i] ?? DBNull.Value;
        }

        return command;
    }
}
