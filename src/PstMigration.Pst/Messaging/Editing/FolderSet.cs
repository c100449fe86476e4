using PstMigration.Mapi;
using PstMigration.Pst.Ltp;
using PstMigration.Pst.Ltp.Editing;
using PstMigration.Pst.Ndb;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Messaging;

/// <summary>
/// The folders of a file that is being changed ([MS-PST] 2.4.4). What the tables and properties of a folder and its row in the table of its
/// parent say is brought into agreement when the changes are saved.
/// </summary>
internal sealed class FolderSet(INodeStore store, StoreReader reader, SearchUpdates search, EditState state)
{
    private static readonly PropertyTag s_associatedCount = new(0x3617, PropertyType.Integer32);
    private static readonly PropertyTag s_hiddenCount = new(0x6635, PropertyType.Integer32);

    private readonly Dictionary<NodeId, PstEditFolder> _folders = [];
    private readonly Dictionary<NodeId, ChildFolders> _children = [];
    private readonly EmptyTables _empty = new(store);

    /// <summary>The folder of a node.</summary>
    /// <exception cref="PstException">PstNoSuchNode, PstDamaged.</exception>
    public PstEditFolder Get(NodeId id)
    {
        if (_folders.TryGetValue(id, out PstEditFolder? folder))
        {
            return folder;
        }

        if (id.Type != NodeIdType.NormalFolder || !store.TryFindNode(id, out NodeEntry entry))
        {
            throw PstException.NoSuchNode(id);
        }

        PropertyList properties = reader.ReadList(id);
        folder = new PstEditFolder(
            this, id, entry.Parent, properties.GetString(PropertyTags.DisplayName) ?? "", properties.GetString(PropertyTags.ContainerClass) ?? "")
        {
            ItemCount = properties.GetInt32(PropertyTags.ContentCount) ?? 0,
            UnreadCount = properties.GetInt32(PropertyTags.ContentUnreadCount) ?? 0,
        };
        if (!properties.Contains(PropertyTags.ContentCount) || !properties.Contains(PropertyTags.ContentUnreadCount))
        {
            CountItems(folder);
        }

        _folders.Add(id, folder);
        return folder;
    }

    /// <summary>The folders in a folder; search folders are not among them.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public ChildFolders ChildrenOf(PstEditFolder folder)
    {
        if (!_children.TryGetValue(folder.Id, out ChildFolders? children))
        {
            children = new ChildFolders();
            foreach (FolderRow row in new FolderTables(reader.Context).ListFolders(folder.Id))
            {
                if (row.Id.Type == NodeIdType.NormalFolder && row.Id != folder.Id)
                {
                    children.Add(Get(row.Id));
                }
            }

            _children.Add(folder.Id, children);
        }

        return children;
    }

    /// <summary>Makes a folder.</summary>
    /// <exception cref="PstException">PstFolderExists, PstDamaged, PstNodeIdsExhausted, PstWriteFailed.</exception>
    public PstEditFolder Create(PstEditFolder parent, string name, string containerClass)
    {
        ChildFolders siblings = ChildrenOf(parent);
        CheckName(siblings, name);
        NodeId id = store.Counters.Next(NodeIdType.NormalFolder);
        PropertyList properties = new();
        properties.Set(PropertyTags.DisplayName, PropertyValue.FromString(name));
        properties.Set(PropertyTags.ContentCount, PropertyValue.FromInt32(0));
        properties.Set(PropertyTags.ContentUnreadCount, PropertyValue.FromInt32(0));
        properties.Set(PropertyTags.Subfolders, PropertyValue.FromBoolean(false));
        if (containerClass.Length > 0)
        {
            properties.Set(PropertyTags.ContainerClass, PropertyValue.FromString(containerClass));
        }

        state.Apply(() =>
        {
            store.AddNode(id, PropertyContextBuilder.Write(store, properties), parent.Id);
            _empty.AddTo(id);
            HierarchyOf(parent).AddRow(id.Value, store.NextUnique(), properties);
            search.FolderAdded(parent.Id, id);
        });
        parent.IsChanged = true;
        PstEditFolder folder = new(this, id, parent.Id, name, containerClass);
        _folders.Add(id, folder);
        _children.Add(id, new ChildFolders());
        siblings.Add(folder);
        return folder;
    }

    /// <summary>Gives a folder another name.</summary>
    /// <exception cref="PstException">PstFolderExists, PstDamaged.</exception>
    public void Rename(PstEditFolder folder, string name)
    {
        ChildFolders siblings = ChildrenOf(Get(folder.ParentId));
        if (siblings.Find(name) is PstEditFolder other && other != folder)
        {
            throw PstWriteError.FolderExists(name);
        }

        siblings.Remove(folder);
        folder.Name = name;
        siblings.Add(folder);
        folder.IsChanged = true;
        search.FolderRenamed(folder.Id);
    }

    /// <summary>Puts a folder with all that is in it into another, under a name that is free there.</summary>
    /// <exception cref="PstException">PstFolderExists, PstDamaged, PstWriteFailed.</exception>
    public void Move(PstEditFolder folder, PstEditFolder parent, string name)
    {
        ChildFolders siblings = ChildrenOf(parent);
        CheckName(siblings, name);
        PstEditFolder from = Get(folder.ParentId);
        ChildFolders old = ChildrenOf(from);
        PropertyList row = reader.ReadList(folder.Id);
        state.Apply(() =>
        {
            HierarchyOf(from).RemoveRow(folder.Id.Value);
            store.SetParent(folder.Id, parent.Id);
            HierarchyOf(parent).AddRow(folder.Id.Value, store.NextUnique(), row);
            search.FolderMoved(from.Id, parent.Id, folder.Id);
        });
        old.Remove(folder);
        folder.ParentId = parent.Id;
        folder.Name = name;
        siblings.Add(folder);
        foreach (PstEditFolder changed in new[] { from, parent, folder })
        {
            changed.IsChanged = true;
        }
    }

