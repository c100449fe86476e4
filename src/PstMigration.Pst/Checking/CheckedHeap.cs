using System.Buffers.Binary;
using PstMigration.Pst.Ltp;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Checking;

/// <summary>A heap-on-node whose blocks were all checked, and which of its items are in use. A few blocks are kept in memory.</summary>
internal sealed class CheckedHeap
{
    private const int CachedBlocks = 32;

    // Outlook puts what is larger into a subnode ([MS-PST] 2.3.1); 4K files know no such limit.
    private const int MaxItemLength = 3580;

    private readonly NodeContents _contents;
    private readonly NodeData _data;
    private readonly Place _place;
    private readonly byte[]?[] _cache;
    private readonly int[] _cached;
    private readonly byte[]?[] _used;

    private CheckedHeap(NodeContents contents, NodeData data, Place place, HeapHeader header)
    {
        _contents = contents;
        _data = data;
        _place = place;
        Client = header.Client;
        Root = header.Root;
        int slots = Math.Min(CachedBlocks, data.Leaves.Length);
        _cache = new byte[]?[slots];
        _cached = new int[slots];
        _used = new byte[]?[data.Leaves.Length];
    }

    /// <summary>What it holds.</summary>
    public HeapSignature Client { get; }

    /// <summary>hidUserRoot.</summary>
    public HeapId Root { get; }

    private PstLayout Layout => _contents.Context.Layout;

    /// <summary>Whether a node's first bytes are those of a heap with a signature Outlook uses.</summary>
    public static bool IsHeap(ReadOnlySpan<byte> data) =>
        data.Length >= HeapHeader.Size && data[2] == HeapHeader.ExpectedSignature && IsKnown(data[3]);

    /// <summary>Checks all blocks of a node's data as a heap; null, and findings, where it cannot be used as one.</summary>
    /// <param name="contents">Where the data comes from.</param>
    /// <param name="data">The data.</param>
    /// <param name="place">Whose data it is.</param>
    /// <param name="expected">The signature it has to have; null for any known one.</param>
    public static CheckedHeap? Open(NodeContents contents, NodeData data, Place place, HeapSignature? expected)
    {
        if (data.Leaves.Length == 0)
        {
            contents.Context.Report(PstCheckRules.HeapHeader, place, 0, 0, 0, 0);
            return null;
        }

        CheckedHeap? heap = null;
        int limit = 1 << (27 - contents.Context.Layout.HeapIndexBits);
        if (data.Leaves.Length > limit)
        {
            contents.Context.Report(PstCheckRules.HeapHeader, place, limit, 0, 0, 0);
            return null;
        }

        for (int block = 0; block < data.Leaves.Length; block++)
        {
            if (contents.ReadLeaf(data, block) is not byte[] bytes)
            {
                contents.Context.Report(PstCheckRules.NodeUnreadable, place);
                return null;
            }

            if (block == 0)
            {
                if (bytes.Length < HeapHeader.Size || !IsExpected(bytes, expected))
                {
                    ReportHeader(contents.Context, place, block, bytes);
                    return null;
                }

                heap = new CheckedHeap(contents, data, place, HeapHeader.Read(bytes));
            }

            if (!heap!.TryCheckBlock(block, bytes))
            {
                return null;
            }

            heap._cache[block % heap._cache.Length] = bytes;
            heap._cached[block % heap._cache.Length] = block;
        }

        return heap;
    }

