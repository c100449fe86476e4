using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>
/// Looks for an item that was sent without an answer: by its Message-ID, then by its marker. What was just made may take a
/// while to show in searches, so it looks several times: within half a minute when it is asked first, until a full minute has passed when it is asked again; after that once is enough.
/// </summary>
/// <param name="kind">What it is.</param>
/// <param name="folderId">The folder it was sent to.</param>
/// <param name="marker">The item's marker.</param>
/// <param name="messageId">Its Message-ID; null where it has none.</param>
internal sealed class ItemSearch(GraphFolderKind kind, string folderId, ItemMarker marker, string? messageId)
{
    // Since the first look.
    private static readonly TimeSpan[] s_looks = [TimeSpan.Zero, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30)];
    private static readonly TimeSpan[] s_laterLooks = [TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(60)];

    private long? _begun;

    /// <summary>The item; null where it is not found.</summary>
    /// <param name="client">The mailbox.</param>
    /// <param name="isAnother">Tells of what is found whether it is known to be an older copy.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<FoundCopy?> FindAsync(GraphClient client, Func<FoundCopy, bool> isAnother, CancellationToken cancellationToken)
    {
        TimeSpan[] looks = _begun is null ? s_looks : s_laterLooks;
        long begun = _begun ??= client.Clock.GetTimestamp();
        TimeSpan elapsed = client.Clock.GetElapsedTime(begun);
        foreach (TimeSpan look in looks.Where(l => l >= elapsed).DefaultIfEmpty(elapsed))
        {
            TimeSpan wait = look - client.Clock.GetElapsedTime(begun);
            if (wait > TimeSpan.Zero)
            {
                await client.Clock.Delay(wait, cancellationToken).ConfigureAwait(false);
            }

            IReadOnlyList<FoundCopy> found = await client.Items(kind).SearchAsync(folderId, marker, messageId, cancellationToken).ConfigureAwait(false);
            if (found.FirstOrDefault(c => !isAnother(c)) is FoundCopy copy)
            {
                return copy;
            }
        }

        return null;
    }
}
