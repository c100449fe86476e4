using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>Opens the target folder of each source folder when it is first needed, by the rule of <see cref="FolderPlaces"/>.</summary>
/// <param name="source">What is known of the source.</param>
/// <param name="targetRoot">Everything goes below this folder; null to bring roles to roles.</param>
internal sealed class FolderMapper(SourceTraits source, FolderPath? targetRoot)
{
    private readonly FolderPlaces _places = new(source, targetRoot);
    private readonly Dictionary<FolderPath, TargetFolder> _targets = [];
    private FolderPath? _root;

    /// <summary>Is told of each folder of the target that was opened.</summary>
    public Action<TargetFolder> Opened { get; set; } = _ => { };

    /// <summary>Makes a source folder known.</summary>
    public void Add(SourceFolder folder) => _places.Add(folder);

    /// <summary>Whether a folder goes to the target's folder of a role, or below.</summary>
    public bool GoesInto(SourceFolder folder, FolderRole role) => _places.GoesInto(folder, role);

    /// <summary>Opens the target of a folder, and those above it. One caller at a time.</summary>
    public Task<TargetFolder> OpenAsync(IItemTarget target, SourceFolder folder, CancellationToken cancellationToken) => _targets.TryGetValue(folder.Path, out TargetFolder? known)
        ? Task.FromResult(known)
        : OpenAsync((path, role, containerClass) => target.OpenFolderAsync(path, role, containerClass, cancellationToken), target as IFolderClasses, folder);

    /// <summary>The same with another way to open one: by its path, its role and its container class.</summary>
    public async Task<TargetFolder> OpenAsync(Func<FolderPath, FolderRole, string, Task<TargetFolder>> open, IFolderClasses? classes, SourceFolder folder)
    {
        foreach (FolderPlace place in _places.Down(folder, _targets.ContainsKey))
        {
            FolderPath root = _root ??= await OpenRootAsync(open).ConfigureAwait(false);
            FolderPath above = place.Above is SourceFolder parent ? _targets[parent.Path].Path : root;
            FolderPath path = _places.PathOf(place, above, classes);
            TargetFolder opened = await open(path, place.Role, place.Folder.ContainerClass).ConfigureAwait(false);
            FolderPath own = new(above.Names.Concat(place.Names));
            _targets[place.Folder.Path] = opened = path.Equals(own) ? opened : opened with { InsteadOf = own };
            Opened(opened);
        }

        return _targets[folder.Path];
    }

    // One after the other, so that each that is made is known of. The first may be one of the target's own.
    private async Task<FolderPath> OpenRootAsync(Func<FolderPath, FolderRole, string, Task<TargetFolder>> open)
    {
        FolderPath at = FolderPath.Root;
        foreach ((string name, FolderRole role) in _places.Root)
        {
            TargetFolder opened = await open(at.Append(name), role, FolderClasses.Mail).ConfigureAwait(false);
            Opened(opened);
            at = opened.Path;
        }

        return at;
    }
}
