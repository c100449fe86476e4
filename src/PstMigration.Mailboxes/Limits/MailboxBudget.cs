namespace PstMigration.Mailboxes;

/// <summary>
/// What may still be asked of one mailbox: a place among the requests under way, requests and bytes within their windows, and
/// no request at all while the service wants quiet. Shared by every connection of one <see cref="BudgetKey"/>, and with other processes where there is a
/// <see cref="SharedBudget"/>: those that ask at the same time have equal shares of the places.
/// </summary>
internal sealed class MailboxBudget
{
    // Files are held for less than a millisecond; who never gets them goes on by what he has seen himself.
    private const int MostTriesOfFiles = 200;
    private static readonly TimeSpan s_moment = TimeSpan.FromMilliseconds(10);

    private readonly TimeProvider _clock;
    private readonly MailboxLimits _limits;
    private readonly SharedBudget? _shared;
    private readonly Guid _self = Guid.NewGuid();
    private readonly BudgetCounts _counts;
    private readonly Pace _pace;
    private readonly PlaceQueue _places;
    private readonly object _lock = new();
    private int _members = 1;

    public MailboxBudget(MailboxLimits limits, TimeProvider clock, SharedBudget? shared = null)
    {
        _clock = clock;
        _limits = limits;
        _shared = shared;
        _counts = new BudgetCounts(limits);
        _pace = new Pace(limits.ConcurrentRequests);
        _places = new PlaceQueue(limits.ConcurrentRequests);
    }

    /// <summary>Waits until a request with a body of <paramref name="bytes"/> may be sent. Dispose the lease when it is answered.</summary>
    /// <param name="bytes">Bytes of the body.</param>
    /// <param name="waits">Told of waits; null for nobody.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<IDisposable> AcquireAsync(long bytes, WaitTeller? waits, CancellationToken cancellationToken)
    {
        await _places.EnterAsync(cancellationToken).ConfigureAwait(false);
        Lease lease = new(_places);
        try
        {
            lease.Shared = await TakeSharedPlaceAsync(cancellationToken).ConfigureAwait(false);
            int tries = 0;
            while (TryCount(bytes, alone: tries == MostTriesOfFiles) is (TimeSpan wait, string reason) && wait > TimeSpan.Zero)
            {
                tries = reason.Length == 0 ? tries + 1 : 0;
                using IDisposable? told = waits?.Begin(wait, reason);
                await _clock.Delay(wait, cancellationToken).ConfigureAwait(false);
            }

            return lease;
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    /// <summary>Nothing is sent for this long: the service asked for it.</summary>
    public void Pause(TimeSpan length)
    {
        lock (_lock)
        {
            // Others learn of it now, or with the next request that waits for it.
            DateTimeOffset now = _clock.GetUtcNow();
            _counts.Pause(now + length);
            _shared?.TryUse(_counts, now, () => { });
        }
    }

    /// <summary>The service answered a request.</summary>
    /// <param name="hadPlace">Whether there was a place for it among those under way.</param>
    public void Answered(bool hadPlace)
    {
        lock (_lock)
        {
            if (hadPlace)
            {
                _pace.Answer();
            }
            else
            {
                _pace.Refuse();
            }

            AllowPlaces();
        }
    }

    private async Task<IDisposable?> TakeSharedPlaceAsync(CancellationToken cancellationToken)
    {
        if (_shared is null)
        {
            return null;
        }

        // With more processes than places, whoever gives one back leaves the others time to take it.
        if (Volatile.Read(ref _members) > _limits.ConcurrentRequests)
        {
            await _clock.Delay(s_moment + s_moment, cancellationToken).ConfigureAwait(false);
        }

        while (true)
        {
            if (_shared.TryTakePlace() is IDisposable place)
            {
                return place;
            }

            await _clock.Delay(s_moment, cancellationToken).ConfigureAwait(false);
        }
    }

    // How long to wait, and why: no reason where it is for others to let go of files.
    private (TimeSpan Wait, string Reason) TryCount(long bytes, bool alone)
    {
        lock (_lock)
        {
            DateTimeOffset now = _clock.GetUtcNow();
            (TimeSpan Wait, string Reason) result = (s_moment, "");
            if (_shared is null || alone)
            {
                result = Count(bytes, now);
            }
            else if (_shared.TryUse(_counts, now, () => result = Count(bytes, now)))
            {
                AllowPlaces();
            }

            return result;
        }
    }

    private (TimeSpan Wait, string Reason) Count(long bytes, DateTimeOffset now)
    {
        _members = _counts.Meet(_self, now);
        TimeSpan quiet = _counts.QuietUntil - now;
        TimeSpan requests = _counts.Requests.WaitFor(1, now);
        TimeSpan sent = bytes == 0 ? TimeSpan.Zero : _counts.Bytes.WaitFor(bytes, now);
        TimeSpan wait = Max(quiet, Max(requests, sent));
        if (wait <= TimeSpan.Zero)
        {
            _counts.Requests.Count(1, now);
            _counts.Bytes.Count(bytes, now);
        }

        return (wait, wait == quiet ? Strings.WaitAsked
            : wait == requests ? MailboxException.Format(Strings.WaitRequests, _limits.Requests, (int)_limits.RequestWindow.TotalMinutes)
            : MailboxException.Format(Strings.WaitBytes, _limits.UploadBytes / 1_000_000, (int)_limits.UploadWindow.TotalMinutes));
    }

    private void AllowPlaces() => _places.Allow(Math.Max(1, Math.Min(_pace.Current, _limits.ConcurrentRequests / _members)));

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private sealed class Lease(PlaceQueue places) : IDisposable
    {
        private int _isOver;

        public IDisposable? Shared { get; set; }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isOver, 1) == 0)
            {
                Shared?.Dispose();
                places.Leave();
            }
        }
    }
}
