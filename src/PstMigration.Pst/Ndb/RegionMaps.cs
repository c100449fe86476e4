namespace PstMigration.Pst.Ndb;

/// <summary>
/// Which map pages stand at the start of a region, the part of the file one AMap page describes ([MS-PST] 2.2.2.7.2):
/// always an AMap; a PMap in every 8th region; an FMap in region 128 and every 496th after it; an FPMap in region 8192 and
/// every 31,744th after it. Only the AMap means anything today, but nothing else may stand in the place of the others.
/// </summary>
internal static class RegionMaps
{
    private const int PMapInterval = 8;
    private const int FirstFMap = 128;
    private const int FMapInterval = 496;
    private const int FirstFPMap = 8192;
    private const int FPMapInterval = 31744;

    /// <summary>The page slot of the AMap.</summary>
    public const int AMapSlot = 0;

    /// <summary>The page slot of the PMap, where there is one.</summary>
    public const int PMapSlot = 1;

    /// <summary>The page slot of the FMap, where there is one.</summary>
    public const int FMapSlot = 2;

    /// <summary>The page slot of the FPMap, where there is one.</summary>
    public const int FPMapSlot = 3;

    /// <summary>Whether the region has a PMap.</summary>
    public static bool HasPMap(long region) => region % PMapInterval == 0;

    /// <summary>Whether the region has an FMap.</summary>
    public static bool HasFMap(long region) => region >= FirstFMap && (region - FirstFMap) % FMapInterval == 0;

    /// <summary>Whether the region has an FPMap. Its FMap slot then holds nothing, but data keeps clear of it.</summary>
    public static bool HasFPMap(long region) => region >= FirstFPMap && (region - FirstFPMap) % FPMapInterval == 0;

    /// <summary>Pages at the start of a region that data must keep clear of.</summary>
    public static int ReservedPages(long region) =>
        HasFPMap(region) ? FPMapSlot + 1
        : HasFMap(region) ? FMapSlot + 1
        : HasPMap(region) ? PMapSlot + 1
        : AMapSlot + 1;
}
