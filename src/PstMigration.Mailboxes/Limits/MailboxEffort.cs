using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>
/// How long a mailbox will take for what a transfer asks of it: requests and bytes are counted as this room makes them, and held against the limits it keeps. What the service waits
/// for beyond these, and what is there already, nobody knows before.
/// </summary>
public sealed class MailboxEffort
{
    // Seen of creates and reads of messages; the service publishes none.
    private static readonly TimeSpan s_quickAnswer = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_slowAnswer = TimeSpan.FromMilliseconds(400);

    // The service's names around the values of an item, and the properties of ours that go with it.
    private const long Envelope = 3_000;

    // Losses are noted with an item once it is there, which takes reading it again.
    private const int RequestsOfNotes = 2;

    private long _requests;
    private long _bytes;
    private long _attached;

    /// <summary>Requests counted so far.</summary>
    public long Requests => _requests;

    /// <summary>Counts folders that are looked up, and made where they are missing.</summary>
    public void AddFolders(long count) => _requests += 2 * count;

    /// <summary>Counts an item that is written: one create, and what of its attachments does not fit into it.</summary>
    /// <param name="item">The item.</param>
    public void AddUpload(MapiItem item)
    {
        if (item is null)
        {
            throw new ArgumentNullException(nameof(item));
        }

        _requests += 1 + (item.Losses.Count > 0 ? RequestsOfNotes : 0);
        _bytes += Envelope;
        long inside = 0;
        foreach (MapiAttachment attachment in item.Attachments)
        {
            long length = attachment.Content is { } content ? content.Length ?? 0 : attachment.EmbeddedLength;
            _attached += length;
            if (length > SizeLimits.InlineAttachment)
            {
                // A session, and its pieces as they are.
                _requests += 1 + ((length + SizeLimits.Chunk - 1) / SizeLimits.Chunk);
                _bytes += length;
                continue;
            }

            // Text in JSON: three bytes become four characters.
            long encoded = (length + 2) / 3 * 4;
            inside += encoded;
            _bytes += encoded;
            _requests += inside > SizeLimits.Json ? 1 : 0;
        }
    }

    /// <summary>Counts what items that are written have besides their attachments.</summary>
    /// <param name="size">Bytes of all of them, attachments included, as the source counts.</param>
    public void AddContent(long size) => _bytes += Math.Max(0, size - _attached);

    /// <summary>Counts items that are read: pages of the list, each item, and its attachments.</summary>
    /// <param name="items">How many.</param>
    /// <param name="withAttachments">How many of these have attachments.</param>
    public void AddDownload(long items, long withAttachments) => _requests += (items / GraphItems.PageSize) + 1 + items + (2 * withAttachments);

    /// <summary>The least and the most it takes where the service answers as it usually does.</summary>
    /// <param name="limits">The limits, such as the published ones.</param>
    public (TimeSpan Least, TimeSpan Most) Estimate(MailboxLimits limits)
    {
        if (limits is null)
        {
            throw new ArgumentNullException(nameof(limits));
        }

        TimeSpan held = Max(Held(_requests, limits.Requests, limits.RequestWindow), Held(_bytes, limits.UploadBytes, limits.UploadWindow));
        return (Max(held, Answers(s_quickAnswer, limits)), Max(held, Answers(s_slowAnswer, limits)));
    }

    // What one window takes is sent at once; the rest waits for windows of its own.
    private static TimeSpan Held(long amount, long limit, TimeSpan window) => TimeSpan.FromTicks(window.Ticks * (Math.Max(0, amount - 1) / limit));

    private TimeSpan Answers(TimeSpan one, MailboxLimits limits) => TimeSpan.FromTicks(one.Ticks * _requests / limits.ConcurrentRequests);

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
