using System.Runtime.CompilerServices;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>
/// A mailbox to copy from: mail, contacts, calendars, tasks. Items are listed page by page and opened on demand; large attachments pass through
/// temporary files that vanish with this object.
/// </summary>
internal sealed class GraphItemSource : IItemSource, IItemChangeFeed, ISourceRemover
{
    private readonly GraphClient _client;
    private readonly AttachmentSpool _spool;
    private readonly ItemFetcher _fetcher;
    private readonly Dictionary<ItemKey, FolderReading> _readings = [];
    private long _seen;
    private bool _hasFractions;

    /// <summary>A source over a client that has reached the mailbox; owned from here on.</summary>
    public GraphItemSource(string name, GraphClient client)
    {
        Name = name;
        Traits = new SourceTraits { KeysAreLasting = true, KeepsKindsApart = true, OpensAtOnce = client.RequestsAtOnce };
        _client = client;
        _spool = new AttachmentSpool();
        _fetcher = new ItemFetcher(client, _spool);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string StoreKey => _client.StoreKey;

    /// <inheritdoc/>
    public SourceTraits Traits { get; }

    /// <inheritdoc/>
    public SourceReport Report
    {
        get
        {
            lock (_readings)
            {
                SourceNotice[] rounded = _hasFractions || _seen == 0 ? [] : [new SourceNotice(SourceNoticeKind.Rounded, _seen, Strings.TimesRounded)];
                return new SourceReport([.. _readings.Values], [.. _client.Folders.Notices, .. rounded]);
            }
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<SourceFolder> ReadFoldersAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (GraphFolder folder in await _client.Folders.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return new SourceFolder(
                new ItemKey(StoreKey, folder.Id), folder.Path, folder.Role, folder.ContainerClass, folder.ItemCount, folder.IsHidden);
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<SourceItem> ReadItemsAsync(SourceFolder folder, CancellationToken cancellationToken) => folder switch
    {
        null => throw new ArgumentNullException(nameof(folder)),
        _ when !string.Equals(folder.Key.Store, StoreKey, StringComparison.Ordinal) =>
            throw new ArgumentException("The folder is not one of this source.", nameof(folder)),
        _ => CountAsync(folder, cancellationToken),
    };

    /// <inheritdoc/>
    public ItemChanges ReadChanges(SourceFolder folder, string? state) => folder switch
    {
        null => throw new ArgumentNullException(nameof(folder)),
        _ when !string.Equals(folder.Key.Store, StoreKey, StringComparison.Ordinal) =>
            throw new ArgumentException("The folder is not one of this source.", nameof(folder)),
        _ => new GraphItemChanges(_client, _fetcher, folder, state, read => Note(folder, read), See),
    };

    /// <inheritdoc/>
    public bool CanRemove(SourceFolder folder) =>
        GraphFolder.KindOf(FolderRole.None, (folder ?? throw new ArgumentNullException(nameof(folder))).ContainerClass) is GraphFolderKind.Mail or null;

    /// <inheritdoc/>
    public Task<SourceRemoval> RemoveAsync(SourceFolder folder, ItemKey key, ItemVersion version, CancellationToken cancellationToken) =>
        ItemRemoval.RemoveListedAsync(_client, (folder ?? throw new ArgumentNullException(nameof(folder))).Key.Id, key.Id, version, cancellationToken);

    /// <summary>Removes the temporary files.</summary>
    public ValueTask DisposeAsync()
    {
        _spool.Dispose();
        _client.Dispose();
        return default;
    }

    /// <summary>Gives the items, and notes how many.</summary>
    private async IAsyncEnumerable<SourceItem> CountAsync(SourceFolder folder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        int read = 0;
        Note(folder, read);
        GraphFolderKind kind = GraphFolder.KindOf(FolderRole.None, folder.ContainerClass) ?? GraphFolderKind.Mail;
        await foreach (SourceItem item in _client.Items(kind).ReadAsync(folder.Key.Id, _fetcher, cancellationToken).ConfigureAwait(false))
        {
            Note(folder, ++read);
            See(item);
            yield return item;
        }
    }

    /// <summary>A service that gives fractions of seconds at all has some among these times.</summary>
    private void See(SourceItem item)
    {
        ItemSummary summary = item.Summary;
        lock (_readings)
        {
            _seen++;
            _hasFractions |= HasFraction(summary.ReceivedTime) || HasFraction(summary.SentTime) || HasFraction(summary.ModifiedTime);
        }
    }

    private static bool HasFraction(DateTimeOffset? time) => time?.Ticks % TimeSpan.TicksPerSecond > 0;

    private void Note(SourceFolder folder, int read)
    {
        lock (_readings)
        {
            _readings[folder.Key] = new FolderReading(folder.Path, folder.ItemCount, read, 0);
        }
    }
}
