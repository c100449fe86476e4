using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>
/// Bytes of a mailbox. <see cref="FetchAsync"/> brings them into the spool; where that has let them go since, opening them fetches them again.
/// </summary>
/// <param name="spool">Where they are kept.</param>
/// <param name="open">Asks the service for them.</param>
/// <param name="clock">The clock of the waits between tries.</param>
internal class FetchedContent(AttachmentSpool spool, Func<CancellationToken, Task<Stream>> open, TimeProvider clock) : BinarySource
{
    private const int Tries = 4;

    private CancellationToken _token;
    private long _length = -1;

    /// <summary>The service does not tell it before the bytes were fetched.</summary>
    public override long? Length => _length >= 0 ? _length : null;

    /// <inheritdoc/>
    public override async ValueTask FetchAsync(CancellationToken cancellationToken)
    {
        _token = cancellationToken;
        for (int attempt = 1; !spool.Contains(this); attempt++)
        {
            try
            {
                using Stream content = await GraphErrors.CallAsync(() => open(cancellationToken)).ConfigureAwait(false);
                _length = await spool.KeepAsync(this, content.ReadAsync, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (Exception e) when (attempt < Tries && e is not ObjectDisposedException && TransportFailure.Is(e, cancellationToken))
            {
                // The connection broke while reading; the whole is fetched again.
                await clock.Delay(TimeSpan.FromSeconds(attempt * 2), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Not fetched yet.</exception>
    public override Stream OpenRead()
    {
        if (_length < 0)
        {
            throw NotFetched();
        }

        for (int attempt = 0; attempt < Tries; attempt++)
        {
            if (spool.TryOpen(this) is Stream stream)
            {
                return stream;
            }

            // On a thread of the pool: whoever waits here may hold a context the fetch would need.
            Task.Run(async () => await FetchAsync(_token).ConfigureAwait(false)).GetAwaiter().GetResult();
        }

        throw new IOException(Strings.BadAnswer);
    }

    private static InvalidOperationException NotFetched() => new("The bytes were not fetched.");
}
