using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>What taking a transfer back did. The counts of items add up to <see cref="Items"/>.</summary>
public sealed class UndoSummary
{
    private readonly Dictionary<UndoOutcome, long> _items = [];

    /// <summary>Copies that were looked at.</summary>
    public long Items { get; private set; }

    /// <summary>Copies that could not be looked at or removed.</summary>
    public long Failed { get; private set; }

    /// <summary>Folders that were removed.</summary>
    public long FoldersRemoved { get; private set; }

    /// <summary>Folders the transfer made that stay.</summary>
    public long FoldersKept { get; private set; }

    /// <summary>How many copies had an outcome.</summary>
    public long Count(UndoOutcome outcome) => _items.TryGetValue(outcome, out long count) ? count : 0;

    internal void Add(UndoneItem item)
    {
        if (item.IsFolder)
        {
            FoldersRemoved += item.Outcome == UndoOutcome.Removed ? 1 : 0;
            FoldersKept += item.Outcome is UndoOutcome.Removed or UndoOutcome.Gone ? 0 : 1;
            return;
        }

        Items++;
        if (item.Outcome is UndoOutcome outcome)
        {
            _items[outcome] = Count(outcome) + 1;
        }
        else
        {
            Failed++;
        }
    }
}
