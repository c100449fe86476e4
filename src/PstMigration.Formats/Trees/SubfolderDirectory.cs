namespace PstMigration.Formats;

/// <summary>
/// Directories that lie beside a folder and hold the folders in it, as its own file or directory has no room for them: <c>Name.sbd</c> (Thunderbird, Evolution),
/// <c>.Name.directory</c> (KMail).
/// </summary>
internal static class SubfolderDirectory
{
    /// <summary>The ending Thunderbird gives them.</summary>
    public const string Thunderbird = ".sbd";

    private const string KMail = ".directory";

    /// <summary>The name of the folder whose folders a directory holds; null for any other directory.</summary>
    /// <param name="name">The name of the directory.</param>
    public static string? FolderOf(string name) =>
        IsOf(name, Thunderbird) ? name.Substring(0, name.Length - Thunderbird.Length)
        : name[0] == '.' && IsOf(name.Substring(1), KMail) ? name.Substring(1, name.Length - 1 - KMail.Length)
        : null;

    private static bool IsOf(string name, string ending) => name.Length > ending.Length && name.EndsWith(ending, StringComparison.OrdinalIgnoreCase);
}
