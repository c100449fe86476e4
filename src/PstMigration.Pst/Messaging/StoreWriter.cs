using PstMigration.Mapi;
using PstMigration.Pst.Ltp;
using PstMigration.Pst.Ndb;
using PstMigration.Pst.Ndb.Blocks;

namespace PstMigration.Pst.Messaging;

/// <summary>
/// Writes the nodes of a file that are no items ([MS-PST] 2.4.3, 2.4.4, 2.4.7, 2.7.1): message store, name map, folders with their tables, templates, the
/// queues of search folders and the one search folder every file of Outlook's has.
/// </summary>
internal sealed class StoreWriter
{
    private static readonly NodeId s_spamSearchFolder = new(0x2223);
    private static readonly NodeId s_spamSearchQueue = new(0x2226);
    private static readonly NodeId s_spamSearchCriteria = new(0x2227);
    private static readonly NodeId s_spamSearchContents = new(0x2230);
    private static readonly PropertyTag s_searchFlags = new(0x660B, PropertyType.Integer32);
    private static readonly PropertyTag s_associatedCount = new(0x3617, PropertyType.Integer32);

    private readonly INodeSink _ndb;
    private readonly PropertyMapper _mapper;
    private readonly SharedBlock _emptyHierarchy;
    private readonly SharedBlock _emptyContents;
    private readonly SharedBlock _emptyAssociated;
    private readonly SharedBlock _emptySearchContents;

    public StoreWriter(INodeSink ndb, PropertyMapper mapper)
    {
        _ndb = ndb;
        _mapper = mapper;
        _emptyHierarchy = Shared(TableTemplates.Hierarchy);
        _emptyContents = Shared(TableTemplates.Contents);
        _emptyAssociated = Shared(TableTemplates.AssociatedContents);
        _emptySearchContents = Shared(TableTemplates.SearchContents);
    }

    /// <summary>Writes the templates and the nodes that are the same in every file.</summary>
    public void WriteFixedNodes()
    {
        _ndb.AddNode(NodeId.HierarchyTableTemplate, _emptyHierarchy.Refer());
        _ndb.AddNode(NodeId.ContentsTableTemplate, _emptyContents.Refer());
        _ndb.AddNode(NodeId.AssociatedContentsTableTemplate, _emptyAssociated.Refer());
        _ndb.AddNode(NodeId.SearchContentsTableTemplate, _emptySearchContents.Refer());
        AddEmptyTable(NodeId.OutgoingQueueTable, TableTemplates.OutgoingQueue);
        AddEmptyTable(NodeId.AttachmentTable, TableTemplates.Attachments);
        AddEmptyTable(NodeId.RecipientTable, TableTemplates.Recipients);
        AddEmptyTable(new NodeId(0x6B6), TableTemplates.Changes);
        AddEmptyTable(new NodeId(0x6D7), TableTemplates.ItemChanges);
        AddEmptyTable(new NodeId(0x6F8), TableTemplates.DeletedChanges);
        WriteSearchNodes();
    }

    /// <summary>Writes the message store.</summary>
    public void WriteStore(PropertyList properties) => _ndb.AddNode(NodeId.MessageStore, PropertyContextBuilder.Write(_ndb, properties));

    /// <summary>Writes the name-to-id map. No name may be added afterwards.</summary>
    public void WriteNameMap(NameToIdMapBuilder names) =>
        _ndb.AddNode(NodeId.NameToIdMap, PropertyContextBuilder.Write(_ndb, names.ToProperties()));

    /// <summary>
    /// Writes the table of which folder receives what: the root everything, or where there is an Inbox the rows Outlook makes for its
    /// default store.
    /// </summary>
    public void WriteReceiveFolders(PstNewFolder? inbox) => _ndb.AddNode(NodeId.ReceiveFolderTable, WriteReceiveFolders(_ndb, inbox?.Id ?? default));

    /// <summary>Writes the blocks of such a table.</summary>
    /// <param name="ndb">Where to.</param>
    /// <param name="inbox">The Inbox; none where there is none.</param>
    public static WrittenNode WriteReceiveFolders(INodeSink ndb, NodeId inbox)
    {
        (string Class, NodeId Folder)[] rows = inbox.IsNone
            ? [("", NodeId.RootFolder)]
            : [("", inbox), ("IPM", inbox), ("Report.IPM", inbox), ("IPC", NodeId.RootFolder)];

        // The empty class is a cell that exists and has no value, which tables otherwise do without.
        TableContextBuilder table = new(ndb, TableTemplates.ReceiveFolders) { KeepsEmptyCells = true };
        for (int i = 0; i < rows.Length; i++)
        {
            PropertyList row = new();
            row.Set(PropertyTags.MessageClass, PropertyValue.FromString(rows[i].Class));
            row.Set(RoleProperties.ReceiveFolder, PropertyValue.FromInt32((int)rows[i].Folder.Value));
            table.AddRow((uint)i + 1, ndb.NextUnique(), row);
        }

        return table.Complete();
    }

