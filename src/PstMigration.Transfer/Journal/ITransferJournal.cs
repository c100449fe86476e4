using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>What became of the items of a transfer, to be read. For several threads.</summary>
public interface IJournalReader : IDisposable
{
    /// <summary>From where to where.</summary>
    TransferPlan Plan { get; }

    /// <summary>The runs, the first first.</summary>
    /// <exception cref="MailDataException">The journal cannot be read.</exception>
    IReadOnlyList<JournalRun> ReadRuns();

    /// <summary>All folders the transfer made in the target, parents before children.</summary>
    /// <exception cref="MailDataException">The journal cannot be read.</exception>
    IReadOnlyList<JournalFolder> ReadMadeFolders();

    /// <summary>What the last run that came to its end has left for the next; null where it has left nothing.</summary>
    /// <exception cref="MailDataException">The journal cannot be read.</exception>
    JournalFeeds? ReadFeeds();

    /// <summary>What became of an item; null where it is not known.</summary>
    /// <exception cref="MailDataException">The journal cannot be read.</exception>
    JournalItem? Find(ItemKey key);

    /// <summary>A page of items.</summary>
    /// <exception cref="MailDataException">The journal cannot be read.</exception>
    JournalPage Read(JournalQuery query);

    /// <summary>Counts the items of a query, all its pages.</summary>
    /// <exception cref="MailDataException">The journal cannot be read.</exception>
    JournalCounts Count(JournalQuery query);
}

/// <summary>
/// The record of a transfer while it runs. What a target remembers is the truth; the journal can be made anew from it. Items are
/// written in groups, so that a killed run loses the record of the last second at most, and never half of an item.
/// </summary>
public interface ITransferJournal : IJournalReader
{
    /// <summary>Whether it knows of no item.</summary>
    bool IsEmpty { get; }

    /// <summary>Begins a run.</summary>
    /// <param name="options">What it is asked to do.</param>
    /// <exception cref="InvalidOperationException">A run was begun and not ended.</exception>
    /// <exception cref="MailDataException">DiskFull, or the journal cannot be used.</exception>
    JournalRun Start(string options);

    /// <summary>Records what became of an item, in place of what was recorded of it before.</summary>
    /// <exception cref="InvalidOperationException">No run was begun.</exception>
    /// <exception cref="MailDataException">DiskFull, or the journal cannot be used; the item is kept for the next attempt.</exception>
    void Add(JournalItem item);

    /// <summary>Records that a folder was made in the target.</summary>
    /// <exception cref="InvalidOperationException">No run was begun.</exception>
    /// <exception cref="MailDataException">DiskFull, or the journal cannot be used.</exception>
    void AddFolder(JournalFolder folder);

    /// <summary>Forgets an item whose copy was taken back.</summary>
    /// <exception cref="MailDataException">DiskFull, or the journal cannot be used.</exception>
    void Forget(ItemKey key);

    /// <summary>Forgets a folder that was made and is gone.</summary>
    /// <param name="key">Its id in the target.</param>
    /// <exception cref="MailDataException">DiskFull, or the journal cannot be used.</exception>
    void ForgetFolder(string key);

    /// <summary>Writes what was recorded.</summary>
    /// <exception cref="MailDataException">DiskFull, or the journal cannot be used; what was recorded is kept for the next attempt.</exception>
    void Flush();

    /// <summary>Ends the run.</summary>
    /// <param name="cause">What ended it; null where it came to its end.</param>
    /// <param name="feeds">What it leaves for the next; null for what was left before.</param>
    /// <exception cref="MailDataException">DiskFull, or the journal cannot be used.</exception>
    void Finish(MailDataException? cause = null, JournalFeeds? feeds = null);

    /// <summary>
    /// Fills an empty journal from what a target remembers. Interrupted, it leaves a journal that is empty again when it is opened next.
    /// </summary>
    /// <exception cref="InvalidOperationException">It is not empty, or a run was begun.</exception>
    /// <exception cref="MailDataException">DiskFull, or the journal cannot be used; what <paramref name="items"/> throws.</exception>
    Task RebuildAsync(IAsyncEnumerable<JournalItem> items, CancellationToken cancellationToken);
}

/// <summary>Ways to read a journal.</summary>
public static class JournalReading
{
    /// <summary>All items of a query, a page in memory at a time.</summary>
    public static IEnumerable<JournalItem> ReadAll(this IJournalReader journal, JournalQuery query)
    {
        if (journal is null || query is null)
        {
            throw new ArgumentNullException(journal is null ? nameof(journal) : nameof(query));
        }

        JournalPage? page = null;
        do
        {
            page = journal.Read(page is null ? query : query with { After = page.Next });
            foreach (JournalItem item in page.Items)
            {
                yield return item;
            }
        }
        while (page.Next is not null);
    }
}
