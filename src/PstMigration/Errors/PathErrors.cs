using PstMigration.Formats;
using PstMigration.Mapi;

namespace PstMigration.Errors;

/// <summary>Errors about paths a user gave.</summary>
internal static class PathErrors
{
    /// <summary>Nothing exists at the path.</summary>
    internal static MailDataException NotFound(string path) => ErrorRecords.Exception(FileErrorIds.PathNotFound, Strings.PathNotFound, path);

    /// <summary>An object was given that has no file, such as an account without a data file.</summary>
    internal static MailDataException Missing() => ErrorRecords.Exception(ModuleErrorIds.PathMissing, Strings.PathMissing);

    /// <summary>Items, folders or findings where files are wanted.</summary>
    internal static MailDataException NotOfFile() => ErrorRecords.Exception(ModuleErrorIds.InputNotFile, Strings.InputNotFile);

    /// <summary>A registry key, a variable: not a place for files.</summary>
    internal static MailDataException NotFileSystem(string path) => ErrorRecords.Exception(ModuleErrorIds.PathNotFileSystem, Strings.PathNotFileSystem, path);

    /// <summary>It has characters no path may have.</summary>
    internal static MailDataException Invalid(string path) => ErrorRecords.Exception(ModuleErrorIds.PathInvalid, Strings.PathInvalid, path);

    /// <summary>The name of a file to make is too long.</summary>
    /// <param name="path">The path.</param>
    /// <param name="least">By how many bytes, on Windows UTF-16 units, the name has to become shorter.</param>
    internal static MailDataException NameTooLong(string path, int least) => ErrorRecords.Exception(ModuleErrorIds.PathInvalid, Strings.PathNameTooLong, path, least);

    /// <summary>A folder where a file is wanted.</summary>
    internal static MailDataException NotFile(string path) => ErrorRecords.Exception(ModuleErrorIds.PathNotFile, Strings.PathNotFile, path);

    /// <summary>Wildcards in the name of a file to write.</summary>
    internal static MailDataException IsPattern(string path) => ErrorRecords.Exception(ModuleErrorIds.PathIsPattern, Strings.PathIsPattern, path);

    /// <summary>A single item of Outlook's own format, or a folder of these, which are not read.</summary>
    internal static MailDataException IsMsg(string path) => ErrorRecords.Exception(ModuleErrorIds.MsgNotRead, Strings.MsgNotRead, path);

    /// <summary>A folder in a format that is made for people to read.</summary>
    internal static MailDataException OnlyWritten(string path, ItemFormat format) => ErrorRecords.Exception(ModuleErrorIds.FormatNotRead, Strings.FormatNotRead, path, format);

    /// <summary>Neither a data file nor mail of any kind.</summary>
    internal static MailDataException NotMail(string path) => ErrorRecords.Exception(FormatErrorIds.MailFilesNotRecognized, Strings.PathNotMail, path);
}
