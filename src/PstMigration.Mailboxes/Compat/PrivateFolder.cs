namespace PstMigration.Mailboxes;

/// <summary>Folders for temporary files only this user can read.</summary>
internal static class PrivateFolder
{
    private const string Prefix = "PstMigration-";

    /// <summary>Makes a new, empty one.</summary>
    /// <returns>Its full path.</returns>
    public static string Create()
    {
#if NET
        return Directory.CreateTempSubdirectory(Prefix).FullName;
#else
        // On Windows the folder for temporary files is the user's own.
        return Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), Prefix + Path.GetRandomFileName())).FullName;
#endif
    }
}
