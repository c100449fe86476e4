using System.Globalization;
using System.Text;
using SQLitePCL;

namespace PstMigration.Storage;

/// <summary>One prepared statement: arguments in, rows out.</summary>
internal sealed class SqliteStatement : IDisposable
{
    /// <summary>Bytes of text that are encoded without memory of their own.</summary>
    private const int BufferSize = 1024;

    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _handle;
    private readonly string _path;
    private readonly byte[] _buffer = new byte[BufferSize];

    /// <summary>For each parameter of the statement, which argument it is.</summary>
    private readonly int[] _arguments;

    private SqliteStatement(sqlite3 connection, sqlite3_stmt handle, string path)
    {
        _connection = connection;
        _handle = handle;
        _path = path;
        _arguments = new int[raw.sqlite3_bind_parameter_count(handle)];
        for (int i = 0; i < _arguments.Length; i++)
        {
            string name = raw.sqlite3_bind_parameter_name(handle, i + 1).utf8_to_string() ?? "";
            _arguments[i] = int.TryParse(name.TrimStart('@'), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                ? number
                : throw new ArgumentException("Parameters are named @0, @1 and so on, not '" + name + "'.", nameof(handle));
        }
    }

    /// <summary>Prepares a statement; null where there are several in the text, which are for <see cref="Script"/>.</summary>
    public static SqliteStatement? Prepare(sqlite3 connection, string sql, string path)
    {
        int result = raw.sqlite3_prepare_v3(connection, sql, raw.SQLITE_PREPARE_PERSISTENT, out sqlite3_stmt handle, out string tail);
        if (result != raw.SQLITE_OK)
        {
            handle?.Dispose();
            throw SqliteErrors.Of(path, result, connection);
        }

        if (string.IsNullOrWhiteSpace(tail) && !handle.IsInvalid)
        {
            return new SqliteStatement(connection, handle, path);
        }

        handle.Dispose();
        return null;
    }

    /// <summary>Runs several statements that take no arguments and give no rows anybody wants.</summary>
    public static void Script(sqlite3 connection, string sql, string path)
    {
        int result = raw.sqlite3_exec(connection, sql);
        if (result != raw.SQLITE_OK)
        {
            throw SqliteErrors.Of(path, result, connection);
        }
    }

    /// <summary>Gives it its arguments, before its first row.</summary>
    public void Bind(object?[] arguments)
    {
        for (int i = 0; i < _arguments.Length; i++)
        {
            int result = Bind(i + 1, arguments[_arguments[i]]);
            if (result != raw.SQLITE_OK)
            {
                throw SqliteErrors.Of(_path, result, _connection);
            }
        }
    }

    /// <summary>Goes to the next row; false behind the last one, when everything the statement changes is changed.</summary>
    public bool Step()
    {
        int result = raw.sqlite3_step(_handle);
        return result == raw.SQLITE_ROW || (result == raw.SQLITE_DONE ? false : throw SqliteErrors.Of(_path, result, _connection));
    }

    /// <summary>Makes it ready for the next use, and lets go of its arguments. What went wrong was told by <see cref="Step"/>.</summary>
    public void Reset()
    {
        _ = raw.sqlite3_reset(_handle);
        _ = raw.sqlite3_clear_bindings(_handle);
    }

    /// <summary>The row it stands on.</summary>
    public SqliteRow Row => new(_handle, _path);

    public void Dispose() => _handle.Dispose();

    private int Bind(int parameter, object? value) => value switch
    {
        null => raw.sqlite3_bind_null(_handle, parameter),
        string text => BindText(parameter, text),
        long number => raw.sqlite3_bind_int64(_handle, parameter, number),
        int number => raw.sqlite3_bind_int64(_handle, parameter, number),
        bool truth => raw.sqlite3_bind_int64(_handle, parameter, truth ? 1 : 0),
        byte[] { Length: 0 } => raw.sqlite3_bind_zeroblob(_handle, parameter, 0),
        byte[] bytes => raw.sqlite3_bind_blob(_handle, parameter, bytes),
        double.NaN => throw new ArgumentException("SQLite has no NaN.", nameof(value)),
        double real => raw.sqlite3_bind_double(_handle, parameter, real),
        _ => throw new ArgumentException("No value of type " + value.GetType() + " can be stored.", nameof(value)),
    };

    // By length: the other way text ends at its first NUL. SQLite copies it.
    private int BindText(int parameter, string text)
    {
        if (text.Length == 0)
        {
            return raw.sqlite3_bind_text(_handle, parameter, text);
        }

        int most = Encoding.UTF8.GetMaxByteCount(text.Length);
        byte[] buffer = most <= _buffer.Length ? _buffer : new byte[most];
        int length = Encoding.UTF8.GetBytes(text, 0, text.Length, buffer, 0);
        return raw.sqlite3_bind_text(_handle, parameter, buffer.AsSpan(0, length));
    }
}
