using System.Buffers.Binary;
using PstMigration.Pst.Ltp;

namespace PstMigration.Pst.Checking;

/// <summary>
/// The records of a B-tree on a heap, in order. Every item of the tree is entered once at most, so a damaged tree ends
/// where it starts to repeat.
/// </summary>
internal static class HeapTree
{
    private const int MaxLevels = 8;

    /// <summary>Reads and checks the header of a tree; null, and a finding, where it is not of the shape asked for.</summary>
    public static BTreeOnHeapHeader? ReadHeader(CheckContext context, CheckedHeap heap, HeapId id, Place place, Func<BTreeOnHeapHeader, bool> isExpected)
    {
        if (!heap.TryTake(id, out ReadOnlyMemory<byte> item))
        {
            return null;
        }

        BTreeOnHeapHeader header = item.Length == BTreeOnHeapHeader.Size ? BTreeOnHeapHeader.Read(item.Span) : default;
        if (header.Type != BTreeOnHeapHeader.ExpectedType || !isExpected(header))
        {
            context.Report(PstCheckRules.TreeHeader, place, header.Type, header.KeySize, header.EntrySize);
            return null;
        }

        if (header.Levels > MaxLevels)
        {
            context.Report(PstCheckRules.TreeShape, place, header.Levels, header.KeySize + header.EntrySize);
            return null;
        }

        return header;
    }

    /// <summary>The records of a tree whose keys have 2 or 4 bytes.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Records(CheckContext context, CheckedHeap heap, BTreeOnHeapHeader header, Place place)
    {
        if (header.Root.IsNone)
        {
            yield break;
        }

        Stack<(HeapId Id, int Level, uint? Key)> pending = new();
        pending.Push((header.Root, header.Levels, null));
        long last = -1;
        while (pending.Count > 0)
        {
            (HeapId id, int level, uint? expected) = pending.Pop();
            if (!heap.TryTake(id, out ReadOnlyMemory<byte> item))
            {
                continue;
            }

            context.Spend(item.Length);
            int size = header.KeySize + (level == 0 ? header.EntrySize : sizeof(uint));
            if (item.Length == 0 || item.Length % size != 0)
            {
                context.Report(PstCheckRules.TreeShape, place, item.Length, size);
                continue;
            }

            if (expected is uint key && ReadKey(item.Span, header) != key)
            {
                context.Report(PstCheckRules.TreeKeys, place, ReadKey(item.Span, header), key);
            }

            if (level > 0)
            {
                for (int at = item.Length - size; at >= 0; at -= size)
                {
                    ReadOnlySpan<byte> entry = item.Span.Slice(at, size);
                    pending.Push((new HeapId(BinaryPrimitives.ReadUInt32LittleEndian(entry[header.KeySize..])), level - 1, ReadKey(entry, header)));
                }

                continue;
            }

            for (int at = 0; at < item.Length; at += size)
            {
                ReadOnlyMemory<byte> record = item.Slice(at, size);
                uint current = ReadKey(record.Span, header);
                if (current <= last)
                {
                    context.Report(PstCheckRules.TreeKeys, place, current, last);
                }

                last = current;
                yield return record;
            }
        }
    }

    private static uint ReadKey(ReadOnlySpan<byte> record, BTreeOnHeapHeader header) => header.KeySize == 2
        ? BinaryPrimitives.ReadUInt16LittleEndian(record)
        : BinaryPrimitives.ReadUInt32LittleEndian(record);
}
