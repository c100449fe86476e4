using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Checking;

/// <summary>
/// The map pages at the start of a region ([MS-PST] 2.2.2.7.2 to 2.2.2.7.6): an AMap in each; in the formats with small pages also a PMap in every 8th, an
/// FMap in number 128 and every 496th after it, an FPMap (not ANSI) in number 8192 and every 31,744th after it.
/// </summary>
internal static class RegionPages
{
    public const int PMapSlot = 1;
    public const int FMapSlot = 2;
    public const int FPMapSlot = 3;

    public static bool HasPMap(long region, PstLayout layout) => layout.Format != PstFormat.Unicode4K && region % 8 == 0;

    public static bool HasFMap(long region, PstLayout layout) =>
        layout.Format != PstFormat.Unicode4K && region >= 128 && (region - 128) % 496 == 0;

    public static bool HasFPMap(long region, PstLayout layout) =>
        layout.Format == PstFormat.Unicode && region >= 8192 && (region - 8192) % 31744 == 0;

    /// <summary>Pages at the start that nothing else may stand on.</summary>
    public static int Reserved(long region, PstLayout layout) =>
        HasFPMap(region, layout) ? FPMapSlot + 1
        : HasFMap(region, layout) ? FMapSlot + 1
        : HasPMap(region, layout) ? PMapSlot + 1
        : 1;
}
