using PstMigration.Pst.Ndb.BTrees;
using PstMigration.Pst.Ndb.Blocks;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Ndb.Files;

namespace PstMigration.Pst.Ndb.Editing;

/// <summary>
/// The blocks of a file that is changed: new ones are written to their place at once, of the others only the reference counts change. In
/// memory are 32 bytes for each new block and the counts that differ from the BBT. What an old block refers to is let go of only when the block
/// itself goes, which takes a file that was verified: until then it stays with a count that says it waits for that.
/// </summary>
internal sealed class EditedBlocks : IBlockStore
{
    // cRef is one for the block itself plus one for each reference; a new block is about to be referred to once.
    private const ushort ReferencedOnce = 2;
    private const ushort Unreferenced = BlockChanges.Unreferenced;

    private readonly IDurableFile _file;
    private readonly PstEncoding _encoding;
    private readonly FreeSpace _space;
    private readonly BlockReader _reader;
    private readonly byte[] _buffer;
    private readonly ChunkedList<BlockEntry> _new = new();
    private readonly Dictionary<ulong, int> _changes = [];
    private readonly List<(BlockId Id, int Change)> _journal = [];
    private readonly HashSet<ulong> _dead = [];
    private BTreeReader _tree;
    private BlockId _firstNew;
    private bool _reclaims;

    /// <summary>The blocks as the BBT has them.</summary>
    /// <param name="file">The file.</param>
    /// <param name="layout">Its variant.</param>
    /// <param name="encoding">Its encoding.</param>
    /// <param name="space">Its free room.</param>
    /// <param name="reader">Reads blocks.</param>
    /// <param name="tree">The BBT.</param>
    /// <param name="next">The id the next block gets: bidNextB or beyond.</param>
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

    /// <summary>Told before a block is written how many were since the last commit.</summary>
    public Action<int>? BeforeWriting { get; init; }

    /// <summary>The id the next block gets.</summary>
    public BlockId NextId => new(_firstNew.Value + ((ulong)_new.Count * BlockId.Step));

    /// <summary>How many blocks are new or have another count.</summary>
    public int ChangeCount => _new.Count + _changes.Count;

    /// <summary>The state of the last commit.</summary>
    public (BlockId Next, int Journal) Start => (_firstNew, 0);

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

        return FindOld(key.Value, _changes);
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
                if (ReleaseOne(next) && next.Value >= _firstNew.Value)
                {
                    ReadReferences(next).ForEach(pending.Push);
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

    /// <summary>The file was verified: from now on blocks that nobody refers to go with the next changes.</summary>
    /// <param name="dead">Those the file had when it was opened.</param>
    public void Reclaim(IEnumerable<BlockId> dead)
    {
        _reclaims = true;
        foreach (BlockId id in dead)
        {
            _dead.Add(id.Value);
        }
    }

    /// <summary>What is to change in the BBT.</summary>
    /// <exception cref="PstException">PstDamaged: an old block that goes cannot be read.</exception>
    public BlockChanges GetChanges()
    {
        Dictionary<ulong, int> changes = _reclaims ? AddReclaimed() : _changes;
        List<BlockEntry> old = new(changes.Count);
        foreach (ulong key in changes.Keys)
        {
            old.Add(FindOld(key, changes));
        }

        old.Sort(static (a, b) => a.Block.Id.ForLookup.Value.CompareTo(b.Block.Id.ForLookup.Value));
        return new BlockChanges(_new, old, _reclaims, Layout);
    }

    /// <summary>The changes are in the BBT, which is now another.</summary>
    public void Accept(BlockChanges changes, BTreeReader tree)
    {
        if (changes.Reclaims)
        {
            _dead.Clear();
        }

        foreach (BlockEntry entry in changes.Dead)
        {
            _dead.Add(entry.Block.Id.ForLookup.Value);
        }

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
        BeforeWriting?.Invoke(_new.Count);
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

    private BlockEntry FindOld(ulong key, Dictionary<ulong, int> changes)
    {
        if (!_tree.TryFind(key, out ReadOnlySpan<byte> bytes))
        {
            throw Missing();
        }

        BlockEntry entry = BlockEntry.Read(bytes, Layout);
        return changes.TryGetValue(key, out int change) ? entry with { References = (ushort)(entry.References + change) } : entry;
    }

    // The changes, with what old blocks that go let go of. Committing may fail and be tried again, so they are not kept.
    private Dictionary<ulong, int> AddReclaimed()
    {
        Dictionary<ulong, int> changes = new(_changes);
        foreach (ulong key in _dead)
        {
            changes[key] = changes.TryGetValue(key, out int change) ? change : 0;
        }

        Stack<BlockId> pending = new();
        foreach (ulong key in changes.Keys)
        {
            if (FindOld(key, changes).References <= Unreferenced)
            {
                pending.Push(new BlockId(key));
            }
        }

        while (pending.Count > 0)
        {
            foreach (BlockId child in ReadReferences(pending.Pop()))
            {
                BlockEntry entry = FindOld(child.Value, changes);
                CheckReferenced(entry);
                changes[child.Value] = changes.TryGetValue(child.Value, out int change) ? change - 1 : -1;
                if (entry.References - 1 == Unreferenced)
                {
                    pending.Push(child);
                }
            }
        }

        return changes;
    }

    // Whether that was the last reference.
    private bool ReleaseOne(BlockId id)
    {
        BlockEntry entry = Find(id);
        CheckReferenced(entry);
        Change(id, -1);
        return entry.References - 1 == Unreferenced;
    }

    private static void CheckReferenced(in BlockEntry entry)
    {
        if (entry.References <= Unreferenced)
        {
            throw PstException.Damaged(PstStructure.Block, PstDamageReason.DanglingReference, entry.Block.Offset);
        }
    }

    // What a block refers to, once for each time.
    private List<BlockId> ReadReferences(BlockId id)
    {
        List<BlockId> references = [];
        if (!id.IsInternal)
        {
            return references;
        }

        using PooledBlock block = ReadBlock(id);
        foreach (int offset in InternalBlock.ReferenceOffsets(block.Data, block.Offset, Layout))
        {
            BlockId child = Layout.ReadBlockId(block.Data[offset..]).ForLookup;
            if (!child.IsNone)
            {
                references.Add(child);
            }
        }

        return references;
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
