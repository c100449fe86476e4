namespace PstMigration.Mapi;

/// <summary>The bits of <see cref="PropertyTags.MessageFlags"/> ([MS-OXCMSG] 2.2.1.6).</summary>
[Flags]
public enum MessageFlags
{
    /// <summary>Unread, sent, without attachments.</summary>
    None = 0,

    /// <summary>Read.</summary>
    Read = 0x1,

    /// <summary>Not changed since it was saved first.</summary>
    Unmodified = 0x2,

    /// <summary>Handed over for sending.</summary>
    Submitted = 0x4,

    /// <summary>A draft.</summary>
    Unsent = 0x8,

    /// <summary>Has attachments.</summary>
    HasAttachments = 0x10,

    /// <summary>Sent by the owner of the mailbox.</summary>
    FromMe = 0x20,

    /// <summary>Folder-associated information, not shown to people.</summary>
    Associated = 0x40,
}
