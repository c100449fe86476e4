using PstMigration.Mapi;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Checking;

/// <summary>Compares the allocation maps with what the B-trees use, region by region, and the totals with ROOT.</summary>
internal sealed class MapCheck(CheckContext context, SpaceMap space)
{
    // 4 TB of regions: beyond what Outlook writes, and still a matter of seconds.
    private const long MaxRegions = 16L << 20;

    private readonly byte[] _page = new byte[context.Layout.PageSize];

    // A writer that died left maps that need not fit; only the pages themselves are judged then.
    private readonly bool _judgeBits = context.Header.Root.AMapValidity != AMapValidity.Invalid;
    private bool _allRead = true;
    private long _free;
    private long _surplus;

    private PstLayout Layout => context.Layout;

    public IEnumerable<Pause> Run()
    {
        CheckDensityList();
        long body = context.End - Layout.FirstAMapOffset;
        long regions = body <= 0 ? 0 : ((body - 1) / Layout.AMapCoverage) + 1;
        if (regions > MaxRegions)
        {
            context.Report(PstCheckRules.LimitReached, space.StartOf(MaxRegions), "allocation maps");
            regions = MaxRegions;
            _allRead = false;
        }

        context.Begin(PstCheckPhase.Maps, regions);
        for (long region = 0; region < regions; region++)
        {
            CheckRegion(region);
            context.Advance();
            yield return default;
        }

        if (_judgeBits && _allRead)
        {
            CheckTotals();
        }
    }

    private void CheckRegion(long region)
    {
        long offset = space.StartOf(region);
        string name = "AMap page " + region;
        if (!context.TryRead(offset, _page))
        {
            _allRead = false;
            context.Report(PstCheckRules.AMapMissing, offset, name, 0, 0);
            return;
        }

        PageTrailer trailer = PageTrailer.Read(_page, Layout);
        if (trailer.Type != PageType.AMap || trailer.TypeRepeat != PageType.AMap)
        {
            _allRead = false;
            context.Report(PstCheckRules.AMapMissing, offset, name, (byte)trailer.Type, (byte)trailer.TypeRepeat);
        }
        else
        {
            CheckAMap(region, offset, trailer, name);
        }

        CheckDeprecated(region, offset);
    }

    private void CheckAMap(long region, long offset, PageTrailer trailer, string name)
    {
        context.Pages++;
        uint crc = MapiCrc.Compute(_page.AsSpan(0, Layout.PageTrailerOffset));
        if (trailer.Crc != crc)
        {
            context.Report(PstCheckRules.PageCrc, offset, name, trailer.Crc, crc);
        }

        if (trailer.Signature != 0)
        {
            context.Report(PstCheckRules.PageSignature, offset, name, trailer.Signature, 0);
        }

        if (trailer.Id.Value != (ulong)offset)
        {
            context.Report(PstCheckRules.MapPageId, offset, name, trailer.Id.Value);
        }

        if (_judgeBits)
        {
            CompareBits(region, offset, name);
        }
    }

    private void CompareBits(long region, long start, string name)
    {
        ReadOnlySpan<byte> map = _page.AsSpan(Layout.MapOffset, Layout.MapSize);
        ReadOnlySpan<byte> used = space.Used(region);
        int slotsPerPage = Layout.PageSize / Layout.BlockAlignment;
        int reserved = RegionPages.Reserved(region, Layout) * slotsPerPage;
        long inFile = Math.Min(Layout.MapSize * 8, (context.End - start) / Layout.BlockAlignment);
        Tally missing = default;
        Tally surplus = default;
        bool mapsFree = false;
        bool beyondFree = false;
        for (int i = 0; i < map.Length; i++)
        {
            byte expected = used.IsEmpty ? (byte)0 : used[i];
            bool ordinary = (i * 8) >= reserved && (i * 8) + 8 <= inFile;
            if (ordinary && map[i] == expected)
            {
                _free += 8 - s_ones[map[i]];
                continue;
            }

            for (int slot = i * 8; slot < (i * 8) + 8; slot++)
            {
                int mask = 0x80 >> (slot & 7);
                bool set = (map[i] & mask) != 0;
                _free += set ? 0 : 1;
                if (slot < reserved)
                {
                    mapsFree |= !set && !IsUnusedFMapSlot(region, slot / slotsPerPage);
                }
                else if (slot >= inFile)
                {
                    beyondFree |= !set;
                }
                else if (set != ((expected & mask) != 0))
                {
                    (set ? ref surplus : ref missing).Add(slot);
                }
            }
        }

        if (mapsFree)
        {
            context.Report(PstCheckRules.ReservedBits, start, name);
        }

        if (missing.Count > 0)
        {
            context.Report(
                PstCheckRules.UsedNotAllocated, start, name, missing.Count * Layout.BlockAlignment, start + ((long)missing.First * Layout.BlockAlignment));
        }

        if (beyondFree)
        {
            context.Report(PstCheckRules.BeyondEof, start, name);
        }

        // Outlook up to 2003 allocates pages in advance and counts them in cbPMapFree.
        _surplus += surplus.Count;
        if (surplus.Count > 0 && context.Header.Root.PMapFreeBytes == 0)
        {
            context.Report(
                PstCheckRules.AllocatedNotUsed, start, name, surplus.Count * Layout.BlockAlignment, start + ((long)surplus.First * Layout.BlockAlignment));
        }
    }

