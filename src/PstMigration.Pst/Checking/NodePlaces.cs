using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Checking;

/// <summary>Names nodes of the NBT in findings.</summary>
internal sealed class NodePlaces(NodeTable nodes, BlockTable blocks)
{
    /// <summary>The place of a node, by its index.</summary>
    public Place Of(int index)
    {
        int block = nodes[index].Data == 0 ? -1 : blocks.Find(new BlockId(nodes[index].Data));
        return new Place(nodes[index].NodeId, block < 0 ? null : blocks[block].Offset);
    }
}
