using PstMigration.Errors;
using PstMigration.Mapi;

namespace PstMigration;

/// <summary>Picks the folders a user named with <c>-Folder</c> and <c>-LiteralFolder</c>.</summary>
internal static class NamedFolders
{
    /// <summary>What was named by either parameter, of any cmdlet.</summary>
    /// <param name="folder">Roles, paths in any language, wildcards; null for none.</param>
    /// <param name="literalFolder">Paths as they are; null for none.</param>
    internal static IReadOnlyList<FolderSelector> Of(string[]? folder, string[]? literalFolder) =>
        [.. (folder ?? []).Select(FolderSelector.Parse), .. (literalFolder ?? []).Select(FolderSelector.Literal)];

    /// <summary>The folders that match, in their order: see <see cref="FolderSelection"/>.</summary>
    /// <exception cref="MailDataException">FolderNotFound, for one without wildcards.</exception>
    internal static IReadOnlyList<T> Select<T>(
        IEnumerable<FolderSelector> wanted, IReadOnlyList<T> folders, Func<T, FolderPath> path, Func<T, FolderRole> role, Func<T, bool>? isHidden = null)
    {
        IReadOnlyList<T> selected = FolderSelection.Select(
            wanted, folders, path, role, isHidden, out FolderSelector? missing);
        return missing is null ? selected : throw FolderErrors.NotFound(missing.ToString(), FolderSelection.Suggest(missing, folders.Select(path)));
    }

    /// <summary>The folder things are to be put below, which need not exist. The same separators; no wildcards, which would become names.</summary>
    /// <exception cref="MailDataException">FolderNameInvalid.</exception>
    internal static FolderPath ParseTarget(string text) =>
        text.IndexOfAny(['*', '?']) < 0 ? FolderSelector.ParseTyped(text) : throw FolderErrors.IsPattern(text);
}
