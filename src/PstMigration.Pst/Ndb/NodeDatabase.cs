using System.Globalization;
using PstMigration.Pst.Ndb.BTrees;
using PstMigration.Pst.Ndb.Blocks;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Ndb.Files;

namespace PstMigration.Pst.Ndb;

/// <summary>
/// The NDB layer of an open file: nodes by NID, blocks by BID. Reading is safe from several threads.
/// </summary>
internal sealed class NodeDatabase : INodeDatabase
{
    private readonly BTreeReader _nodes;
    private readonly BTreeReader _blocks;
    private readonly BlockReader _reader;
    private readonly Lazy<FileScan> _scan;
    private readonly bool _scansWhenDamaged;
    private readonly bool _findsLeftovers;

    private NodeDatabase(NodeDatabase live)
    {
        FileLength = live.FileLength;
        Layout = live.Layout;
        Header = live.Header;
        Damage = LeftoverDamage = live.LeftoverDamage;
        AcceptDamage = live.AcceptDamage;
        _nodes = live._nodes;
        _blocks = live._blocks;
        _reader = live._reader;
        _scan = live._scan;
        _scansWhenDamaged = true;
        _findsLeftovers = true;
    }

    private NodeDatabase(IFileBytes file, string name, PstLayout layout, PstHeader header, DamageLog damage, PstOpenOptions options)
    {
        FileLength = file.Length;
        Layout = layout;
        Header = header;
        Damage = damage;
        LeftoverDamage = new DamageLog();
        AcceptDamage = options.AcceptDamage;
        ChangeWatch watch = new(file, name, layout, header.Unique);
        _nodes = new BTreeReader(file, layout, header.Root.NodeTree, PageType.Nbt, damage, isStrict: false, watch);
        _blocks = new BTreeReader(file, layout, header.Root.BlockTree, PageType.Bbt, damage, isStrict: false, watch);
        _reader = new BlockReader(file, layout, header.Encoding, damage, options.AcceptDamage, watch);
        _scan = new Lazy<FileScan>(() => FileScan.Run(file, layout), LazyThreadSafetyMode.ExecutionAndPublication);
        _scansWhenDamaged = options.ScanWhenDamaged;
    }

    /// <inheritdoc/>
    public PstLayout Layout { get; }

    /// <inheritdoc/>
    public PstHeader Header { get; }

    /// <inheritdoc/>
    public DamageLog Damage { get; }

    /// <summary>The same of what was freed: overwritten in part, as is to be expected, which is no damage to the file.</summary>
    public DamageLog LeftoverDamage { get; }

    /// <inheritdoc/>
    public bool AcceptDamage { get; }

    /// <summary>Bytes in the file when it was opened.</summary>
    public long FileLength { get; }

    /// <summary>
    /// The most bytes a value can have: no more than the file where blocks are stored as they are; of compressed ones, as many full blocks as have room in it.
    /// </summary>
    public long MaxValueLength => Layout.MaxValueLength(FileLength);

    /// <summary>Reads the header and makes sure both trees can be read.</summary>
    /// <param name="file">The file; stays the caller's.</param>
    /// <param name="name">What errors call it.</param>
    /// <param name="options">How to read.</param>
    /// <exception cref="PstException">PstEmpty, PstNotAPst, PstTruncated, PstUnsupported, PstDamaged.</exception>
    public static NodeDatabase Open(IFileBytes file, string name, PstOpenOptions options)
    {
        (PstHeader header, byte[] head, PstLayout layout) = HeaderReader.Read(file, name);
        DamageLog damage = new();
        if (!PstHeader.HasValidChecksums(head, layout))
        {
            damage.Add(PstStructure.Header, PstDamageReason.ChecksumMismatch, 0);
        }

        if (header.Kind is not (PstKind.Pst or PstKind.Ost or PstKind.Pab))
        {
            damage.Add(PstStructure.Header, PstDamageReason.WrongType, 0);
            header = header with { Kind = PstKind.Pst };
        }

        if (file.Length < header.Root.FileLength)
        {
            damage.Add(PstStructure.File, PstDamageReason.LengthMismatch, file.Length);
        }

        NodeDatabase database = new(file, name, layout, header, damage, options);
        database.CheckRoots(name);
        return database;
    }

