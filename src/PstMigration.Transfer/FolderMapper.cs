using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>
/// Finds the target folder of each source folder. A folder with a role goes to the target's folder of that role, whatever
/// either is called; any other goes below its parent's target, under its own name. Target folders are opened when first needed.
/// A folder to put everything below may begin with a default folder of mail, by role or by its name in any language: it is that one, whatever it is called.
/// </summary>
internal sealed class FolderMapper(FolderPath? targetRoot)
{
    private readonly Dictionary<FolderPath, SourceFolder> _sources = [];
    private readonly Dictionary<FolderPath, TargetFolder> _targets = [];
    private FolderPath? _root;

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
            _targets[next.Path] = await OpenBelowParentAsync(target, next, cancellationToken).ConfigureAwait(false);
        }

        return _targets[folder.Path];
    }

    private bool HasOwnPlace(SourceFolder folder) => folder.Path.Names.Count == 0 || (targetRoot is null && folder.Role != FolderRole.None);

    private async Task<FolderPath?> RootAsync(IItemTarget target, CancellationToken cancellationToken)
    {
        if (_root is null && targetRoot is not null)
        {
            FolderRole role = targetRoot.Names.Count == 0 ? FolderRole.None
                : Enum.TryParse(targetRoot.Names[0], ignoreCase: true, out FolderRole named) && targetRoot.Names[0].All(char.IsLetter) ? named
                : FolderNames.Find(targetRoot.Names[0]);
            _root = role is not (FolderRole.Inbox or FolderRole.Drafts or FolderRole.SentItems or FolderRole.DeletedItems or FolderRole.Outbox or FolderRole.JunkEmail or FolderRole.Archive)
                ? targetRoot
                : new FolderPath((await target.OpenFolderAsync(new FolderPath([targetRoot.Names[0]]), role, "IPF.Note", cancellationToken).ConfigureAwait(false))
                    .Path.Names.Concat(targetRoot.Names.Skip(1)));
        }

        return _root;
    }

    private async Task<TargetFolder> OpenBelowParentAsync(IItemTarget target, SourceFolder folder, CancellationToken cancellationToken)
    {
        FolderPath? root = await RootAsync(target, cancellationToken).ConfigureAwait(false);
        if (HasOwnPlace(folder))
        {
            return folder.Path.Names.Count > 0 || root is null
                ? await target.OpenFolderAsync(folder.Path, folder.Role, folder.ContainerClass, cancellationToken).ConfigureAwait(false)
                : await target.OpenFolderAsync(root, FolderRole.None, folder.ContainerClass, cancellationToken).ConfigureAwait(false);
        }

        // A parent the source never named is taken by its path.
        FolderPath path = _targets.TryGetValue(folder.Path.Parent, out TargetFolder? parent)
            ? parent.Path.Append(folder.Path.Name)
            : new FolderPath((root ?? FolderPath.Root).Names.Concat(folder.Path.Names));
        return await target.OpenFolderAsync(path, FolderRole.None, folder.ContainerClass, cancellationToken).ConfigureAwait(false);
    }
}
