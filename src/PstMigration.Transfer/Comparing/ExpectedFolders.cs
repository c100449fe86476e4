using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>
/// Tells where the items of a source folder have to be in the target, by the rule of <see cref="FolderPlaces"/> and without making anything. A target that puts folders
/// elsewhere than their names say is asked, also for items of another kind than their folder's.
/// </summary>
internal sealed class ExpectedFolders
{
    private readonly SourceTraits _source;
    private readonly CompareOptions _options;
    private readonly Dictionary<FolderRole, FolderPath> _roles = [];
    private readonly Dictionary<FolderPath, FolderPath> _expected = [];
    private readonly Dictionary<FolderPath, TargetFolder> _found = [];
    private readonly Dictionary<(FolderPath, string), FolderPath> _beside = [];
    private readonly Dictionary<string, FolderPath> _listed;

    private ExpectedFolders(SourceTraits source, IReadOnlyList<SourceFolder> target, CompareOptions options)
    {
        _source = source;
        _options = options;
        // The target knows a folder by its id; what it is called where folders are listed may differ.
        _listed = target.GroupBy(f => f.Key.Id, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Path, StringComparer.Ordinal);
    }

    /// <summary>Tells of the folders of a source.</summary>
    /// <param name="traits">What is known of the source.</param>
    /// <param name="source">All folders of the source.</param>
    /// <param name="target">Those of the target.</param>
    /// <param name="options">Where everything was put, and who knows where the target puts a folder.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="MailDataException">The target cannot be asked.</exception>
    public static async Task<ExpectedFolders> FindAsync(
        SourceTraits traits, IReadOnlyList<SourceFolder> source, IReadOnlyList<SourceFolder> target, CompareOptions options, CancellationToken cancellationToken)
    {
        ExpectedFolders expected = new(traits, target, options);
        if (options.Folders is null)
        {
            expected.Follow(source, target);
        }
        else
        {
            await expected.AskAsync(source, options.Folders, cancellationToken).ConfigureAwait(false);
        }

        return expected;
    }

    /// <summary>The path in the target.</summary>
    /// <param name="path">A folder of the source.</param>
    public FolderPath Of(FolderPath path) => _expected[path];

    /// <summary>The path in the target of an item.</summary>
    /// <param name="path">The folder of the source it is in.</param>
    /// <param name="messageClass">Its class.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="MailDataException">The target cannot be asked.</exception>
    public async ValueTask<FolderPath> OfAsync(FolderPath path, string messageClass, CancellationToken cancellationToken)
    {
        if (_options.Folders is not IFolderFinder finder)
        {
            return Of(path);
        }

        if (!_beside.TryGetValue((path, messageClass), out FolderPath? place))
        {
            TargetFolder? found = await finder.FindFolderForAsync(_found[path], messageClass, cancellationToken).ConfigureAwait(false);
            _beside[(path, messageClass)] = place = found is null ? Of(path) : PathOf(found);
        }

        return place;
    }

    private FolderPath PathOf(TargetFolder found) => found.Key is string key && _listed.TryGetValue(key, out FolderPath? path) ? path : found.Path;

    private async Task AskAsync(IReadOnlyList<SourceFolder> source, IFolderFinder finder, CancellationToken cancellationToken)
    {
        FolderMapper mapper = new(_source, _options.TargetRoot);
        foreach (SourceFolder folder in source)
        {
            mapper.Add(folder);
        }

        async Task<TargetFolder> Find(FolderPath path, FolderRole role, string containerClass) =>
            await finder.FindFolderAsync(path, role, containerClass, cancellationToken).ConfigureAwait(false) ?? new TargetFolder(path);

        foreach (SourceFolder folder in source)
        {
            TargetFolder found = _found[folder.Path] = await mapper.OpenAsync(Find, _options.Classes, folder).ConfigureAwait(false);
            _expected[folder.Path] = PathOf(found);
        }
    }

    private void Follow(IReadOnlyList<SourceFolder> source, IEnumerable<SourceFolder> target)
    {
        foreach (SourceFolder folder in target.Where(f => f.Role != FolderRole.None && !_roles.ContainsKey(f.Role)))
        {
            _roles.Add(folder.Role, folder.Path);
        }

        FolderPlaces places = new(_source, _options.TargetRoot);
        foreach (SourceFolder folder in source)
        {
            places.Add(folder);
        }

        FolderPath root = places.Root.Aggregate(FolderPath.Root, (above, part) => Find(above.Append(part.Name), part.Role));
        foreach (FolderPlace place in source.SelectMany(f => places.Down(f, _expected.ContainsKey)))
        {
            FolderPath above = place.Above is SourceFolder parent ? _expected[parent.Path] : root;
            _expected[place.Folder.Path] = Find(places.PathOf(place, above, _options.Classes), place.Role);
        }
    }

    private FolderPath Find(FolderPath path, FolderRole role) => role != FolderRole.None && _roles.TryGetValue(role, out FolderPath? own) ? own : path;
}
