using System.Collections.Generic;
using PstMigration.Mapi;
using PstMigration.Pst.Ltp;

namespace PstMigration.Pst.Messaging;

/// <summary>
/// The folders of a file that have a role, and where a file says so (ms-pst C.2 and C.5): the Inbox in the receive folder table,
/// Outbox and Sent Items on the message store, the others on the root folder and on the Inbox.
/// </summary>
internal sealed class DefaultFolders
{
    private const int SubtreeBit = 0x01;
    private const int InboxBit = 0x02;
    private const int OutboxBit = 0x04;
    private const int WastebasketBit = 0x08;
    private const int SentMailBit = 0x10;
    private const int CommonViewsBit = 0x40;
    private const int FinderBit = 0x80;

    private static readonly PropertyTag s_commonViews = new(0x35E6, PropertyType.Binary);

    private static readonly Dictionary<FolderRole, PropertyTag> s_announced = new()
    {
        [FolderRole.Calendar] = new(0x36D0, PropertyType.Binary),
        [FolderRole.Contacts] = new(0x36D1, PropertyType.Binary),
        [FolderRole.Journal] = new(0x36D2, PropertyType.Binary),
        [FolderRole.Notes] = new(0x36D3, PropertyType.Binary),
        [FolderRole.Tasks] = new(0x36D4, PropertyType.Binary),
        [FolderRole.Drafts] = new(0x36D7, PropertyType.Binary),
        [FolderRole.Archive] = new(0x35FF, PropertyType.Binary),
    };

    // PidTagAdditionalRenEntryIds: conflicts, sync issues, local failures, server failures, junk e-mail.
    private static readonly PropertyTag s_additional = new(0x36D8, PropertyType.MultipleBinary);

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

    /// <summary>Adds the entry ids to the message store, and the mask of those that are there.</summary>
    public void AddTo(PropertyList store, PstNewFolder finder, PstNewFolder commonViews)
    {
        int mask = FinderBit | CommonViewsBit;
        store.Set(PropertyTags.FinderEntryId, PropertyValue.FromBinary(EntryId(finder)));
        store.Set(s_commonViews, PropertyValue.FromBinary(EntryId(commonViews)));
        mask |= Add(store, FolderRole.Root, PropertyTags.IpmSubtreeEntryId, SubtreeBit);
        mask |= Add(store, FolderRole.DeletedItems, PropertyTags.IpmWastebasketEntryId, WastebasketBit);
        mask |= Find(FolderRole.Inbox) is null ? 0 : InboxBit;
        mask |= Add(store, FolderRole.Outbox, PropertyTags.IpmOutboxEntryId, OutboxBit);
        mask |= Add(store, FolderRole.SentItems, PropertyTags.IpmSentMailEntryId, SentMailBit);
        store.Set(PropertyTags.ValidFolderMask, PropertyValue.FromInt32(mask));
    }

    private void AnnounceOn(PropertyBag properties)
    {
        foreach (KeyValuePair<FolderRole, PropertyTag> role in s_announced)
        {
            if (Find(role.Key) is PstNewFolder folder)
            {
                properties.Set(role.Value, EntryId(folder));
            }
        }

        if (Find(FolderRole.JunkEmail) is PstNewFolder junk)
        {
            properties[s_additional] = PropertyValue.FromMultiple(s_additional.Type, new byte[][] { [], [], [], [], EntryId(junk) });
        }
    }

    private int Add(PropertyList store, FolderRole role, PropertyTag tag, int bit)
    {
        if (Find(role) is not PstNewFolder folder)
        {
            return 0;
        }

        store.Set(tag, PropertyValue.FromBinary(EntryId(folder)));
        return bit;
    }

    private byte[] EntryId(PstNewFolder folder) => EntryIds.Create(_recordKey, folder.Id);
}
