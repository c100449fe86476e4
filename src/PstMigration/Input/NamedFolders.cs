using PstMigration.Errors;
using PstMigration.Mapi;

namespace PstMigration;

/// <summary>Picks the folders a user named with <c>-Folder</c> and <c>-LiteralFolder</c>.</summary>
internal static class NamedFolders
{
    /// <summary>What Exchange Online takes, below which what is put there has its own folders ("Exchange Online limits").</summary>
    private const int MostLevels = 299;

    /// <summary>What a name is cut to in a mailbox.</summary>
    private const int LongestName = 250;

    /// <summary>What was named by either parameter, of any cmdlet.</summary>
    /// <param name="folder">Roles, paths in any language, wildcards; null for none.</param>
    /// <param name="literalFolder">Paths as they are; null for none.</param>
    internal static IReadOnlyList<FolderSelector> Of(string[]? folder, string[]? literalFolder) =>
        [.. (folder ?? []).Select(FolderSelector.Parse), .. (literalFolder ?? []).Select(FolderSelector.Literal)];

    /// <summary>The folders that match, in their order: see <see cref="FolderSelection"/>.</summary>
    /// <param name="wanted">What was named.</param>
    /// <param name="store">The file or mailbox the folders are of.</param>
    /// <param name="folders">All of its folders.</param>
    /// <param name="path">The path of one.</param>
    /// <param name="role">Its role.</param>
    /// <param name="isHidden">Whether wildcards pass it over; null for none.</param>
    /// <exception cref="MailDataException">FolderNotFound, for one without wildcards.</exception>
    internal static IReadOnlyList<T> Select<T>(
        IEnumerable<FolderSelector> wanted, string store, IReadOnlyList<T> folders, Func<T, FolderPath> path, Func<T, FolderRole> role, Func<T, bool>? isHidden = null)
    {
        IReadOnlyList<T> selected = FolderSelection.Select(
            wanted, folders, path, role, isHidden, out FolderSelector? missing);
        return missing is null ? selected : throw FolderErrors.NotFound(missing.ToString(), store, FolderSelection.Suggest(missing, folders.Select(path)));
    }

    /// <summary>The folder things are to be put below, which need not exist. The same separators; no wildcards, which would become names.</summary>
    /// <exception cref="MailDataException">FolderNameInvalid: with wildcards; or deeper, or a name longer, than what there can be.</exception>
    internal static FolderPath ParseTarget(string text)
    {
        FolderPath path = text.IndexOfAny(['*', '?']) < 0 ? FolderSelector.ParseTyped(text) : throw FolderErrors.IsPattern(text);
        return path.Names.Count <= MostLevels && path.Names.All(n => n.Length <= LongestName) ? path : throw FolderErrors.TooDeep(path, MostLevels, LongestName);
    }
}
