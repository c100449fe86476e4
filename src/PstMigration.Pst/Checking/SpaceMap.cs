using System.Runtime.CompilerServices;
using PstMigration.Pst.Compat;
using PstMigration.Pst.Ndb.Disk;

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

    /// <summary>Marks an extent as used; what it has of a slot is all of it.</summary>
    /// <returns>False where some of it was used already.</returns>
    [MethodImpl(Compiled.Optimized)]
    public bool TryMark(long offset, int length)
    {
        bool free = true;
        for (long at = offset, end = offset + length; at < end;)
        {
            long region = RegionOf(at);
            long start = StartOf(region);
            long stop = Math.Min(end, start + layout.AMapCoverage);
            if (!_regions.TryGetValue(region, out byte[]? bits))
            {
                bits = new byte[layout.MapSize];
                _regions.Add(region, bits);
            }

            free &= TrySet(bits, (int)((at - start) / layout.BlockAlignment), (int)((stop - 1 - start) / layout.BlockAlignment));
            at = stop;
        }

        return free;
    }

    /// <summary>Whether anything from an offset on is used.</summary>
    public bool IsUsedFrom(long offset)
    {
        long region = RegionOf(offset);
        int slot = (int)((offset - StartOf(region)) / layout.BlockAlignment);
        foreach (KeyValuePair<long, byte[]> used in _regions)
        {
            int first = used.Key > region ? 0 : used.Key == region ? slot : layout.MapSize * 8;
            for (int i = first; i < layout.MapSize * 8; i++)
            {
                if ((used.Value[i >> 3] & (0x80 >> (i & 7))) != 0)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Marks an extent as free again.</summary>
    public void Clear(long offset, int length)
    {
        for (long at = offset; at < offset + length; at += layout.BlockAlignment)
        {
            long region = RegionOf(at);
            int slot = (int)((at - StartOf(region)) / layout.BlockAlignment);
            if (_regions.TryGetValue(region, out byte[]? bits))
            {
                bits[slot >> 3] &= (byte)~(0x80 >> (slot & 7));
            }
        }
    }

    // Byte by byte: a file has a slot for every 64 bytes.
    [MethodImpl(Compiled.Optimized)]
    private static bool TrySet(byte[] bits, int first, int last)
    {
        bool free = true;
        for (int i = first >> 3; i <= last >> 3; i++)
        {
            byte mask = (byte)((i == first >> 3 ? 0xFF >> (first & 7) : 0xFF) & (i == last >> 3 ? 0xFF << (7 - (last & 7)) : 0xFF));
            free &= (bits[i] & mask) == 0;
            bits[i] |= mask;
        }

        return free;
    }

    /// <summary>The slots used in a region, as an AMap page should have them; empty where none is.</summary>
    public ReadOnlySpan<byte> Used(long region) => _regions.TryGetValue(region, out byte[]? bits) ? bits : [];
}
