using PstMigration.Mapi;
using PstMigration.Transfer;

namespace PstMigration.Errors;

/// <summary>Errors about folders a user named.</summary>
internal static class FolderErrors
{
    /// <summary>No folder has that path or role.</summary>
    /// <param name="folder">As it was written.</param>
    /// <param name="store">The file or mailbox.</param>
    /// <param name="near">Those that may have been meant.</param>
    internal static MailDataException NotFound(string folder, string store, IReadOnlyList<FolderPath> near) => near.Count == 0
        ? ErrorRecords.Exception(TransferErrorIds.FolderNotFound, Strings.FolderNotFound, folder, store)
        : ErrorRecords.Exception(TransferErrorIds.FolderNotFound, Strings.FolderNotFoundNear, folder, store, string.Join(", ", near.Select(f => "'" + f + "'")));

    /// <summary>More levels, or longer names, than folders can have.</summary>
    internal static MailDataException TooDeep(FolderPath folder, int levels, int length) =>
        ErrorRecords.Exception(ModuleErrorIds.FolderNameInvalid, Strings.FolderTooDeep, folder.Names.Count, folder.Names.Max(n => n.Length), levels, length);

    /// <summary>Wildcards where one folder is meant.</summary>
    internal static MailDataException IsPattern(string folder) => ErrorRecords.Exception(ModuleErrorIds.FolderNameInvalid, Strings.FolderNameInvalid, folder);
}