    // The region with an FPMap has no FMap; sources differ on whether the slot between is allocated ([MS-PST] 2.2.2.7.5, 2.2.2.7.6).
    private bool IsUnusedFMapSlot(long region, int slot) =>
        slot == RegionPages.FMapSlot && RegionPages.HasFPMap(region, Layout) && !RegionPages.HasFMap(region, Layout);

    private void CheckDeprecated(long region, long start)
    {
        if (RegionPages.HasPMap(region, Layout) && !IsSoundMap(start + (RegionPages.PMapSlot * Layout.PageSize), PageType.PMap))
        {
            context.Report(PstCheckRules.PageMap, start + (RegionPages.PMapSlot * Layout.PageSize), "PMap page");
        }

        if (RegionPages.HasFMap(region, Layout) && !IsSoundMap(start + (RegionPages.FMapSlot * Layout.PageSize), PageType.FMap))
        {
            context.Report(PstCheckRules.FreeMap, start + (RegionPages.FMapSlot * Layout.PageSize), "FMap page", "FMap");
        }

        if (RegionPages.HasFPMap(region, Layout) && !IsSoundMap(start + (RegionPages.FPMapSlot * Layout.PageSize), PageType.FPMap))
        {
            context.Report(PstCheckRules.FreeMap, start + (RegionPages.FPMapSlot * Layout.PageSize), "FPMap page", "FPMap");
        }
    }

    private bool IsSoundMap(long offset, PageType type)
    {
        if (!context.TryRead(offset, _page))
        {
            return false;
        }

        context.Pages++;
        PageTrailer trailer = PageTrailer.Read(_page, Layout);
        return trailer == new PageTrailer(
            type, type, 0, MapiCrc.Compute(_page.AsSpan(0, Layout.PageTrailerOffset)), new BlockId((ulong)offset));
    }

    // A page of zeros is no list at all: files from before Outlook 2007 SP2 have none.
    private void CheckDensityList()
    {
        long offset = Layout.DensityListOffset;
        if (!context.TryRead(offset, _page) || Zeros.Only(_page))
        {
            return;
        }

        context.Pages++;
        PageTrailer trailer = PageTrailer.Read(_page, Layout);
        if (trailer.Type != PageType.DensityList
            || trailer.TypeRepeat != PageType.DensityList
            || trailer.Crc != MapiCrc.Compute(_page.AsSpan(0, Layout.PageTrailerOffset))
            || trailer.Signature != TrailerSignature.Compute(offset, trailer.Id))
        {
            context.Report(PstCheckRules.DensityList, offset, "density list page");
        }
    }

    private void CheckTotals()
    {
        PstRoot root = context.Header.Root;
        long free = _free * Layout.BlockAlignment;
        if (root.AMapFreeBytes != free)
        {
            context.Report(PstCheckRules.FreeBytes, Layout.HeaderRoot, "header", root.AMapFreeBytes, free);
        }

        long surplus = _surplus * Layout.BlockAlignment;
        if (root.PMapFreeBytes != 0 && root.PMapFreeBytes != surplus)
        {
            context.Report(PstCheckRules.PageMapFree, Layout.HeaderRoot, "header", root.PMapFreeBytes, surplus);
        }
    }

    private static readonly byte[] s_ones = CountOnes();

    private static byte[] CountOnes()
    {
        byte[] ones = new byte[256];
        for (int i = 1; i < ones.Length; i++)
        {
            ones[i] = (byte)(ones[i >> 1] + (i & 1));
        }

        return ones;
    }

    private struct Tally
    {
        public int Count;
        public int First;

        public void Add(int slot)
        {
            First = Count == 0 ? slot : First;
            Count++;
        }
    }
}
