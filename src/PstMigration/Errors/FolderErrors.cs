using PstMigration.Mapi;
using PstMigration.Transfer;

namespace PstMigration.Errors;

/// <summary>Errors about folders a user named.</summary>
internal static class FolderErrors
{
    /// <summary>No folder has that path or role.</summary>
    internal static MailDataException NotFound(string folder) => ErrorRecords.Exception(TransferErrorIds.FolderNotFound, Strings.FolderNotFound, folder);
}
