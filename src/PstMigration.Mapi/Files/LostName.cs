namespace PstMigration.Mapi;

/// <summary>
/// Names of files and directories that are no UTF-8, as file systems other than those of Windows may have them: of disks that were written in Shift_JIS or EUC-JP, say. .NET gives such a name with a
/// replacement character for each byte it cannot read, and finds nothing under it.
/// </summary>
public static class LostName
{
    private const char Replacement = '\uFFFD';

    /// <summary>Whether what a directory lists cannot be opened for its name.</summary>
    /// <param name="entry">As the directory was listed.</param>
    public static bool IsOf(FileSystemInfo entry) => entry is null
        ? throw new ArgumentNullException(nameof(entry))
        : Path.DirectorySeparatorChar == '/' && entry.Name.IndexOf(Replacement) >= 0 && !entry.Exists;
}
