using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>The data files of this computer that a backup saves too: those its plan names, and those that match a name with * or ? now.</summary>
internal static class LocalFiles
{
    /// <summary>Finds them, each once. One that is named need not exist.</summary>
    /// <param name="plan">The backup.</param>
    /// <param name="warn">Is told of a folder that cannot be looked into.</param>
    public static IReadOnlyList<string> Find(BackupPlan plan, Action<string> warn) => [.. plan.LocalFiles.SelectMany(e => Find(e, warn)).Distinct(StringComparer.Ordinal)];

    private static List<string> Find(string entry, Action<string> warn)
    {
        string pattern = Path.GetFileName(entry);

        // Where names may have such characters, a file of just that name is meant.
        if (!IsPattern(pattern) || File.Exists(entry))
        {
            return [entry];
        }

        try
        {
            // On Windows *.pst means *.pstx too, for the sake of short names.
            string ending = Path.GetExtension(pattern);
            return
            [
                .. Directory.EnumerateFiles(Path.GetDirectoryName(entry)!, pattern)
                    .Where(f => IsPattern(ending) || ending.Equals(Path.GetExtension(f), StringComparison.OrdinalIgnoreCase)).OrderBy(f => f, StringComparer.Ordinal),
            ];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            warn(LocalText.Format(Strings.BackupLocalFailed, entry, e.Message));
            return [];
        }
    }

    private static bool IsPattern(string name) => name.IndexOfAny(['*', '?']) >= 0;
}
