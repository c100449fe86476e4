using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>A transfer at a glance: from where to where, its runs, and what became of its items so far.</summary>
/// <param name="Id">What it is called; see <see cref="TransferJournals.IdOf(TransferPlan)"/>.</param>
/// <param name="Plan">From where to where.</param>
/// <param name="Runs">Its runs, the first first; empty where it was never begun.</param>
/// <param name="Counts">What became of its items, over all runs.</param>
/// <param name="Last">The same of those that the last run has met.</param>
public sealed record TransferOverview(string Id, TransferPlan Plan, IReadOnlyList<JournalRun> Runs, JournalCounts Counts, JournalCounts Last)
{
    /// <summary>The last run; null where there was none.</summary>
    public JournalRun? LastRun => Runs.Count > 0 ? Runs[Runs.Count - 1] : null;

    /// <summary>Reads it.</summary>
    /// <param name="id">What the transfer is called.</param>
    /// <param name="journal">Its journal.</param>
    /// <exception cref="MailDataException">The journal cannot be read.</exception>
    public static TransferOverview Read(string id, IJournalReader journal)
    {
        if (journal is null)
        {
            throw new ArgumentNullException(nameof(journal));
        }

        IReadOnlyList<JournalRun> runs = journal.ReadRuns();
        return new TransferOverview(
            id, journal.Plan, runs, journal.Count(JournalQuery.All), journal.Count(new JournalQuery { Run = runs.Count > 0 ? runs[runs.Count - 1].Number : 0 }));
    }

    /// <summary>How long the last run took, or has taken so far; null where it was killed and nobody knows.</summary>
    /// <param name="now">The time.</param>
    public TimeSpan? LastDuration(DateTimeOffset now) => LastRun switch
    {
        { Finished: DateTimeOffset finished } run => finished - run.Started,
        { State: JournalRunState.Running } run => now - run.Started,
        _ => null,
    };
}
