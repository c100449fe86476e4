using System;
using System.Collections.Generic;

namespace PstMigration.Pst.Ndb.Editing;

/// <summary>
/// The blocks of a file that is changed: new ones are written to their place at once, of the others only the reference counts change. In
/// memory are 32 bytes for each new block and the counts that differ from the BBT.
/// </summary>
internal sealed class EditedBlocks : IBlockStore
{
    // cRef is one for the block itself plus one for each reference; a new block is about to be referred to once.
    private const ushort ReferencedOnce = 2;
    private const ushort Unreferenced = 1;

    private readonly IDurableFile _file;
    private readonly PstEncoding _encoding;
    private readonly FreeSpace _space;
    private readonly BlockReader _reader;
    private readonly byte[] _buffer;
    private readonly ChunkedList<BlockEntry> _new = new();
    private readonly Dictionary<ulong, int> _changes = [];
    private readonly List<(BlockId Id, int Change)> _journal = [];
    private BTreeReader _tree;
    private BlockId _firstNew;

    /// <summary>The blocks as the BBT has them.</summary>
    /// <param name="file">The file.</param>
    /// <param name="layout">Its variant.</param>
    /// <param name="encoding">Its encoding.</param>
    /// <param name="space">Its free room.</param>
    /// <param name="reader">Reads blocks.</param>
    /// <param name="tree">The BBT.</param>
    /// <param name="next">bidNextB.</param>
    public EditedBlocks(
        IDurableFile file, PstLayout layout, PstEncoding encoding, FreeSpace space, BlockReader reader, BTreeReader tree, BlockId next)
    {
        _file = file;
        Layout = layout;
        _encoding = encoding;
        _space = space;
        _reader = reader;
        _tree = tree;
        _firstNew = next;
        _buffer = new byte[layout.MaxBlockSize];
    }

    /// <inheritdoc/>
    public PstLayout Layout { get; }

    /// <summary>The id the next block gets.</summary>
    public BlockId NextId => new(_firstNew.Value + ((ulong)_new.Count * BlockId.Step));

    /// <summary>Whether anything differs from the BBT.</summary>
    public bool HasChanges => _new.Count > 0 || _changes.Count > 0;

    /// <summary>A point to go back to.</summary>
    public (BlockId Next, int Journal) Mark => (NextId, _journal.Count);

    /// <inheritdoc/>
    public BlockId WriteData(ReadOnlySpan<byte> data)
    {
        BlockId id = NextId;
        Prepare(data);
        BlockCipher.Encode(_encoding, id, _buffer.AsSpan(0, data.Length));
        return Write(id, data.Length);
    }

    /// <inheritdoc/>
    public BlockId WriteInternal(ReadOnlySpan<byte> data)
    {
        Prepare(data);
        return Write(NextId.AsInternal, data.Length);
    }

    /// <inheritdoc/>
    public PooledBlock ReadBlock(BlockId id) => _reader.Read(Find(id));

    /// <summary>Finds a block, with the reference count as the changes so far leave it.</summary>
    /// <exception cref="PstException">PstDamaged: there is no such block.</exception>
    public BlockEntry Find(BlockId id)
    {
        BlockId key = id.ForLookup;
        if (key.Value >= _firstNew.Value)
        {
            return (key.Value - _firstNew.Value) / BlockId.Step is ulong index && index < (ulong)_new.Count && _new[(int)index].Block.Id == key
                ? _new[(int)index]
                : throw Missing();
        }

        if (!_tree.TryFind(key.Value, out ReadOnlySpan<byte> bytes))
        {
            throw Missing();
        }

        BlockEntry entry = BlockEntry.Read(bytes, Layout);
        return _changes.TryGetValue(key.Value, out int change) ? entry with { References = (ushort)(entry.References + change) } : entry;
    }

    /// <inheritdoc/>
    public bool TryAddReference(BlockId id)
    {
        // What nobody refers to any more has let go of what is below it.
        BlockEntry entry = Find(id);
        if (entry.References is ushort.MaxValue or <= Unreferenced)
        {
            return false;
        }

        Change(id, 1);
        return true;
    }

