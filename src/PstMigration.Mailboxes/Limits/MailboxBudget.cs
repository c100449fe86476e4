using System.Diagnostics.CodeAnalysis;
using System.Threading.RateLimiting;

namespace PstMigration.Mailboxes;

/// <summary>
/// What may still be asked of one mailbox: a place among the requests under way, requests and bytes within their windows, and
/// no request at all while the service wants quiet. Shared by every connection of one <see cref="BudgetKey"/>.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Lives as long as the process: the registry keeps it.")]
internal sealed class MailboxBudget
{
    private readonly TimeProvider _clock;
    private readonly MailboxLimits _limits;
    private readonly SlidingWindow _requests;
    private readonly SlidingWindow _bytes;
    private readonly ConcurrencyLimiter _places;
    private readonly object _lock = new();
    private DateTimeOffset _quietUntil;

    public MailboxBudget(MailboxLimits limits, TimeProvider clock)
    {
        _clock = clock;
        _limits = limits;
        _requests = new SlidingWindow(limits.Requests, limits.RequestWindow);
        _bytes = new SlidingWindow(limits.UploadBytes, limits.UploadWindow);
        _places = new ConcurrencyLimiter(new ConcurrencyLimiterOptions
        {
            PermitLimit = limits.ConcurrentRequests,
            QueueLimit = int.MaxValue,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
    }

    /// <summary>Waits until a request with a body of <paramref name="bytes"/> may be sent. Dispose the lease when it is answered.</summary>
    /// <param name="bytes">Bytes of the body.</param>
    /// <param name="waits">Told of waits; null for nobody.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<IDisposable> AcquireAsync(long bytes, WaitTeller? waits, CancellationToken cancellationToken)
    {
        RateLimitLease place = await _places.AcquireAsync(1, cancellationToken).ConfigureAwait(false);
        try
        {
            while (TryCount(bytes, out string reason) is TimeSpan wait && wait > TimeSpan.Zero)
            {
                using IDisposable? told = waits?.Begin(wait, reason);
                await _clock.Delay(wait, cancellationToken).ConfigureAwait(false);
            }

            return place;
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }

    /// <summary>Nothing is sent for this long: the service asked for it.</summary>
    public void Pause(TimeSpan length)
    {
        lock (_lock)
        {
            DateTimeOffset until = _clock.GetUtcNow() + length;
            _quietUntil = until > _quietUntil ? until : _quietUntil;
        }
    }

    private TimeSpan TryCount(long bytes, out string reason)
    {
        lock (_lock)
        {
            DateTimeOffset now = _clock.GetUtcNow();
            TimeSpan quiet = _quietUntil - now;
            TimeSpan requests = _requests.WaitFor(1, now);
            TimeSpan sent = bytes == 0 ? TimeSpan.Zero : _bytes.WaitFor(bytes, now);
            TimeSpan wait = Max(quiet, Max(requests, sent));
            reason = wait == quiet ? Strings.WaitAsked
                : wait == requests ? MailboxException.Format(Strings.WaitRequests, _limits.Requests, (int)_limits.RequestWindow.TotalMinutes)
                : MailboxException.Format(Strings.WaitBytes, _limits.UploadBytes / 1_000_000, (int)_limits.UploadWindow.TotalMinutes);
            if (wait <= TimeSpan.Zero)
            {
                _requests.Count(1, now);
                _bytes.Count(bytes, now);
            }

            return wait;
        }
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
