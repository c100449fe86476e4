using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>Tells where the items of a source folder have to be in the target, by the rule of <see cref="FolderPlaces"/> and without making anything.</summary>
internal sealed class ExpectedFolders
{
    private readonly Dictionary<FolderRole, FolderPath> _roles = [];
    private readonly Dictionary<FolderPath, FolderPath> _expected = [];

    /// <summary>Tells of the folders of a source.</summary>
    /// <param name="source">All folders of the source.</param>
    /// <param name="target">Those of the target.</param>
    /// <param name="targetRoot">The folder everything was put below; null where roles went to roles.</param>
    public ExpectedFolders(IReadOnlyList<SourceFolder> source, IEnumerable<SourceFolder> target, FolderPath? targetRoot)
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

    /// <summary>The path in the target.</summary>
    /// <param name="path">A folder of the source.</param>
    public FolderPath Of(FolderPath path) => _expected[path];

    private FolderPath Find(FolderPath path, FolderRole role) => role != FolderRole.None && _roles.TryGetValue(role, out FolderPath? own) ? own : path;
}
