using System;
using System.Collections.Generic;

namespace PstMigration.Pst.Ndb;

/// <summary>
/// The NDB layer of an open file: nodes by NID, blocks by BID. Reading is safe from several threads.
/// </summary>
internal sealed class NodeDatabase
{
    private readonly BTreeReader _nodes;
    private readonly BTreeReader _blocks;
    private readonly BlockReader _reader;

    private NodeDatabase(IFileBytes file, PstLayout layout, PstHeader header, DamageLog damage, PstOpenOptions options)
    {
        FileLength = file.Length;
        Layout = layout;
        Header = header;
        Damage = damage;
        AcceptDamage = options.AcceptDamage;
        _nodes = new BTreeReader(file, layout, header.Root.NodeTree, PageType.Nbt, damage);
        _blocks = new BTreeReader(file, layout, header.Root.BlockTree, PageType.Bbt, damage);
        _reader = new BlockReader(file, layout, header.Encoding, damage, options.AcceptDamage);
    }

    public PstLayout Layout { get; }

    public PstHeader Header { get; }

    public DamageLog Damage { get; }

    /// <summary>Whether damaged items are read as far as they can be; see <see cref="PstOpenOptions.AcceptDamage"/>.</summary>
    public bool AcceptDamage { get; }

    /// <summary>Bytes in the file when it was opened.</summary>
    public long FileLength { get; }

    /// <summary>
    /// The most bytes a value can have: no more than the file where blocks are stored as they are; deflate gives at most
    /// about 1032 bytes for one.
    /// </summary>
    public long MaxValueLength => Layout.MayCompress ? FileLength * 1040 : FileLength;

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

        if (file.Length < header.Root.FileLength)
        {
            damage.Add(PstStructure.File, PstDamageReason.LengthMismatch, file.Length);
        }

        NodeDatabase database = new(file, layout, header, damage, options);
        database.CheckRoots(name);
        return database;
    }

    /// <summary>Finds a node.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public bool TryFindNode(NodeId id, out NodeEntry node)
    {
        bool found = _nodes.TryFind(id.Value, out ReadOnlySpan<byte> entry);
        node = found ? NodeEntry.Read(entry, Layout) : default;
        return found;
    }

    /// <summary>Finds a block.</summary>
    /// <exception cref="PstException">PstDamaged: not in the BBT, or the BBT cannot be read there.</exception>
    public BlockEntry FindBlock(BlockId id) => _blocks.TryFind(id.Value, out ReadOnlySpan<byte> entry)
        ? BlockEntry.Read(entry, Layout)
        : throw PstException.Damaged(PstStructure.Block, PstDamageReason.DanglingReference);

    /// <summary>Reads a block's data, decoded and inflated.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public PooledBlock ReadBlock(BlockId id) => _reader.Read(FindBlock(id));

    /// <summary>All nodes in NID order, as far as the tree can be read.</summary>
    public IEnumerable<NodeEntry> EnumerateNodes()
    {
        foreach (BTreePage leaf in _nodes.EnumerateLeaves())
        {
            for (int i = 0; i < leaf.Count; i++)
            {
                yield return NodeEntry.Read(leaf.Entry(i), Layout);
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
        catch (PstException e) when (e.Damage?.Reason == PstDamageReason.OutsideFile && FileLength < Header.Root.FileLength)
        {
            throw PstException.Truncated(name);
        }
    }
}
