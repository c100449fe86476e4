using PstMigration.Pst;

namespace PstMigration;

/// <summary>
/// A data file that several users share: open while one of them has a lease, and a moment longer, so that a view that opens one item
/// after the other does not open the file as often. Safe for several threads.
/// </summary>
internal sealed class PstHandle(string path, PstOpenOptions options, TimeProvider clock)
{
    /// <summary>How long the file stays open after the last lease.</summary>
    internal static readonly TimeSpan Linger = TimeSpan.FromSeconds(2);

    private readonly object _gate = new();
    private PstFile? _file;
    private ITimer? _timer;
    private int _leases;

    /// <summary>The full path of the file.</summary>
    internal string Path => path;

    /// <summary>Whether the file is open.</summary>
    internal bool IsOpen
    {
        get
        {
            lock (_gate)
            {
                return _file is not null;
            }
        }
    }

    /// <summary>Opens the file or joins those who have it open. One that was changed while nobody used it is opened again.</summary>
    /// <param name="lingers">Whether the file may stay open a moment after the lease; not for a cmdlet, after which the next may want it alone.</param>
    /// <exception cref="PstException">As of <see cref="PstFile.Open(string, PstOpenOptions?)"/>.</exception>
    internal PstLease Open(bool lingers = true)
    {
        lock (_gate)
        {
            StopTimer();
            if (_leases == 0 && _file?.IsCurrent() == false)
            {
                Close();
            }

            _file ??= PstFile.Open(path, options);
            _leases++;
            return new PstLease(this, _file, lingers);
        }
    }

    /// <summary>Gives a lease back.</summary>
    internal void Release(bool lingers)
    {
        lock (_gate)
        {
            if (--_leases > 0)
            {
                return;
            }

            StopTimer();
            if (!lingers)
            {
                Close();
            }
            else
            {
                _timer = clock.CreateTimer(static handle => ((PstHandle)handle!).CloseIdle(), this, Linger, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void CloseIdle()
    {
        lock (_gate)
        {
            if (_leases == 0)
            {
                StopTimer();
                Close();
            }
        }
    }

    private void StopTimer()
    {
        _timer?.Dispose();
        _timer = null;
    }

    private void Close()
    {
        _file?.Dispose();
        _file = null;
    }
}
