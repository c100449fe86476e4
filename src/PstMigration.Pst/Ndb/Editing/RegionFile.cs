using System;
using PstMigration.Mapi;

namespace PstMigration.Pst.Ndb.Editing;

/// <summary>Reads and writes the map pages of a file's regions.</summary>
internal sealed class RegionFile(IDurableFile file, PstLayout layout)
{
    private readonly byte[] _page = new byte[layout.PageSize];

    /// <summary>Where a region starts.</summary>
    public long OffsetOf(long region) => layout.FirstAMapOffset + (region * layout.AMapCoverage);

    /// <summary>The region a place is in.</summary>
    public long RegionOf(long offset) => (offset - layout.FirstAMapOffset) / layout.AMapCoverage;

    /// <summary>The slot of its region a place is at.</summary>
    public int SlotOf(long offset) => (int)((offset - layout.FirstAMapOffset) % layout.AMapCoverage / layout.BlockAlignment);

    /// <summary>
    /// Reads the AMap of a region. One that is damaged gives a region without room: better to waste it than to overwrite something.
    /// </summary>
    /// <exception cref="PstException">PstReadFailed.</exception>
    public RegionSpace Read(long region)
    {
        long offset = OffsetOf(region);
        bool isSound = file.ReadAt(offset, _page) == _page.Length
            && PageTrailer.Read(_page, layout) is { Type: PageType.AMap, TypeRepeat: PageType.AMap } trailer
            && trailer.Id.Value == (ulong)offset
            && trailer.Crc == MapiCrc.Compute(_page.AsSpan(0, layout.PageTrailerOffset));
        if (isSound)
        {
            return new RegionSpace(_page.AsSpan(layout.MapOffset, layout.MapSize));
        }

        byte[] full = new byte[layout.MapSize];
        full.AsSpan().Fill(0xFF);
        return new RegionSpace(full);
    }

    /// <summary>Writes the AMap of a region.</summary>
    /// <exception cref="PstException">PstWriteFailed.</exception>
    public void Write(long region, ReadOnlySpan<byte> bits)
    {
        MapPages.WriteAMap(_page, bits, OffsetOf(region), layout);
        file.WriteAt(OffsetOf(region), _page, _page.Length);
    }

    /// <summary>Writes the deprecated maps of a region.</summary>
    /// <exception cref="PstException">PstWriteFailed.</exception>
    public void WriteDeprecated(long region)
    {
        foreach ((PageType type, int slot) in MapPages.DeprecatedOf(region))
        {
            long offset = OffsetOf(region) + (slot * layout.PageSize);
            MapPages.WriteDeprecated(_page, type, offset, layout);
            file.WriteAt(offset, _page, _page.Length);
        }
    }

    /// <summary>Makes the file one region longer and writes the maps of an empty region there.</summary>
    /// <exception cref="PstException">PstWriteFailed.</exception>
    public RegionSpace Append(long region)
    {
        file.SetLength(OffsetOf(region + 1));
        RegionSpace space = new(new byte[layout.MapSize]);
        space.Take(0, RegionMaps.ReservedPages(region) * layout.PageSize / layout.BlockAlignment);
        WriteDeprecated(region);
        Write(region, space.Bits);
        space.IsDirty = false;
        return space;
    }
}
