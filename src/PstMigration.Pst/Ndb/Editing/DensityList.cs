using System.Buffers.Binary;
using PstMigration.Mapi;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Ndb.Files;

namespace PstMigration.Pst.Ndb.Editing;

/// <summary>
/// The density list ([MS-PST] 2.2.2.7.4): the regions with most room, told to the next writer. No more than a hint, valid only while its id is
/// bidNextP.
/// <code>
/// bFlags 0 (1)  cEntDList 1 (1)  wPadding 2 (2)  ulCurrentPage 4 (4)  rgDListPageEnt 8 (4 each): region in bits 0-19, free slots above
/// </code>
/// </summary>
internal static class DensityList
{
    private const int MaxEntries = 119;
    private const int FirstEntry = 8;
    private const int RegionBits = 20;
    private const uint RegionMask = (1u << RegionBits) - 1;

    /// <summary>The regions it names, the current one first; none where it is damaged or out of date.</summary>
    public static List<long> Read(IFileBytes file, PstLayout layout, BlockId nextPage)
    {
        List<long> regions = [];
        byte[] page = new byte[layout.PageSize];
        if (file.ReadAt(layout.DensityListOffset, page) != page.Length)
        {
            return regions;
        }

        PageTrailer trailer = PageTrailer.Read(page, layout);
        if (trailer.Type != PageType.DensityList || trailer.Id != nextPage || page[1] > MaxEntries
            || trailer.Crc != MapiCrc.Compute(page.AsSpan(0, layout.PageTrailerOffset)))
        {
            return regions;
        }

        regions.Add(BinaryPrimitives.ReadUInt32LittleEndian(page.AsSpan(4)));
        for (int i = 0; i < page[1]; i++)
        {
            regions.Add(BinaryPrimitives.ReadUInt32LittleEndian(page.AsSpan(FirstEntry + (i * sizeof(uint)))) & RegionMask);
        }

        return regions;
    }

    /// <summary>Writes what is known.</summary>
    /// <exception cref="PstException">PstWriteFailed.</exception>
    public static void Write(IDurableFile file, PstLayout layout, BlockId nextPage, FreeSpace space)
    {
        byte[] page = new byte[layout.PageSize];
        int count = 0;
        foreach ((long region, int free) in space.Emptiest(MaxEntries))
        {
            if (region <= RegionMask)
            {
                uint entry = (uint)region | ((uint)free << RegionBits);
                BinaryPrimitives.WriteUInt32LittleEndian(page.AsSpan(FirstEntry + (count++ * sizeof(uint))), entry);
            }
        }

        page[1] = (byte)count;
        BinaryPrimitives.WriteUInt32LittleEndian(page.AsSpan(4), (uint)space.CurrentRegion);
        PageTrailer.Seal(page, PageType.DensityList, nextPage, layout.DensityListOffset, layout);
        file.WriteAt(layout.DensityListOffset, page, page.Length);
    }
}
