using System.Buffers.Binary;
using PstMigration.Pst.Ltp;
using PstMigration.Pst.Ndb;
using PstMigration.Pst.Ndb.Blocks;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Messaging;

/// <summary>
/// Finds items by the signature of their heap alone: property contexts with a message class that no page of a B-tree names any more. Their
/// subnodes cannot be told, so recipients, attachments and long values are lost.
/// </summary>
internal sealed class ItemFragments
{
    private const byte SubnodeBlockType = 2;

    private readonly NodeDatabase _database;
    private readonly HashSet<ulong> _claimed = [];
    private readonly Dictionary<ulong, BlockId> _trees = [];

    private ItemFragments(NodeDatabase database) => _database = database;

    /// <summary>The data of each fragment, as a node without id and parent.</summary>
    /// <param name="database">The file with what is left over in it.</param>
    public static IEnumerable<NodeEntry> List(NodeDatabase database)
    {
        ItemFragments fragments = new(database);
        fragments.Claim();
        foreach (BlockEntry block in database.Scan().Blocks)
        {
            if (fragments.TryFindHeap(block.Block.Id, out BlockId data))
            {
                yield return new NodeEntry(default, data, default, default);
            }
        }
    }

    private void Claim()
    {
        foreach (NodeEntry node in _database.EnumerateNodes())
        {
            _claimed.Add(node.Data.ForLookup.Value);
        }

        foreach (NodeEntry node in _database.Scan().Nodes)
        {
            _claimed.Add(node.Data.ForLookup.Value);
        }

        foreach (BlockEntry block in _database.Scan().Blocks)
        {
            if (block.Block.Id.IsInternal)
            {
                ClaimChildren(block.Block.Id);
            }
        }
    }

    // Of a data tree the first leaf may be a heap's, and the tree is the heap. What a subnode tree names is part of an item.
    private void ClaimChildren(BlockId id)
    {
        try
        {
            using PooledBlock block = _database.ReadBlock(id);
            ReadOnlySpan<byte> data = block.Data;
            if (data.Length < DataTreeHeader.Size)
            {
                return;
            }

            PstLayout layout = _database.Layout;
            bool isDataTree = data[0] == DataTreeHeader.ExpectedType;
            int count = BinaryPrimitives.ReadUInt16LittleEndian(data[2..]);
            if (isDataTree)
            {
                for (int i = 0; i < count && DataTreeHeader.Size + ((i + 1) * layout.IdSize) <= data.Length; i++)
                {
                    ClaimLeaf(layout.ReadBlockId(data[(DataTreeHeader.Size + (i * layout.IdSize))..]), i == 0 ? id : default);
                }
            }
            else if (data[0] == SubnodeBlockType && data[1] == 0)
            {
                foreach (SubnodeEntry entry in SubnodeTree.Open(_database, id).Entries)
                {
                    _claimed.Add(entry.Data.ForLookup.Value);
                }
            }
        }
        catch (PstException e) when (e.IsAboutContent)
        {
            // A tree that cannot be read claims nothing.
        }
    }

    private void ClaimLeaf(BlockId leaf, BlockId tree)
    {
        if (tree.IsNone)
        {
            _claimed.Add(leaf.ForLookup.Value);
        }
        else
        {
            _trees[leaf.ForLookup.Value] = tree;
        }
    }

    private bool TryFindHeap(BlockId block, out BlockId data)
    {
        data = _trees.TryGetValue(block.ForLookup.Value, out BlockId tree) ? tree : block;
        if (block.IsInternal || _claimed.Contains(block.ForLookup.Value) || _claimed.Contains(data.ForLookup.Value))
        {
            return false;
        }

        try
        {
            using PooledBlock read = _database.ReadBlock(block);
            return read.Data.Length > HeapHeader.Size
                && HeapHeader.Read(read.Data) is { Signature: HeapHeader.ExpectedSignature, Client: HeapSignature.PropertyContext };
        }
        catch (PstException e) when (e.IsAboutContent)
        {
            return false;
        }
    }
}
