using PstMigration.Mailboxes;
using PstMigration.Mapi;

namespace PstMigration;

/// <summary>A folder of a connected mailbox.</summary>
public sealed class MsMailboxFolder
{
    internal MsMailboxFolder(MsMailbox mailbox, MailboxFolderInfo info, bool isArchive = false)
    {
        MailboxAddress = mailbox.Address;
        Mailbox = new MailboxArgument(mailbox);
        IsArchive = isArchive;
        Folder = info.Path.ToString();
        Name = info.Path.Name;
        Role = info.Role;
        ContainerClass = info.ContainerClass;
        ItemCount = info.ItemCount;
        UnreadCount = info.UnreadCount;
        Size = info.Size;
    }

    /// <summary>One that came out of a file: which it is, and nothing else of it.</summary>
    internal MsMailboxFolder(string mailboxAddress, string folder, bool isArchive)
    {
        MailboxAddress = mailboxAddress;
        IsArchive = isArchive;
        Mailbox = new MailboxArgument(mailboxAddress);
        Folder = folder;
        Name = FolderPath.Parse(folder).Name;
        ContainerClass = "";
    }

    /// <summary>The address of the mailbox. No property by which a cmdlet would take the folder for the whole of it.</summary>
    public string MailboxAddress { get; }

    internal MailboxArgument Mailbox { get; }

    /// <summary>Whether it is one of the archive mailbox.</summary>
    public bool IsArchive { get; }

    /// <summary>The path from the root people see, as <c>-Folder</c> takes it.</summary>
    public string Folder { get; }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>What it is for.</summary>
    public FolderRole Role { get; }

    /// <summary>IPF.Note or IPF.Contact.</summary>
    public string ContainerClass { get; }

    /// <summary>Items directly in it.</summary>
    public int ItemCount { get; }

    /// <summary>Unread items among them; null for contact folders.</summary>
    public int? UnreadCount { get; }

    /// <summary>Bytes directly in it; null where the service does not say.</summary>
    public long? Size { get; }

    /// <inheritdoc/>
    public override string ToString() => Folder;
}
