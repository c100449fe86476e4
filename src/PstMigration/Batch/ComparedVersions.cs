using PstMigration.Errors;
using PstMigration.Mapi;
using PstMigration.Pst;
using PstMigration.Transfer;

namespace PstMigration.Batch;

/// <summary>Of the items of all files that are compared with one mailbox, which are not the newest version of theirs: an import of the same files leaves those out.</summary>
internal sealed class ComparedVersions
{
    private readonly PstVersions _versions;
    private readonly HashSet<PstCopy> _compared = [];

    private ComparedVersions(PstVersions versions) => _versions = versions;

    /// <summary>Looks at the files.</summary>
    /// <param name="paths">What is compared.</param>
    /// <param name="open">Opens one of it: a series as the files it has.</param>
    /// <param name="filter">Which of their items are compared.</param>
    /// <param name="cancellationToken">Stops.</param>
    internal static async Task<ComparedVersions> ReadAsync(IReadOnlyList<string> paths, Func<string, Task<IItemSource>> open, ItemFilter filter, CancellationToken cancellationToken)
    {
        // In the order in which an import reads them: it decides between versions of the same time.
        SortedSet<string> files = new(StringComparer.Ordinal);
        await ForEachAsync(source =>
        {
            files.UnionWith(source is PstSeriesSource series ? series.Paths : source is PstItemSource ? [source.Name] : []);
            return Task.CompletedTask;
        }).ConfigureAwait(false);
        ComparedVersions versions = new(PstVersions.Read(files));
        HashSet<PstCopy> contested = [.. versions._versions.Contested];
        if (contested.Count > 0)
        {
            await ForEachAsync(AddAsync).ConfigureAwait(false);
        }

        return versions;

        async Task ForEachAsync(Func<IItemSource, Task> look)
        {
            foreach (string path in paths)
            {
                try
                {
                    IItemSource source = await open(path).ConfigureAwait(false);
                    await using (source.ConfigureAwait(false))
                    {
                        await look(source).ConfigureAwait(false);
                    }
                }
                catch (Exception e) when (ErrorRecords.IsAboutData(e))
                {
                    // Whoever compares it says why.
                }
            }
        }

        async Task AddAsync(IItemSource source)
        {
            await foreach (ItemKey key in MeantItems.ListAsync(source, filter, cancellationToken).ConfigureAwait(false))
            {
                if (CopyOf(source, key) is PstCopy copy && contested.Contains(copy))
                {
                    versions._compared.Add(copy);
                }
            }
        }
    }

    /// <summary>Whether a newer version of an item is compared, too.</summary>
    internal bool IsOlder(IItemSource source, ItemKey item) => CopyOf(source, item) is PstCopy copy && _versions.FindNewer(copy, _compared.Contains) is not null;

    /// <summary>The data file an item is in; null where it is in none.</summary>
    internal static string? FileOf(IItemSource source, ItemKey item) => source switch
    {
        PstSeriesSource series => series.PathOf(item),
        PstItemSource file => file.Name,
        _ => null,
    };

    private static PstCopy? CopyOf(IItemSource source, ItemKey item) => FileOf(source, item) is string path ? new PstCopy(path, item.Id) : null;
}
