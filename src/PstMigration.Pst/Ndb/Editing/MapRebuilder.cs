using PstMigration.Pst.Checking;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Ndb.Files;

namespace PstMigration.Pst.Ndb.Editing;

/// <summary>
/// Makes the allocation maps anew from what the B-trees use, after a writer died, or where a writer before Outlook 2007 left page maps in use
/// ([MS-PST] 2.6.1, 2.2.2.7.2).
/// </summary>
internal static class MapRebuilder
{
    /// <summary>Rebuilds the maps and writes a header that says so.</summary>
    /// <param name="file">The file.</param>
    /// <param name="headerFile">Its header.</param>
    /// <param name="layout">Its variant.</param>
    /// <param name="used">What the trees use.</param>
    /// <exception cref="PstException">PstWriteFailed.</exception>
    public static void Run(IDurableFile file, HeaderFile headerFile, PstLayout layout, SpaceMap used)
    {
        RegionFile regions = new(file, layout);
        PstHeader header = headerFile.Header;
        long count = Math.Max(1, (header.Root.FileLength - layout.FirstAMapOffset + layout.AMapCoverage - 1) / layout.AMapCoverage);

        // While maps are being written they are not valid, and the file is a whole number of regions.
        PstRoot root = header.Root with
        {
            FileLength = regions.OffsetOf(count),
            LastAMapOffset = regions.OffsetOf(count - 1),
            AMapValidity = AMapValidity.Invalid,
        };
        file.SetLength(root.FileLength);
        headerFile.Write(header with { Root = root });
        file.Flush();

        long free = 0;
        byte[] bits = new byte[layout.MapSize];
        for (long region = 0; region < count; region++)
        {
            regions.Fill(bits, used, region);
            free += (long)RegionSpace.CountFree(bits) * layout.BlockAlignment;
            regions.Write(region, bits);
            regions.WriteDeprecated(region);
        }

        file.Flush();
        headerFile.Write(header with
        {
            Root = root with { AMapFreeBytes = free, PMapFreeBytes = 0, AMapValidity = AMapValidity.Valid2 },
        });
        file.Flush();
    }
}
