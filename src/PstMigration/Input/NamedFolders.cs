using PstMigration.Errors;
using PstMigration.Mapi;

namespace PstMigration;

/// <summary>Picks the folders a user named with <c>-Folder</c>.</summary>
internal static class NamedFolders
{
    /// <summary>The folders that match, in their order: see <see cref="FolderSelection"/>.</summary>
    /// <exception cref="MailDataException">FolderNotFound, for one without wildcards.</exception>
    internal static IReadOnlyList<T> Select<T>(
        IEnumerable<string> wanted, IReadOnlyList<T> folders, Func<T, FolderPath> path, Func<T, FolderRole> role, Func<T, bool>? isHidden = null)
    {
        IReadOnlyList<T> selected = FolderSelection.Select(
            wanted.Select(FolderSelector.Parse), folders, path, role, isHidden, out FolderSelector? missing);
        return missing is null ? selected : throw FolderErrors.NotFound(missing.ToString());
    }
}
