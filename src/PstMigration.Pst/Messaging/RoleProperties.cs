using PstMigration.Mapi;

namespace PstMigration.Pst.Messaging;

/// <summary>
/// Where a file says which folder has a role ([MS-PST] 2.4.3, 2.4.4): as entry ids on the message store, or on the root folder and the Inbox.
/// The Inbox itself is told by the receive folder table.
/// </summary>
internal static class RoleProperties
{
    /// <summary>The bit of the Inbox in PR_VALID_FOLDER_MASK.</summary>
    public const int InboxBit = 0x02;

    /// <summary>The place of Junk Email in <see cref="AdditionalFolders"/>.</summary>
    public const int JunkIndex = 4;

    /// <summary>On the message store, with the bit in PR_VALID_FOLDER_MASK.</summary>
    public static readonly IReadOnlyDictionary<FolderRole, (PropertyTag Tag, int Bit)> OnStore = new Dictionary<FolderRole, (PropertyTag Tag, int Bit)>
    {
        [FolderRole.Root] = (PropertyTags.IpmSubtreeEntryId, 0x01),
        [FolderRole.DeletedItems] = (PropertyTags.IpmWastebasketEntryId, 0x08),
        [FolderRole.Outbox] = (PropertyTags.IpmOutboxEntryId, 0x04),
        [FolderRole.SentItems] = (PropertyTags.IpmSentMailEntryId, 0x10),
    };

    /// <summary>On the root folder and the Inbox.</summary>
    public static readonly IReadOnlyDictionary<FolderRole, PropertyTag> OnFolders = new Dictionary<FolderRole, PropertyTag>
    {
        [FolderRole.Calendar] = new(0x36D0, PropertyType.Binary),
        [FolderRole.Contacts] = new(0x36D1, PropertyType.Binary),
        [FolderRole.Journal] = new(0x36D2, PropertyType.Binary),
        [FolderRole.Notes] = new(0x36D3, PropertyType.Binary),
        [FolderRole.Tasks] = new(0x36D4, PropertyType.Binary),
        [FolderRole.Drafts] = new(0x36D7, PropertyType.Binary),
        [FolderRole.Archive] = new(0x35FF, PropertyType.Binary),
    };

    /// <summary>PidTagAdditionalRenEntryIds: conflicts, sync issues, local failures, server failures, junk e-mail.</summary>
    public static readonly PropertyTag AdditionalFolders = new(0x36D8, PropertyType.MultipleBinary);

    /// <summary>The folder a row of the receive folder table names.</summary>
    public static readonly PropertyTag ReceiveFolder = new(0x6605, PropertyType.Integer32);
}
