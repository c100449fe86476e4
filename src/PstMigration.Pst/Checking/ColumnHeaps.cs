using PstMigration.Pst.Ltp;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Checking;

/// <summary>
/// The heaps of their own that two columns of contents tables have in 4K files, which [MS-PST] does not describe: nothing in the table says so but
/// the subnode.
/// </summary>
internal static class ColumnHeaps
{
    private static readonly Dictionary<uint, NodeId> s_subnodes = new()
    {
        [0x0042001F] = new NodeId(0x541),
        [0x30130102] = new NodeId(0x521),
    };

    /// <summary>For each column the node whose heap its cells refer to; null for the table's own.</summary>
    public static NodeObject?[] Open(NodeObject table, TableColumn[] columns)
    {
        NodeObject?[] heaps = new NodeObject?[columns.Length];
        for (int i = 0; i < columns.Length; i++)
        {
            if (table.Context.Layout.MayCompress
                && s_subnodes.TryGetValue(columns[i].Tag.Value, out NodeId id)
                && table.Subnodes.TryFind(id, out SubnodeEntry entry))
            {
                Place place = new(id, table.Contents.OffsetOf(entry.Data), table.Place);
                heaps[i] = NodeObject.Open(table.Contents, entry.Data, entry.Subnodes, place, HeapSignature.ColumnHeap);
            }
        }

        return heaps;
    }
}
