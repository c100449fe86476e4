using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>A store that others are compared with. It is read once, however many they are; some 300 bytes are kept of each item.</summary>
/// <param name="source">The store; stays the caller's.</param>
internal sealed class ComparedTarget(IItemSource source)
{
    private List<SourceFolder>? _folders;
    private bool? _isExact;

    /// <summary>The store.</summary>
    public IItemSource Source => source;

    /// <summary>Its items that could be read, in the order they were listed; once it was read.</summary>
    public IReadOnlyList<ReadItem> Items { get; private set; } = [];

    /// <summary>Those that could not.</summary>
    public IReadOnlyList<ReadItem> Unreadable { get; private set; } = [];

    /// <summary>How many folders could not be listed, or not to their end.</summary>
    public int UnreadableFolders { get; private set; }

    /// <summary>Whether reading it for such a comparison takes no time any more.</summary>
    public bool IsRead(bool isExact) => _isExact == isExact;

    /// <summary>Its folders.</summary>
    /// <exception cref="MailDataException">The store cannot be read any further.</exception>
    public async Task<IReadOnlyList<SourceFolder>> ListAsync(CancellationToken cancellationToken) => _folders ??= await ListAsync(source, cancellationToken).ConfigureAwait(false);

    /// <summary>The folders of a store.</summary>
    /// <exception cref="MailDataException">The store cannot be read any further.</exception>
    public static async Task<List<SourceFolder>> ListAsync(IItemSource source, CancellationToken cancellationToken)
    {
        List<SourceFolder> all = [];
        await foreach (SourceFolder folder in source.ReadFoldersAsync(cancellationToken).ConfigureAwait(false))
        {
            all.Add(folder);
        }

        return all;
    }

    /// <summary>Reads its items unless that was done.</summary>
    /// <param name="isExact">Whether all properties are to be compared.</param>
    /// <param name="options">How, and who is told.</param>
    /// <param name="progress">Is told of each item.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="MailDataException">The store cannot be read any further.</exception>
    public async Task ReadAsync(bool isExact, CompareOptions options, Action progress, CancellationToken cancellationToken)
    {
        if (IsRead(isExact))
        {
            return;
        }

        List<ReadItem> items = [];
        List<ReadItem> unreadable = [];
        int unreadableFolders = 0;
        FolderReader folders = new(source, (folder, error) =>
        {
            unreadableFolders++;
            options.OnFolderUnreadable(folder, error);
        });
        FingerprintReader reader = new(folders, ItemFilter.All, isExact, options.Threads);
        foreach (SourceFolder folder in await ListAsync(cancellationToken).ConfigureAwait(false))
        {
            await foreach (ReadItem item in reader.ReadAsync(folder, cancellationToken).ConfigureAwait(false))
            {
                progress();
                (item.Print is null ? unreadable : items).Add(item);
            }
        }

        (Items, Unreadable, UnreadableFolders, _isExact) = (items, unreadable, unreadableFolders, isExact);
    }
}
