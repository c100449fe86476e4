using PstMigration.Mapi;
using PstMigration.Pst.Ltp;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Messaging;

/// <summary>The tables of a folder: which folders and which items are in it ([MS-PST] 2.4.4).</summary>
internal sealed class FolderTables(StoreContext store)
{
    private readonly object _gate = new();
    private readonly Dictionary<NodeId, NodeId> _claimed = [];

    /// <summary>
    /// The folders in a folder with what its hierarchy table says of them. Where that cannot be read, the folders whose nodes name it
    /// as their parent.
    /// </summary>
    public IEnumerable<FolderRow> ListFolders(NodeId parent)
    {
        if (parent.Type == NodeIdType.SearchFolder)
        {
            yield break;
        }

        using TableRows? table = TryOpen(parent.WithType(NodeIdType.HierarchyTable), parent, PstStructure.Folder);
        if (table is null)
        {
            foreach (NodeIdType type in new[] { NodeIdType.NormalFolder, NodeIdType.SearchFolder })
            {
                foreach (NodeId child in store.ChildrenOf(parent, type))
                {
                    yield return new FolderRow(child, new PropertyBag());
                }
            }

            yield break;
        }

        TextDecoder text = store.DecoderFor(null);
        HashSet<NodeId> listed = [];
        foreach (TableRowId row in table.Ids)
        {
            NodeId child = new(row.Id);
            if (child.Type is NodeIdType.NormalFolder or NodeIdType.SearchFolder && listed.Add(child) && Belongs(child, parent))
            {
                yield return new FolderRow(child, ReadRow(table.Context, row, text, parent));
            }
        }
    }

    /// <summary>Opens a folder's table and lists its rows; null where it is empty, missing or damaged. What is wrong is recorded.</summary>
    /// <param name="id">The table.</param>
    /// <param name="folder">The folder, to record.</param>
    /// <param name="structure">What to call a table that is missing.</param>
    public TableRows? TryOpen(NodeId id, NodeId folder, PstStructure structure)
    {
        TableRows? table = TryOpenUnlisted(id, folder, structure);
        try
        {
            _ = table?.Ids;
            return table;
        }
        catch (PstException e) when (e.IsAboutContent)
        {
            table?.Dispose();
            store.Database.Damage.Add(e, folder);
            return null;
        }
    }

    /// <summary>
    /// Opens a folder's table, whose rows may turn out not to be listable; null where it is empty, missing or damaged. What is wrong is
    /// recorded. A search folder may have none, or results in a form only Outlook knows.
    /// </summary>
    /// <param name="id">The table.</param>
    /// <param name="folder">The folder, to record.</param>
    /// <param name="structure">What to call a table that is missing.</param>
    public TableRows? TryOpenUnlisted(NodeId id, NodeId folder, PstStructure structure)
    {
        NodeReader? node = null;
        try
        {
            bool isSearch = id.Type == NodeIdType.SearchContentsTable;
            if (!store.Database.TryFindNode(id, out NodeEntry entry) || entry.Data.IsNone)
            {
                if (!isSearch)
                {
                    store.Database.Damage.Add(structure, PstDamageReason.Missing, -1, folder);
                }

                return null;
            }

            node = NodeReader.Open(store.Database, entry);
            if (isSearch && node.Heap.Header.Client != HeapSignature.TableContext)
            {
                node.Dispose();
                return null;
            }

            return new TableRows(node, TableContext.Open(node));
        }
        catch (PstException e) when (e.IsAboutContent)
        {
            node?.Dispose();
            store.Database.Damage.Add(e, folder);
            return null;
        }
    }

    // A folder has one parent. Where its node does not say it is this one, the first table to list it has it, so that a file cannot
    // make the same folder appear in many places.
    private bool Belongs(NodeId child, NodeId parent)
    {
        NodeId named = default;
        try
        {
            named = store.Database.TryFindNode(child, out NodeEntry entry) ? entry.Parent : default;
        }
        catch (PstException e) when (e.IsAboutContent)
        {
            store.Database.Damage.Add(e, child);
        }

        if (named == parent)
        {
            return true;
        }

        store.Database.Damage.Add(PstStructure.Folder, PstDamageReason.DanglingReference, -1, child);
        lock (_gate)
        {
            if (!_claimed.TryGetValue(child, out NodeId owner))
            {
                _claimed.Add(child, parent);
                return true;
            }

            return owner == parent;
        }
    }

    private PropertyBag ReadRow(TableContext table, TableRowId row, TextDecoder text, NodeId folder)
    {
        try
        {
            ReadOnlySpan<byte> bytes = table.GetRow(row.Number);
            return bytes.IsEmpty ? new PropertyBag() : table.ReadAll(bytes, text, store.Names);
        }
        catch (PstException e) when (e.IsAboutContent)
        {
            store.Database.Damage.Add(e, folder);
            return new PropertyBag();
        }
    }
}
