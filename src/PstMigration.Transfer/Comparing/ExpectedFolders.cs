using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>Tells where the items of a source folder have to be in the target, by the rules of <see cref="FolderMapper"/> and without making anything.</summary>
/// <param name="source">The folders of the source.</param>
/// <param name="target">Those of the target.</param>
/// <param name="targetRoot">The folder everything was put below; null where roles went to roles.</param>
internal sealed class ExpectedFolders(IEnumerable<SourceFolder> source, IEnumerable<SourceFolder> target, FolderPath? targetRoot)
{
    private readonly Dictionary<FolderPath, SourceFolder> _source = First(source, f => f.Path);
    private readonly Dictionary<FolderRole, SourceFolder> _roles = First(target.Where(f => f.Role != FolderRole.None), f => f.Role);
    private readonly Dictionary<FolderPath, FolderPath> _known = [];

    /// <summary>The path in the target.</summary>
    public FolderPath Of(FolderPath path)
    {
        if (_known.TryGetValue(path, out FolderPath? known))
        {
            return known;
        }

        FolderRole role = _source.TryGetValue(path, out SourceFolder? folder) ? folder.Role : FolderRole.None;
        FolderPath expected = path.Names.Count == 0 ? targetRoot ?? FolderPath.Root
            : targetRoot is null && _roles.TryGetValue(role, out SourceFolder? own) ? own.Path
            : Of(path.Parent).Append(path.Name);
        _known.Add(path, expected);
        return expected;
    }

    private static Dictionary<TKey, SourceFolder> First<TKey>(IEnumerable<SourceFolder> folders, Func<SourceFolder, TKey> keyOf)
        where TKey : notnull => folders.GroupBy(keyOf).ToDictionary(g => g.Key, g => g.First());
}
