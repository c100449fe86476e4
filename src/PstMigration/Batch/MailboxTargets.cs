using PstMigration.Mapi;

namespace PstMigration.Batch;

/// <summary>
/// The mailboxes a command writes to: each is opened once for all files, so that what it remembers of earlier copies is read once. Different mailboxes from any thread; of one there is one caller at a time.
/// </summary>
/// <param name="log">Is told of requests.</param>
internal sealed class MailboxTargets(Action<string> log) : IAsyncDisposable
{
    private readonly Dictionary<MsMailbox, IItemTarget> _open = [];

    /// <summary>Opens a mailbox, or gives it where it is open.</summary>
    /// <exception cref="MailDataException">It cannot be reached.</exception>
    internal async Task<IItemTarget> OpenAsync(MsMailbox mailbox, CancellationToken cancellationToken)
    {
        lock (_open)
        {
            if (_open.TryGetValue(mailbox, out IItemTarget? known))
            {
                return known;
            }
        }

        IItemTarget target = await mailbox.Connection.OpenTargetAsync(log, cancellationToken).ConfigureAwait(false);
        lock (_open)
        {
            _open.Add(mailbox, target);
        }

        return target;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (IItemTarget target in _open.Values)
        {
            await target.DisposeAsync().ConfigureAwait(false);
        }
    }
}
