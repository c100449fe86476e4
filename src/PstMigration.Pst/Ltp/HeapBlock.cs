using System.Buffers.Binary;
using PstMigration.Pst.Ndb.Blocks;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Ltp;

/// <summary>
/// One block of a heap being built or changed: header, items, and when it is closed the page map behind them ([MS-PST] 2.3.1). A HID counts
/// entries of the map, so items may move within their block; one that was freed has no bytes, and its entry is used again.
/// </summary>
internal sealed class HeapBlock
{
    private const int InitialCapacity = 1024;

    private readonly PstLayout _layout;
    private readonly int _maxItems;
    private byte[] _bytes;
    private ushort[] _starts = new ushort[16];
    private int _used;
    private int _count;
    private int _freed;

    public HeapBlock(int index, PstLayout layout)
        : this(index, layout, InitialCapacity)
    {
        _used = HeapHeader.SizeOf(index);
    }

    private HeapBlock(int index, PstLayout layout, int capacity)
    {
        Index = index;
        _layout = layout;
        _maxItems = (1 << layout.HeapIndexBits) - 1;
        _bytes = new byte[capacity];
    }

    /// <summary>Number of the block within the heap.</summary>
    public int Index { get; }

    /// <summary>Entries of the page map.</summary>
    public int Count => _count;

    /// <summary>Whether there is no item with bytes.</summary>
    public bool IsEmpty => _freed == _count;

    /// <summary>Bytes up to the end of the page map.</summary>
    public int Length => MapOffset(_used) + MapSize(_count);

    /// <summary>The block's fill level.</summary>
    public int Level => HeapFillLevel.Of(_layout.MaxBlockData - Length);

    /// <summary>The block's own header.</summary>
    public Span<byte> Header => _bytes.AsSpan(0, HeapHeader.SizeOf(Index));

    /// <summary>Reads a block that was written before.</summary>
    /// <param name="index">Its number within the heap.</param>
    /// <param name="data">Its bytes and where they stand in the file.</param>
    /// <param name="layout">The variant.</param>
    /// <exception cref="PstException">PstDamaged.</exception>
    public static HeapBlock Read(int index, in PooledBlock data, PstLayout layout)
    {
        ReadOnlySpan<byte> bytes = data.Data;
        int mapOffset = bytes.Length < HeapHeader.SizeOf(index) ? 0 : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
        if (mapOffset < HeapHeader.SizeOf(index) || mapOffset + HeapPageMap.HeaderSize > bytes.Length)
        {
            throw PstException.Damaged(PstStructure.Heap, PstDamageReason.LimitExceeded, data.Offset);
        }

        HeapPageMap map = HeapPageMap.Read(bytes[mapOffset..]);
        HeapBlock block = new(index, layout, bytes.Length);
        if (mapOffset + map.Size > bytes.Length || map.AllocationCount > block._maxItems
            || !block.TryReadStarts(bytes[(mapOffset + HeapPageMap.HeaderSize)..], map.AllocationCount, mapOffset))
        {
            throw PstException.Damaged(PstStructure.Heap, PstDamageReason.LimitExceeded, data.Offset);
        }

        bytes[..block._used].CopyTo(block._bytes);
        return block;
    }

    /// <summary>Whether an item of that many bytes and its place in the map still fit.</summary>
    public bool Fits(int length) => _freed > 0
        ? MapOffset(_used + length) + MapSize(_count) <= _layout.MaxBlockData
        : _count < _maxItems && MapOffset(_used + length) + MapSize(_count + 1) <= _layout.MaxBlockData;

    /// <summary>Whether an item can be made this long where it is.</summary>
    public bool FitsResized(int index, int length) =>
        MapOffset(_used + length - LengthOf(index)) + MapSize(_count) <= _layout.MaxBlockData;

    /// <summary>Whether the index is that of an item with bytes.</summary>
    public bool Contains(int index) => index > 0 && index <= _count && LengthOf(index) > 0;

