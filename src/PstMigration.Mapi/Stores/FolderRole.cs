namespace PstMigration.Mapi;

/// <summary>What a folder is for, whatever its name in any language.</summary>
public enum FolderRole : long
{
    /// <summary>An ordinary folder.</summary>
    None,

    /// <summary>The root of what people see (IPM subtree, msgfolderroot).</summary>
    Root,

    /// <summary>Inbox.</summary>
    Inbox,

    /// <summary>Drafts.</summary>
    Drafts,

    /// <summary>Sent Items.</summary>
    SentItems,

    /// <summary>Deleted Items.</summary>
    DeletedItems,

    /// <summary>Outbox.</summary>
    Outbox,

    /// <summary>Junk Email.</summary>
    JunkEmail,

    /// <summary>Archive.</summary>
    Archive,

    /// <summary>The default calendar.</summary>
    Calendar,

    /// <summary>The default contacts folder.</summary>
    Contacts,

    /// <summary>The default task folder.</summary>
    Tasks,

    /// <summary>The default folder of sticky notes.</summary>
    Notes,

    /// <summary>The default journal.</summary>
    Journal,
}
