using System.Runtime.CompilerServices;
using PstMigration.Mapi;

namespace PstMigration.Pst;

/// <summary>All files of a series as one source: a folder has what is in it in any part.</summary>
public sealed class PstSeriesSource : IItemSource
{
    private readonly List<IItemSource> _parts = [];
    private readonly Dictionary<FolderPath, List<(IItemSource Part, SourceFolder Folder)>> _folders = [];

    private PstSeriesSource()
    {
    }

    /// <inheritdoc/>
    public string Name => _parts[0].Name;

    /// <summary>That of the first file; items are under the keys of the files they are in.</summary>
    public string StoreKey => _parts[0].StoreKey;

    /// <summary>The store keys of the other files.</summary>
    public IReadOnlyList<string> PartKeys => [.. _parts.Skip(1).Select(p => p.StoreKey)];

    /// <summary>The files, the first before its parts.</summary>
    public IReadOnlyList<string> Paths => [.. _parts.Select(p => p.Name)];

    /// <summary>The file an item is in.</summary>
    public string? PathOf(ItemKey item) => _parts.Find(p => p.StoreKey == item.Store)?.Name;

    /// <inheritdoc/>
    public SourceTraits Traits => _parts[0].Traits;

    /// <inheritdoc/>
    public SourceReport Report => new([.. _parts.SelectMany(p => p.Report.Folders)], [.. _parts.SelectMany(p => p.Report.Notices)]);

    /// <summary>Opens the files of a series.</summary>
    /// <param name="paths">The first file, and its parts.</param>
    /// <param name="options">How each is read.</param>
    /// <exception cref="PstException">A file cannot be opened.</exception>
    public static async Task<PstSeriesSource> OpenAsync(IEnumerable<string> paths, ItemSourceOptions options)
    {
        PstSeriesSource source = new();
        try
        {
            foreach (string path in paths ?? throw new ArgumentNullException(nameof(paths)))
            {
                source._parts.Add(PstItemFormat.Instance.OpenSource(path, options));
            }

            return source;
        }
        catch
        {
            await source.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<SourceFolder> ReadFoldersAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _folders.Clear();
        List<SourceFolder> merged = [];
        Dictionary<FolderRole, FolderPath> roles = [];
        foreach (IItemSource part in _parts)
        {
            // By its role, whatever it is called in the part; else by its name below the folder above it.
            Dictionary<FolderPath, FolderPath> paths = [];
            await foreach (SourceFolder folder in part.ReadFoldersAsync(cancellationToken).ConfigureAwait(false))
            {
                FolderPath path = folder.Role != FolderRole.None && roles.TryGetValue(folder.Role, out FolderPath? known) ? known
                    : folder.Path.Names.Count > 0 && paths.TryGetValue(folder.Path.Parent, out FolderPath? above) ? above.Append(folder.Path.Name)
                    : folder.Path;
                paths[folder.Path] = path;
                if (!_folders.TryGetValue(path, out List<(IItemSource Part, SourceFolder Folder)>? same))
                {
                    _folders.Add(path, same = []);
                    merged.Add(folder with { Path = path });
                    if (folder.Role != FolderRole.None)
                    {
                        roles[folder.Role] = path;
                    }
                }

                same.Add((part, folder));
            }
        }

        foreach (SourceFolder folder in merged)
        {
            yield return folder with { ItemCount = _folders[folder.Path].Sum(f => f.Folder.ItemCount) };
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<SourceItem> ReadItemsAsync(SourceFolder folder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach ((IItemSource part, SourceFolder own) in _folders[(folder ?? throw new ArgumentNullException(nameof(folder))).Path])
        {
            await foreach (SourceItem item in part.ReadItemsAsync(own, cancellationToken).ConfigureAwait(false))
            {
                yield return item;
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (IItemSource part in _parts)
        {
            await part.DisposeAsync().ConfigureAwait(false);
        }
    }
}
