using PstMigration.Mapi;
using PstMigration.Transfer;

namespace PstMigration.Errors;

/// <summary>Errors about folders a user named.</summary>
internal static class FolderErrors
{
    /// <summary>No folder has that path or role.</summary>
    /// <param name="folder">As it was written.</param>
    /// <param name="near">Those that may have been meant.</param>
    internal static MailDataException NotFound(string folder, IReadOnlyList<FolderPath> near) => near.Count == 0
        ? ErrorRecords.Exception(TransferErrorIds.FolderNotFound, Strings.FolderNotFound, folder)
        : ErrorRecords.Exception(TransferErrorIds.FolderNotFound, Strings.FolderNotFoundNear, folder, string.Join(", ", near.Select(f => "'" + f + "'")));

    /// <summary>Wildcards where one folder is meant.</summary>
    internal static MailDataException IsPattern(string folder) => ErrorRecords.Exception(ModuleErrorIds.FolderNameInvalid, Strings.FolderNameInvalid, folder);
}
