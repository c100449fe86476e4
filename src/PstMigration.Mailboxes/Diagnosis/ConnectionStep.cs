namespace PstMigration.Mailboxes.Diagnosis;

/// <summary>The steps on the way to a mailbox of Microsoft.</summary>
public enum ConnectionStep : long
{
    /// <summary>Names become addresses.</summary>
    Dns,

    /// <summary>What stands between this PC and the web.</summary>
    Proxy,

    /// <summary>The connection is encrypted, and to Microsoft itself.</summary>
    Tls,

    /// <summary>This PC's clock agrees with Microsoft's.</summary>
    Clock,

    /// <summary>The sign-in page answers.</summary>
    SignIn,

    /// <summary>Microsoft Graph answers.</summary>
    Graph,

    /// <summary>Outlook can find the mailbox of an address.</summary>
    Autodiscover,

    /// <summary>IMAP can be reached.</summary>
    Imap,

    /// <summary>POP can be reached.</summary>
    Pop,

    /// <summary>Sending by SMTP can be reached.</summary>
    Smtp,
}
