using System.Globalization;
using Microsoft.Data.Sqlite;

namespace PstMigration.Storage;

/// <summary>
/// The row a query stands on. A value is given as the type it was stored as and no other: what is not of it, in a damaged file,
/// is an error and not a zero.
/// </summary>
public readonly struct SqliteRow
{
    private readonly SqliteDataReader _reader;
    private readonly string _path;

    internal SqliteRow(SqliteDataReader reader, string path)
    {
        _reader = reader;
        _path = path;
    }

    /// <summary>Whether a column is NULL.</summary>
    public bool IsNull(int column) => _reader.IsDBNull(column);

    /// <summary>A number.</summary>
    /// <exception cref="StorageException">FileDamaged: it is none.</exception>
    public long GetInt64(int column) => _reader.GetValue(column) is long number ? number : throw Unexpected(column);

    /// <summary>A number of 32 bits.</summary>
    /// <exception cref="StorageException">FileDamaged: it is none.</exception>
    public int GetInt32(int column) => GetInt64(column) is >= int.MinValue and <= int.MaxValue and long number ? (int)number : throw Unexpected(column);

    /// <summary>Whether a number is not 0.</summary>
    /// <exception cref="StorageException">FileDamaged: it is none.</exception>
    public bool GetBoolean(int column) => GetInt64(column) != 0;

    /// <summary>Text.</summary>
    /// <exception cref="StorageException">FileDamaged: it is none.</exception>
    public string GetString(int column) => _reader.GetValue(column) as string ?? throw Unexpected(column);

    /// <summary>Bytes.</summary>
    /// <exception cref="StorageException">FileDamaged: it is none.</exception>
    public byte[] GetBytes(int column) => _reader.GetValue(column) as byte[] ?? throw Unexpected(column);

    /// <summary>A number, or null for NULL.</summary>
    /// <exception cref="StorageException">FileDamaged: it is neither.</exception>
    public long? GetInt64OrNull(int column) => IsNull(column) ? null : GetInt64(column);

    /// <summary>Text, or null for NULL.</summary>
    /// <exception cref="StorageException">FileDamaged: it is neither.</exception>
    public string? GetStringOrNull(int column) => IsNull(column) ? null : GetString(column);

    /// <summary>Bytes, or null for NULL.</summary>
    /// <exception cref="StorageException">FileDamaged: it is neither.</exception>
    public byte[]? GetBytesOrNull(int column) => IsNull(column) ? null : GetBytes(column);

    /// <summary>A long, double, string or byte[].</summary>
    /// <exception cref="StorageException">FileDamaged: it is NULL.</exception>
    public object GetValue(int column) => IsNull(column) ? throw Unexpected(column) : _reader.GetValue(column);

    private StorageException Unexpected(int column) => StorageException.Damaged(
        _path, string.Format(CultureInfo.CurrentCulture, Strings.UnexpectedValue, _reader.GetName(column), _reader.GetDataTypeName(column)));
}
