namespace PstMigration.Accounts.Finding;

/// <summary>Tells which paths OneDrive synchronises.</summary>
internal sealed class OneDriveFolders(IEnumerable<string?> roots)
{
    private static readonly char[] s_separators = ['/', '\\'];
    private static readonly string[] s_variables = ["OneDrive", "OneDriveCommercial", "OneDriveConsumer"];

    private readonly string[] _roots = [.. roots.Where(r => !string.IsNullOrWhiteSpace(r)).Select(r => r!.TrimEnd(s_separators))];

    /// <summary>The folders OneDrive tells every program in its environment.</summary>
    public static OneDriveFolders OfThisUser() => new(s_variables.Select(Environment.GetEnvironmentVariable));

    /// <summary>Whether a path is in one of them, or in a folder named as OneDrive names them: another user's, or one on a copied disk.</summary>
    public bool Contains(string path)
    {
        string[] names = path.Split(s_separators);
        return Array.Exists(_roots, r => path.Length > r.Length && path[r.Length] is '/' or '\\' && path.StartsWith(r, StringComparison.OrdinalIgnoreCase))
            || names.Take(names.Length - 1).Any(n => string.Equals(n, "OneDrive", StringComparison.OrdinalIgnoreCase)
                || n.StartsWith("OneDrive - ", StringComparison.OrdinalIgnoreCase));
    }
}
