using PstMigration.Pst.Ndb.BTrees;
using PstMigration.Pst.Ndb.Blocks;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Ndb.Files;

namespace PstMigration.Pst.Ndb.Editing;

/// <summary>
/// The node database of a file that is changed where it lies. Nothing that is in use is overwritten; what was changed lasts with
/// <see cref="Commit"/>, all of it or nothing ([MS-PST] 2.6.1). For one thread.
/// </summary>
internal sealed class NdbEditor : INodeStore, IDisposable
{
    // A megabyte at most. What is larger waits for the verification, so that a damaged file is refused before it and none grows for nothing; but
    // once and not long, as a cold disk may take minutes.
    private const int MaxHastyBlocks = 128;
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(250);

    private readonly IDurableFile _file;
    private readonly FileWriting _use;
    private readonly string _name;
    private readonly HeaderFile _header;
    private readonly FreeSpace _space;
    private readonly EditedBlocks _blocks;
    private readonly EditedNodes _nodes;
    private readonly PageIds _pageIds;
    private readonly Committer _committer;
    private uint _unique;

    // None once what it gave was taken.
    private Verification? _verification;
    private bool _hasWaited;
    private bool _isClosed;

    private NdbEditor(IDurableFile file, string name, FileWriting use, HeaderFile header, Verification verification)
    {
        _file = file;
        _use = use;
        _name = name;
        _header = header;
        _verification = verification;
        PstRoot root = Header.Root;
        RegionFile regions = new(file, Layout);
        long count = regions.RegionOf(root.FileLength);
        _space = new FreeSpace(regions, Layout, count, root.AMapFreeBytes, DensityList.Read(file, Layout, Header.NextPage));
        BlockReader reader = new(file, Layout, Header.Encoding, Damage, acceptDamaged: false);
        BlockId next = verification.IsDone ? Header.NextBlock : UnverifiedIds.Begin(Header);
        _blocks = new EditedBlocks(file, Layout, Header.Encoding, _space, reader, OpenTree(PageType.Bbt), next)
        {
            BeforeWriting = NoteWrite,
        };
        _nodes = new EditedNodes(OpenTree(PageType.Nbt), Layout);
        _pageIds = new PageIds(Header.NextPage);
        _committer = new Committer(file, _name, _header, _space, use, _pageIds, Adopt, Layout);
        Counters = new NodeCounters(Header.NodeCounters);
        _unique = Header.Unique;
        use.Begin(Header.Unique);
        _ = use.TakeReleased();
        foreach (Extent extent in use.ListHeld())
        {
            _space.Hold(extent.Offset, extent.Length);
        }

        if (verification.IsDone)
        {
            Adopt();
        }
    }

    /// <inheritdoc/>
    public PstLayout Layout => PstLayout.Unicode;

    /// <summary>The header as it was committed last.</summary>
    public PstHeader Header => _header.Header;

    /// <inheritdoc/>
    public DamageLog Damage { get; } = new();

    /// <inheritdoc/>
    public bool AcceptDamage => false;

    /// <inheritdoc/>
    public long MaxValueLength => _space.FileLength;

    /// <summary>Bytes the file has, with what is not committed yet.</summary>
    public long FileLength => _space.FileLength;

    /// <summary>The most bytes the file may come to have.</summary>
    public long MaxLength
    {
        get => _space.MaxLength;
        set => _space.MaxLength = value;
    }

    /// <inheritdoc/>
    public IBlockStore Blocks => _blocks;

    /// <inheritdoc/>
    public NodeCounters Counters { get; }

    IBlockSink INodeSink.Blocks => _blocks;

    /// <summary>Whether there is anything to commit.</summary>
    public bool HasChanges => _blocks.ChangeCount > 0 || _nodes.HasChanges;

    /// <summary>What can be returned to with <see cref="Rollback"/> until the next commit.</summary>
    public EditMark Mark => new(_blocks.Mark, _nodes.Mark, Counters.ToArray());

    /// <summary>Opens a file for writing.</summary>
    /// <exception cref="PstException">
    /// PstNotFound, PstIsDirectory, PstEmpty, PstNotAPst, PstTruncated, PstUnsupported, PstReadFailed. PstInUse: another program, or another
    /// part of this one, writes it. PstNotWritable: it is read-only. PstFormatNotWritten: it is of a variant that is not written. PstNeedsRepair: it is damaged.
    /// PstWriteFailed.
    /// </exception>
    public static NdbEditor Open(string path)
    {
        // The lock first: there is one writer to register.
        EditedFile file = EditedFile.Open(path);
        return Open(file, path, () => FileUses.Write(path));
    }

