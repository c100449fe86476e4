using System;
using System.Collections.Generic;
using PstMigration.Pst.Ndb;

namespace PstMigration.Pst.Checking;

/// <summary>
/// Which slots of the file its pages and blocks use: one bit per <see cref="PstLayout.BlockAlignment"/> bytes, by region, as in
/// AMap pages (most significant bit first). Empty regions take no memory.
/// </summary>
internal sealed class SpaceMap(PstLayout layout)
{
    private readonly Dictionary<long, byte[]> _regions = [];

    /// <summary>The region a file offset is in; negative before the first.</summary>
    public long RegionOf(long offset) => offset < layout.FirstAMapOffset ? -1 : (offset - layout.FirstAMapOffset) / layout.AMapCoverage;

    /// <summary>Where a region starts.</summary>
    public long StartOf(long region) => layout.FirstAMapOffset + (region * layout.AMapCoverage);

    /// <summary>Whether an extent stays within a region and clear of its map pages.</summary>
    public bool IsInOneRegion(long offset, int length)
    {
        long region = RegionOf(offset);
        long start = StartOf(region);
        return region >= 0
            && offset >= start + ((long)RegionPages.Reserved(region, layout) * layout.PageSize)
            && offset + length <= start + layout.AMapCoverage;
    }

    /// <summary>Marks an aligned extent as used.</summary>
    /// <returns>False where some of it was used already.</returns>
    public bool TryMark(long offset, int length)
    {
        bool free = true;
        for (long slot = offset / layout.BlockAlignment; slot < (offset + length + layout.BlockAlignment - 1) / layout.BlockAlignment; slot++)
        {
            long position = slot * layout.BlockAlignment;
            long region = RegionOf(position);
            if (!_regions.TryGetValue(region, out byte[]? bits))
            {
                bits = new byte[layout.MapSize];
                _regions.Add(region, bits);
            }

            int index = (int)((position - StartOf(region)) / layout.BlockAlignment);
            byte mask = (byte)(0x80 >> (index & 7));
            free &= (bits[index >> 3] & mask) == 0;
            bits[index >> 3] |= mask;
        }

        return free;
    }

    /// <summary>The slots used in a region, as an AMap page should have them; empty where none is.</summary>
    public ReadOnlySpan<byte> Used(long region) => _regions.TryGetValue(region, out byte[]? bits) ? bits : [];
}
