using System;
using System.IO;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace PstMigration.Storage;

/// <summary>Makes our errors of SQLite's (https://www.sqlite.org/rescode.html) and of the file system's.</summary>
internal static class SqliteErrors
{
    // ERROR_HANDLE_DISK_FULL and ERROR_DISK_FULL of Windows; ENOSPC and EDQUOT of Linux and macOS.
    private static readonly int[] s_full = [unchecked((int)0x80070027), unchecked((int)0x80070070), 28, 122, 69];

    /// <summary>Whether an error is one of SQLite or of the file system.</summary>
    public static bool Is(Exception e) => e is SqliteException or IOException or UnauthorizedAccessException;

    /// <summary>The error of a file for one of SQLite or of the file system.</summary>
    public static StorageException Translate(string path, Exception e) => e switch
    {
        SqliteException sqlite => Translate(path, sqlite),
        UnauthorizedAccessException => StorageException.AccessDenied(path, e),
        _ when Array.IndexOf(s_full, e.HResult) >= 0 => StorageException.Full(path, e),
        _ => StorageException.Failed(path, e),
    };

    private static StorageException Translate(string path, SqliteException e) => e.SqliteErrorCode switch
    {
        raw.SQLITE_FULL => StorageException.Full(path, e),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => StorageException.InUse(path, e),
        raw.SQLITE_NOTADB => StorageException.NotRecognized(path, e),
        raw.SQLITE_CORRUPT or raw.SQLITE_FORMAT => StorageException.Damaged(path, e.Message, e),
        raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_AUTH => StorageException.AccessDenied(path, e),
        raw.SQLITE_IOERR or raw.SQLITE_CANTOPEN or raw.SQLITE_NOMEM or raw.SQLITE_PROTOCOL or raw.SQLITE_NOLFS => StorageException.Failed(path, e),
        _ => StorageException.Refused(path, e),
    };
}
