namespace PstMigration.Transfer;

/// <summary>How a backup comes to its mailbox. Names what a sign-in is found by, and holds nothing secret.</summary>
public sealed record BackupConnection
{
    /// <summary>The kind, which says what else is set.</summary>
    public BackupConnectionKind Kind { get; init; }

    /// <summary>The mailbox, by address.</summary>
    public string Mailbox { get; init; } = "";

    /// <summary>Of <see cref="BackupConnectionKind.Sandbox"/>: the full path of its file.</summary>
    public string? Path { get; init; }

    /// <summary>Of <see cref="BackupConnectionKind.Account"/>: who signed in, as the token cache knows them.</summary>
    public string? Account { get; init; }

    /// <summary>The app registration; null for the module's own.</summary>
    public string? ClientId { get; init; }

    /// <summary>The tenant, by id or domain.</summary>
    public string? TenantId { get; init; }

    /// <summary>The cloud; null for the worldwide one.</summary>
    public string? Cloud { get; init; }

    /// <summary>Of <see cref="BackupConnectionKind.Certificate"/>: the thumbprint of a certificate in the store of whoever runs the backup.</summary>
    public string? CertificateThumbprint { get; init; }
}

/// <summary>The kinds of <see cref="BackupConnection"/>.</summary>
public enum BackupConnectionKind
{
    /// <summary>A mailbox in a file on this computer.</summary>
    Sandbox,

    /// <summary>A person who has signed in on this computer, whose sign-in is kept in the token cache.</summary>
    Account,

    /// <summary>An application that proves itself by a certificate.</summary>
    Certificate,

    /// <summary>The identity of the Azure machine this runs on.</summary>
    ManagedIdentity,
}
