using PstMigration.Pst.Ndb.Disk;
using Xunit;

namespace PstMigration.Pst.Tests.Checking;

/// <summary>The maps that only large files have.</summary>
public sealed class LargeFileTests
{
    private const long FMapRegion = 128;
    private const long FPMapRegion = 8192;

    [Theory]
    [InlineData(9)]
    [InlineData(FMapRegion + 1)]
    [InlineData(FPMapRegion + 1)]
    public void A_file_of_many_regions_is_sound(long regions)
    {
        GrownFile file = new(CheckFiles.Small(), regions);

        Assert.Empty(Check(file).Findings);
    }

    [Theory]
    [InlineData(FMapRegion, 2)]
    [InlineData(FPMapRegion, 3)]
    public void A_damaged_map_of_free_space_is_found(long region, int slot)
    {
        GrownFile file = new(CheckFiles.Small(), region + 1);
        file.EditPage(file.StartOf(region) + (slot * 512), p => p[0] ^= 1);

        PstFinding finding = Assert.Single(Check(file).Findings);
        Assert.Same(PstCheckRules.FreeMap, finding.Rule);
        Assert.Equal(file.StartOf(region) + (slot * 512), finding.Offset);
    }

    [Fact]
    public void A_block_in_the_place_of_a_map_page_is_found()
    {
        PstPatch patch = CheckFiles.Small();
        ulong id = patch.Node(0x201).Data.Value;
        BlockEntry block = patch.Block(id);
        int extent = patch.Layout.BlockExtent(block.Length);
        byte[] bytes = patch.Bytes.AsSpan((int)block.Block.Offset, extent).ToArray();
        patch.Allocate(block.Block.Offset, extent, used: false);
        long place = patch.Layout.FirstAMapOffset + (FPMapRegion * patch.Layout.AMapCoverage) + 0x400;
        patch.EditBlockEntry(id, b => b with { Block = b.Block with { Offset = place } });
        GrownFile file = new(patch, FPMapRegion + 1);
        file.EditPage(place, p =>
        {
            bytes.CopyTo(p);
            BlockTrailer.Seal(p[..extent], block.Length, block.Length, block.Block.Id, place, patch.Layout);
        });

        Assert.Same(PstCheckRules.CrossesRegion, Assert.Single(Check(file).Findings).Rule);
    }

    private static PstCheckReport Check(GrownFile file) => new PstChecker().CheckAll(file, "grown", new PstCheckOptions { OwnWriter = true });
}
