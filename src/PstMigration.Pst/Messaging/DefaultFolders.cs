using PstMigration.Mapi;
using PstMigration.Pst.Ltp;

namespace PstMigration.Pst.Messaging;

/// <summary>
/// The folders of a file that have a role, and where a file says so ([MS-PST] 2.4.3 and 2.4.4): the Inbox in the receive folder table,
/// Outbox and Sent Items on the message store, the others on the root folder and on the Inbox.
/// </summary>
internal sealed class DefaultFolders
{
    private const int CommonViewsBit = 0x40;
    private const int FinderBit = 0x80;

    private static readonly PropertyTag s_commonViews = new(0x35E6, PropertyType.Binary);

    private readonly Dictionary<FolderRole, PstNewFolder> _folders = [];
    private readonly byte[] _recordKey;

    public DefaultFolders(byte[] recordKey) => _recordKey = recordKey;

    /// <summary>Gives a folder a role; the first to have it keeps it.</summary>
    public void Set(FolderRole role, PstNewFolder folder)
    {
        if (role != FolderRole.None && !_folders.ContainsKey(role))
        {
            _folders.Add(role, folder);
        }
    }

    /// <summary>The folder of a role, or null.</summary>
    public PstNewFolder? Find(FolderRole role) => _folders.TryGetValue(role, out PstNewFolder? folder) ? folder : null;

    /// <summary>Adds the entry ids to the folders that announce others.</summary>
    public void Announce(PstNewFolder root)
    {
        AnnounceOn(root.Properties);
        if (Find(FolderRole.Inbox) is PstNewFolder inbox)
        {
            AnnounceOn(inbox.Properties);
        }
    }

    /// <summary>Adds the entry ids to the message store, and the mask of those that exist.</summary>
    public void AddTo(PropertyList store, PstNewFolder finder, PstNewFolder commonViews)
    {
        int mask = FinderBit | CommonViewsBit;
        store.Set(PropertyTags.FinderEntryId, PropertyValue.FromBinary(EntryId(finder)));
        store.Set(s_commonViews, PropertyValue.FromBinary(EntryId(commonViews)));
        mask |= Find(FolderRole.Inbox) is null ? 0 : RoleProperties.InboxBit;
        foreach (KeyValuePair<FolderRole, (PropertyTag Tag, int Bit)> role in RoleProperties.OnStore)
        {
            if (Find(role.Key) is PstNewFolder folder)
            {
                store.Set(role.Value.Tag, PropertyValue.FromBinary(EntryId(folder)));
                mask |= role.Value.Bit;
            }
        }

        store.Set(PropertyTags.ValidFolderMask, PropertyValue.FromInt32(mask));
    }

    private void AnnounceOn(PropertyBag properties)
    {
        foreach (KeyValuePair<FolderRole, PropertyTag> role in RoleProperties.OnFolders)
        {
            if (Find(role.Key) is PstNewFolder folder)
            {
                properties.Set(role.Value, EntryId(folder));
            }
        }

        if (Find(FolderRole.JunkEmail) is PstNewFolder junk)
        {
            PropertyTag additional = RoleProperties.AdditionalFolders;
            properties[additional] = PropertyValue.FromMultiple(additional.Type, new byte[][] { [], [], [], [], EntryId(junk) });
        }
    }

    private byte[] EntryId(PstNewFolder folder) => EntryIds.Create(_recordKey, folder.Id);
}
