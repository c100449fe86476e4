using System;
using System.Buffers.Binary;
using PstMigration.Pst.Ndb;

namespace PstMigration.Pst.Ltp;

/// <summary>One block of a heap being built: header, items, and when it is closed the page map behind them (ms-pst B.1).</summary>
internal sealed class HeapBlock
{
    private const int InitialCapacity = 1024;

    private readonly PstLayout _layout;
    private readonly int _maxItems;
    private byte[] _bytes;
    private ushort[] _starts = new ushort[16];
    private int _used;
    private int _count;

    public HeapBlock(int index, PstLayout layout)
    {
        Index = index;
        _layout = layout;
        _maxItems = (1 << layout.HeapIndexBits) - 1;
        _bytes = new byte[InitialCapacity];
        _used = HeapHeader.SizeOf(index);
    }

    /// <summary>Number of the block within the heap.</summary>
    public int Index { get; }

    /// <summary>Items allocated.</summary>
    public int Count => _count;

    /// <summary>Bytes up to the end of the page map.</summary>
    public int Length => MapOffset(_used) + new HeapPageMap((ushort)_count, 0).Size;

    /// <summary>The block's own header.</summary>
    public Span<byte> Header => _bytes.AsSpan(0, HeapHeader.SizeOf(Index));

    /// <summary>Whether an item of that many bytes and its place in the map still fit.</summary>
    public bool Fits(int length) =>
        _count < _maxItems && MapOffset(_used + length) + new HeapPageMap((ushort)(_count + 1), 0).Size <= _layout.MaxBlockData;

    /// <summary>Makes an item, all zero, which has to fit.</summary>
    public Span<byte> Allocate(int length)
    {
        int needed = MapOffset(_used + length) + new HeapPageMap((ushort)(_count + 1), 0).Size;
        if (needed > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Min(Math.Max(needed, _bytes.Length * 2), _layout.MaxBlockData));
        }

        if (_count == _starts.Length)
        {
            Array.Resize(ref _starts, _starts.Length * 2);
        }

        _starts[_count++] = (ushort)_used;
        _used += length;
        return _bytes.AsSpan(_used - length, length);
    }

    /// <summary>The item of a 1-based index.</summary>
    public Span<byte> Item(int index)
    {
        int start = _starts[index - 1];
        return _bytes.AsSpan(start, (index < _count ? _starts[index] : _used) - start);
    }

    /// <summary>Writes the page map. No item may follow.</summary>
    public void Close()
    {
        int offset = MapOffset(_used);
        BinaryPrimitives.WriteUInt16LittleEndian(_bytes, (ushort)offset);
        Span<byte> map = _bytes.AsSpan(offset);
        new HeapPageMap((ushort)_count, FreeCount: 0).Write(map);
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

        Array.Resize(ref _bytes, _layout.MaxBlockData);
        return _bytes;
    }

    // The map stands at an even offset.
    private static int MapOffset(int used) => used + (used & 1);
}