    /// <summary>The same file, where blocks and nodes that were freed but not overwritten are found too.</summary>
    public NodeDatabase WithLeftovers() => new(this);

    /// <summary>Everything that verifies without the trees. Reads the whole file the first time.</summary>
    public FileScan Scan() => _scan.Value;

    /// <summary>
    /// Finds a node. Where the tree cannot be read at its place, what the file's other pages tell of it.
    /// </summary>
    /// <exception cref="PstException">PstDamaged: the tree cannot be read there and is not to be replaced by a scan.</exception>
    public bool TryFindNode(NodeId id, out NodeEntry node)
    {
        try
        {
            bool found = _nodes.TryFind(id.Value, out ReadOnlySpan<byte> entry);
            node = found ? NodeEntry.Read(entry, Layout) : default;
            return found || (_findsLeftovers && Scan().TryFindNode(id, out node));
        }
        catch (PstException e) when (e.Damage is not null && _scansWhenDamaged)
        {
            Damage.Add(e.Damage);
            return Scan().TryFindNode(id, out node);
        }
    }

    /// <summary>Finds a block. Where the tree cannot be read at its place, the block itself is looked for.</summary>
    /// <exception cref="PstException">PstDamaged: the block is not in the file, or the BBT cannot be read and is not to be replaced by a scan.</exception>
    public BlockEntry FindBlock(BlockId id)
    {
        try
        {
            if (_blocks.TryFind(id.Value, out ReadOnlySpan<byte> entry))
            {
                return BlockEntry.Read(entry, Layout);
            }

            if (_findsLeftovers && Scan().TryFindBlock(id, out BlockEntry leftover))
            {
                return leftover;
            }
        }
        catch (PstException e) when (e.Damage is not null && _scansWhenDamaged)
        {
            Damage.Add(e.Damage);
            if (Scan().TryFindBlock(id, out BlockEntry found))
            {
                return found;
            }
        }

        throw PstException.Damaged(PstStructure.Block, PstDamageReason.DanglingReference);
    }

    /// <summary>Reads a block's data, decoded and inflated.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public PooledBlock ReadBlock(BlockId id) => _reader.Read(FindBlock(id));

    /// <summary>
    /// All nodes the tree names, in NID order; then those that only other pages name where the tree cannot be read.
    /// </summary>
    public IEnumerable<NodeEntry> EnumerateNodes()
    {
        List<KeyRange> lost = [];
        foreach (BTreePage leaf in _nodes.EnumerateLeaves(lost))
        {
            for (int i = 0; i < leaf.Count; i++)
            {
                yield return NodeEntry.Read(leaf.Entry(i), Layout);
            }
        }

        if (lost.Count > 0 && _scansWhenDamaged)
        {
            foreach (NodeEntry node in Scan().Nodes)
            {
                if (lost.Exists(range => range.Contains(node.Id.Value)))
                {
                    yield return node;
                }
            }
        }
    }

    private void CheckRoots(string name)
    {
        try
        {
            _nodes.CheckRoot();
            _blocks.CheckRoot();
        }
        catch (PstException e) when (e.Damage is not null)
        {
            // What a file that was cut off has lost can be most of it: that it is read all the same has to be asked for.
            bool isTruncated = e.Damage.Reason == PstDamageReason.OutsideFile && FileLength < Header.Root.FileLength;
            if (_scansWhenDamaged && (AcceptDamage ? Scan().Blocks.Count > 0 : !isTruncated && Scan().TryFindNode(NodeId.MessageStore, out _)))
            {
                Damage.Add(e.Damage);
                return;
            }

            if (isTruncated)
            {
                throw PstException.Truncated(name);
            }

            throw;
        }
    }
}
