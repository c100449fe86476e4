namespace PstMigration.Accounts;

/// <summary>How a mail program talks to a mailbox.</summary>
public enum MailProtocol : long
{
    /// <summary>POP3 or IMAP; which of them is not known. What a mere address stands for.</summary>
    Any,

    /// <summary>POP3.</summary>
    Pop,

    /// <summary>IMAP4.</summary>
    Imap,

    /// <summary>SMTP submission: only sends.</summary>
    Smtp,

    /// <summary>Exchange through MAPI, also for Microsoft 365 and Outlook.com.</summary>
    Exchange,

    /// <summary>Exchange ActiveSync.</summary>
    ActiveSync,

    /// <summary>Exchange Web Services.</summary>
    Ews,

    /// <summary>The Outlook Hotmail Connector of Outlook 2003 to 2010.</summary>
    HotmailConnector,
}
