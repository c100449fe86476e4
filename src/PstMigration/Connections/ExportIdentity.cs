using System;
using System.IO;
using PstMigration.Mapi;
using PstMigration.Pst;

namespace PstMigration;

/// <summary>Tells an earlier export of a mailbox, which may be replaced, from any other file, which may not.</summary>
internal static class ExportIdentity
{
    /// <summary>How the file at <paramref name="path"/> is made.</summary>
    internal static PstItemTarget CreateTarget(string path, MsMailbox mailbox, string storeKey, TimeProvider clock)
    {
        PstItemTarget target = PstItemTarget.Create(path, new PstCreateOptions
        {
            DisplayName = mailbox.DisplayName,
            Replace = IsExportOf(path, storeKey),
            TimeProvider = clock,
        });
        target.StoreProperties.Set(PropertyNames.ExportOf, storeKey);
        return target;
    }

    /// <exception cref="PstException">The file cannot be looked at: PstInUse, PstAccessDenied.</exception>
    private static bool IsExportOf(string path, string storeKey)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        try
        {
            using PstFile file = PstFile.Open(path);
            return file.Properties.GetString(PropertyNames.ExportOf) == storeKey;
        }
        catch (PstException e) when (e.Id is not ("PstInUse" or "PstAccessDenied"))
        {
            // Not a sound data file, so no export of ours.
            return false;
        }
    }
}
