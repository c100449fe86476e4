using System.Globalization;
using PstMigration.Mapi;
using PstMigration.Pst.Ltp;
using PstMigration.Pst.Ltp.Editing;
using PstMigration.Pst.Ndb;

namespace PstMigration.Pst.Messaging;

/// <summary>The folders of a file that have a role, and the places where the file says so; see <see cref="RoleProperties"/>.</summary>
internal sealed class SpecialFolders
{
    private const uint FirstFreeIndex = 0x400;

    private readonly INodeStore _store;
    private readonly FolderSet _folders;
    private readonly EditState _state;
    private readonly byte[] _recordKey;
    private readonly Dictionary<FolderRole, NodeId> _roles = [];
    private readonly HashSet<NodeId> _named = [];
    private readonly TextDecoder _text;

    public SpecialFolders(INodeStore store, FolderSet folders, EditState state, StoreContext context, PropertyBag storeProperties, byte[] recordKey)
    {
        _store = store;
        _folders = folders;
        _state = state;
        _recordKey = recordKey;
        _text = context.DecoderFor(null);
        IpmSubtree = StoreFolders.FindIpmSubtree(store, storeProperties);
        foreach (KeyValuePair<NodeId, FolderRole> role in FolderRoles.Resolve(context, new FolderTables(context), storeProperties, IpmSubtree))
        {
            _roles[role.Value] = role.Key;
            _named.Add(role.Key);
        }

        // The search root, views and common views have no role, and Outlook needs them all the same.
        foreach (KeyValuePair<PropertyKey, PropertyValue> property in storeProperties)
        {
            if (property.Value.Source is null && property.Value.AsBinary() is byte[] id && EntryIds.TryReadNode(id, out NodeId node))
            {
                _named.Add(node);
            }
        }
    }

    /// <summary>The root of the folders people see.</summary>
    public NodeId IpmSubtree { get; }

    /// <summary>The folder of a role; none where there is none.</summary>
    public NodeId Find(FolderRole role) => _roles.TryGetValue(role, out NodeId id) ? id : default;

    /// <summary>Whether Outlook expects the folder to be there.</summary>
    public bool IsNeeded(NodeId folder) => folder.Index <= FirstFreeIndex || folder == IpmSubtree || _named.Contains(folder);

    /// <summary>The folder deleted items go to; made where the file has none.</summary>
    /// <exception cref="PstException">PstDamaged, PstWriteFailed.</exception>
    public PstEditFolder DeletedItems(CultureInfo language)
    {
        if (Find(FolderRole.DeletedItems) is { IsNone: false } known)
        {
            return _folders.Get(known);
        }

        PstEditFolder root = _folders.Get(IpmSubtree);
        string name = Strings.ResourceManager.GetString(nameof(Strings.FolderDeletedItems), language) ?? nameof(FolderRole.DeletedItems);
        PstEditFolder folder = _folders.ChildrenOf(root).Find(name) ?? _folders.Create(root, name, "");
        Set(FolderRole.DeletedItems, folder);
        return folder;
    }

    /// <summary>Tells what a folder is for. The first folder of a role keeps it.</summary>
    /// <exception cref="PstException">PstDamaged, PstWriteFailed.</exception>
    public void Set(FolderRole role, PstEditFolder folder)
    {
        if (role is FolderRole.None or FolderRole.Root || _roles.ContainsKey(role) || _named.Contains(folder.Id))
        {
            return;
        }

        _roles.Add(role, folder.Id);
        _named.Add(folder.Id);
        _state.Apply(() => Tell(role, folder));
    }

    private void Tell(FolderRole role, PstEditFolder folder)
    {
        byte[] entryId = EntryIds.Create(_recordKey, folder.Id);
        if (RoleProperties.OnStore.TryGetValue(role, out (PropertyTag Tag, int Bit) place))
        {
            SetOnStore(place.Bit, (place.Tag, PropertyValue.FromBinary(entryId)));
        }
        else if (role == FolderRole.Inbox)
        {
            SetInbox(folder);
        }
        else
        {
            Announce(NodeId.RootFolder, role, entryId);
            if (Find(FolderRole.Inbox) is { IsNone: false } inbox)
            {
                Announce(inbox, role, entryId);
            }
        }
    }

    // The rows Outlook makes for its default store, and on the Inbox what the root says already.
    private void SetInbox(PstEditFolder inbox)
    {
        SetOnStore(RoleProperties.InboxBit);
        WrittenNode table = StoreWriter.WriteReceiveFolders(_store, inbox.Id);
        if (_store.TryFindNode(NodeId.ReceiveFolderTable, out _))
        {
            _store.SetNode(NodeId.ReceiveFolderTable, table.Data, table.Subnodes);
        }
        else
        {
            _store.AddNode(NodeId.ReceiveFolderTable, table);
        }

        foreach (KeyValuePair<FolderRole, NodeId> role in _roles)
        {
            Announce(inbox.Id, role.Key, EntryIds.Create(_recordKey, role.Value));
        }
    }

    private void SetOnStore(int bit, params (PropertyTag Tag, PropertyValue Value)[] values)
    {
        PropertyContextEditor store = PropertyContextEditor.Open(_store, NodeId.MessageStore);
        int mask = store.TryRead(PropertyTags.ValidFolderMask.Id, _text, out PropertyValue old) ? old.AsInt32() ?? 0 : 0;
        store.Set(PropertyTags.ValidFolderMask, PropertyValue.FromInt32(mask | bit));
        foreach ((PropertyTag tag, PropertyValue value) in values)
        {
            store.Set(tag, value);
        }

        store.Save();
    }

    private void Announce(NodeId holder, FolderRole role, byte[] entryId)
    {
        PropertyContextEditor folder = PropertyContextEditor.Open(_store, holder);
        if (RoleProperties.OnFolders.TryGetValue(role, out PropertyTag tag))
        {
            folder.Set(tag, PropertyValue.FromBinary(entryId));
        }
        else if (role == FolderRole.JunkEmail)
        {
            PropertyTag additional = RoleProperties.AdditionalFolders;
            byte[][] ids = folder.TryRead(additional.Id, _text, out PropertyValue value) && value.AsArray() is byte[][] old ? old : [];
            if (ids.Length <= RoleProperties.JunkIndex)
            {
                int length = ids.Length;
                Array.Resize(ref ids, RoleProperties.JunkIndex + 1);
                for (int i = length; i < ids.Length; i++)
                {
                    ids[i] = [];
                }
            }

            ids[RoleProperties.JunkIndex] = entryId;
            folder.Set(additional, PropertyValue.FromMultiple(additional.Type, ids));
        }

        folder.Save();
    }
}
