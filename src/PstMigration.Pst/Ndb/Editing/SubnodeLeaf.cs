using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Ndb.Editing;

/// <summary>An SLBLOCK of a subnode tree that is changed.</summary>
/// <param name="id">Its block; none where it was never written.</param>
/// <param name="firstId">The first id in it.</param>
/// <param name="entries">Its entries by NID; null where they were not read yet.</param>
internal sealed class SubnodeLeaf(BlockId id, NodeId firstId, List<SubnodeSlot>? entries)
{
    /// <summary>Its block; none where it was never written.</summary>
    public BlockId Id { get; set; } = id;

    /// <summary>The first id in it.</summary>
    public NodeId FirstId { get; private set; } = firstId;

    /// <summary>Its entries by NID; null where they were not read yet.</summary>
    public List<SubnodeSlot>? Entries { get; set; } = entries;

    /// <summary>Whether it has to be written.</summary>
    public bool IsChanged { get; set; }

    /// <summary>Notes that entries changed; the first may be another one.</summary>
    public void NoteChange()
    {
        IsChanged = true;
        FirstId = Entries![0].Entry.Id;
    }

    /// <summary>The position of an id; the complement of where it would be entered if it is not there.</summary>
    public int Find(NodeId id)
    {
        int low = 0;
        int high = Entries!.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) >> 1;
            int order = Entries[middle].Entry.Id.Value.CompareTo(id.Value);
            if (order == 0)
            {
                return middle;
            }

            if (order < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return ~low;
    }
}