    /// <summary>Opens a file, which then belongs to the result.</summary>
    /// <param name="file">The file.</param>
    /// <param name="name">What errors call it.</param>
    /// <param name="register">Registers its writer.</param>
    /// <param name="plan">When it is verified; null for as usual.</param>
    public static NdbEditor Open(IDurableFile file, string name, Func<FileWriting> register, VerificationPlan? plan = null)
    {
        FileWriting? use = null;
        Verification? verification = null;
        try
        {
            use = register();
            (HeaderFile header, verification) = EditorOpener.Open(file, name, plan ?? VerificationPlan.Usual);
            return new NdbEditor(file, name, use, header, verification);
        }
        catch
        {
            verification?.Dispose();
            use?.Dispose();
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public uint NextUnique() => ++_unique;

    /// <inheritdoc/>
    public bool TryFindNode(NodeId id, out NodeEntry node) => _nodes.TryFind(id, out node);

    /// <inheritdoc/>
    public BlockEntry FindBlock(BlockId id) => _blocks.Find(id);

    /// <inheritdoc/>
    public PooledBlock ReadBlock(BlockId id) => _blocks.ReadBlock(id);

    /// <inheritdoc/>
    public IEnumerable<NodeEntry> EnumerateNodes() => _nodes.Enumerate();

    /// <inheritdoc/>
    /// <exception cref="PstException">PstNeedsRepair: there is such a node, so the file's counters are wrong. PstDamaged.</exception>
    public void AddNode(NodeId id, WrittenNode node, NodeId parent = default)
    {
        if (_nodes.TryFind(id, out _))
        {
            throw PstWriteError.NeedsRepair(_name, PstException.Damaged(PstStructure.Node, PstDamageReason.LimitExceeded, -1, id));
        }

        Counters.Note(id);
        _nodes.Set(new NodeEntry(id, node.Data, node.Subnodes, parent));
    }

    /// <inheritdoc/>
    public void SetNode(NodeId id, BlockId data, BlockId subnodes)
    {
        NodeEntry old = Find(id);
        Release(old, keptData: data, keptSubnodes: subnodes);
        _nodes.Set(old with { Data = data, Subnodes = subnodes });
    }

    /// <inheritdoc/>
    public void SetParent(NodeId id, NodeId parent) => _nodes.Set(Find(id) with { Parent = parent });

    /// <inheritdoc/>
    public void RemoveNode(NodeId id)
    {
        Release(Find(id), default, default);
        _nodes.Remove(id);
    }

    /// <summary>Takes back everything since a mark. Blocks written since then are gone, and their room is free.</summary>
    public void Rollback(EditMark mark)
    {
        _nodes.Rollback(mark.Nodes);
        _blocks.Rollback(mark.Blocks);
        Counters.Restore(mark.Counters);
    }

    /// <summary>Makes sure that no other program has written to the file.</summary>
    /// <exception cref="PstException">PstWriteFailed.</exception>
    public void CheckFile() => _committer.CheckFile();

    /// <summary>
    /// Makes everything changed since the last commit last. When it returns the changes are on the medium. When it throws the file is as it
    /// was, and the changes are still there: when the disk was full committing can be tried again; when it failed to flush it fails for good.
    /// </summary>
    /// <exception cref="PstException">PstWriteFailed. PstNeedsRepair: the file is damaged where edits rely on it. PstReadFailed.</exception>
    public void Commit()
    {
        if (!HasChanges)
        {
            return;
        }

        BlockChanges blocks;
        try
        {
            if (_verification is not null)
            {
                Verify(_verification);
            }

            blocks = _blocks.GetChanges();
            _committer.Commit(blocks, _nodes.GetChanges(), Header with
            {
                NextBlock = _blocks.NextId,
                NodeCounters = Counters.ToArray(),
                Unique = NextUnique(),
            });
        }
        catch (PstException e) when (e.Damage is not null)
        {
            throw PstWriteError.NeedsRepair(_name, e);
        }

        _blocks.Accept(blocks, OpenTree(PageType.Bbt));
        _nodes.Accept(OpenTree(PageType.Nbt));

        // What comes after the first commit is more than a single item.
        _verification?.Begin();
    }

    /// <summary>Closes the file. What was not committed is gone.</summary>
    public void Dispose()
    {
        if (_isClosed)
        {
            return;
        }

        _isClosed = true;
        _verification?.Dispose();
        try
        {
            _nodes.Rollback(0);
            _blocks.Rollback(_blocks.Start);
            _committer.Close();
        }
        finally
        {
            _use.Dispose();
            _file.Dispose();
        }
    }

    // A commit that will wait for the verification has it begun while there is still something to write.
    private void NoteWrite(int count)
    {
        if (count == MaxHastyBlocks)
        {
            _verification?.Begin();
        }
    }

    // As much as the commit asks for.
    private void Verify(Verification verification)
    {
        if (verification.TakeOutline() is TreeOutline outline)
        {
            _pageIds.Raise(outline.NextPage);
        }

        bool isWaitedFor = _blocks.ChangeCount > MaxHastyBlocks && !_hasWaited;
        _hasWaited |= isWaitedFor;
        if (isWaitedFor ? verification.Wait(s_patience) : verification.IsDone)
        {
            Adopt();
        }
    }

    // From now on all that is free may be written to, and what nobody refers to goes.
    private void Adopt()
    {
        if (_verification is null)
        {
            return;
        }

        EditBasis basis = _verification.Take();
        if (basis.Fault is PstFinding fault)
        {
            throw PstWriteError.NeedsRepair(_name, fault);
        }

        _space.Adopt(basis.Used);
        _blocks.Reclaim(basis.Dead);
        _pageIds.Raise(basis.NextPage);
        Counters.Raise(basis.NodeCounters);
        _verification.Dispose();
        _verification = null;
    }

    private NodeEntry Find(NodeId id) => _nodes.TryFind(id, out NodeEntry node) ? node : throw PstException.NoSuchNode(id);

    private void Release(NodeEntry node, BlockId keptData, BlockId keptSubnodes)
    {
        (BlockId, int) mark = _blocks.Mark;
        try
        {
            foreach (BlockId block in new[] { node.Data == keptData ? default : node.Data, node.Subnodes == keptSubnodes ? default : node.Subnodes }
                .Where(b => !b.IsNone))
            {
                _blocks.Release(block);
            }
        }
        catch
        {
            _blocks.Rollback(mark);
            throw;
        }
    }

    private BTreeReader OpenTree(PageType type) => new(
        _file, Layout, type == PageType.Nbt ? Header.Root.NodeTree : Header.Root.BlockTree, type, Damage, isStrict: true);
}

/// <summary>A state of an <see cref="NdbEditor"/> between two commits.</summary>
internal readonly record struct EditMark((BlockId Next, int Journal) Blocks, int Nodes, uint[] Counters);
