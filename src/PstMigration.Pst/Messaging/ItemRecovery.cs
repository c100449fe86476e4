using PstMigration.Mapi;
using PstMigration.Pst.Ltp;
using PstMigration.Pst.Ndb;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Messaging;

/// <summary>Finds items that are in the file and in no folder that can be opened.</summary>
internal sealed class ItemRecovery(NodeDatabase database, StoreContext store, FolderTables tables, ItemReader items, PstOpenOptions options)
{
    /// <summary>Items whose nodes exist and that no folder reachable from the root lists.</summary>
    public IEnumerable<PstRecoveredItem> ListOrphans()
    {
        HashSet<NodeId> listed = ListReachable();
        foreach (NodeEntry node in store.Database.EnumerateNodes())
        {
            if (node.Id.Type == NodeIdType.NormalMessage && !listed.Contains(node.Id)
                && TryDescribe(store, items, node, PstRecoveryKind.Orphan) is PstRecoveredItem item)
            {
                yield return item;
            }
        }
    }

    /// <summary>Items the node B-tree names no more, whose blocks are still there.</summary>
    public IEnumerable<PstRecoveredItem> ListDeleted()
    {
        StoreContext leftovers = new(database.WithLeftovers(), options);
        ItemReader reader = new(leftovers);
        foreach (NodeEntry node in database.Scan().Nodes)
        {
            if (node.Id.Type == NodeIdType.NormalMessage && !IsLive(node.Id)
                && TryDescribe(leftovers, reader, node, PstRecoveryKind.Deleted) is PstRecoveredItem item)
            {
                yield return item;
            }
        }
    }

    /// <summary>Items nothing names any more, found by their signature. Older states of existing items are left out.</summary>
    public IEnumerable<PstRecoveredItem> ListFragments()
    {
        NodeDatabase leftoverBlocks = database.WithLeftovers();
        StoreContext leftovers = new(leftoverBlocks, options);
        ItemReader reader = new(leftovers);
        HashSet<string>? known = null;
        foreach (NodeEntry fragment in ItemFragments.List(leftoverBlocks))
        {
            if (TryDescribe(leftovers, reader, fragment, PstRecoveryKind.Fragment) is PstRecoveredItem item
                && !IsAssociated(leftovers, fragment)
                && (SearchKeyOf(leftovers, fragment) is not string key || !(known ??= ListSearchKeys(leftovers, reader, leftoverBlocks)).Contains(key)))
            {
                yield return item;
            }
        }
    }

    // Settings of programs, which are no item people deleted.
    private static bool IsAssociated(StoreContext store, NodeEntry entry)
    {
        try
        {
            using NodeReader node = NodeReader.Open(store.Database, entry);
            return PropertyContext.Open(node).TryFind(PropertyTags.MessageFlags.Id, out PropertyRecord flags)
                && ((MessageFlags)flags.Value & MessageFlags.Associated) != 0;
        }
        catch (PstException e) when (e.IsAboutContent)
        {
            return false;
        }
    }

    // Of items that can be opened: of the others an older state may be all there is.
    private static HashSet<string> ListSearchKeys(StoreContext store, ItemReader items, NodeDatabase database)
    {
        HashSet<string> keys = [];
        foreach (NodeEntry node in database.EnumerateNodes().Concat(database.Scan().Nodes))
        {
            if (node.Id.Type == NodeIdType.NormalMessage && SearchKeyOf(store, node) is string key && !keys.Contains(key) && CanOpen(store, items, node))
            {
                keys.Add(key);
            }
        }

        return keys;
    }

    private static bool CanOpen(StoreContext store, ItemReader items, NodeEntry entry)
    {
        try
        {
            Open(store, items, entry);
            return true;
        }
        catch (PstException e) when (e.IsAboutContent)
        {
            return false;
        }
    }

    // Copies of an item share it, and so do its states; it is short.
    private static string? SearchKeyOf(StoreContext store, NodeEntry entry)
    {
        try
        {
            using NodeReader node = NodeReader.Open(store.Database, entry);
            return PropertyContext.Open(node).TryRead(PropertyTags.SearchKey.Id, store.DecoderFor(null), out PropertyValue value)
                && value.Source is null && value.AsBinary() is { Length: > 0 } key
                ? Hex.Lower(key)
                : null;
        }
        catch (PstException e) when (e.IsAboutContent)
        {
            return null;
        }
    }

    private static PstRecoveredItem? TryDescribe(StoreContext store, ItemReader items, NodeEntry entry, PstRecoveryKind kind)
    {
        try
        {
            using NodeReader node = NodeReader.Open(store.Database, entry);
            PropertyContext properties = PropertyContext.Open(node);
            TextDecoder text = store.DecoderFor(null);
            return properties.TryRead(PropertyTags.MessageClass.Id, text, out PropertyValue messageClass)
                ? new PstRecoveredItem(
                    kind,
                    entry.Id,
                    entry.Parent,
                    entry.Data.Value,
                    messageClass.AsSmallString() ?? "",
                    properties.TryRead(PropertyTags.Subject.Id, text, out PropertyValue subject) ? SubjectPrefix.Strip(subject.AsSmallString() ?? "") : "",
                    () => Open(store, items, entry))
                : null;
        }
        catch (PstException e) when (e.IsAboutContent)
        {
            // Nothing is left of it but its entry.
            return null;
        }
    }

    private static MapiItem Open(StoreContext store, ItemReader items, NodeEntry entry)
    {
        using NodeReader node = NodeReader.Open(store.Database, entry);
        return items.Read(node);
    }

    // Of a file that was cut off an old page may name an item whose blocks the trees name no more.
    private bool IsLive(NodeId id)
    {
        try
        {
            if (!database.TryFindNode(id, out NodeEntry node))
            {
                return false;
            }

            database.FindBlock(node.Data);
            return true;
        }
        catch (PstException e) when (e.IsAboutContent)
        {
            return false;
        }
    }

    private HashSet<NodeId> ListReachable()
    {
        HashSet<NodeId> listed = [];
        HashSet<NodeId> visited = [];
        Stack<NodeId> open = new([NodeId.RootFolder]);
        while (open.Count > 0)
        {
            NodeId folder = open.Pop();
            if (!visited.Add(folder))
            {
                continue;
            }

            foreach (FolderRow child in tables.ListFolders(folder))
            {
                open.Push(child.Id);
            }

            if (folder.Type == NodeIdType.NormalFolder)
            {
                AddRows(folder, listed);
            }
        }

        return listed;
    }

    // Without its table a folder lists what its nodes name as their parent, so that is listed too.
    private void AddRows(NodeId folder, HashSet<NodeId> listed)
    {
        using TableRows? table = tables.TryOpen(folder.WithType(NodeIdType.ContentsTable), folder, PstStructure.TableContext);
        if (table is null)
        {
            listed.UnionWith(store.ChildrenOf(folder, NodeIdType.NormalMessage));
            return;
        }

        foreach (TableRowId row in table.Ids)
        {
            listed.Add(new NodeId(row.Id));
        }
    }
}
