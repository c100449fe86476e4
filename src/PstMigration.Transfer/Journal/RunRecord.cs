using PstMigration.Mapi;
using PstMigration.Storage;

namespace PstMigration.Transfer;

/// <summary>
/// The journal as a run or an undo uses it. The target remembers all that matters, so a journal that cannot be written or read, as on a disk that is full, is told of once and does
/// not end the run, which goes on without it. For several threads.
/// </summary>
internal sealed class RunRecord : IDisposable
{
    private readonly object _lock = new();
    private readonly TransferJournals _journals;
    private SqliteJournal? _journal;

    private RunRecord(TransferJournals journals, SqliteJournal? journal)
    {
        _journals = journals;
        _journal = journal;
    }

    /// <summary>Begins the record of a run. A new journal is filled with what the target remembers.</summary>
    /// <exception cref="TransferException">TransferInUse.</exception>
    /// <exception cref="MailDataException">The target cannot be asked.</exception>
    public static async Task<RunRecord> BeginAsync(
        TransferJournals journals, IItemSource source, IItemTarget target, string options, CancellationToken cancellationToken)
    {
        TransferPlan plan = new(source.StoreKey, target.StoreKey) { SourceName = source.Name, TargetName = target.Name };
        RunRecord record = new(journals, journals.TryOpen(plan));
        try
        {
            await record.RebuildAsync(plan, target, cancellationToken).ConfigureAwait(false);
            record.Run = record.Try(j => j.Start(options).Number, 0);
            record.Id = record.Run > 0 ? TransferJournals.IdOf(plan) : null;
            return record;
        }
        catch
        {
            record.Dispose();
            throw;
        }
    }

    /// <summary>Begins the record of an undo, with what the journal knows of the transfer.</summary>
    /// <exception cref="TransferException">TransferInUse.</exception>
    public static RunRecord BeginUndo(TransferJournals journals, TransferPlan plan)
    {
        RunRecord record = new(journals, journals.TryOpen(plan));
        record.Try(j => j.Start(JournalRun.Undo));
        return record;
    }

    /// <summary>What the transfer is called; null where there is no journal that tells of the run.</summary>
    public string? Id { get; private set; }

    /// <summary>The number of the run; 0 where there is no journal.</summary>
    public long Run { get; private set; }

    /// <summary>What the last run that came to its end has left; null where that is not known.</summary>
    public JournalFeeds? ReadFeeds() => Try(j => j.ReadFeeds(), null);

    /// <summary>A page of items; the last page where they cannot be read any further.</summary>
    public JournalPage Read(JournalQuery query) => Try(j => j.Read(query), new JournalPage([], null));

    /// <summary>What became of an item; null where it is not known.</summary>
    public JournalItem? Find(ItemKey key) => Try(j => j.Find(key), null);

    /// <summary>All folders the transfer made, parents before children; none where they are not known.</summary>
    public IReadOnlyList<JournalFolder> ReadMadeFolders() => Try(j => j.ReadMadeFolders(), []);

    /// <summary>Forgets an item whose copies were all taken back.</summary>
    public void Forget(ItemKey key) => Try(j => j.Forget(key));

    /// <summary>Forgets a folder that was made and is gone.</summary>
    public void ForgetFolder(string key) => Try(j => j.ForgetFolder(key));

    /// <summary>Records what became of an item.</summary>
    public void Add(ItemResult result) => Try(j => j.Add(JournalItem.Of(result)));

    /// <summary>Records a folder of the target that was opened, if the transfer made it.</summary>
    public void Add(TargetFolder folder)
    {
        if (folder is { IsMade: true, Key: string key })
        {
            Try(j => j.AddFolder(new JournalFolder(folder.Path, key)));
        }
    }

    /// <summary>Records the end of the run. Without it, it is told as one that did not come to its end.</summary>
    /// <param name="cause">What ended it; null where it came to its end.</param>
    /// <param name="feeds">What it leaves for the next; null for what was left before.</param>
    public void Finish(MailDataException? cause, JournalFeeds? feeds = null) => Try(j => j.Finish(cause, feeds));

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _journal?.Dispose();
            _journal = null;
        }
    }

    private async Task RebuildAsync(TransferPlan plan, IItemTarget target, CancellationToken cancellationToken)
    {
        try
        {
            if (_journal is { IsEmpty: true } journal && target is ICopyLister lister)
            {
                await journal.RebuildAsync(RememberedCopies.ReadAsync(lister, plan.Source, cancellationToken), cancellationToken).ConfigureAwait(false);
            }
        }
        catch (StorageException e)
        {
            Lose(e);
        }
    }

    private void Try(Action<ITransferJournal> action) => Try(
        j =>
        {
            action(j);
            return true;
        },
        false);

    private T Try<T>(Func<ITransferJournal, T> action, T without)
    {
        lock (_lock)
        {
            try
            {
                return _journal is null ? without : action(_journal);
            }
            catch (StorageException e)
            {
                Lose(e);
                return without;
            }
        }
    }

    private void Lose(StorageException e)
    {
        Dispose();
        _journals.TellLost(e.Message);
    }
}
