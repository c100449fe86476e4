using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>What the source let go of after it was verified, and why the rest stays. Counts of items; for several threads.</summary>
public sealed class RemovalSummary
{
    private readonly object _lock = new();
    private readonly SortedDictionary<SourceRemoval, long> _kept = [];

    /// <summary>Items the source let go of.</summary>
    public long Removed { get; private set; }

    /// <summary>Bytes of these, as the source counts them.</summary>
    public long Bytes { get; private set; }

    /// <summary>How many items stay, and why.</summary>
    public IReadOnlyDictionary<SourceRemoval, long> Kept => _kept;

    /// <summary>The first error about an item; null where there was none.</summary>
    public MailDataException? FirstError { get; private set; }

    /// <summary>What made it impossible to go on; null where nothing did.</summary>
    public MailDataException? Stopped { get; private set; }

    internal void Add(long bytes, SourceRemoval outcome)
    {
        lock (_lock)
        {
            if (outcome == SourceRemoval.Removed)
            {
                Removed++;
                Bytes += bytes;
            }
            else
            {
                _kept[outcome] = (_kept.TryGetValue(outcome, out long count) ? count : 0) + 1;
            }
        }
    }

    internal void Note(MailDataException error)
    {
        lock (_lock)
        {
            FirstError ??= error;
        }
    }

    internal void Stop(MailDataException error)
    {
        lock (_lock)
        {
            Stopped ??= error;
            FirstError ??= error;
        }
    }
}
