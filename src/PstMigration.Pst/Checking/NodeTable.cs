using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Checking;

/// <summary>All nodes of the NBT, by NID, with what the check learns about each: 32 bytes a node.</summary>
internal sealed class NodeTable
{
    /// <summary>More than any file can use, and no more memory than half a gigabyte.</summary>
    public const int Limit = 16 << 20;

    /// <summary>One node.</summary>
    internal struct Row
    {
        public uint Id;
        public uint Parent;
        public ulong Data;
        public ulong Subnodes;
        public ushort RowCount;
        public NodeState State;

        public readonly NodeId NodeId => new(Id);
    }

    private Row[] _rows = new Row[256];
    private bool _sorted = true;

    public int Count { get; private set; }

    public ref Row this[int index] => ref _rows[index];

    /// <summary>Takes an entry of the NBT; false when the table is full.</summary>
    public bool TryAdd(in NodeEntry entry)
    {
        if (Count == Limit)
        {
            return false;
        }

        if (Count == _rows.Length)
        {
            Array.Resize(ref _rows, Count * 2);
        }

        _sorted &= Count == 0 || _rows[Count - 1].Id < entry.Id.Value;
        _rows[Count++] = new Row
        {
            Id = entry.Id.Value,
            Parent = entry.Parent.Value,
            Data = entry.Data.Value,
            Subnodes = entry.Subnodes.Value,
        };
        return true;
    }

    /// <summary>All entries are in: brings them in order where the tree was not, and keeps the first of each id.</summary>
    public void Complete()
    {
        Count = _sorted ? Count : FirstOfEach.Keep(_rows, Count, r => r.Id);
    }

    /// <summary>The index of a node; -1 where there is none.</summary>
    public int Find(NodeId id)
    {
        int low = 0;
        int high = Count - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            uint found = _rows[middle].Id;
            if (found == id.Value)
            {
                return middle;
            }

            if (found < id.Value)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return -1;
    }

    /// <summary>The highest index in use of each NID type.</summary>
    public uint[] HighestIndexes()
    {
        uint[] highest = new uint[PstHeader.NodeCounterCount];
        for (int i = 0; i < Count; i++)
        {
            NodeId id = _rows[i].NodeId;
            highest[(int)id.Type] = Math.Max(highest[(int)id.Type], id.Index);
        }

        return highest;
    }

    /// <summary>Whether the node exists.</summary>
    public bool Contains(NodeId id) => Find(id) >= 0;

    /// <summary>Whether the node exists and is a folder or search folder.</summary>
    public bool IsFolder(NodeId id) =>
        id.Type is NodeIdType.NormalFolder or NodeIdType.SearchFolder && Contains(id);
}
