namespace PstMigration.Mapi;

/// <summary>Paths longer than the 259 characters Windows takes without being told.</summary>
public static class LongPath
{
    /// <summary>The longest path every Windows program opens.</summary>
    public const int Maximum = 259;

    private const string Prefix = @"\\?\";

    private static readonly bool s_isWindows = Path.DirectorySeparatorChar == '\\';

    /// <summary>A full path in the form that may be of any length: with the prefix for those that need it.</summary>
    public static string Of(string path)
    {
        // A folder must leave room for an 8.3 name of 12 characters.
        if (!s_isWindows || path.Length < Maximum - 12 || path.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return path;
        }

        string full = Path.GetFullPath(path);
        return full.StartsWith(@"\\", StringComparison.Ordinal) ? @"\\?\UNC" + full.Substring(1) : Prefix + full;
    }

    /// <summary>
    /// How long a name in a folder may be: no longer than asked for, and where the folder leaves room, so short that any program
    /// opens the file.
    /// </summary>
    /// <param name="folder">The full path of the folder.</param>
    /// <param name="wanted">UTF-16 units at most.</param>
    /// <param name="least">UTF-16 units at least, even if the path gets long.</param>
    public static int NameLength(string folder, int wanted, int least) =>
        s_isWindows ? Math.Min(wanted, Math.Max(least, Maximum - folder.Length - 1)) : wanted;
}
