using PstMigration.Mapi;
using PstMigration.Storage;

namespace PstMigration.Transfer;

/// <summary>Reads the journal in a file, also while a run writes it: what that run has written so far.</summary>
public sealed class SqliteJournalReader : IJournalReader
{
    private readonly object _lock = new();
    private readonly SqliteDatabase _database;
    private readonly JournalQueries _queries;
    private bool _isDisposed;

    private SqliteJournalReader(SqliteDatabase database, TransferPlan plan)
    {
        _database = database;
        _queries = new JournalQueries(database);
        Plan = plan;
    }

    /// <inheritdoc/>
    public TransferPlan Plan { get; }

    /// <summary>Opens a journal.</summary>
    /// <exception cref="TransferException">TransferJournalInvalid: the file is no journal, or damaged.</exception>
    /// <exception cref="StorageException">AccessDenied, FileAccessFailed: also where there is none; SqliteMissing.</exception>
    public static SqliteJournalReader Open(string path)
    {
        SqliteDatabase? database = null;
        try
        {
            // The plan of a new journal; a reader makes none.
            database = SqliteDatabase.Open(path, JournalSchema.For(new TransferPlan("", "")), SqliteAccess.Reader);
            SqliteJournalReader reader = new(database, new JournalQueries(database).Plan() ?? throw TransferException.JournalInvalid(database.Path, null));
            database = null;
            return reader;
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
    public IReadOnlyList<JournalRun> ReadRuns() => Locked(() => _queries.Runs(SqliteDatabase.HasWriter(_database.Path)));

    /// <inheritdoc/>
    public IReadOnlyList<JournalFolder> ReadFolders() => Locked(_queries.Folders);

    /// <inheritdoc/>
    public IReadOnlyList<JournalFolder> ReadMadeFolders() => Locked(_queries.MadeFolders);

    /// <inheritdoc/>
    public JournalItem? Find(ItemKey key) => Locked(() => _queries.Find(key));

    /// <inheritdoc/>
    public JournalPage Read(JournalQuery query) => Locked(() => _queries.Read(query ?? throw new ArgumentNullException(nameof(query))));

    /// <inheritdoc/>
    public JournalCounts Count(JournalQuery query) => Locked(() => _queries.Count(query ?? throw new ArgumentNullException(nameof(query))));

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _database.Dispose();
        }
    }

    private T Locked<T>(Func<T> action)
    {
        lock (_lock)
        {
            return _isDisposed ? throw new ObjectDisposedException(nameof(SqliteJournalReader)) : action();
        }
    }
}
