using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>
/// Finds the target folder of each source folder. A folder with a role goes to the target's folder of that role, whatever
/// either is called; any other goes below its parent's target, under its own name. Target folders are opened when first needed.
/// A folder to put everything below may begin with a default folder of mail, by role or by its name in any language: it is that one, whatever it is called.
/// </summary>
/// <param name="targetRoot">Everything goes below this folder; null to bring roles to roles.</param>
internal sealed class FolderMapper(FolderPath? targetRoot)
{
    private readonly Dictionary<FolderPath, SourceFolder> _sources = [];
    private readonly Dictionary<FolderPath, TargetFolder> _targets = [];
    private FolderPath? _root;

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

    // One after the other, so that each that is made is known of. The first may be one of the target's own.
    private async Task OpenRootAsync(IItemTarget target, CancellationToken cancellationToken)
    {
        if (_root is not null || targetRoot is null)
        {
            return;
        }

        FolderPath at = FolderPath.Root;
        foreach (string name in targetRoot.Names)
        {
            FolderRole role = at.Names.Count == 0 ? RoleOf(name) : FolderRole.None;
            TargetFolder opened = await target.OpenFolderAsync(at.Append(name), role, "IPF.Note", cancellationToken).ConfigureAwait(false);
            Opened(null, opened);
            at = opened.Path;
        }

        _root = at;
    }

    private static FolderRole RoleOf(string name)
    {
        FolderRole role = name.All(char.IsLetter) && Enum.TryParse(name, ignoreCase: true, out FolderRole named) ? named : FolderNames.Find(name);
        return role is FolderRole.Inbox or FolderRole.Drafts or FolderRole.SentItems or FolderRole.DeletedItems or FolderRole.Outbox or FolderRole.JunkEmail or FolderRole.Archive
            ? role
            : FolderRole.None;
    }

    private bool HasOwnPlace(SourceFolder folder) => folder.Path.Names.Count == 0 || (targetRoot is null && folder.Role != FolderRole.None);

    private async Task<TargetFolder> OpenBelowParentAsync(IItemTarget target, SourceFolder folder, CancellationToken cancellationToken)
    {
        if (HasOwnPlace(folder))
        {
            return folder.Path.Names.Count > 0 || _root is null
                ? await target.OpenFolderAsync(folder.Path, folder.Role, folder.ContainerClass, cancellationToken).ConfigureAwait(false)
                : await target.OpenFolderAsync(_root, FolderRole.None, folder.ContainerClass, cancellationToken).ConfigureAwait(false);
        }

        // A parent the source never named is taken by its path.
        FolderPath path = _targets.TryGetValue(folder.Path.Parent, out TargetFolder? parent)
            ? parent.Path.Append(folder.Path.Name)
            : new FolderPath((_root ?? FolderPath.Root).Names.Concat(folder.Path.Names));
        return await target.OpenFolderAsync(path, FolderRole.None, folder.ContainerClass, cancellationToken).ConfigureAwait(false);
    }
}
