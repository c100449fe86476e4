namespace PstMigration.Mailboxes;

/// <summary>Files and folders nobody else on this computer can read. On Windows those below the user's own profile are so by themselves.</summary>
internal static class OwnerOnly
{
    /// <summary>Makes a folder where there is none.</summary>
    public static void EnsureFolder(string path)
    {
#if NET
        if (!System.OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return;
        }
#endif
        Directory.CreateDirectory(path);
    }

    /// <summary>Whether users of this computer other than its owner can read or write an existing file.</summary>
    public static bool IsExposed(string path)
    {
#if NET
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        return !System.OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0;
#else
        return false;
#endif
    }
}
