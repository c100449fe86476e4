using PstMigration.Mapi;

namespace PstMigration.Errors;

/// <summary>Errors about folders a user named.</summary>
internal static class FolderErrors
{
    /// <summary>No folder has that role or path.</summary>
    internal static MailDataException NotFound(string folder, string store) =>
        ErrorRecords.Exception("FolderNotFound", Strings.FolderNotFound, folder, store);
}