    /// <summary>Takes a folder and all that is in it out of the file.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public void Delete(PstEditFolder folder)
    {
        PstEditFolder parent = Get(folder.ParentId);
        ChildFolders siblings = ChildrenOf(parent);
        FolderSubtree subtree = FolderSubtree.Find(store, folder.Id);
        state.Apply(() =>
        {
            HierarchyOf(parent).RemoveRow(folder.Id.Value);
            search.FoldersRemoved(subtree.Folders);
            subtree.Remove(store);
        });
        siblings.Remove(folder);
        parent.IsChanged = true;
        foreach (NodeId id in subtree.Folders)
        {
            if (_folders.TryGetValue(id, out PstEditFolder? gone))
            {
                gone.IsDeleted = true;
                gone.Tables.Forget();
                _folders.Remove(id);
            }

            _children.Remove(id);
        }
    }

    /// <summary>The table that lists the items of a kind in a folder.</summary>
    /// <exception cref="PstException">PstDamaged, PstNoSuchNode.</exception>
    public TableContextEditor ItemsOf(PstEditFolder folder, MessageKind kind) => kind == MessageKind.Associated
        ? folder.Tables.Associated ??= TableContextEditor.Open(store, folder.Id.WithType(NodeIdType.AssociatedContentsTable))
        : folder.Tables.Contents ??= TableContextEditor.Open(store, folder.Id.WithType(NodeIdType.ContentsTable));

    /// <summary>Whether nothing at all is in a folder: no item, none people do not see, no folder and no search folder.</summary>
    /// <exception cref="PstException">PstDamaged, PstNoSuchNode.</exception>
    public bool IsEmpty(PstEditFolder folder) =>
        ItemsOf(folder, MessageKind.Normal).RowCount == 0 && ItemsOf(folder, MessageKind.Associated).RowCount == 0 && HierarchyOf(folder).RowCount == 0;

    /// <summary>Counts items that were put into a folder or taken out of it.</summary>
    public static void Count(PstEditFolder folder, MessageKind kind, int items, int unread)
    {
        folder.IsChanged = true;
        if (kind == MessageKind.Associated)
        {
            folder.HasAssociatedChanged = true;
            return;
        }

        folder.ItemCount += items;
        folder.UnreadCount = Math.Max(0, folder.UnreadCount + unread);
    }

    /// <summary>Some writers, such as Exchange's export, leave the counts of a folder out: then its table tells them.</summary>
    private void CountItems(PstEditFolder folder)
    {
        if (!store.TryFindNode(folder.Id.WithType(NodeIdType.ContentsTable), out _))
        {
            return;
        }

        TableContextEditor table = ItemsOf(folder, MessageKind.Normal);
        TextDecoder text = reader.Context.DecoderFor(null);
        folder.ItemCount = table.RowCount;
        folder.UnreadCount = table.ListRows().Count(r => table.TryRead(r.Id, PropertyTags.MessageFlags.Id, text, out PropertyValue flags)
            && ((MessageFlags)(flags.AsInt32() ?? 0) & MessageFlags.Read) == 0);
    }

    /// <summary>Writes the tables, the counts, and the rows that repeat them.</summary>
    /// <exception cref="PstException">PstDamaged, PstWriteFailed.</exception>
    public void Save()
    {
        // Rows change the tables of parents, but nothing that a parent says of itself.
        List<PstEditFolder> changed = [.. _folders.Values];
        changed.RemoveAll(f => !f.IsChanged);
        foreach (PstEditFolder folder in changed)
        {
            SaveProperties(folder);
        }

        foreach (PstEditFolder folder in _folders.Values)
        {
            folder.Tables.Save();
        }
    }

    private static void CheckName(ChildFolders siblings, string name)
    {
        if (siblings.Find(name) is not null)
        {
            throw PstWriteError.FolderExists(name);
        }
    }

    private TableContextEditor HierarchyOf(PstEditFolder folder) =>
        folder.Tables.Hierarchy ??= TableContextEditor.Open(store, folder.Id.WithType(NodeIdType.HierarchyTable));

    private void SaveProperties(PstEditFolder folder)
    {
        PropertyList values = new();
        values.Set(PropertyTags.DisplayName, PropertyValue.FromString(folder.Name));
        values.Set(PropertyTags.ContentCount, PropertyValue.FromInt32(folder.ItemCount));
        values.Set(PropertyTags.ContentUnreadCount, PropertyValue.FromInt32(folder.UnreadCount));
        values.Set(PropertyTags.Subfolders, PropertyValue.FromBoolean(HierarchyOf(folder).RowCount > 0));
        if (folder.HasAssociatedChanged)
        {
            int associated = ItemsOf(folder, MessageKind.Associated).RowCount;
            values.Set(s_associatedCount, PropertyValue.FromInt32(associated));
            if (reader.ReadList(folder.Id).Contains(s_hiddenCount))
            {
                values.Set(s_hiddenCount, PropertyValue.FromInt32(associated));
            }
        }

        PropertyChanges.Save(store, folder.Id, values);
        if (folder.ParentId != folder.Id)
        {
            HierarchyOf(Get(folder.ParentId)).UpdateRow(folder.Id.Value, store.NextUnique(), values);
        }

        folder.IsChanged = false;
        folder.HasAssociatedChanged = false;
    }
}
