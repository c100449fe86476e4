using PstMigration.Pst.Ndb.Blocks;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Ltp;

/// <summary>
/// Builds a heap-on-node ([MS-PST] 2.3.1). Blocks are written as they fill up. The first is held to the end, so that
/// what stands in it, the roots of tables and property contexts, can be completed last; so is the block whose header
/// has the fill levels of those that follow it.
/// </summary>
internal sealed class HeapBuilder : IHeapWriter
{
    /// <summary>The largest item; longer values go to a subnode.</summary>
    public const int MaxItemSize = 3580;

    /// <summary>The most blocks a HID can name.</summary>
    public const int MaxBlocks = 1 << 16;

    private readonly IBlockSink _blocks;
    private readonly List<BlockId> _ids = [];
    private readonly HeapBlock _first;
    private HeapBlock? _bitmap;
    private HeapBlock _current;

    public HeapBuilder(IBlockSink blocks, HeapSignature client, HeapId root)
    {
        _blocks = blocks;
        _first = new HeapBlock(0, blocks.Layout);
        _current = _first;
        new HeapHeader(0, HeapHeader.ExpectedSignature, client, root, 0).Write(_first.Header);
    }

    /// <inheritdoc/>
    public int BlockCount => _current.Index + 1;

    /// <summary>Bytes the heap's data will have if nothing is added.</summary>
    public long Length => ((long)_current.Index * _blocks.Layout.MaxBlockData) + _current.Length;

    /// <inheritdoc/>
    public HeapId Add(ReadOnlySpan<byte> data)
    {
        data.CopyTo(Allocate(data.Length, out HeapId id));
        return id;
    }

    /// <summary>Adds an item to be filled at once; one in the first block may be filled later through <see cref="ItemInFirstBlock"/>.</summary>
    public Span<byte> Allocate(int length, out HeapId id)
    {
        if (length is <= 0 or > MaxItemSize)
        {
            throw new ArgumentOutOfRangeException(nameof(length));
        }

        if (!_current.Fits(length))
        {
            NextBlock();
        }

        Span<byte> item = _current.Allocate(length, out int index);
        id = HeapId.Create(_current.Index, index, _blocks.Layout);
        return item;
    }

    /// <summary>An item of the first block, to be filled.</summary>
    public Span<byte> ItemInFirstBlock(HeapId id) => _first.Item(id.Index(_blocks.Layout));

    /// <summary>Writes what is still held.</summary>
    public WrittenData Complete()
    {
        Close(_current);
        if (_bitmap is not null && _bitmap != _current)
        {
            WriteBlock(_bitmap, isLast: false);
        }

        if (_current != _first)
        {
            WriteBlock(_current, isLast: true);
        }

        WriteBlock(_first, isLast: _current == _first);
        DataTreeWriter tree = new(_blocks);
        for (int i = 0; i < _ids.Count; i++)
        {
            tree.Append(_ids[i], i == _ids.Count - 1 ? _current.Length : _blocks.Layout.MaxBlockData);
        }

        return tree.Complete();
    }

    private void NextBlock()
    {
        if (BlockCount == MaxBlocks)
        {
            throw PstWriteError.HeapFull();
        }

        Close(_current);
        if (_current != _first && _current != _bitmap)
        {
            WriteBlock(_current, isLast: false);
        }

        _current = new HeapBlock(_current.Index + 1, _blocks.Layout);
        if (HeapHeader.SizeOf(_current.Index) == HeapHeader.BitmapHeaderSize)
        {
            if (_bitmap is not null)
            {
                WriteBlock(_bitmap, isLast: false);
            }

            _bitmap = _current;
        }
    }

    private void Close(HeapBlock block)
    {
        block.Close();
        int holder = HeapHeader.LevelsBlock(block.Index);
        HeapFillLevel.Set(HeapHeader.Levels(holder, (holder == 0 ? _first : _bitmap!).Header), block.Index - holder, block.Level);
    }

    private void WriteBlock(HeapBlock block, bool isLast)
    {
        while (_ids.Count <= block.Index)
        {
            _ids.Add(default);
        }

        _ids[block.Index] = _blocks.WriteData(block.ToBlock(isLast));
    }
}
