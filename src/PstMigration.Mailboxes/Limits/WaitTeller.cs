namespace PstMigration.Mailboxes;

/// <summary>Tells of waits that people notice, once for all requests that wait for the same. For several threads.</summary>
internal sealed class WaitTeller(Action<MailboxWait> tell, TimeProvider clock)
{
    private static readonly TimeSpan s_noticed = TimeSpan.FromSeconds(2);

    private readonly object _lock = new();
    private DateTimeOffset? _until;
    private int _waiting;

    /// <summary>Says that a request waits, unless it is for a moment.</summary>
    /// <returns>Dispose it when the wait is over.</returns>
    public IDisposable? Begin(TimeSpan length, string reason)
    {
        if (length < s_noticed)
        {
            return null;
        }

        DateTimeOffset until = clock.GetUtcNow() + length;
        bool isNew;
        lock (_lock)
        {
            _waiting++;
            isNew = _until is null || (until - _until.Value).Duration() >= s_noticed;
            _until = isNew ? until : _until;
        }

        if (isNew)
        {
            tell(new MailboxWait(reason, until));
        }

        return new Wait(this, reason);
    }

    private void End(string reason)
    {
        lock (_lock)
        {
            if (--_waiting > 0)
            {
                return;
            }

            _until = null;
        }

        tell(new MailboxWait(reason, null));
    }

    private sealed class Wait(WaitTeller owner, string reason) : IDisposable
    {
        public void Dispose() => owner.End(reason);
    }
}
