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
        SignInInfo? signIn = mailbox.SignIn;
        Account = signIn?.Account;
        TenantId = signIn?.TenantId;
        SignIn = signIn?.Method.ToString();
        Scopes = new([.. signIn?.Scopes ?? []]);
        SilentUntil = signIn?.SilentUntil?.ToLocalTime();
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

    /// <summary>Who signed in; null for a sandbox.</summary>
    public string? Account { get; }

    /// <summary>The home of the account; null for a sandbox.</summary>
    public string? TenantId { get; }

    /// <summary>How: Interactive, DeviceCode, Certificate and so on; null for a sandbox.</summary>
    public string? SignIn { get; }

    /// <summary>The rights that were granted.</summary>
    public Listing<string> Scopes { get; }

    /// <summary>Until when no person is needed, if nothing is revoked before; null where there is no end or it is not known.</summary>
    public DateTimeOffset? SilentUntil { get; }

    /// <inheritdoc/>
    public override string ToString() => Address;
}
