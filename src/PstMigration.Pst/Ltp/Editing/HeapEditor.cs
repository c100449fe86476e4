using PstMigration.Pst.Ndb;
using PstMigration.Pst.Ndb.Blocks;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Ndb.Editing;

namespace PstMigration.Pst.Ltp.Editing;

/// <summary>
/// A heap-on-node being changed ([MS-PST] 2.3.1). Blocks are read when they are needed and written when the heap is saved, or
/// before where many were changed. Spans that are given out hold until the next call. For one thread.
/// </summary>
internal sealed class HeapEditor : IHeapReader, IHeapWriter
{
    private const int CachedBlocks = 64;

    // In a heap of a few blocks keeping apart what grows and what does not would waste more than it saves.
    private const int BlocksKeptApart = 8;

    private readonly DataTreeEditor _tree;
    private readonly EditCache<HeapBlock> _blocks;
    private readonly HeapRoom _room;

    // Levels that are not in the headers yet.
    private readonly Dictionary<int, int> _levels = [];

    // Where values go, and items that grow.
    private int _valueBlock;
    private int _growingBlock;

    private HeapEditor(INodeStore store, DataTreeEditor tree)
    {
        Layout = store.Layout;
        _tree = tree;
        BlockCount = tree.Count;
        _valueBlock = BlockCount - 1;
        _growingBlock = BlockCount > BlocksKeptApart ? -1 : _valueBlock;
        _blocks = new EditCache<HeapBlock>(CachedBlocks, Load, Write);
        _room = new HeapRoom(BlockCount);
    }

    /// <summary>The variant of the file.</summary>
    public PstLayout Layout { get; }

    /// <inheritdoc/>
    public int BlockCount { get; private set; }

    /// <inheritdoc/>
    public long Offset { get; private init; }

    /// <summary>The header of the first block; its fill levels are those of the last save.</summary>
    public HeapHeader Header => HeapHeader.Read(_blocks.Get(0).Header);

    /// <summary>Bytes the heap's data has now.</summary>
    public long Length => ((BlockCount - 1L) * Layout.MaxBlockData) + _blocks.Get(BlockCount - 1).Length;

    private int MaxBlocks => 1 << (27 - Layout.HeapIndexBits);

    /// <summary>Opens the heap in a node's data.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public static HeapEditor Open(INodeStore store, BlockId data)
    {
        DataTreeEditor tree = DataTreeEditor.Open(store, data);
        using PooledBlock first = tree.Read(0);
        return first.Length >= HeapHeader.Size && first.Data[2] == HeapHeader.ExpectedSignature
            ? new HeapEditor(store, tree) { Offset = first.Offset }
            : throw PstException.Damaged(PstStructure.Heap, PstDamageReason.WrongType, first.Offset);
    }

    /// <summary>Names the item that holds what the heap is, hidUserRoot.</summary>
    public void SetRoot(HeapId root)
    {
        Span<byte> header = _blocks.Edit(0).Header;
        (HeapHeader.Read(header) with { Root = root }).Write(header);
    }

    /// <inheritdoc/>
    public bool TryGetItem(HeapId id, out ReadOnlySpan<byte> item)
    {
        bool found = Find(id) is HeapBlock;
        item = found ? _blocks.Get(id.Block(Layout)).Item(id.Index(Layout)) : default;
        return found;
    }

    /// <inheritdoc/>
    public ReadOnlySpan<byte> GetItem(HeapId id) => TryGetItem(id, out ReadOnlySpan<byte> item) ? item : throw Dangling();

    /// <summary>Gives an item to change its bytes.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public Span<byte> EditItem(HeapId id) => Find(id) is null ? throw Dangling() : _blocks.Edit(id.Block(Layout)).Item(id.Index(Layout));

    /// <inheritdoc/>
    public HeapId Add(ReadOnlySpan<byte> data) => Add(data, ref _valueBlock, _growingBlock);

    /// <summary>Adds an item that will grow, such as a leaf of a tree: values are kept out of its way.</summary>
    /// <exception cref="PstException">PstHeapFull.</exception>
    public HeapId AddGrowing(ReadOnlySpan<byte> data) => Add(data, ref _growingBlock, _valueBlock);

    /// <summary>Lets the next value go to the block of an item that is about to be freed, if it fits there.</summary>
    public void Prefer(HeapId id)
    {
        if (id.Block(Layout) < BlockCount)
        {
            _valueBlock = id.Block(Layout);
        }
    }

    /// <summary>
    /// Makes an item longer or shorter, keeping as many of its bytes as there can be; further ones are to be filled. It moves, and its id
    /// becomes another one, where its block is full.
    /// </summary>
    /// <exception cref="PstException">PstHeapFull, PstDamaged.</exception>
    public Span<byte> Resize(ref HeapId id, int length)
    {
        CheckLength(length);
        HeapBlock block = Find(id) ?? throw Dangling();
        int index = id.Index(Layout);
        if (!block.FitsResized(index, length))
        {
            byte[] moved = new byte[length];
            ReadOnlySpan<byte> old = block.Item(index);
            old[..Math.Min(old.Length, length)].CopyTo(moved);
            HeapId newId = AddGrowing(moved);
            Free(id);
            id = newId;
            return EditItem(id);
        }

        Span<byte> item = _blocks.Edit(block.Index).Resize(index, length);
        NoteLevel(block);
        return item;
    }

