namespace PstMigration.Mapi;

/// <summary>Which line of a message a recipient stands in ([MS-OXOMSG] 2.2.3.1).</summary>
public enum RecipientKind
{
    /// <summary>The sender's own row, in meetings and reports.</summary>
    Originator = 0,

    /// <summary>To; of a meeting: required.</summary>
    To = 1,

    /// <summary>Cc; of a meeting: optional.</summary>
    Cc = 2,

    /// <summary>Bcc; of a meeting: a room or resource.</summary>
    Bcc = 3,
}