    /// <inheritdoc/>
    public void Release(BlockId id)
    {
        int start = _journal.Count;
        try
        {
            Stack<BlockId> pending = new();
            pending.Push(id);
            while (pending.Count > 0)
            {
                BlockId next = pending.Pop();
                if (!next.IsNone && ReleaseOne(next) && next.IsInternal)
                {
                    PushChildren(next, pending);
                }
            }
        }
        catch
        {
            UndoJournal(start);
            throw;
        }
    }

    /// <summary>Forgets the blocks written since a mark and takes back all reference changes.</summary>
    public void Rollback((BlockId Next, int Journal) mark)
    {
        UndoJournal(mark.Journal);
        int kept = (int)((mark.Next.Value - _firstNew.Value) / BlockId.Step);
        for (int i = kept; i < _new.Count; i++)
        {
            _space.Free(_new[i].Block.Offset, Layout.BlockExtent(_new[i].Length));
        }

        _new.Truncate(kept);
    }

    /// <summary>What is to change in the BBT.</summary>
    public BlockChanges GetChanges() => new(_new, _changes, Find, Layout);

    /// <summary>The changes are in the BBT, which is now another.</summary>
    public void Accept(BTreeReader tree)
    {
        _firstNew = NextId;
        _new.Truncate(0);
        _changes.Clear();
        _journal.Clear();
        _tree = tree;
    }

    private void Prepare(ReadOnlySpan<byte> data)
    {
        if (data.Length is 0 || data.Length > Layout.MaxBlockData)
        {
            throw new ArgumentOutOfRangeException(nameof(data));
        }

        data.CopyTo(_buffer);
    }

    private BlockId Write(BlockId id, int length)
    {
        int extent = Layout.BlockExtent(length);
        long offset = _space.Allocate(extent, Layout.BlockAlignment);
        try
        {
            BlockTrailer.Seal(_buffer.AsSpan(0, extent), length, length, id, offset, Layout);
            _file.WriteAt(offset, _buffer, extent);
        }
        catch
        {
            _space.Free(offset, extent);
            throw;
        }

        _new.Add(new BlockEntry(new BlockReference(id, offset), (ushort)length, (ushort)length, ReferencedOnce));
        return id;
    }

    // Whether that was the last reference.
    private bool ReleaseOne(BlockId id)
    {
        BlockEntry entry = Find(id);
        if (entry.References <= Unreferenced)
        {
            throw PstException.Damaged(PstStructure.Block, PstDamageReason.DanglingReference, entry.Block.Offset);
        }

        Change(id, -1);
        return entry.References - 1 == Unreferenced;
    }

    private void PushChildren(BlockId id, Stack<BlockId> pending)
    {
        using PooledBlock block = ReadBlock(id);
        foreach (int offset in InternalBlock.ReferenceOffsets(block.Data, block.Offset, Layout))
        {
            pending.Push(Layout.ReadBlockId(block.Data[offset..]));
        }
    }

    private void Change(BlockId id, int change)
    {
        Apply(id.ForLookup, change);
        _journal.Add((id.ForLookup, change));
    }

    private void Apply(BlockId key, int change)
    {
        if (key.Value >= _firstNew.Value)
        {
            ref BlockEntry entry = ref _new[(int)((key.Value - _firstNew.Value) / BlockId.Step)];
            entry = entry with { References = (ushort)(entry.References + change) };
            return;
        }

        _changes.TryGetValue(key.Value, out int sum);
        if (sum + change == 0)
        {
            _changes.Remove(key.Value);
        }
        else
        {
            _changes[key.Value] = sum + change;
        }
    }

    private void UndoJournal(int start)
    {
        for (int i = _journal.Count - 1; i >= start; i--)
        {
            Apply(_journal[i].Id, -_journal[i].Change);
        }

        _journal.RemoveRange(start, _journal.Count - start);
    }

    private static PstException Missing() => PstException.Damaged(PstStructure.Block, PstDamageReason.DanglingReference);
}
