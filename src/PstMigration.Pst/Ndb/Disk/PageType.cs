namespace PstMigration.Pst.Ndb.Disk;

/// <summary>ptype of a page trailer ([MS-PST] 2.2.2.7.1).</summary>
internal enum PageType : byte
{
    /// <summary>Block B-tree.</summary>
    Bbt = 0x80,

    /// <summary>Node B-tree.</summary>
    Nbt = 0x81,

    /// <summary>Free map (deprecated).</summary>
    FMap = 0x82,

    /// <summary>Page map (deprecated).</summary>
    PMap = 0x83,

    /// <summary>Allocation map.</summary>
    AMap = 0x84,

    /// <summary>Free page map (deprecated).</summary>
    FPMap = 0x85,

    /// <summary>Density list.</summary>
    DensityList = 0x86,
}
