using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>Opens the target folder of each source folder when it is first needed, by the rule of <see cref="FolderPlaces"/>.</summary>
/// <param name="targetRoot">Everything goes below this folder; null to bring roles to roles.</param>
internal sealed class FolderMapper(FolderPath? targetRoot)
{
    private readonly FolderPlaces _places = new(targetRoot);
    private readonly Dictionary<FolderPath, TargetFolder> _targets = [];
    private FolderPath? _root;

    /// <summary>Is told of each folder of the target that was opened.</summary>
    public Action<TargetFolder> Opened { get; set; } = _ => { };

    /// <summary>Makes a source folder known.</summary>
    public void Add(SourceFolder folder) => _places.Add(folder);

    /// <summary>Opens the target of a folder, and those above it. One caller at a time.</summary>
    public async Task<TargetFolder> OpenAsync(IItemTarget target, SourceFolder folder, CancellationToken cancellationToken)
    {
        foreach (FolderPlace place in _places.Down(folder, _targets.ContainsKey))
        {
            FolderPath root = _root ??= await OpenRootAsync(target, cancellationToken).ConfigureAwait(false);
            FolderPath above = place.Above is SourceFolder parent ? _targets[parent.Path].Path : root;
            FolderPath path = new(above.Names.Concat(place.Names));
            TargetFolder opened = await target.OpenFolderAsync(path, place.Role, place.Folder.ContainerClass, cancellationToken).ConfigureAwait(false);
            _targets[place.Folder.Path] = opened;
            Opened(opened);
        }

        return _targets[folder.Path];
    }

    // One after the other, so that each that is made is known of. The first may be one of the target's own.
    private async Task<FolderPath> OpenRootAsync(IItemTarget target, CancellationToken cancellationToken)
    {
        FolderPath at = FolderPath.Root;
        foreach ((string name, FolderRole role) in _places.Root)
        {
            TargetFolder opened = await target.OpenFolderAsync(at.Append(name), role, "IPF.Note", cancellationToken).ConfigureAwait(false);
            Opened(opened);
            at = opened.Path;
        }

        return at;
    }
}