    /// <summary>Writes a folder and its three tables.</summary>
    public void WriteFolder(PstNewFolder folder)
    {
        PropertyList properties = _mapper.Map(folder.Properties);
        AddCells(properties, folder);
        if (folder.AssociatedCount > 0)
        {
            properties.Set(s_associatedCount, PropertyValue.FromInt32(folder.AssociatedCount));
        }

        _ndb.AddNode(folder.Id, PropertyContextBuilder.Write(_ndb, properties), folder.Parent?.Id ?? folder.Id);
        AddCompanion(folder.Id, NodeIdType.HierarchyTable, WriteHierarchy(folder));
        AddCompanion(folder.Id, NodeIdType.ContentsTable, folder.Contents?.Complete() ?? _emptyContents.Refer());
        AddCompanion(folder.Id, NodeIdType.AssociatedContentsTable, folder.Associated?.Complete() ?? _emptyAssociated.Refer());
    }

    private SharedBlock Shared(TableLayout layout) => new(_ndb.Blocks, TableContextBuilder.Empty(layout));

    private void AddEmptyTable(NodeId id, TableLayout layout) => _ndb.AddNode(id, Shared(layout).Refer());

    // A folder's tables have its index and their own type, and their counters go with the folders'.
    private void AddCompanion(NodeId folder, NodeIdType type, WrittenNode table)
    {
        NodeId id = folder.WithType(type);
        _ndb.Counters.Note(id);
        _ndb.AddNode(id, table);
    }

    private WrittenNode WriteHierarchy(PstNewFolder folder)
    {
        bool isRoot = folder.Parent is null;
        if (folder.Children.Count == 0 && !isRoot)
        {
            return _emptyHierarchy.Refer();
        }

        TableContextBuilder table = new(_ndb, TableTemplates.Hierarchy);
        foreach (PstNewFolder child in folder.Children)
        {
            PropertyList row = new();
            AddCells(row, child);
            table.AddRow(child.Id.Value, _ndb.NextUnique(), row);
        }

        if (isRoot)
        {
            table.AddRow(s_spamSearchFolder.Value, _ndb.NextUnique(), SpamSearchFolder());
        }

        return table.Complete();
    }

    // What a folder and its row in the table of its parent both say.
    private static void AddCells(PropertyList list, PstNewFolder folder)
    {
        AddCells(list, folder.Name, folder.ItemCount, folder.UnreadCount, folder.Children.Count > 0);
        list.Remove(PropertyTags.ContainerClass);
        if (folder.ContainerClass.Length > 0)
        {
            list.Set(PropertyTags.ContainerClass, PropertyValue.FromString(folder.ContainerClass));
        }
    }

    private static void AddCells(PropertyList list, string name, int count, int unread, bool hasSubfolders)
    {
        list.Set(PropertyTags.DisplayName, PropertyValue.FromString(name));
        list.Set(PropertyTags.ContentCount, PropertyValue.FromInt32(count));
        list.Set(PropertyTags.ContentUnreadCount, PropertyValue.FromInt32(unread));
        list.Set(PropertyTags.Subfolders, PropertyValue.FromBoolean(hasSubfolders));
    }

    private static PropertyList SpamSearchFolder()
    {
        PropertyList properties = new();
        AddCells(properties, "SPAM Search Folder 2", count: 0, unread: 0, hasSubfolders: false);
        return properties;
    }

    private void WriteSearchNodes()
    {
        PropertyList criteria = new();
        criteria.Set(s_searchFlags, PropertyValue.FromInt32(0));
        _ndb.AddNode(s_spamSearchFolder, PropertyContextBuilder.Write(_ndb, SpamSearchFolder()), NodeId.RootFolder);
        _ndb.AddNode(s_spamSearchQueue, default);
        _ndb.AddNode(s_spamSearchCriteria, PropertyContextBuilder.Write(_ndb, criteria));
        _ndb.AddNode(s_spamSearchContents, _emptySearchContents.Refer());
        _ndb.AddNode(NodeId.SearchManagementQueue, default);
        _ndb.AddNode(NodeId.SearchDomainObject, default);
        byte[] active = [(byte)s_spamSearchFolder.Value, (byte)(s_spamSearchFolder.Value >> 8), 0, 0];
        _ndb.AddNode(NodeId.SearchActivityList, new SharedBlock(_ndb.Blocks, active).Refer());
    }
}