    /// <summary>Makes an item, all zero, which has to fit.</summary>
    /// <param name="length">Its bytes.</param>
    /// <param name="index">Its 1-based index.</param>
    public Span<byte> Allocate(int length, out int index)
    {
        index = _freed > 0 ? FindFreed() : 0;
        if (index == 0)
        {
            if (_count + 1 >= _starts.Length)
            {
                Array.Resize(ref _starts, _starts.Length * 2);
            }

            _starts[_count++] = (ushort)_used;
            _freed++;
            index = _count;
        }

        Span<byte> item = Resize(index, length);
        item.Clear();
        return item;
    }

    /// <summary>The item of a 1-based index.</summary>
    public Span<byte> Item(int index) => _bytes.AsSpan(_starts[index - 1], LengthOf(index));

    /// <summary>Makes an item longer or shorter, which has to fit. It keeps as many of its bytes as it can; others are to be filled.</summary>
    public Span<byte> Resize(int index, int length)
    {
        int old = LengthOf(index);
        int end = _starts[index - 1] + old;
        int used = _used + length - old;
        EnsureCapacity(used);
        _bytes.AsSpan(end, _used - end).CopyTo(_bytes.AsSpan(end + length - old));
        for (int i = index; i < _count; i++)
        {
            _starts[i] = (ushort)(_starts[i] + length - old);
        }

        _used = used;
        _freed += (length == 0 ? 1 : 0) - (old == 0 ? 1 : 0);
        return Item(index);
    }

    /// <summary>Takes the bytes of an item away.</summary>
    public void Free(int index) => Resize(index, 0);

    /// <summary>Writes the page map. Items may be made and changed again afterwards.</summary>
    public void Close()
    {
        int offset = MapOffset(_used);
        EnsureCapacity(Length);
        _bytes.AsSpan(_used).Clear();
        BinaryPrimitives.WriteUInt16LittleEndian(_bytes, (ushort)offset);
        Span<byte> map = _bytes.AsSpan(offset);
        new HeapPageMap((ushort)_count, (ushort)_freed).Write(map);
        Span<byte> offsets = map[HeapPageMap.HeaderSize..];
        for (int i = 0; i < _count; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(offsets[(2 * i)..], _starts[i]);
        }

        BinaryPrimitives.WriteUInt16LittleEndian(offsets[(2 * _count)..], (ushort)_used);
    }

    /// <summary>The bytes of the closed block; every block but the last of a heap is padded to the full size.</summary>
    public ReadOnlySpan<byte> ToBlock(bool isLast)
    {
        if (isLast)
        {
            return _bytes.AsSpan(0, Length);
        }

        if (_bytes.Length < _layout.MaxBlockData)
        {
            Array.Resize(ref _bytes, _layout.MaxBlockData);
        }

        return _bytes.AsSpan(0, _layout.MaxBlockData);
    }

    // The map stands at an even offset.
    private static int MapOffset(int used) => used + (used & 1);

    private static int MapSize(int count) => new HeapPageMap((ushort)count, 0).Size;

    private int LengthOf(int index) => (index < _count ? _starts[index] : _used) - _starts[index - 1];

    private int FindFreed()
    {
        int index = 1;
        while (LengthOf(index) > 0)
        {
            index++;
        }

        return index;
    }

    private void EnsureCapacity(int needed)
    {
        if (needed > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Min(Math.Max(needed, _bytes.Length * 2), _layout.MaxBlockData));
        }
    }

    private bool TryReadStarts(ReadOnlySpan<byte> offsets, int count, int mapOffset)
    {
        _starts = new ushort[Math.Max(_starts.Length, count + 1)];
        int last = HeapHeader.SizeOf(Index);
        for (int i = 0; i <= count; i++)
        {
            int start = BinaryPrimitives.ReadUInt16LittleEndian(offsets[(2 * i)..]);
            if (start < last || start > mapOffset)
            {
                return false;
            }

            _freed += i > 0 && start == last ? 1 : 0;
            last = start;
            _starts[i] = (ushort)start;
        }

        _count = count;
        _used = last;
        return true;
    }
}