    /// <summary>Takes an item away. One that is not there, as in a damaged file, is no loss.</summary>
    /// <exception cref="PstException">PstDamaged: its block cannot be read.</exception>
    public void Free(HeapId id)
    {
        if (Find(id) is HeapBlock block && block.Contains(id.Index(Layout)))
        {
            _blocks.Edit(block.Index).Free(id.Index(Layout));
            NoteLevel(block);
        }
    }

    /// <summary>
    /// Writes what changed. A new root belongs to the caller; the old one still has its reference, which whoever holds it has to release.
    /// </summary>
    /// <returns>Root of the heap's data; the old one where nothing changed.</returns>
    /// <exception cref="PstException">PstDamaged and what writing throws.</exception>
    public BlockId Save()
    {
        if (!_blocks.IsChanged)
        {
            return _tree.Root;
        }

        DropEmptyBlocks();
        foreach (KeyValuePair<int, int> pair in _levels)
        {
            int holder = HeapHeader.LevelsBlock(pair.Key);
            if (holder < BlockCount && HeapFillLevel.Get(HeapHeader.Levels(holder, _blocks.Get(holder).Header), pair.Key - holder) != pair.Value)
            {
                HeapFillLevel.Set(HeapHeader.Levels(holder, _blocks.Edit(holder).Header), pair.Key - holder, pair.Value);
            }
        }

        _levels.Clear();
        _blocks.Flush();
        return _tree.Save();
    }

    private static void CheckLength(int length)
    {
        if (length is <= 0 or > HeapBuilder.MaxItemSize)
        {
            throw new ArgumentOutOfRangeException(nameof(length));
        }
    }

    private HeapBlock? Find(HeapId id)
    {
        int number = id.Block(Layout);
        int index = id.Index(Layout);
        return id.IsItem && number < BlockCount && index > 0 && _blocks.Get(number) is HeapBlock block && index <= block.Count ? block : null;
    }

    private HeapId Add(ReadOnlySpan<byte> data, ref int preferred, int avoided)
    {
        CheckLength(data.Length);
        HeapBlock block = FindRoom(data.Length, ref preferred, BlockCount > BlocksKeptApart ? avoided : -1);
        data.CopyTo(block.Allocate(data.Length, out int index));
        NoteLevel(block);
        return HeapId.Create(block.Index, index, Layout);
    }

    // A block with room, to be changed. At most one header is read for its levels.
    private HeapBlock FindRoom(int length, ref int preferred, int avoided)
    {
        bool hasLearnt = false;
        if (preferred >= 0 && preferred != avoided && _blocks.Get(preferred).Fits(length))
        {
            return _blocks.Edit(preferred);
        }

        while (true)
        {
            int candidate = _room.Find(length, avoided);
            if (candidate >= 0)
            {
                if (_blocks.Get(candidate).Fits(length))
                {
                    preferred = candidate;
                    return _blocks.Edit(candidate);
                }

                _room.Set(candidate, HeapRoom.Full);
            }
            else if (!hasLearnt && _room.NextUnknown is >= 0 and int holder)
            {
                _room.Learn(holder, HeapHeader.Levels(holder, _blocks.Get(holder).Header));
                hasLearnt = true;
            }
            else
            {
                preferred = AppendBlock();
                return _blocks.Edit(preferred);
            }
        }
    }

    private int AppendBlock()
    {
        if (BlockCount == MaxBlocks)
        {
            throw PstWriteError.HeapFull();
        }

        // The last block is no longer the last: it is written again, padded.
        _blocks.Edit(BlockCount - 1);
        HeapBlock block = new(BlockCount++, Layout);
        _blocks.Add(block.Index, block);
        NoteLevel(block);
        return block.Index;
    }

    private void DropEmptyBlocks()
    {
        while (BlockCount > 1 && _blocks.Get(BlockCount - 1).IsEmpty)
        {
            int last = --BlockCount;
            _blocks.Remove(last);
            _room.RemoveLast();
            _tree.Truncate(BlockCount);
            _levels[last] = 0;

            // The block that is the last now ends with its map.
            _blocks.Edit(BlockCount - 1);
            _valueBlock = Math.Min(_valueBlock, BlockCount - 1);
            _growingBlock = Math.Min(_growingBlock, BlockCount - 1);
        }
    }

    private void NoteLevel(HeapBlock block)
    {
        int level = block.Level;
        _levels[block.Index] = level;
        _room.Set(block.Index, level);
    }

    private HeapBlock Load(int index)
    {
        using PooledBlock data = _tree.Read(index);
        return HeapBlock.Read(index, data, Layout);
    }

    private void Write(int index, HeapBlock block)
    {
        block.Close();
        _tree.Write(index, block.ToBlock(index == BlockCount - 1));
    }

    private PstException Dangling() => PstException.Damaged(PstStructure.Heap, PstDamageReason.DanglingReference, Offset);
}
