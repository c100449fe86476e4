using PstMigration.Pst.Ltp;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Checking;

/// <summary>Nodes that are property contexts.</summary>
internal static class PropertyNode
{
    /// <summary>Checks a node as a property context, with all its heap and subnodes hold; null where it is none.</summary>
    public static PropertySet? Read(NodeContents contents, BlockId data, BlockId subnodes, Place place, NameMap? names)
    {
        if (NodeObject.Open(contents, data, subnodes, place, HeapSignature.PropertyContext) is not NodeObject owner
            || PropertySet.Read(owner, names) is not PropertySet properties)
        {
            return null;
        }

        owner.Heap.CheckLeaks();
        owner.Subnodes.CheckUses(contents.Context, place);
        return properties;
    }
}
