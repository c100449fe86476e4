using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>
/// Finds the target folder of each source folder. A folder with a role goes to the target's folder of that role, whatever
/// either is called; any other goes below its parent's target, under its own name. Target folders are opened when first needed.
/// </summary>
/// <param name="targetRoot">Everything goes below this folder; null to bring roles to roles.</param>
internal sealed class FolderMapper(FolderPath? targetRoot)
{
    private readonly Dictionary<FolderPath, SourceFolder> _sources = [];
    private readonly Dictionary<FolderPath, TargetFolder> _targets = [];
    private bool _isRootOpen;

    /// <summary>Is told of each folder of the target that was opened, with the one of the source; null for those above <c>targetRoot</c>.</summary>
    public Action<SourceFolder?, TargetFolder> Opened { get; set; } = (_, _) => { };

    /// <summary>Makes a source folder known. Parents come before children.</summary>
    public void Add(SourceFolder folder) => _sources[folder.Path] = folder;

    public FolderRole RoleOf(FolderPath path) => _sources.TryGetValue(path, out SourceFolder? folder) ? folder.Role : FolderRole.None;

    public async Task<TargetFolder> OpenAsync(IItemTarget target, SourceFolder folder, CancellationToken cancellationToken)
    {
        // Climb to the nearest folder whose target is known without asking its parent, then come down again.
        Stack<SourceFolder> chain = new();
        SourceFolder? at = folder;
        while (at is not null && !_targets.ContainsKey(at.Path))
        {
            chain.Push(at);
            at = HasOwnPlace(at) || !_sources.TryGetValue(at.Path.Parent, out SourceFolder? parent) ? null : parent;
        }

        while (chain.Count > 0)
        {
            SourceFolder next = chain.Pop();
            await OpenRootAsync(target, cancellationToken).ConfigureAwait(false);
            TargetFolder opened = await OpenBelowParentAsync(target, next, cancellationToken).ConfigureAwait(false);
            _targets[next.Path] = opened;
            Opened(next, opened);
        }

        return _targets[folder.Path];
    }

    // One after the other, so that each that is made is known of.
    private async Task OpenRootAsync(IItemTarget target, CancellationToken cancellationToken)
    {
        for (int depth = 1; !_isRootOpen && depth <= targetRoot?.Names.Count; depth++)
        {
            FolderPath path = new(targetRoot.Names.Take(depth));
            Opened(null, await target.OpenFolderAsync(path, FolderRole.None, "IPF.Note", cancellationToken).ConfigureAwait(false));
        }

        _isRootOpen = true;
    }

    private bool HasOwnPlace(SourceFolder folder) => folder.Path.Names.Count == 0 || (targetRoot is null && folder.Role != FolderRole.None);

    private Task<TargetFolder> OpenBelowParentAsync(IItemTarget target, SourceFolder folder, CancellationToken cancellationToken)
    {
        if (HasOwnPlace(folder))
        {
            return folder.Path.Names.Count > 0 || targetRoot is null
                ? target.OpenFolderAsync(folder.Path, folder.Role, folder.ContainerClass, cancellationToken)
                : target.OpenFolderAsync(targetRoot, FolderRole.None, folder.ContainerClass, cancellationToken);
        }

        // A parent the source never named is taken by its path.
        FolderPath path = _targets.TryGetValue(folder.Path.Parent, out TargetFolder? parent)
            ? parent.Path.Append(folder.Path.Name)
            : new FolderPath((targetRoot ?? FolderPath.Root).Names.Concat(folder.Path.Names));
        return target.OpenFolderAsync(path, FolderRole.None, folder.ContainerClass, cancellationToken);
    }
}
