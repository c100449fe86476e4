namespace PstMigration.Mapi;

/// <summary>How an attachment holds its content ([MS-OXCMSG] 2.2.2.9).</summary>
public enum AttachMethod
{
    /// <summary>No content.</summary>
    None = 0,

    /// <summary>Bytes.</summary>
    ByValue = 1,

    /// <summary>A path.</summary>
    ByReference = 2,

    /// <summary>A path, to be resolved on sending.</summary>
    ByReferenceResolve = 3,

    /// <summary>A path, never sent.</summary>
    ByReferenceOnly = 4,

    /// <summary>An embedded item.</summary>
    EmbeddedMessage = 5,

    /// <summary>A compound file (OLE object).</summary>
    Ole = 6,

    /// <summary>A link to a file in the web.</summary>
    ByWebReference = 7,
}
