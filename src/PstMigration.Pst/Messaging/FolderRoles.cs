using PstMigration.Mapi;
using PstMigration.Pst.Ltp;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Messaging;

/// <summary>
/// Finds out which folder is which ([MS-PST] 2.4.4): by the entry ids in the store, the Inbox and the root, by the fixed NIDs of offline
/// stores, by the receive folder table, and last by name. A role is given once, to the first that has a claim to it.
/// </summary>
internal sealed class FolderRoles
{
    private const ushort FolderIdProperty = 0x67F4;

    private static readonly NodeId s_ostInbox = new(0x2182);

    private static readonly (NodeId Id, FolderRole Role)[] s_ostFolders =
    [
        (s_ostInbox, FolderRole.Inbox),
        (new(0x2162), FolderRole.DeletedItems),
        (new(0x21A2), FolderRole.Outbox),
        (new(0x21C2), FolderRole.SentItems),
    ];

    private readonly StoreContext _store;
    private readonly Dictionary<NodeId, FolderRole> _roles = [];
    private readonly HashSet<FolderRole> _given = [];
    private readonly Lazy<Dictionary<ulong, NodeId>> _counters;

    private FolderRoles(StoreContext store)
    {
        _store = store;
        _counters = new(ListCounters);
    }

    /// <summary>Works the roles out.</summary>
    public static Dictionary<NodeId, FolderRole> Resolve(
        StoreContext store, FolderTables tables, PropertyBag storeProperties, NodeId ipmSubtree)
    {
        FolderRoles roles = new(store);
        roles.Give(ipmSubtree, FolderRole.Root);
        roles.GiveByProperties(storeProperties, RoleProperties.OnStore.Select(r => (r.Value.Tag, r.Key)));
        NodeId inbox = roles.FindInbox(tables);
        foreach (NodeId holder in new[] { inbox, NodeId.RootFolder, ipmSubtree })
        {
            if (!holder.IsNone && roles.TryReadFolder(holder) is PropertyBag properties)
            {
                roles.GiveByProperties(properties, RoleProperties.OnFolders.Select(r => (r.Value, r.Key)));
                roles.GiveJunk(properties);
            }
        }

        foreach (FolderRow child in tables.ListFolders(ipmSubtree))
        {
            roles.GiveByName(child);
        }

        return roles._roles;
    }

    private NodeId FindInbox(FolderTables tables)
    {
        if (_store.Database.Header.Kind == PstKind.Ost)
        {
            foreach ((NodeId id, FolderRole role) in s_ostFolders)
            {
                Give(id, role);
            }

            return s_ostInbox;
        }

        // The default class is received by the root in files that never were a default store.
        foreach (NodeId folder in ListReceiveFolders(tables))
        {
            if (folder != NodeId.RootFolder && Give(folder, FolderRole.Inbox))
            {
                return folder;
            }
        }

        return default;
    }

    // Rows for no class, for IPM and for IPM.Note come first where they exist: the table is ordered by class.
    private List<NodeId> ListReceiveFolders(FolderTables tables)
    {
        List<NodeId> folders = [];
        using TableRows? table = _store.Database.TryFindNode(NodeId.ReceiveFolderTable, out _)
            ? tables.TryOpen(NodeId.ReceiveFolderTable, default, PstStructure.TableContext)
            : null;
        if (table?.Context.FindColumn(RoleProperties.ReceiveFolder.Id) is TableColumn target && table.Context.FindColumn(PropertyTags.MessageClass.Id) is TableColumn column)
        {
            TextDecoder text = _store.DecoderFor(null);
            foreach (TableRowId id in table.Ids)
            {
                ReadOnlySpan<byte> row = table.Context.GetRow(id.Number);
                if (!row.IsEmpty && table.Context.TryRead(row, target, text, out PropertyValue value) && value.AsInt32() is int node
                    && (!table.Context.TryRead(row, column, text, out PropertyValue name) || name.AsSmallString() is "" or "IPM" or "IPM.Note"))
                {
                    folders.Add(new NodeId((uint)node));
                }
            }
        }

        return folders;
    }

    private void GiveByProperties(PropertyBag properties, IEnumerable<(PropertyTag Tag, FolderRole Role)> claims)
    {
        foreach ((PropertyTag tag, FolderRole role) in claims)
        {
            if (properties.GetSmallBinary(tag) is byte[] id)
            {
                Give(Resolve(id), role);
            }
        }
    }

    private void GiveJunk(PropertyBag properties)
    {
        if (properties.TryGet(new PropertyKey(RoleProperties.AdditionalFolders.Id), out PropertyValue value) && value.AsArray() is byte[][] ids && ids.Length > RoleProperties.JunkIndex)
        {
            Give(Resolve(ids[RoleProperties.JunkIndex]), FolderRole.JunkEmail);
        }
    }

    private void GiveByName(FolderRow folder)
    {
        if (folder.Id.Type != NodeIdType.NormalFolder)
        {
            return;
        }

        FolderRole role = FolderNames.Find(folder.Properties.GetSmallString(PropertyTags.DisplayName) ?? "");
        string containerClass = folder.Properties.GetSmallString(PropertyTags.ContainerClass) ?? "";
        string? expected = DefaultFolderKind.All.FirstOrDefault(k => k.Role == role)?.ContainerClass;
        bool fits = expected is not (null or FolderClasses.Mail)
            ? MessageClasses.IsOfClass(containerClass, expected)
            : containerClass.Length == 0 || MessageClasses.IsOfClass(containerClass, FolderClasses.Mail) || MessageClasses.IsOfClass(containerClass, "IPF.Imap");
        if (role != FolderRole.None && fits)
        {
            Give(folder.Id, role);
        }
    }

    private bool Give(NodeId id, FolderRole role)
    {
        if (id.Type != NodeIdType.NormalFolder || _roles.ContainsKey(id) || _given.Contains(role) || !Exists(id))
        {
            return false;
        }

        _roles.Add(id, role);
        return _given.Add(role);
    }

    private bool Exists(NodeId id)
    {
        try
        {
            return _store.Database.TryFindNode(id, out _);
        }
        catch (PstException e) when (e.IsAboutContent)
        {
            _store.Database.Damage.Add(e, id);
            return false;
        }
    }

    private NodeId Resolve(byte[] entryId) =>
        EntryIds.TryReadNode(entryId, out NodeId node) ? node
        : EntryIds.TryReadCounter(entryId, out ulong counter) && _counters.Value.TryGetValue(counter, out NodeId folder) ? folder
        : default;

    private Dictionary<ulong, NodeId> ListCounters()
    {
        Dictionary<ulong, NodeId> counters = [];
        foreach (NodeEntry node in _store.Database.EnumerateNodes().Where(n => n.Id.Type == NodeIdType.NormalFolder))
        {
            if (TryReadFolder(node.Id)?.TryGet(new PropertyKey(FolderIdProperty), out PropertyValue id) == true && id.AsInt64() is long value)
            {
                counters[EntryIds.CounterOf(value)] = node.Id;
            }
        }

        return counters;
    }

    private PropertyBag? TryReadFolder(NodeId id)
    {
        try
        {
            return _store.ReadProperties(id);
        }
        catch (PstException e) when (e.IsAboutContent)
        {
            _store.Database.Damage.Add(e, id);
            return null;
        }
    }
}
