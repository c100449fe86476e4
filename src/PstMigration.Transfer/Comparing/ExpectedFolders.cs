using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>
/// Tells where the items of a source folder have to be in the target, by the rule of <see cref="FolderPlaces"/> and without making anything. A target that puts folders
/// elsewhere than their names say is asked.
/// </summary>
internal sealed class ExpectedFolders
{
    private readonly Dictionary<FolderRole, FolderPath> _roles = [];
    private readonly Dictionary<FolderPath, FolderPath> _expected = [];

    private ExpectedFolders()
    {
    }

    /// <summary>Tells of the folders of a source.</summary>
    /// <param name="source">All folders of the source.</param>
    /// <param name="target">Those of the target.</param>
    /// <param name="targetRoot">The folder everything was put below; null where roles went to roles.</param>
    /// <param name="finder">Knows where the target puts a folder; null where that is where its names say.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="MailDataException">The target cannot be asked.</exception>
    public static async Task<ExpectedFolders> FindAsync(
        IReadOnlyList<SourceFolder> source, IReadOnlyList<SourceFolder> target, FolderPath? targetRoot, IFolderFinder? finder, CancellationToken cancellationToken)
    {
        ExpectedFolders expected = new();
        if (finder is null)
        {
            expected.Follow(source, target, targetRoot);
        }
        else
        {
            await expected.AskAsync(source, target, targetRoot, finder, cancellationToken).ConfigureAwait(false);
        }

        return expected;
    }

    /// <summary>The path in the target.</summary>
    /// <param name="path">A folder of the source.</param>
    public FolderPath Of(FolderPath path) => _expected[path];

    private async Task AskAsync(
        IReadOnlyList<SourceFolder> source, IReadOnlyList<SourceFolder> target, FolderPath? targetRoot, IFolderFinder finder, CancellationToken cancellationToken)
    {
        // The target knows a folder by its id; what it is called where folders are listed may differ.
        Dictionary<string, FolderPath> listed = target.GroupBy(f => f.Key.Id, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Path, StringComparer.Ordinal);
        FolderMapper mapper = new(targetRoot);
        foreach (SourceFolder folder in source)
        {
            mapper.Add(folder);
        }

        async Task<TargetFolder> Find(FolderPath path, FolderRole role, string containerClass) =>
            await finder.FindFolderAsync(path, role, containerClass, cancellationToken).ConfigureAwait(false) ?? new TargetFolder(path);

        foreach (SourceFolder folder in source)
        {
            TargetFolder found = await mapper.OpenAsync(Find, folder).ConfigureAwait(false);
            _expected[folder.Path] = found.Key is string key && listed.TryGetValue(key, out FolderPath? path) ? path : found.Path;
        }
    }

    private void Follow(IReadOnlyList<SourceFolder> source, IEnumerable<SourceFolder> target, FolderPath? targetRoot)
    {
        foreach (SourceFolder folder in target.Where(f => f.Role != FolderRole.None && !_roles.ContainsKey(f.Role)))
        {
            _roles.Add(folder.Role, folder.Path);
        }

        FolderPlaces places = new(targetRoot);
        foreach (SourceFolder folder in source)
        {
            places.Add(folder);
        }

        FolderPath root = places.Root.Aggregate(FolderPath.Root, (above, part) => Find(above.Append(part.Name), part.Role));
        foreach (FolderPlace place in source.SelectMany(f => places.Down(f, _expected.ContainsKey)))
        {
            FolderPath above = place.Above is SourceFolder parent ? _expected[parent.Path] : root;
            _expected[place.Folder.Path] = Find(new FolderPath(above.Names.Concat(place.Names)), place.Role);
        }
    }

    private FolderPath Find(FolderPath path, FolderRole role) => role != FolderRole.None && _roles.TryGetValue(role, out FolderPath? own) ? own : path;
}
