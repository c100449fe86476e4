using PstMigration.Mapi;
using PstMigration.Pst;

namespace PstMigration.Errors;

/// <summary>Errors about data files that are opened again after they were listed.</summary>
internal static class FileErrors
{
    /// <summary>The file is not what it was.</summary>
    internal static MailDataException Changed(string path) => ErrorRecords.Exception(PstErrorIds.PstChanged, Strings.PstChanged, path);

    /// <summary>The item is no more, or is another one.</summary>
    internal static MailDataException Changed(PstItemInfo item) =>
        ErrorRecords.Exception(PstErrorIds.PstChanged, Strings.ItemChanged, item.PstPath, item.Folder, item.NodeId);

    /// <summary>The file is damaged so far that no item is left to list.</summary>
    /// <param name="path">The file.</param>
    /// <param name="damage">In how many places.</param>
    internal static MailDataException NothingReadable(string path, long damage) =>
        ErrorRecords.Exception(ModuleErrorIds.NothingReadable, Strings.NothingReadable, path, damage);

    /// <summary>No folder lists the item: it was recovered.</summary>
    internal static MailDataException NotListed(PstItemInfo item) =>
        ErrorRecords.Exception(ModuleErrorIds.ItemNotListed, Strings.ItemNotListed, item.PstPath, item.Subject);

    /// <summary>Several data files cannot go into one table.</summary>
    internal static MailDataException OneFile(string path) => ErrorRecords.Exception(ModuleErrorIds.DestinationIsOneFile, Strings.DestinationIsOneFile, path);

    /// <summary>A file cannot be copied into itself.</summary>
    internal static MailDataException SourceIsDestination(string path) =>
        ErrorRecords.Exception(ModuleErrorIds.SourceIsDestination, Strings.SourceIsDestination, path);

    /// <summary>The file exists and is not one of ours to change.</summary>
    internal static MailDataException Exists(string path) => ErrorRecords.Exception(PstErrorIds.PstExists, Strings.ExportFileForeign, path);
}
