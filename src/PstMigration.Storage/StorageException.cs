using System.Globalization;
using PstMigration.Mapi;

namespace PstMigration.Storage;

/// <summary>Something is wrong with a database file. Every error of SQLite leaves this room as one of these.</summary>
public sealed class StorageException : MailDataException
{
    private StorageException(StorageProblem problem, ErrorId error, string message, Exception? cause, string? detail = null)
        : base(error, message, cause)
    {
        Problem = problem;

        // What is damaged or refused is about what was asked for; the rest of the file may well be used.
        EndsRun = problem is not (StorageProblem.Damaged or StorageProblem.Refused);
        Detail = detail ?? message;
    }

    /// <summary>What is wrong, for those who have an id of their own for it.</summary>
    public StorageProblem Problem { get; }

    /// <summary>What SQLite, the system or whoever found it said; the message where there is no more to say.</summary>
    public string Detail { get; }

    /// <summary>Values of the file contradict each other, or are not what they have to be.</summary>
    /// <param name="path">The file.</param>
    /// <param name="detail">What was found, in plain words.</param>
    public static StorageException Damaged(string path, string detail) =>
        new(StorageProblem.Damaged, StorageErrorIds.FileDamaged, Text(Strings.FileDamaged, path, detail), null, detail);

    internal static StorageException Failed(string path, string detail, Exception? cause) =>
        new(StorageProblem.Failed, FileErrorIds.FileAccessFailed, Text(Strings.FileAccessFailed, path, detail), cause, detail);

    internal static StorageException AccessDenied(string path, Exception? cause) =>
        new(StorageProblem.AccessDenied, FileErrorIds.AccessDenied, Text(Strings.FileAccessDenied, path), cause);

    internal static StorageException InUse(string path, Exception? cause) =>
        new(StorageProblem.InUse, StorageErrorIds.FileInUse, Text(Strings.FileInUse, path), cause);

    internal static StorageException NotRecognized(string path) =>
        new(StorageProblem.NotRecognized, StorageErrorIds.FileNotRecognized, Text(Strings.FileNotRecognized, path), null);

    internal static StorageException TooNew(string path) =>
        new(StorageProblem.TooNew, StorageErrorIds.FileTooNew, Text(Strings.FileTooNew, path), null);

    internal static StorageException Full(string path, Exception? cause) =>
        new(StorageProblem.Full, FileErrorIds.DiskFull, Text(Strings.DiskFull, path), cause);

    internal static StorageException Refused(string path, string detail) =>
        new(StorageProblem.Refused, FileErrorIds.FileAccessFailed, Text(Strings.FileAccessFailed, path, detail), null, detail);

    internal static StorageException NoLibrary(string path, Exception? cause) =>
        new(StorageProblem.NoLibrary, StorageErrorIds.SqliteMissing, Text(Strings.SqliteMissing, path), cause);

    private static string Text(string format, params object[] values) => string.Format(CultureInfo.CurrentCulture, format, values);
}
