namespace PstMigration.Mailboxes;

/// <summary>What stands behind a connection.</summary>
public enum MailboxKind
{
    /// <summary>A work or school mailbox in Exchange Online.</summary>
    Organization,

    /// <summary>A personal mailbox, such as outlook.com.</summary>
    Personal,

    /// <summary>A mailbox on this machine that speaks Microsoft Graph.</summary>
    Sandbox,
}
