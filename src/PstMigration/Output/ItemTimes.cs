using PstMigration.Pst;

namespace PstMigration;

/// <summary>The oldest and the newest of the items seen.</summary>
internal sealed class ItemTimes
{
    internal DateTimeOffset? Oldest { get; private set; }

    internal DateTimeOffset? Newest { get; private set; }

    internal void Add(PstItemSummary item)
    {
        if ((item.DeliveryTime ?? item.SubmitTime ?? item.LastModificationTime) is DateTimeOffset time)
        {
            Oldest = Oldest < time ? Oldest : time;
            Newest = Newest > time ? Newest : time;
        }
    }
}
