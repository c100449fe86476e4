using PstMigration.Pst.Checking;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Ndb.Files;

namespace PstMigration.Pst.Ndb.Editing;

/// <summary>
/// The free room of a file that is changed. AMaps are read when they are wanted, the last regions first, so that opening costs nothing
/// and a file of 50 GB needs 4 bytes a region; bits are in memory for the regions in use only. Nothing is written before
/// <see cref="WriteMaps"/>, but for new regions. Until the maps were compared with the trees (<see cref="Adopt"/>) room is handed out in new
/// regions only, so that nothing the file had when it was opened is overwritten, whatever the maps say.
/// </summary>
internal sealed class FreeSpace
{
    // Rather than reading all maps of a large file the file grows; each time some more of the maps are read.
    private const int ProbesPerGrowth = 8;

    // Maps in memory between transactions, half a KiB each.
    private const int MaxKept = 1024;

    private readonly RegionFile _regions;
    private readonly PstLayout _layout;
    private readonly RegionIndex _index;
    private readonly Dictionary<long, RegionSpace> _loaded = [];
    private readonly Queue<long> _hints;
    private readonly List<Extent> _freedUnseen = [];
    private long _firstUsable;
    private long _current;
    private long _nextUnknown;
    private long _unknownFree;

    /// <summary>The room of a file whose maps are called valid.</summary>
    /// <param name="regions">Its map pages.</param>
    /// <param name="layout">Its variant.</param>
    /// <param name="count">Its regions.</param>
    /// <param name="freeBytes">cbAMapFree.</param>
    /// <param name="hints">Regions that may have room, the best first.</param>
    public FreeSpace(RegionFile regions, PstLayout layout, long count, long freeBytes, IEnumerable<long> hints)
    {
        _regions = regions;
        _layout = layout;
        FreeBytes = freeBytes;
        _unknownFree = freeBytes;
        _index = new RegionIndex(count);
        _firstUsable = count;
        _hints = new Queue<long>(hints.Where(r => r < count));
        _current = count - 1;
        _nextUnknown = count - 1;
    }

    /// <summary>Bytes the AMaps show as free once they are written.</summary>
    public long FreeBytes { get; private set; }

    /// <summary>Regions of the file.</summary>
    public long RegionCount => _index.Count;

    /// <summary>The region that was written to last.</summary>
    public long CurrentRegion => _current;

    /// <summary>Bytes the file has.</summary>
    public long FileLength => _regions.OffsetOf(RegionCount);

    /// <summary>The most bytes the file may have.</summary>
    public long MaxLength { get; set; } = long.MaxValue;

    /// <summary>Takes room in one region that is clear of its map pages.</summary>
    /// <param name="length">Bytes, a multiple of the block alignment.</param>
    /// <param name="alignment">The block alignment or the size of a page.</param>
    /// <returns>Its offset in the file.</returns>
    /// <exception cref="PstException">PstWriteFailed: the file cannot grow. PstSizeLimit: it may not.</exception>
    public long Allocate(int length, int alignment)
    {
        int slots = length / _layout.BlockAlignment;
        int step = alignment / _layout.BlockAlignment;
        if (TryTake(_current, slots, step, out long offset))
        {
            return offset;
        }

        for (long region = _index.Find(slots, step, _current, _firstUsable); region >= 0; region = _index.Find(slots, step, region, _firstUsable))
        {
            if (TryTake(region, slots, step, out offset))
            {
                return offset;
            }
        }

        for (int probe = 0; IsAdopted && probe < ProbesPerGrowth && _unknownFree >= length && TryNextUnknown(out long region); probe++)
        {
            if (TryTake(region, slots, step, out offset))
            {
                return offset;
            }
        }

        if (_regions.OffsetOf(RegionCount + 1) > MaxLength)
        {
            throw PstWriteError.SizeLimit(MaxLength);
        }

        Grow();
        return TryTake(_current, slots, step, out offset) ? offset : throw new ArgumentOutOfRangeException(nameof(length));
    }

    /// <summary>Gives room back.</summary>
    /// <param name="offset">Where it starts.</param>
    /// <param name="length">Its bytes.</param>
    /// <param name="hold">Whether it must not be handed out before <see cref="Unhold"/>.</param>
    public void Free(long offset, int length, bool hold = false)
    {
        long region = _regions.RegionOf(offset);
        if (region < _firstUsable)
        {
            _freedUnseen.Add(new Extent(offset, length));
        }

        RegionSpace space = Load(region);
        FreeBytes += (long)space.Free(_regions.SlotOf(offset), length / _layout.BlockAlignment, hold) * _layout.BlockAlignment;
        _index.Reset(region, space);
    }

    /// <summary>Whether it is known that room is taken, by a sound map or because the maps were compared with the trees.</summary>
    /// <exception cref="PstException">PstReadFailed.</exception>
    public bool IsTaken(long offset, int length)
    {
        long region = _regions.RegionOf(offset);
        return region >= _firstUsable
            || ((_loaded.ContainsKey(region) || _regions.TryRead(region, out _))
                && Load(region).IsTaken(_regions.SlotOf(offset), length / _layout.BlockAlignment));
    }

