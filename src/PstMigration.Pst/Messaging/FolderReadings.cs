namespace PstMigration.Pst.Messaging;

/// <summary>Counts what listings of folders give, and keeps the last count of each folder. Safe for several threads.</summary>
internal sealed class FolderReadings
{
    private readonly object _gate = new();
    private readonly Dictionary<NodeId, PstFolderReading> _readings = [];

    /// <summary>Passes a listing on and records its count when it has come to its end.</summary>
    public IEnumerable<PstItemSummary> Count(PstFolder folder, IEnumerable<PstItemSummary> items)
    {
        int read = 0;
        int damaged = 0;
        foreach (PstItemSummary item in items)
        {
            if (item.IsDamaged)
            {
                damaged++;
            }
            else
            {
                read++;
            }

            yield return item;
        }

        lock (_gate)
        {
            _readings[folder.NodeId] = new PstFolderReading(folder.NodeId, folder.Path, folder.ItemCount, read, damaged);
        }
    }

    /// <summary>A copy of the counts.</summary>
    public IReadOnlyList<PstFolderReading> Snapshot()
    {
        lock (_gate)
        {
            return [.. _readings.Values];
        }
    }
}
