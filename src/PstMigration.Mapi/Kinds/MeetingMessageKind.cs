namespace PstMigration.Mapi;

/// <summary>What a message about a meeting says ([MS-OXOCAL] 2.2.5 to 2.2.9).</summary>
public enum MeetingMessageKind
{
    /// <summary>Something else.</summary>
    Other,

    /// <summary>Please come.</summary>
    Request,

    /// <summary>It is called off.</summary>
    Cancellation,

    /// <summary>I shall come.</summary>
    Accepted,

    /// <summary>I shall not come.</summary>
    Declined,

    /// <summary>I may come.</summary>
    Tentative,

    /// <summary>The request was passed on to somebody else.</summary>
    Forwarded,
}
