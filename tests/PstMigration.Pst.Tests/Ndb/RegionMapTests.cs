using PstMigration.Pst.Ndb;
using PstMigration.Pst.Ndb.Disk;
using Xunit;

namespace PstMigration.Pst.Tests.Ndb;

public sealed class RegionMapTests
{
    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 1)]
    [InlineData(7, 1)]
    [InlineData(8, 2)]
    [InlineData(128, 3)]
    [InlineData(129, 1)]
    [InlineData(624, 3)]
    [InlineData(8192, 4)]
    [InlineData(8560, 3)]
    [InlineData(39936, 4)]
    public void Pages_kept_free_at_the_start_of_a_region(long region, int pages) => Assert.Equal(pages, RegionMaps.ReservedPages(region));

    [Theory]
    [InlineData(128, 0x1F04800)]
    [InlineData(8192, 0x7C004A00)]
    public void The_first_of_the_rarer_maps_stand_where_other_programs_put_them(long region, long offset)
    {
        int slot = RegionMaps.HasFPMap(region) ? RegionMaps.FPMapSlot : RegionMaps.FMapSlot;

        Assert.Equal(offset, PstLayout.Unicode.FirstAMapOffset + (region * PstLayout.Unicode.AMapCoverage) + (slot * 512));
    }
}
