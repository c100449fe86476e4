using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>
/// The bytes of an attachment in a mailbox. Fetched when they are asked for first, and again when the spool has let them go.
/// </summary>
internal sealed class GraphAttachmentContent(GraphMailbox mailbox, AttachmentSpool spool, string messageId, string attachmentId) : BinarySource
{
    private const int Tries = 4;
    private readonly object _lock = new();
    private long _length = -1;

    /// <inheritdoc/>
    public override long Length
    {
        get
        {
            lock (_lock)
            {
                return _length >= 0 ? _length : Fetch();
            }
        }
    }

    /// <inheritdoc/>
    public override Stream OpenRead()
    {
        lock (_lock)
        {
            for (int attempt = 0; attempt < Tries; attempt++)
            {
                if (spool.TryOpen(this) is Stream stream)
                {
                    return stream;
                }

                Fetch();
            }
        }

        throw new IOException(Strings.BadAnswer);
    }

    private long Fetch() => _length = Task.Run(() => FetchAsync(CancellationToken.None)).GetAwaiter().GetResult();

    private async Task<long> FetchAsync(CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                using Stream content = await GraphErrors.CallAsync(() => mailbox.GetAttachmentAsync(messageId, attachmentId, cancellationToken)).ConfigureAwait(false);
                return spool.Keep(this, content);
            }
            catch (Exception e) when (attempt < Tries && e is not ObjectDisposedException && TransportFailure.Is(e, cancellationToken))
            {
                // The connection broke while reading; the whole is fetched again.
                await mailbox.Clock.Delay(TimeSpan.FromSeconds(attempt * 2), cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
