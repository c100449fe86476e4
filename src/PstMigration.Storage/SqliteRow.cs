using System.Globalization;
using SQLitePCL;

namespace PstMigration.Storage;

/// <summary>
/// The row a query stands on. A value is given as the type it was stored as and no other: what is not of it, in a damaged file,
/// is an error and not a zero.
/// </summary>
public readonly struct SqliteRow
{
    private readonly sqlite3_stmt _statement;
    private readonly string _path;

    internal SqliteRow(sqlite3_stmt statement, string path)
    {
        _statement = statement;
        _path = path;
    }

    /// <summary>Whether a column is NULL.</summary>
    public bool IsNull(int column) => TypeOf(column) == raw.SQLITE_NULL;

    /// <summary>A number.</summary>
    /// <exception cref="StorageException">FileDamaged: it is none.</exception>
    public long GetInt64(int column) =>
        TypeOf(column) == raw.SQLITE_INTEGER ? raw.sqlite3_column_int64(_statement, column) : throw Unexpected(column);

    /// <summary>A number of 32 bits.</summary>
    /// <exception cref="StorageException">FileDamaged: it is none.</exception>
    public int GetInt32(int column) => GetInt64(column) is >= int.MinValue and <= int.MaxValue and long number ? (int)number : throw Unexpected(column);

    /// <summary>Whether a number is not 0.</summary>
    /// <exception cref="StorageException">FileDamaged: it is none.</exception>
    public bool GetBoolean(int column) => GetInt64(column) != 0;

    /// <summary>Text.</summary>
    /// <exception cref="StorageException">FileDamaged: it is none.</exception>
    public string GetString(int column) => TypeOf(column) == raw.SQLITE_TEXT ? Text(column) : throw Unexpected(column);

    /// <summary>Bytes.</summary>
    /// <exception cref="StorageException">FileDamaged: it is none.</exception>
    public byte[] GetBytes(int column) =>
        TypeOf(column) == raw.SQLITE_BLOB ? raw.sqlite3_column_blob(_statement, column).ToArray() : throw Unexpected(column);

    /// <summary>A number, or null for NULL.</summary>
    /// <exception cref="StorageException">FileDamaged: it is neither.</exception>
    public long? GetInt64OrNull(int column) => IsNull(column) ? null : GetInt64(column);

    /// <summary>Text, or null for NULL.</summary>
    /// <exception cref="StorageException">FileDamaged: it is neither.</exception>
    public string? GetStringOrNull(int column) => IsNull(column) ? null : GetString(column);

    /// <summary>A long, double, string or byte[].</summary>
    /// <exception cref="StorageException">FileDamaged: it is NULL.</exception>
    public object GetValue(int column) => TypeOf(column) switch
    {
        raw.SQLITE_INTEGER => raw.sqlite3_column_int64(_statement, column),
        raw.SQLITE_FLOAT => raw.sqlite3_column_double(_statement, column),
        raw.SQLITE_TEXT => Text(column),
        raw.SQLITE_BLOB => raw.sqlite3_column_blob(_statement, column).ToArray(),
        _ => throw Unexpected(column),
    };

    private int TypeOf(int column) => raw.sqlite3_column_type(_statement, column);

    // Its bytes: asked for as text it would end at its first NUL. A database in another encoding was refused.
    private string Text(int column) => Utf8Text.Read(raw.sqlite3_column_blob(_statement, column));

    private StorageException Unexpected(int column) => StorageException.Damaged(
        _path, string.Format(CultureInfo.CurrentCulture, Strings.UnexpectedValue, raw.sqlite3_column_name(_statement, column).utf8_to_string()));
}
