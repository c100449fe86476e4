using PstMigration.Mapi;

namespace PstMigration.Pst.Ndb.Disk;

/// <summary>Makes the map pages at the start of a region ([MS-PST] 2.2.2.7.2 to 2.2.2.7.6).</summary>
internal static class MapPages
{
    /// <summary>The deprecated maps a region has, and the slot of each.</summary>
    public static ReadOnlySpan<(PageType Type, int Slot)> DeprecatedOf(long region)
    {
        (PageType, int)[] pages = new (PageType, int)[3];
        int count = 0;
        if (RegionMaps.HasPMap(region))
        {
            pages[count++] = (PageType.PMap, RegionMaps.PMapSlot);
        }

        if (RegionMaps.HasFMap(region))
        {
            pages[count++] = (PageType.FMap, RegionMaps.FMapSlot);
        }

        if (RegionMaps.HasFPMap(region))
        {
            pages[count++] = (PageType.FPMap, RegionMaps.FPMapSlot);
        }

        return pages.AsSpan(0, count);
    }

    /// <summary>A deprecated map, which says "full" all over, as Outlook has written them since 2007.</summary>
    public static void WriteDeprecated(Span<byte> page, PageType type, long offset, PstLayout layout)
    {
        page.Clear();
        page.Slice(layout.MapOffset, layout.MapSize).Fill(0xFF);
        PageTrailer.Seal(page, type, default, offset, layout);
    }

    /// <summary>Whether a page is a sound AMap of the region that starts at a place.</summary>
    public static bool IsAMap(ReadOnlySpan<byte> page, long offset, PstLayout layout) =>
        PageTrailer.Read(page, layout) is { Type: PageType.AMap, TypeRepeat: PageType.AMap } trailer
        && trailer.Id.Value == (ulong)offset
        && trailer.Crc == MapiCrc.Compute(page[..layout.PageTrailerOffset]);

    /// <summary>An AMap.</summary>
    public static void WriteAMap(Span<byte> page, ReadOnlySpan<byte> bits, long offset, PstLayout layout)
    {
        page.Clear();
        bits.CopyTo(page.Slice(layout.MapOffset, layout.MapSize));
        PageTrailer.Seal(page, PageType.AMap, default, offset, layout);
    }
}