    /// <summary>
    /// The file was verified: maps of the regions it had when it was opened are put right where they differ from what is used, to be written with the
    /// others, and all free room may be handed out.
    /// </summary>
    /// <param name="used">What pages and blocks used when the file was opened; changed.</param>
    /// <exception cref="PstException">PstReadFailed.</exception>
    public void Adopt(SpaceMap used)
    {
        foreach (Extent extent in _freedUnseen)
        {
            used.Clear(extent.Offset, extent.Length);
        }

        long free = 0;
        long unknown = 0;
        byte[] bits = new byte[_layout.MapSize];
        for (long region = 0; region < RegionCount; region++)
        {
            int slots = region < _firstUsable ? Compare(region, used, bits) : _index.FreeSlots(region);
            free += slots;
            unknown += _index.IsKnown(region) ? 0 : slots;
        }

        FreeBytes = free * _layout.BlockAlignment;
        _unknownFree = unknown * _layout.BlockAlignment;
        _freedUnseen.Clear();
        _firstUsable = 0;
        _index.Forget();
    }

    /// <summary>Keeps room back that is free by the maps.</summary>
    public void Hold(long offset, int length)
    {
        long region = _regions.RegionOf(offset);
        RegionSpace space = Load(region);
        space.Hold(_regions.SlotOf(offset), length / _layout.BlockAlignment);
        _index.NoteTaken(region, space);
    }

    /// <summary>Room kept back may be handed out.</summary>
    public void Unhold(long offset, int length)
    {
        long region = _regions.RegionOf(offset);
        RegionSpace space = Load(region);
        space.Unhold(_regions.SlotOf(offset), length / _layout.BlockAlignment);
        _index.Reset(region, space);
    }

    /// <summary>Writes the maps of all regions that changed, and forgets those that are not likely to be wanted soon.</summary>
    /// <exception cref="PstException">PstWriteFailed; what was not written is still to be.</exception>
    public void WriteMaps()
    {
        foreach (KeyValuePair<long, RegionSpace> region in _loaded)
        {
            if (region.Value.IsDirty)
            {
                _regions.Write(region.Key, region.Value.Bits);
                region.Value.IsDirty = false;
            }
        }

        if (_loaded.Count > MaxKept)
        {
            foreach (long region in _loaded.Where(r => r.Key != _current && !r.Value.HoldsBack).Select(r => r.Key).ToList())
            {
                _loaded.Remove(region);
            }
        }
    }

    /// <summary>The regions known to have most room, for the density list: their free slots, the largest first, the current one left out.</summary>
    public IReadOnlyList<(long Region, int FreeSlots)> Emptiest(int count) => _index.Emptiest(count, except: _current);

    // How many slots of a region are free.
    private int Compare(long region, SpaceMap used, byte[] bits)
    {
        _regions.Fill(bits, used, region);
        bool isLoaded = _loaded.TryGetValue(region, out RegionSpace? space);
        if (isLoaded)
        {
            if (!space!.Bits.SequenceEqual(bits))
            {
                space.Replace(bits);
                _index.Reset(region, space);
            }
        }
        else if (!_regions.TryRead(region, out ReadOnlySpan<byte> mapped) || !mapped.SequenceEqual(bits))
        {
            space = new RegionSpace(bits) { IsDirty = true };
            _loaded.Add(region, space);
            _index.Reset(region, space);
        }

        return RegionSpace.CountFree(bits);
    }

    private bool IsAdopted => _firstUsable == 0;

    private bool TryTake(long region, int slots, int step, out long offset)
    {
        offset = 0;
        if (region < _firstUsable || !_index.MayFit(region, slots, step))
        {
            return false;
        }

        RegionSpace space = Load(region);
        if (!space.TryTake(slots, step, out int slot))
        {
            _index.NoteFull(region, slots, step);
            return false;
        }

        _current = region;
        _index.NoteTaken(region, space);
        FreeBytes -= (long)slots * _layout.BlockAlignment;
        offset = _regions.OffsetOf(region) + ((long)slot * _layout.BlockAlignment);
        return true;
    }

    private RegionSpace Load(long region)
    {
        if (!_loaded.TryGetValue(region, out RegionSpace? space))
        {
            _regions.TryRead(region, out ReadOnlySpan<byte> bits);
            space = new RegionSpace(bits);
            _unknownFree -= _index.IsKnown(region) ? 0 : (long)space.FreeSlots * _layout.BlockAlignment;

            // The slot an FMap would have beside an FPMap holds nothing, and some writers leave it free ([MS-PST] 2.2.2.7.5).
            FreeBytes -= (long)space.Take(0, _regions.ReservedSlots(region)) * _layout.BlockAlignment;
            _index.Reset(region, space);
            _loaded.Add(region, space);
        }

        return space;
    }

    private bool TryNextUnknown(out long region)
    {
        while (_hints.Count > 0)
        {
            region = _hints.Dequeue();
            if (!_index.IsKnown(region))
            {
                return true;
            }
        }

        for (; _nextUnknown >= 0; _nextUnknown--)
        {
            if (!_index.IsKnown(_nextUnknown))
            {
                region = _nextUnknown--;
                return true;
            }
        }

        region = -1;
        return false;
    }

    private void Grow()
    {
        long region = RegionCount;
        RegionSpace space = _regions.Append(region);
        _index.Append(space);
        _loaded.Add(region, space);
        FreeBytes += (long)space.FreeSlots * _layout.BlockAlignment;
        _current = region;
    }
}
