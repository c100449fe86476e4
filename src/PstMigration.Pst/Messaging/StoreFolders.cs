using PstMigration.Mapi;
using PstMigration.Pst.Ndb;

namespace PstMigration.Pst.Messaging;

/// <summary>Finds the folder that holds what people see ([MS-PST] 2.4.3).</summary>
internal static class StoreFolders
{
    private static readonly NodeId s_ostIpmSubtree = new(0x2142);

    /// <summary>The folder the store names, or that of offline stores, which name none; the root where there is neither.</summary>
    public static NodeId FindIpmSubtree(INodeDatabase database, PropertyBag store)
    {
        NodeId named = default;
        bool isNamed = store.GetSmallBinary(PropertyTags.IpmSubtreeEntryId) is byte[] id && EntryIds.TryReadNode(id, out named);
        foreach (NodeId candidate in new[] { isNamed ? named : default, s_ostIpmSubtree })
        {
            try
            {
                if (candidate.Type == NodeIdType.NormalFolder && database.TryFindNode(candidate, out _))
                {
                    return candidate;
                }
            }
            catch (PstException e) when (e.IsAboutContent)
            {
                database.Damage.Add(e, candidate);
            }
        }

        return NodeId.RootFolder;
    }
}
