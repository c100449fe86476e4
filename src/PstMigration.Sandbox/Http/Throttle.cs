using System.Net;

namespace PstMigration.Sandbox;

/// <summary>Counts requests, bytes and what runs at the same time, and answers 429 with Retry-After beyond the limits (concepts/throttling-limits).</summary>
internal sealed class Throttle(TimeProvider time, SandboxLimits limits)
{
    private readonly object _lock = new();
    private readonly Queue<DateTimeOffset> _requests = new();
    private readonly Queue<(DateTimeOffset At, long Bytes)> _uploads = new();
    private long _uploadTotal;
    private int _running;
    private int _mostAtOnce;
    private long _asked;
    private long _refused;
    private long _uploaded;
    private TimeSpan _underWay;

    /// <summary>What was counted.</summary>
    public SandboxStatistics Statistics
    {
        get
        {
            lock (_lock)
            {
                return new SandboxStatistics(_asked, _refused, _mostAtOnce, _uploaded, _underWay);
            }
        }
    }

    /// <summary>Counts one request; refused ones count too.</summary>
    public void CountRequest()
    {
        lock (_lock)
        {
            _asked++;
            DateTimeOffset now = time.GetUtcNow();
            while (_requests.Count > 0 && _requests.Peek() <= now - limits.RequestWindow)
            {
                _requests.Dequeue();
            }

            // The newest ones decide when there is room again; those before them need not be remembered.
            bool full = _requests.Count >= limits.Requests;
            if (full)
            {
                _requests.Dequeue();
            }

            _requests.Enqueue(now);
            if (full)
            {
                throw Refusal("RequestCount", _requests.Peek() + limits.RequestWindow - now);
            }
        }
    }

    /// <summary>Takes up to <paramref name="wanted"/> places of those for what runs at the same time; dispose to give them back.</summary>
    public Places TakePlaces(int wanted)
    {
        lock (_lock)
        {
            int taken = Math.Min(wanted, limits.Concurrency - _running);
            _running += taken;
            _mostAtOnce = Math.Max(_mostAtOnce, _running + wanted - taken);
            return new Places(this, taken);
        }
    }

    /// <summary>The error for who got no place.</summary>
    public GraphException NoPlace() => Refusal("MailboxConcurrency", TimeSpan.FromSeconds(1));

    /// <summary>Counts the bytes of a body that is to be taken. One body alone is taken whatever its size, or it never could be.</summary>
    public void CountUpload(long bytes)
    {
        lock (_lock)
        {
            DateTimeOffset now = time.GetUtcNow();
            while (_uploads.Count > 0 && _uploads.Peek().At <= now - limits.UploadWindow)
            {
                _uploadTotal -= _uploads.Dequeue().Bytes;
            }

            if (_uploadTotal > 0 && _uploadTotal + bytes > limits.UploadBytes)
            {
                throw Refusal("IncomingBytes", WhenFits(bytes) - now);
            }

            _uploadTotal += bytes;
            _uploaded += bytes;
            _uploads.Enqueue((now, bytes));
        }
    }

    private long Timestamp => time.GetTimestamp();

    private DateTimeOffset WhenFits(long bytes)
    {
        long left = _uploadTotal;
        foreach ((DateTimeOffset at, long size) in _uploads)
        {
            left -= size;
            if (left + bytes <= limits.UploadBytes || left == 0)
            {
                return at + limits.UploadWindow;
            }
        }

        return time.GetUtcNow();
    }

    private GraphException Refusal(string what, TimeSpan wait)
    {
        Interlocked.Increment(ref _refused);
        return new GraphException(
            (HttpStatusCode)429, "ApplicationThrottled", $"Application is over its {what} limit.", TimeSpan.FromSeconds(Math.Max(1, Math.Ceiling(wait.TotalSeconds))));
    }

    private void GiveBack(int count, long since)
    {
        lock (_lock)
        {
            _running -= count;
            _underWay += TimeSpan.FromTicks(count * time.GetElapsedTime(since).Ticks);
        }
    }

    /// <summary>Places taken.</summary>
    internal sealed class Places(Throttle owner, int count) : IDisposable
    {
        private readonly long _since = owner.Timestamp;
        private int _held = count;

        /// <summary>How many there were.</summary>
        public int Count { get; } = count;

        public void Dispose() => owner.GiveBack(Interlocked.Exchange(ref _held, 0), _since);
    }
}