    /// <summary>An item's bytes; false where there is no such item. An item may be empty.</summary>
    public bool TryGet(HeapId id, out ReadOnlyMemory<byte> item)
    {
        item = default;
        int block = id.Block(Layout);
        int index = id.Index(Layout);
        if ((id.Value & 0x1F) != 0 || index == 0 || block >= _data.Leaves.Length || Load(block) is not byte[] bytes)
        {
            return false;
        }

        int map = BinaryPrimitives.ReadUInt16LittleEndian(bytes);
        if (index > HeapPageMap.Read(bytes.AsSpan(map)).AllocationCount)
        {
            return false;
        }

        int start = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(map + HeapPageMap.HeaderSize + (2 * (index - 1))));
        int end = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(map + HeapPageMap.HeaderSize + (2 * index)));
        item = bytes.AsMemory(start, end - start);
        return true;
    }

    /// <summary>Notes that an item is used; false, and a finding, where it was before.</summary>
    public bool TryUse(HeapId id)
    {
        byte[] used = _used[id.Block(Layout)]!;
        int index = id.Index(Layout);
        bool first = (used[index >> 3] & (1 << (index & 7))) == 0;
        used[index >> 3] |= (byte)(1 << (index & 7));
        if (!first)
        {
            _contents.Context.Report(PstCheckRules.HeapItemTwice, _place, id.Value);
        }

        return first;
    }

    /// <summary>Finds an item that has to exist and notes its use; false, and a finding, where it does not or is used twice.</summary>
    public bool TryTake(HeapId id, out ReadOnlyMemory<byte> item)
    {
        if (!TryGet(id, out item))
        {
            _contents.Context.Report(PstCheckRules.HeapItemMissing, _place, id.Value);
            return false;
        }

        return TryUse(id);
    }

    /// <summary>Reports items nothing refers to, once all that uses the heap was looked at.</summary>
    public void CheckLeaks()
    {
        if (!_contents.Context.Applies(PstCheckRules.HeapLeak))
        {
            return;
        }

        int leaks = 0;
        for (int block = 0; block < _data.Leaves.Length && Load(block) is byte[] bytes; block++)
        {
            int map = BinaryPrimitives.ReadUInt16LittleEndian(bytes);
            int count = HeapPageMap.Read(bytes.AsSpan(map)).AllocationCount;
            for (int index = 1; index <= count; index++)
            {
                HeapId id = HeapId.Create(block, index, Layout);
                leaks += (_used[block]![index >> 3] & (1 << (index & 7))) == 0 && TryGet(id, out ReadOnlyMemory<byte> item) && !item.IsEmpty ? 1 : 0;
            }
        }

        if (leaks > 0)
        {
            _contents.Context.Report(PstCheckRules.HeapLeak, _place, leaks);
        }
    }

    private static bool IsKnown(byte signature) => signature is 0x6C or 0x7C or 0x8C or 0x9C or 0xA5 or 0xAC or 0xB5 or 0xBC or 0xCC;

    private static bool IsExpected(byte[] bytes, HeapSignature? expected) =>
        IsHeap(bytes) && (expected is null || bytes[3] == (byte)expected);

    private static void ReportHeader(CheckContext context, Place place, int block, byte[] bytes) => context.Report(
        PstCheckRules.HeapHeader,
        place,
        block,
        bytes.Length > 2 ? bytes[2] : 0,
        bytes.Length > 3 ? bytes[3] : 0,
        bytes.Length > 1 ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : 0);

    private byte[]? Load(int block)
    {
        int slot = block % _cache.Length;
        if (_cached[slot] != block || _cache[slot] is null)
        {
            _cache[slot] = _contents.ReadLeaf(_data, block);
            _cached[slot] = block;
        }

        return _cache[slot];
    }

    private bool TryCheckBlock(int block, byte[] bytes)
    {
        CheckContext context = _contents.Context;
        int headerSize = HeapHeader.SizeOf(block);
        int map = bytes.Length < headerSize ? 0 : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
        if (map < headerSize || map % 2 != 0 || map + HeapPageMap.HeaderSize + 2 > bytes.Length)
        {
            ReportHeader(context, _place, block, bytes);
            return false;
        }

        HeapPageMap head = HeapPageMap.Read(bytes.AsSpan(map));
        int end = map + head.Size;
        if (end > bytes.Length || head.AllocationCount >= 1 << Layout.HeapIndexBits)
        {
            context.Report(PstCheckRules.HeapMap, _place, block, head.AllocationCount);
            return false;
        }

        int empty = 0;
        int last = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(map + HeapPageMap.HeaderSize));
        bool ordered = last == headerSize;
        for (int i = 1; i <= head.AllocationCount; i++)
        {
            int next = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(map + HeapPageMap.HeaderSize + (2 * i)));
            ordered &= next >= last;
            empty += next == last ? 1 : 0;
            if (next - last > MaxItemLength)
            {
                context.Report(PstCheckRules.HeapItemLength, _place, HeapId.Create(block, i, Layout).Value, next - last);
            }

            last = next;
        }

        if (!ordered || last > map)
        {
            context.Report(PstCheckRules.HeapMap, _place, block, head.AllocationCount);
            return false;
        }

        if (empty != head.FreeCount)
        {
            context.Report(PstCheckRules.FreeCount, _place, block, head.FreeCount, empty);
        }

        if (block == _data.Leaves.Length - 1 && end != bytes.Length)
        {
            context.Report(PstCheckRules.HeapEnd, _place, block, bytes.Length - end);
        }

        _used[block] = new byte[((head.AllocationCount + 1) >> 3) + 1];
        return true;
    }
}
