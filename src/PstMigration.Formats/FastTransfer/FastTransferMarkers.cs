namespace PstMigration.Formats;

/// <summary>Markers and meta-properties of a FastTransfer stream ([MS-OXCFXICS] 2.2.4.1.4, 2.2.4.1.5), as the u32 a property's tag would be; of them those an item may hold.</summary>
internal static class FastTransferMarkers
{
    public const uint NewAttach = 0x40000003;
    public const uint StartEmbed = 0x40010003;
    public const uint EndEmbed = 0x40020003;
    public const uint StartRecip = 0x40030003;
    public const uint EndToRecip = 0x40040003;
    public const uint EndAttach = 0x400E0003;

    /// <summary>A warning of the server's about what follows: it could not give all of it. Has a value, u32.</summary>
    public const uint EcWarning = 0x400F0003;

    /// <summary>Whoever takes the stream is to delete what it has of this: recipients or attachments. Has a value, u32.</summary>
    public const uint FXDelProp = 0x40160003;

    /// <summary>The id of the meta-property that is to be ignored; a string.</summary>
    public const ushort DnPrefixId = 0x4008;

    /// <summary>Values of <see cref="FXDelProp"/>: the table of recipients, the table of attachments.</summary>
    public const uint MessageRecipients = 0x0E12000D;
    public const uint MessageAttachments = 0x0E13000D;

    /// <summary>Of folders, of lists of messages and of synchronisation: an item has none of them.</summary>
    private static readonly HashSet<uint> s_others =
    [
        0x40090003, 0x400A0003, 0x400B0003, 0x400C0003, 0x400D0003, 0x40100003, 0x40110102, 0x40120003, 0x407D0003, 0x40130003, 0x40140003, 0x402F0003, 0x403A0003, 0x403B0003,
        0x4074000B, 0x4075000B, 0x40150003, 0x407B0102, 0x40180003, 0x407C0003, 0x407A0003,
    ];

    /// <summary>Whether it is one that has no place in an item.</summary>
    public static bool IsForeign(uint tag) => s_others.Contains(tag);
}
