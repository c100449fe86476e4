using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>Properties of reports ([MS-OXOMSG] 2.2.2).</summary>
internal static class ReportNames
{
    /// <summary>The key of the message reported on.</summary>
    public static readonly PropertyTag ParentKey = new(0x0025, PropertyType.Binary);

    /// <summary>When the report was made.</summary>
    public static readonly PropertyTag ReportTime = new(0x0032, PropertyType.Time);

    /// <summary>Of a recipient: what the other server said.</summary>
    public static readonly PropertyTag SupplementaryInfo = new(0x0C1B, PropertyType.String);

    /// <summary>Of a recipient: the status, its three numbers as digits.</summary>
    public static readonly PropertyTag StatusCode = new(0x0C20, PropertyType.Integer32);

    /// <summary>Of a recipient: the other server.</summary>
    public static readonly PropertyTag RemoteMta = new(0x0C21, PropertyType.String);

    /// <summary>What a report says to people.</summary>
    public static readonly PropertyTag ReportText = new(0x1001, PropertyType.String);

    /// <summary>The Message-ID of the message reported on.</summary>
    public static readonly PropertyTag OriginalMessageId = new(0x1046, PropertyType.String);

    /// <summary>The server that reports.</summary>
    public static readonly PropertyTag ReportingMta = new(0x6820, PropertyType.String);
}
