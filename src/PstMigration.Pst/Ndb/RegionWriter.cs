using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Ndb.Files;

namespace PstMigration.Pst.Ndb;

/// <summary>
/// Hands out room in the file from front to back and keeps the allocation maps true ([MS-PST] 2.2.2.7.2). One region, the part of
/// the file one AMap page describes, is held in memory and written when it is full, map pages included: the file is
/// written once, in order.
/// </summary>
internal sealed class RegionWriter
{
    private readonly IFileOutput _output;
    private readonly PstLayout _layout;
    private readonly byte[] _region;
    private long _index;
    private int _position;
    private long _allocated;

    public RegionWriter(IFileOutput output, PstLayout layout)
    {
        _output = output;
        _layout = layout;
        _region = new byte[layout.AMapCoverage];
        StartRegion(0);
    }

    /// <summary>Index of the last region.</summary>
    public long LastRegion => _index;

    /// <summary>Offset of the AMap page of the last region.</summary>
    public long LastAMapOffset => OffsetOf(_index);

    /// <summary>Bytes the file will have.</summary>
    public long FileLength => OffsetOf(_index + 1);

    /// <summary>Bytes the AMaps show as free.</summary>
    public long FreeBytes => ((_index + 1) * _layout.AMapCoverage) - _allocated;

    /// <summary>Where the next room will be taken from; for <see cref="Rollback"/>.</summary>
    public RegionMark Mark => new(_index, _position, _allocated);

    /// <summary>Takes room that does not cross a region or a map page.</summary>
    /// <param name="length">Bytes, a multiple of the block alignment.</param>
    /// <param name="alignment">1 block or 1 page.</param>
    /// <param name="extent">The room itself, all zero; valid until the next call.</param>
    /// <returns>Its offset in the file.</returns>
    public long Allocate(int length, int alignment, out Span<byte> extent)
    {
        int start = (_position + alignment - 1) / alignment * alignment;
        if (start + length > _region.Length)
        {
            Flush();
            StartRegion(_index + 1);
            start = _position;
        }

        SetAllocated(start, length);
        _position = start + length;
        extent = _region.AsSpan(start, length);
        return OffsetOf(_index) + start;
    }

    /// <summary>Gives back all room taken since the mark.</summary>
    public void Rollback(RegionMark mark)
    {
        if (_index != mark.Region)
        {
            _index = mark.Region;
            ReadRegion();
        }

        _position = mark.Position;
        _allocated = mark.Allocated;
        _region.AsSpan(_position).Clear();
        Span<byte> bits = AMapBits;
        int firstFree = _position / _layout.BlockAlignment;
        for (int slot = firstFree; slot < bits.Length * 8; slot++)
        {
            bits[slot >> 3] &= (byte)~(0x80 >> (slot & 7));
        }
    }

    /// <summary>Writes the last region. What the file may hold beyond it, after a rollback, is cut off.</summary>
    public void Complete()
    {
        Flush();
        _output.SetLength(FileLength);
    }

    private Span<byte> AMapBits => _region.AsSpan(_layout.MapOffset, _layout.MapSize);

    private long OffsetOf(long region) => _layout.FirstAMapOffset + (region * _layout.AMapCoverage);

    private void StartRegion(long index)
    {
        _index = index;
        Array.Clear(_region, 0, _region.Length);
        _position = RegionMaps.ReservedPages(index) * _layout.PageSize;
        SetAllocated(RegionMaps.AMapSlot * _layout.PageSize, _layout.PageSize);
        foreach ((PageType type, int slot) in MapPages.DeprecatedOf(index))
        {
            int start = slot * _layout.PageSize;
            SetAllocated(start, _layout.PageSize);
            MapPages.WriteDeprecated(_region.AsSpan(start, _layout.PageSize), type, OffsetOf(_index) + start, _layout);
        }
    }

    private void SetAllocated(int start, int length)
    {
        _allocated += length;
        Span<byte> bits = AMapBits;
        int slot = start / _layout.BlockAlignment;
        int end = slot + (length / _layout.BlockAlignment);
        for (; slot < end; slot++)
        {
            bits[slot >> 3] |= (byte)(0x80 >> (slot & 7));
        }
    }

    private void Flush()
    {
        PageTrailer.Seal(_region.AsSpan(0, _layout.PageSize), PageType.AMap, default, OffsetOf(_index), _layout);
        _output.WriteAt(OffsetOf(_index), _region, _region.Length);
    }

    private void ReadRegion()
    {
        if (_output.ReadAt(OffsetOf(_index), _region) != _region.Length)
        {
            throw new InvalidOperationException("A region that was written cannot be read back.");
        }
    }
}

/// <summary>A place in a <see cref="RegionWriter"/>.</summary>
internal readonly record struct RegionMark(long Region, int Position, long Allocated);
