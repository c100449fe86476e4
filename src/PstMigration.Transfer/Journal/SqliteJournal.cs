using PstMigration.Mapi;
using PstMigration.Storage;

namespace PstMigration.Transfer;

/// <summary>
/// A journal in one SQLite file, its owner's alone. One writes at a time, here or in another process; others may read beside it. Items wait
/// in memory until there are enough for a transaction, for a second at most.
/// </summary>
public sealed class SqliteJournal : SqliteJournalFile, ITransferJournal
{
    /// <summary>Items and losses that wait at most.</summary>
    private const int MostWaiting = 4096;

    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(1);

    private readonly JournalEntries _entries;
    private readonly JournalPrivacy _privacy;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly List<JournalItem> _waiting = [];
    private int _waitingLosses;
    private long _run;
    private bool _isRebuilding;

    private SqliteJournal(SqliteDatabase database, TransferPlan plan, JournalOptions options)
        : base(database, plan)
    {
        _privacy = new JournalPrivacy(options.IncludeSubject);
        _entries = new JournalEntries(database, _privacy);
        _time = options.Time;
        _timer = _time.CreateTimer(_ => FlushLate(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private protected override bool IsRunning => _run > 0;

    /// <inheritdoc/>
    public bool IsEmpty => Locked(() => Database.Number("SELECT COUNT(*) FROM (SELECT 1 FROM item LIMIT 1)") == 0);

    /// <summary>Opens the journal of a transfer, making it where there is none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="plan">From where to where; the names people use replace those of an earlier run.</param>
    /// <param name="options">How it is kept.</param>
    /// <exception cref="TransferException">TransferInUse: the transfer is running; TransferJournalInvalid: the file is none of this transfer's, or damaged.</exception>
    /// <exception cref="StorageException">DiskFull, AccessDenied, FileAccessFailed, SqliteMissing.</exception>
    public static SqliteJournal Open(string path, TransferPlan plan, JournalOptions? options = null)
    {
        if (path is null || plan is null)
        {
            throw new ArgumentNullException(path is null ? nameof(path) : nameof(plan));
        }

        SqliteDatabase? database = null;
        try
        {
            database = SqliteDatabase.Open(path, JournalSchema.For(plan), SqliteAccess.Writer);
            Prepare(database, plan);
            SqliteJournal journal = new(database, plan, options ?? new JournalOptions());
            database = null;
            return journal;
        }
        catch (StorageException e) when (e.Problem == StorageProblem.InUse)
        {
            throw TransferException.InUse(plan, e);
        }
        catch (StorageException e) when (TransferException.From(e, path) is TransferException known)
        {
            throw known;
        }
        finally
        {
            database?.Dispose();
        }
    }

    /// <inheritdoc/>
    public JournalRun Start(string options) => Locked(() =>
    {
        if (_run > 0 || _isRebuilding)
        {
            throw new InvalidOperationException("The journal is in use already.");
        }

        DateTimeOffset now = _time.GetUtcNow();
        long run = Database.InTransaction(() => Database.Insert(
            "INSERT INTO run(options, started) VALUES (@0, @1)", options ?? throw new ArgumentNullException(nameof(options)), now.UtcTicks));
        _run = run;
        return new JournalRun(run, options, now) { State = JournalRunState.Running };
    });

    /// <inheritdoc/>
    public void Add(JournalItem item)
    {
        if (item is null)
        {
            throw new ArgumentNullException(nameof(item));
        }

        Locked(() =>
        {
            CheckRun();
            if (_waiting.Count == 0)
            {
                _timer.Change(s_longestWait, Timeout.InfiniteTimeSpan);
            }

            Wait(item);
        });
    }

    /// <inheritdoc/>
    public void AddFolder(JournalFolder folder)
    {
        if (folder is null)
        {
            throw new ArgumentNullException(nameof(folder));
        }

        Locked(() =>
        {
            CheckRun();
            Database.InTransaction(() => _entries.Write(folder));
        });
    }

    /// <inheritdoc/>
    public void Forget(ItemKey key) => Locked(() =>
    {
        Flushed();
        Database.InTransaction(() => _entries.Forget(key));
    });

    /// <inheritdoc/>
    public void ForgetFolder(string key) => Locked(() => Database.InTransaction(() => _entries.ForgetFolder(key)));

    /// <inheritdoc/>
    public void Flush() => Locked(Flushed);

    /// <inheritdoc/>
    public void Finish(MailDataException? cause = null, JournalFeeds? feeds = null) => Locked(() =>
    {
        CheckRun();
        Flushed();
        Database.InTransaction(() =>
        {
            Database.Execute(
                "UPDATE run SET finished = @1, error_id = @2, error = @3 WHERE number = @0",
                _run,
                _time.GetUtcNow().UtcTicks,
                cause?.Id,
                _privacy.Clean(cause?.Message, null));
            if (feeds is not null)
            {
                _entries.Write(feeds);
            }
        });
        _run = 0;
    });

    /// <inheritdoc/>
    public async Task RebuildAsync(IAsyncEnumerable<JournalItem> items, CancellationToken cancellationToken)
    {
        if (items is null)
        {
            throw new ArgumentNullException(nameof(items));
        }

        Locked(() =>
        {
            if (_run > 0 || _isRebuilding || !IsEmpty)
            {
                throw new InvalidOperationException("Only an empty journal is rebuilt.");
            }

            _isRebuilding = true;
            SetRebuilding(true);
        });
        try
        {
            await foreach (JournalItem item in items.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                Locked(() => Wait(item));
            }

            Locked(() =>
            {
                Flushed();
                SetRebuilding(false);
            });
        }
        catch
        {
            Locked(DropRebuilt);
            throw;
        }
        finally
        {
            _isRebuilding = false;
        }
    }

    /// <summary>Writes what was recorded. A run that was not ended stays so: it counts as interrupted.</summary>
    private protected override void Close()
    {
        _timer.Dispose();
        try
        {
            Flushed();
        }
        catch (StorageException)
        {
            // What the journal lacks, the target remembers.
        }
    }

    private protected override void Flushed()
    {
        if (_waiting.Count == 0)
        {
            return;
        }

        try
        {
            Database.InTransaction(() =>
            {
                foreach (JournalItem item in _waiting)
                {
                    _entries.Write(item, _run);
                }
            });
        }
        catch
        {
            _entries.Restart();
            throw;
        }

        _waiting.Clear();
        _waitingLosses = 0;
    }

    private static void Prepare(SqliteDatabase database, TransferPlan plan)
    {
        if (new JournalQueries(database).Plan() is not TransferPlan found || found.Source != plan.Source || found.Target != plan.Target)
        {
            throw TransferException.JournalInvalid(database.Path, null);
        }

        database.InTransaction(() => database.Execute("UPDATE plan SET source_name = @0, target_name = @1", plan.SourceName, plan.TargetName));
        if (database.Number("SELECT rebuilding FROM plan") != 0)
        {
            // What a rebuilding left that did not come to its end would pass for all the target remembers.
            database.InTransaction(() => JournalEntries.Clear(database));
        }
    }

    private void DropRebuilt()
    {
        _waiting.Clear();
        _waitingLosses = 0;
        try
        {
            Database.InTransaction(() => JournalEntries.Clear(Database));
            _entries.Restart();
        }
        catch (StorageException)
        {
            // Whoever opens the file next does it.
        }
    }

    private void SetRebuilding(bool value) => Database.InTransaction(() => Database.Execute("UPDATE plan SET rebuilding = @0", value));

    private void Wait(JournalItem item)
    {
        _waiting.Add(item with { Recorded = _time.GetUtcNow() });
        _waitingLosses += item.Losses.Count;
        if (_waiting.Count + _waitingLosses >= MostWaiting)
        {
            Flushed();
        }
    }

    // On the timer's thread: who records next hears of what is wrong.
    private void FlushLate()
    {
        try
        {
            Locked(() =>
            {
                if (!_isRebuilding)
                {
                    Flushed();
                }
            });
        }
        catch (StorageException)
        {
            _timer.Change(s_longestWait, Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException)
        {
            // Closing has written it.
        }
    }

    private void CheckRun()
    {
        if (_run == 0)
        {
            throw new InvalidOperationException("No run was begun.");
        }
    }
}
