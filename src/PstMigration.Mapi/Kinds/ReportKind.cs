namespace PstMigration.Mapi;

/// <summary>What a report tells ([MS-OXOMSG] 2.2.2.1).</summary>
public enum ReportKind
{
    /// <summary>Something else.</summary>
    Other,

    /// <summary>It was not delivered (NDR).</summary>
    NotDelivered,

    /// <summary>It was delivered (DR).</summary>
    Delivered,

    /// <summary>It was read (IPNRN).</summary>
    Read,

    /// <summary>It was not read (IPNNRN).</summary>
    NotRead,

    /// <summary>Its delivery takes longer (Delayed).</summary>
    Delayed,

    /// <summary>It was passed on to a system that tells nothing (Relayed), or to a list (Expanded).</summary>
    PassedOn,
}
