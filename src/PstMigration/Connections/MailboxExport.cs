using PstMigration.Mapi;
using PstMigration.Pst;

namespace PstMigration;

/// <summary>The data file a mailbox is exported to: a new one, or an earlier export of the same mailbox, which is brought up to date.</summary>
internal static class MailboxExport
{
    /// <summary>Opens the file at a path, making it where it is missing. An export that was stopped holds what was committed.</summary>
    /// <exception cref="PstException">PstExists: another file exists there, which is left alone; or it cannot be opened.</exception>
    internal static PstItemTarget Open(string path, string displayName, string storeKey, TimeProvider clock)
    {
        if (File.Exists(path) && !IsExportOf(path, storeKey))
        {
            throw Errors.FileErrors.Exists(path);
        }

        if (!File.Exists(path))
        {
            using PstFileBuilder builder = PstFileBuilder.Create(path, new PstCreateOptions { DisplayName = displayName, TimeProvider = clock });
            builder.StoreProperties.Set(PropertyNames.ExportOf, storeKey);
            builder.Complete();
        }

        return PstItemTarget.Open(path, new PstEditOptions { TimeProvider = clock });
    }

    /// <exception cref="PstException">The file cannot be looked at: PstInUse, PstAccessDenied, PstReadFailed.</exception>
    private static bool IsExportOf(string path, string storeKey)
    {
        try
        {
            using PstFile file = PstFile.Open(path);
            return file.Properties.GetString(PropertyNames.ExportOf) == storeKey;
        }
        catch (PstException e) when (e.IsUnsound)
        {
            // No export of ours.
            return false;
        }
    }
}
