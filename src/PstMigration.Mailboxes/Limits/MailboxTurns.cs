using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>
/// Whose turn it is to write into a mailbox. Two runs that look up at the same time what is there, and write then, would each bring what both have. So one writes at a time, of this process and of the
/// user's others; it costs nothing, as the mailbox takes no more of two than of one.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "It lives as long as the process.")]
internal sealed class MailboxTurns
{
    private static readonly ConcurrentDictionary<BudgetKey, MailboxTurns> s_all = new();
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_told = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _turn = new(1);
    private readonly TimeProvider _clock;
    private readonly string? _path;
    private string? _last;

    /// <summary>The turns of a mailbox of which nobody in this process has others; see <see cref="Get"/>.</summary>
    public MailboxTurns(BudgetKey key, string? folder)
    {
        _clock = key.Clock;
        _path = SharedBudget.FolderOf(folder, key) is string own ? Path.Combine(own, "writer") : null;
    }

    /// <summary>The turns of a mailbox, whatever app registration writes into it and whichever of its addresses it goes by.</summary>
    /// <param name="cloud">The host it is behind.</param>
    /// <param name="storeKey">The mailbox.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="folder">Where processes agree; null where this one is alone.</param>
    public static MailboxTurns Get(string cloud, string storeKey, TimeProvider clock, string? folder) =>
        s_all.GetOrAdd(BudgetKey.Create(cloud, "", storeKey, clock), k => new MailboxTurns(k, folder));

    /// <summary>Waits until nobody else writes.</summary>
    /// <param name="writer">Who wants to, unlike any other.</param>
    /// <param name="waits">Is told where that takes long; null for nobody.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>Whether another has written since this writer's last turn; dispose the turn at its end.</returns>
    public async Task<(IDisposable Turn, bool OthersWrote)> BeginAsync(string writer, WaitTeller? waits, CancellationToken cancellationToken)
    {
        if (!await _turn.WaitAsync(0, cancellationToken).ConfigureAwait(false))
        {
            await WaitAsync(waits, () => _turn.WaitAsync(s_look, cancellationToken)).ConfigureAwait(false);
        }

        try
        {
            IDisposable? held = TryLock();
            if (held is null)
            {
                await WaitAsync(waits, async () =>
                {
                    await _clock.Delay(s_look, cancellationToken).ConfigureAwait(false);
                    held = TryLock();
                    return held is not null;
                }).ConfigureAwait(false);
            }

            return (new Turn(_turn, held!), IsNew(writer));
        }
        catch
        {
            _turn.Release();
            throw;
        }
    }

    private async Task WaitAsync(WaitTeller? waits, Func<Task<bool>> isMine)
    {
        while (true)
        {
            long begun = _clock.GetTimestamp();
            using (waits?.Begin(s_told, Strings.WaitTurn))
            {
                while (_clock.GetElapsedTime(begun) < s_told)
                {
                    if (await isMine().ConfigureAwait(false))
                    {
                        return;
                    }
                }
            }
        }
    }

    private IDisposable? TryLock()
    {
        try
        {
            return _path is null ? new MemoryStream() : FileLock.Take(_path + ".lock");
        }
        catch (Exception e) when (FileSharing.IsInUse(e))
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // No lock can be made, in another's folder or on a disk that is full or only read: waiting would not help.
            return new MemoryStream();
        }
    }

    /// <summary>Notes who writes.</summary>
    /// <returns>Whether that was another before.</returns>
    private bool IsNew(string writer)
    {
        string? last = _last;
        _last = writer;
        if (_path is null)
        {
            return last != writer;
        }

        try
        {
            last = File.Exists(_path) ? File.ReadAllText(_path) : null;
            if (last != writer)
            {
                OwnerOnlyFile.Ensure(_path);
                File.WriteAllText(_path, writer);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Who wrote is not known: it may have been another.
            last = null;
        }

        return last != writer;
    }

    private sealed class Turn(SemaphoreSlim turn, IDisposable held) : IDisposable
    {
        private int _isOver;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isOver, 1) == 0)
            {
                held.Dispose();
                turn.Release();
            }
        }
    }
}
