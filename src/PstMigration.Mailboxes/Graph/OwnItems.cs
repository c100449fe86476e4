using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>
/// The contacts, calendar items and tasks of the mailbox by their ids, listed once when the first is asked for: these have no Message-ID by which they would be known when an export of the mailbox comes
/// back. What people have deleted is not among them. For several threads.
/// </summary>
internal sealed class OwnItems(GraphClient client, AttachmentSpool spool) : IDisposable
{
    private readonly SemaphoreSlim _listing = new(1);
    private readonly ItemFetcher _fetcher = new(client, spool);
    private Dictionary<string, (GraphCopy Copy, ItemVersion? Version)>? _items;

    /// <summary>
    /// The item an exported one was read from, if the mailbox still has it and nobody has changed it: it has the version it was exported in, whatever of it the export holds, or the same content.
    /// </summary>
    /// <param name="item">An item that may have been exported from this mailbox.</param>
    /// <param name="digest">Its content.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>Its id; null where it is another mailbox's, or is gone, or was changed since.</returns>
    public async Task<string?> FindAsync(MapiItem item, ItemDigest digest, CancellationToken cancellationToken)
    {
        string own = client.StoreKey + "/";
        if (item.Properties.GetString(PropertyNames.SourceKey) is not string key || !key.StartsWith(own, StringComparison.Ordinal)
            || !(await ListAsync(cancellationToken).ConfigureAwait(false)).TryGetValue(key.Substring(own.Length), out (GraphCopy Copy, ItemVersion? Version) listed))
        {
            return null;
        }

        if (listed.Version is ItemVersion version && item.Properties.GetString(PropertyNames.SourceVersion) == version.Value)
        {
            return listed.Copy.Id;
        }

        try
        {
            MapiItem there = await _fetcher.FetchAsync(listed.Copy, cancellationToken).ConfigureAwait(false);
            return ItemDigester.Content(there, cancellationToken).Hex == digest.Hex ? listed.Copy.Id : null;
        }
        catch (GraphRequestException e) when (e.IsNotFound)
        {
            // Somebody has deleted it since the list was read.
            return null;
        }
    }

    public void Dispose() => _listing.Dispose();

    private async Task<Dictionary<string, (GraphCopy Copy, ItemVersion? Version)>> ListAsync(CancellationToken cancellationToken)
    {
        await _listing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _items ??= await ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _listing.Release();
        }
    }

    private async Task<Dictionary<string, (GraphCopy Copy, ItemVersion? Version)>> ReadAsync(CancellationToken cancellationToken)
    {
        Dictionary<string, (GraphCopy Copy, ItemVersion? Version)> items = new(StringComparer.Ordinal);
        foreach (GraphFolder folder in await client.Folders.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (GraphFolder.KindOf(FolderRole.None, folder.ContainerClass) is not (GraphFolderKind kind and not GraphFolderKind.Mail))
            {
                continue;
            }

            await foreach (SourceItem item in client.Items(kind).ReadAsync(folder.Id, _fetcher, cancellationToken).ConfigureAwait(false))
            {
                items[item.Key.Id] = (new GraphCopy(item.Key.Id, kind, default, 0) { FolderId = folder.Id }, item.Version);
            }
        }

        return items;
    }
}
