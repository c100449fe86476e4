using PstMigration.Pst.Ndb.Blocks;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Ndb;

/// <summary>Bytes in all leaves of a node and of its subnodes at any depth: the rule of PR_MESSAGE_SIZE, as real files have it.</summary>
internal static class NodeSize
{
    // More subnodes than any item has: an SLBLOCK can name itself.
    private const int MaxTrees = 1 << 20;

    /// <summary>Adds up.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public static long Of(INodeDatabase database, in NodeEntry node)
    {
        long size = DataTree.Open(database, node.Data).Length;
        Stack<BlockId> open = new();
        open.Push(node.Subnodes);
        for (int trees = 0; open.Count > 0; trees++)
        {
            if (trees > MaxTrees)
            {
                throw PstException.Damaged(PstStructure.SubnodeTree, PstDamageReason.LimitExceeded, -1, node.Id);
            }

            foreach (SubnodeEntry entry in SubnodeTree.Open(database, open.Pop()).Entries)
            {
                size += DataTree.Open(database, entry.Data).Length;
                if (!entry.Subnodes.IsNone)
                {
                    open.Push(entry.Subnodes);
                }
            }
        }

        return size;
    }
}
