using PstMigration.Mapi;
using PstMigration.Storage;

namespace PstMigration.Transfer;

/// <summary>
/// A journal in one SQLite file, its owner's alone. One writes at a time, here or in another process; others may read beside it. Items wait
/// in memory until there are enough for a transaction, for a second at most.
/// </summary>
public sealed class SqliteJournal : ITransferJournal
{
    /// <summary>Items and losses that wait at most.</summary>
    private const int MostWaiting = 4096;

    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(1);

    private readonly object _lock = new();
    private readonly SqliteDatabase _database;
    private readonly JournalEntries _entries;
    private readonly JournalQueries _queries;
    private readonly JournalPrivacy _privacy;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly List<JournalItem> _waiting = [];
    private int _waitingLosses;
    private long _run;
    private bool _isRebuilding;
    private bool _isDisposed;

    private SqliteJournal(SqliteDatabase database, TransferPlan plan, JournalOptions options)
    {
        _database = database;
        _privacy = new JournalPrivacy(options.IncludeSubject);
        _entries = new JournalEntries(database, _privacy);
        _queries = new JournalQueries(database);
        _time = options.Time;
        Plan = plan;
        _timer = _time.CreateTimer(_ => FlushLate(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public TransferPlan Plan { get; }

    /// <inheritdoc/>
    public bool IsEmpty => Locked(() => _database.Number("SELECT COUNT(*) FROM (SELECT 1 FROM item LIMIT 1)") == 0);

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
        long run = _database.InTransaction(() => _database.Insert(
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

            _waiting.Add(item with { Recorded = _time.GetUtcNow() });
            _waitingLosses += item.Losses.Count;
            if (_waiting.Count + _waitingLosses >= MostWaiting)
            {
                FlushInside();
            }
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
            _database.InTransaction(() => WriteFolder(folder));
        });
    }

    /// <inheritdoc/>
    public void Forget(ItemKey key) => Locked(() =>
    {
        FlushInside();
        _database.InTransaction(() =>
        {
            const string Where = "FROM item WHERE id = @1 AND store = (SELECT number FROM name WHERE text = @0)";
            _database.Execute("DELETE FROM loss WHERE item IN (SELECT number " + Where + ")", key.Store, key.Id);
            _database.Execute("DELETE " + Where, key.Store, key.Id);
        });
    });

    /// <inheritdoc/>
    public void ForgetFolder(string targetKey) => Locked(() => _database.InTransaction(() =>
    {
        _database.Execute("DELETE FROM made WHERE target_id = @0", targetKey);
        _database.Execute("UPDATE folder SET made = 0 WHERE target_id = @0", targetKey);
    }));

    /// <inheritdoc/>
    public void Flush() => Locked(FlushInside);

    /// <inheritdoc/>
    public void Finish(MailDataException? cause = null) => Locked(() =>
    {
        CheckRun();
        FlushInside();
        _database.InTransaction(() => _database.Execute(
            "UPDATE run SET finished = @1, error_id = @2, error = @3 WHERE number = @0",
            _run,
            _time.GetUtcNow().UtcTicks,
            cause?.Id,
            _privacy.Clean(cause?.Message, null)));
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
                Locked(() =>
                {
                    _waiting.Add(item with { Recorded = _time.GetUtcNow() });
                    _waitingLosses += item.Losses.Count;
                    if (_waiting.Count + _waitingLosses >= MostWaiting)
                    {
                        FlushInside();
                    }
                });
            }

            Locked(() =>
            {
                FlushInside();
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

    /// <inheritdoc/>
    public IReadOnlyList<JournalRun> ReadRuns() => Locked(() => _queries.Runs(_run > 0));

    /// <inheritdoc/>
    public IReadOnlyList<JournalFolder> ReadFolders() => Locked(_queries.Folders);

    /// <inheritdoc/>
    public IReadOnlyList<JournalFolder> ReadMadeFolders() => Locked(_queries.MadeFolders);

    /// <inheritdoc/>
    public JournalItem? Find(ItemKey key) => Locked(() =>
    {
        FlushInside();
        return _queries.Find(key);
    });

    /// <inheritdoc/>
    public JournalPage Read(JournalQuery query) => Locked(() =>
    {
        FlushInside();
        return _queries.Read(query ?? throw new ArgumentNullException(nameof(query)));
    });

    /// <inheritdoc/>
    public JournalCounts Count(JournalQuery query) => Locked(() =>
    {
        FlushInside();
        return _queries.Count(query ?? throw new ArgumentNullException(nameof(query)));
    });

    /// <summary>Writes what was recorded, and closes the file. A run that was not ended stays so: it counts as interrupted.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            _timer.Dispose();
            try
            {
                FlushInside();
            }
            catch (StorageException)
            {
                // What the journal lacks, the target remembers.
            }

            _database.Dispose();
        }
    }

    private void WriteFolder(JournalFolder folder)
    {
        string target = folder.Target.ToString();
        if (folder.IsMade && folder.TargetKey is not null)
        {
            _database.Execute("INSERT INTO made(target_id, target) VALUES (@0, @1) ON CONFLICT(target_id) DO UPDATE SET target = excluded.target", folder.TargetKey, target);
        }

        if (folder.Source is not null)
        {
            _database.Execute(
                """
                INSERT INTO folder(source, target, target_id, made) VALUES (@0, @1, @2, @3)
                ON CONFLICT(source) DO UPDATE SET
                    made = MAX(excluded.made, CASE WHEN target = excluded.target THEN made ELSE 0 END),
                    target_id = COALESCE(excluded.target_id, CASE WHEN target = excluded.target THEN target_id END),
                    target = excluded.target
                """,
                folder.Source.ToString(),
                target,
                folder.TargetKey,
                folder.IsMade);
        }
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
            Clear(database);
        }
    }

    // What a rebuilding left that did not come to its end would pass for all the target remembers.
    private static void Clear(SqliteDatabase database) => database.InTransaction(() =>
        database.Execute("DELETE FROM item; DELETE FROM loss; DELETE FROM name; UPDATE plan SET rebuilding = 0"));

    private void DropRebuilt()
    {
        _waiting.Clear();
        _waitingLosses = 0;
        try
        {
            Clear(_database);
            _entries.Forget();
        }
        catch (StorageException)
        {
            // Whoever opens the file next does it.
        }
    }

    private void SetRebuilding(bool value) => _database.InTransaction(() => _database.Execute("UPDATE plan SET rebuilding = @0", value));

    private void FlushInside()
    {
        if (_waiting.Count == 0)
        {
            return;
        }

        try
        {
            _database.InTransaction(() =>
            {
                foreach (JournalItem item in _waiting)
                {
                    _entries.Write(item, _run);
                }
            });
        }
        catch
        {
            _entries.Forget();
            throw;
        }

        _waiting.Clear();
        _waitingLosses = 0;
    }

    // On the timer's thread: who records next hears of what is wrong.
    private void FlushLate()
    {
        lock (_lock)
        {
            if (_isDisposed || _isRebuilding)
            {
                return;
            }

            try
            {
                FlushInside();
            }
            catch (StorageException)
            {
                _timer.Change(s_longestWait, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void CheckRun()
    {
        if (_run == 0)
        {
            throw new InvalidOperationException("No run was begun.");
        }
    }

    private void Locked(Action action) => Locked(() =>
    {
        action();
        return true;
    });

    private T Locked<T>(Func<T> action)
    {
        lock (_lock)
        {
            return _isDisposed ? throw new ObjectDisposedException(nameof(SqliteJournal)) : action();
        }
    }
}
