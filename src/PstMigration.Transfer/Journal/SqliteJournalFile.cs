using PstMigration.Mapi;
using PstMigration.Storage;

namespace PstMigration.Transfer;

/// <summary>A journal in a SQLite file, as both who writes it and who only reads it read it. For several threads.</summary>
public abstract class SqliteJournalFile : IJournalReader
{
    private readonly object _lock = new();
    private readonly JournalQueries _queries;

    private protected SqliteJournalFile(SqliteDatabase database, TransferPlan plan)
    {
        Database = database;
        _queries = new JournalQueries(database);
        Plan = plan;
    }

    /// <inheritdoc/>
    public TransferPlan Plan { get; }

    private protected SqliteDatabase Database { get; }

    private protected bool IsDisposed { get; private set; }

    /// <summary>Whether a run goes on.</summary>
    private protected abstract bool IsRunning { get; }

    /// <inheritdoc/>
    public IReadOnlyList<JournalRun> ReadRuns() => Locked(() => _queries.Runs(IsRunning));

    /// <inheritdoc/>
    public IReadOnlyList<JournalFolder> ReadMadeFolders() => Locked(_queries.MadeFolders);

    /// <inheritdoc/>
    public JournalFeeds? ReadFeeds() => Locked(_queries.Feeds);

    /// <inheritdoc/>
    public JournalItem? Find(ItemKey key) => ReadItems(() => _queries.Find(key));

    /// <inheritdoc/>
    public JournalPage Read(JournalQuery query) => ReadItems(() => _queries.Read(query ?? throw new ArgumentNullException(nameof(query))));

    /// <inheritdoc/>
    public JournalCounts Count(JournalQuery query) => ReadItems(() => _queries.Count(query ?? throw new ArgumentNullException(nameof(query))));

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (!IsDisposed)
            {
                IsDisposed = true;
                Close();
                Database.Dispose();
            }
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Writes what has to be in the file before its items are read.</summary>
    private protected virtual void Flushed()
    {
    }

    /// <summary>Does what is left to do before the file is closed.</summary>
    private protected virtual void Close()
    {
    }

    private protected void Locked(Action action) => Locked(() =>
    {
        action();
        return true;
    });

    private protected T Locked<T>(Func<T> action)
    {
        lock (_lock)
        {
            return IsDisposed ? throw new ObjectDisposedException(GetType().Name) : action();
        }
    }

    private T ReadItems<T>(Func<T> read) => Locked(() =>
    {
        Flushed();
        return read();
    });
}
