using PstMigration.Mapi;
using SQLitePCL;

namespace PstMigration.Storage;

/// <summary>Makes our errors of SQLite's (https://www.sqlite.org/rescode.html) and of the file system's.</summary>
internal static class SqliteErrors
{
    /// <summary>The error of what SQLite has just answered.</summary>
    /// <param name="path">The file.</param>
    /// <param name="result">The answer; the lower byte tells the kind.</param>
    /// <param name="connection">The connection, which holds the words; null where there is none.</param>
    public static StorageException Of(string path, int result, sqlite3? connection)
    {
        string said = (connection is null ? raw.sqlite3_errstr(result) : raw.sqlite3_errmsg(connection)).utf8_to_string() ?? "";
        return (result & 0xFF) switch
        {
            raw.SQLITE_FULL => StorageException.Full(path, null),

            // SQLite calls so what has no room for one's files alone: a quota, a file that may not become longer.
            raw.SQLITE_IOERR when connection is not null && DiskSpace.IsExhausted(SystemErrorOf(connection, said)) => StorageException.Full(path, null),
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => StorageException.InUse(path, null),
            raw.SQLITE_NOTADB => StorageException.NotRecognized(path),
            raw.SQLITE_CORRUPT or raw.SQLITE_FORMAT => StorageException.Damaged(path, said),
            raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_AUTH => StorageException.AccessDenied(path, null),
            raw.SQLITE_IOERR or raw.SQLITE_CANTOPEN or raw.SQLITE_NOMEM or raw.SQLITE_PROTOCOL or raw.SQLITE_NOLFS => StorageException.Failed(path, said, null),
            _ => StorageException.Refused(path, said),
        };
    }

    private static IOException SystemErrorOf(sqlite3 connection, string said)
    {
        int code = SqliteLibrary.SystemErrorOf(connection);
        return new IOException(said, Path.DirectorySeparatorChar == '\\' ? unchecked((int)0x80070000) | code : code);
    }

    /// <summary>Whether an error is one of the file system.</summary>
    public static bool IsOfFile(Exception e) => e is IOException or UnauthorizedAccessException;

    /// <summary>The error of a file for one of the file system.</summary>
    public static StorageException Of(string path, Exception e) => e is UnauthorizedAccessException ? StorageException.AccessDenied(path, e)
        : DiskSpace.IsExhausted(e) ? StorageException.Full(path, e)
        : StorageException.Failed(path, e.Message, e);
}
