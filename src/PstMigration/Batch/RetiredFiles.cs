using System.Management.Automation;
using PstMigration.Mapi;
using PstMigration.Transfer;

namespace PstMigration.Batch;

/// <summary>Which retired files a path means: by the name they had or the one they have, never others of their folder.</summary>
internal static class RetiredFiles
{
    /// <summary>Those a path means. On the pipeline thread.</summary>
    /// <param name="cmdlet">Knows the current location.</param>
    /// <param name="given">As the user wrote it.</param>
    /// <param name="isLiteral">Whether wildcards stand for themselves.</param>
    internal static IReadOnlyList<RetiredSource> Given(PSCmdlet cmdlet, string given, bool isLiteral)
    {
        string full = FileSystemPaths.Full(cmdlet, given);
        List<RetiredSource> found = [.. new[] { RetiredSource.Of(full), RetiredSource.At(full) }.OfType<RetiredSource>()];
        if (!isLiteral && found.Count == 0 && WildcardPattern.ContainsWildcardCharacters(given))
        {
            WildcardPattern name = WildcardPattern.Get(Path.GetFileName(full), WildcardOptions.IgnoreCase);
            found.AddRange(Folders(cmdlet, Path.GetDirectoryName(full) ?? "").SelectMany(RetiredSource.In)
                .Where(r => name.IsMatch(Path.GetFileName(r.Original)) || name.IsMatch(Path.GetFileName(r.Path))));
        }

        return found;
    }

    private static IEnumerable<string> Folders(PSCmdlet cmdlet, string folder)
    {
        try
        {
            return WildcardPattern.ContainsWildcardCharacters(folder) ? FileSystemPaths.ExistingAny(cmdlet, folder, literal: false).Where(Directory.Exists) : [folder];
        }
        catch (MailDataException)
        {
            return [];
        }
    }
}
