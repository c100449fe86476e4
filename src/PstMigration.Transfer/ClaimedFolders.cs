using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>
/// The folders of a target that those of the source go to, as far as there are any yet. Of equal items each is to be found for the one that goes where it lies: else one folder would have two in the end, and
/// another none. One caller at a time.
/// </summary>
/// <param name="source">What is known of the source.</param>
/// <param name="all">All folders of the source.</param>
/// <param name="meant">Those of them that are copied.</param>
/// <param name="targetRoot">Everything goes below this folder; null to bring roles to roles.</param>
/// <param name="target">The target.</param>
/// <param name="finder">The same.</param>
internal sealed class ClaimedFolders(
    SourceTraits source, IReadOnlyList<SourceFolder> all, IReadOnlyList<SourceFolder> meant, FolderPath? targetRoot, IItemTarget target, IFolderFinder finder)
{
    private readonly Dictionary<FolderPath, string?> _keys = [];
    private HashSet<string>? _claimed;

    /// <summary>Whether what lies in a folder of the target is for items of other folders of the source than this one.</summary>
    /// <param name="folder">A folder of the source.</param>
    /// <param name="key">That of the folder of the target.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="MailDataException">The target cannot be asked.</exception>
    public async ValueTask<bool> IsForOthersAsync(SourceFolder folder, string key, CancellationToken cancellationToken)
    {
        _claimed ??= await FindAsync(cancellationToken).ConfigureAwait(false);
        return _claimed.Contains(key) && !(_keys.TryGetValue(folder.Path, out string? own) && own == key);
    }

    private async Task<HashSet<string>> FindAsync(CancellationToken cancellationToken)
    {
        FolderMapper mapper = new(source, targetRoot);
        foreach (SourceFolder folder in all)
        {
            mapper.Add(folder);
        }

        async Task<TargetFolder> Find(FolderPath path, FolderRole role, string containerClass) =>
            await finder.FindFolderAsync(path, role, containerClass, cancellationToken).ConfigureAwait(false) ?? new TargetFolder(path);

        foreach (SourceFolder folder in meant)
        {
            _keys[folder.Path] = (await mapper.OpenAsync(Find, target as IFolderClasses, folder).ConfigureAwait(false)).Key;
        }

        return new HashSet<string>(_keys.Values.OfType<string>(), StringComparer.Ordinal);
    }
}
