using PstMigration.Pst.Checking;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Ndb.Files;

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

    /// <summary>Reads the AMap of a region.</summary>
    /// <param name="region">Which.</param>
    /// <param name="bits">Its bits, until the next call. Of a damaged map all are set: better to waste room than to overwrite something.</param>
    /// <returns>Whether it is sound.</returns>
    /// <exception cref="PstException">PstReadFailed.</exception>
    public bool TryRead(long region, out ReadOnlySpan<byte> bits)
    {
        long offset = OffsetOf(region);
        bool isSound = file.ReadAt(offset, _page) == _page.Length && MapPages.IsAMap(_page, offset, layout);
        if (!isSound)
        {
            _page.AsSpan().Fill(0xFF);
        }

        bits = _page.AsSpan(layout.MapOffset, layout.MapSize);
        return isSound;
    }

    /// <summary>Gives the bits the AMap of a region has to have.</summary>
    /// <param name="bits">Gets them.</param>
    /// <param name="used">What pages and blocks use.</param>
    /// <param name="region">Which region.</param>
    public void Fill(byte[] bits, SpaceMap used, long region)
    {
        ReadOnlySpan<byte> taken = used.Used(region);
        bits.AsSpan(taken.Length).Clear();
        taken.CopyTo(bits);
        RegionSpace.SetBits(bits, 0, ReservedSlots(region), value: true);
    }

    /// <summary>Slots at the start of a region that its map pages take.</summary>
    public int ReservedSlots(long region) => RegionMaps.ReservedPages(region) * layout.PageSize / layout.BlockAlignment;

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
        space.Take(0, ReservedSlots(region));
        WriteDeprecated(region);
        Write(region, space.Bits);
        space.IsDirty = false;
        return space;
    }
}
