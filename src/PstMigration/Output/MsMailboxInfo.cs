using PstMigration.Mailboxes;

namespace PstMigration;

/// <summary>A connected mailbox as it is now.</summary>
public sealed class MsMailboxInfo
{
    internal MsMailboxInfo(MsMailbox mailbox, MailboxInfo info)
    {
        Mailbox = mailbox;
        SandboxPath = mailbox.SandboxPath;
        Address = info.Address;
        DisplayName = info.DisplayName;
        Kind = info.Kind.ToString();
        FolderCount = info.FolderCount;
        ItemCount = info.ItemCount;
        Size = info.Size;
    }

    /// <summary>The connection.</summary>
    public MsMailbox Mailbox { get; }

    /// <summary>The SMTP address.</summary>
    public string Address { get; }

    /// <summary>What people call the mailbox.</summary>
    public string DisplayName { get; }

    /// <summary>Organization, Personal or Sandbox.</summary>
    public string Kind { get; }

    /// <summary>The file of a sandbox; null for a mailbox of a service.</summary>
    public string? SandboxPath { get; }

    /// <summary>Mail and contact folders.</summary>
    public int FolderCount { get; }

    /// <summary>Items in them.</summary>
    public int ItemCount { get; }

    /// <summary>Bytes; null where the service does not say.</summary>
    public long? Size { get; }

    /// <inheritdoc/>
    public override string ToString() => Address;
}
