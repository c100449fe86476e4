using System.Runtime.CompilerServices;
using PstMigration.Pst.Compat;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Checking;

/// <summary>All blocks the BBT names, by id, with what the check learns about each: 32 bytes a block.</summary>
internal sealed class BlockTable
{
    /// <summary>As many as a file of 50 GB is likely to have, and no more memory than a gigabyte.</summary>
    public const int Limit = 32 << 20;

    /// <summary>One block.</summary>
    internal struct Row
    {
        public ulong Id;
        public long Offset;
        public uint References;
        public ushort Length;
        public ushort InflatedLength;
        public ushort CountedReferences;
        public BlockState State;

        public readonly BlockId BlockId => new(Id);
    }

    private Row[] _rows = new Row[1024];
    private bool _sorted = true;

    public int Count { get; private set; }

    public ref Row this[int index] => ref _rows[index];

    /// <summary>Takes an entry of the BBT; false when the table is full.</summary>
    [MethodImpl(Compiled.Optimized)]
    public bool TryAdd(in BlockEntry entry)
    {
        if (Count == Limit)
        {
            return false;
        }

        if (Count == _rows.Length)
        {
            Array.Resize(ref _rows, Count * 2);
        }

        ulong id = entry.Block.Id.ForLookup.Value;
        _sorted &= Count == 0 || _rows[Count - 1].Id < id;
        _rows[Count++] = new Row
        {
            Id = id,
            Offset = entry.Block.Offset,
            Length = entry.Length,
            InflatedLength = entry.InflatedLength,
            CountedReferences = entry.References,
        };
        return true;
    }

    /// <summary>All entries are in: brings them in order where the tree was not, and keeps the first of each id.</summary>
    public void Complete()
    {
        Count = _sorted ? Count : FirstOfEach.Keep(_rows, Count, r => r.Id);
    }

    /// <summary>The index of a block; -1 where the BBT does not name it.</summary>
    [MethodImpl(Compiled.Optimized)]
    public int Find(BlockId id)
    {
        ulong key = id.ForLookup.Value;
        int low = 0;
        int high = Count - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            ulong found = _rows[middle].Id;
            if (found == key)
            {
                return middle;
            }

            if (found < key)
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

    /// <summary>Indexes of all blocks in the order they stand in the file.</summary>
    public int[] InFileOrder()
    {
        long[] offsets = new long[Count];
        int[] order = new int[Count];
        for (int i = 0; i < Count; i++)
        {
            offsets[i] = _rows[i].Offset;
            order[i] = i;
        }

        Array.Sort(offsets, order);
        return order;
    }
}
