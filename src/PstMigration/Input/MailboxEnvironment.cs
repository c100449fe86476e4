namespace PstMigration;

/// <summary>Microsoft's clouds, by the names Connect-MgGraph has for them.</summary>
public enum MailboxEnvironment
{
    /// <summary>The worldwide cloud, with GCC and personal accounts.</summary>
    Global,

    /// <summary>US Government L4 (GCC High).</summary>
    USGov,

    /// <summary>US Government L5 (DoD).</summary>
    USGovDoD,

    /// <summary>China, operated by 21Vianet.</summary>
    China,
}
