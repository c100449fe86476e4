using System.Buffers.Binary;

namespace PstMigration.Pst.Ltp;

/// <summary>Puts the levels above the leaves of a BTH ([MS-PST] 2.3.2) on a heap.</summary>
internal static class BTreeOnHeapBuilder
{
    /// <summary>How many records of a size fit in one item.</summary>
    public static int RecordsPerItem(int recordSize) => HeapBuilder.MaxItemSize / recordSize;

    /// <summary>Builds the levels and gives the header; no leaves make an empty tree.</summary>
    /// <param name="heap">Where the leaves are.</param>
    /// <param name="keySize">Bytes of a key: 2 or 4.</param>
    /// <param name="entrySize">Bytes of an entry without its key.</param>
    /// <param name="leaves">First key and item of each leaf, by ascending key.</param>
    public static BTreeOnHeapHeader Build(HeapBuilder heap, int keySize, int entrySize, List<(uint Key, HeapId Item)> leaves)
    {
        List<(uint Key, HeapId Item)> level = leaves;
        byte levels = 0;
        for (; level.Count > 1; levels++)
        {
            level = BuildLevel(heap, keySize, level);
        }

        HeapId root = level.Count == 0 ? default : level[0].Item;
        return new BTreeOnHeapHeader(BTreeOnHeapHeader.ExpectedType, (byte)keySize, (byte)entrySize, levels, root);
    }

    private static List<(uint Key, HeapId Item)> BuildLevel(HeapBuilder heap, int keySize, List<(uint Key, HeapId Item)> children)
    {
        int recordSize = keySize + BTreeRecords.HeapIdSize;
        int perItem = RecordsPerItem(recordSize);
        List<(uint Key, HeapId Item)> level = [];
        for (int first = 0; first < children.Count; first += perItem)
        {
            int count = Math.Min(perItem, children.Count - first);
            Span<byte> item = heap.Allocate(count * recordSize, out HeapId id);
            for (int i = 0; i < count; i++)
            {
                Span<byte> record = item.Slice(i * recordSize, recordSize);
                BTreeRecords.WriteKey(record, keySize, children[first + i].Key);
                BinaryPrimitives.WriteUInt32LittleEndian(record[keySize..], children[first + i].Item.Value);
            }

            level.Add((children[first].Key, id));
        }

        return level;
    }
}
