namespace PstMigration.Pst.Ndb.Editing;

/// <summary>
/// What is known of the room in each region, in 4 bytes: how many slots are free, and the longest run that may be found there. Runs are not
/// measured: what was looked for in vain is not looked for again until something is freed.
/// </summary>
internal sealed class RegionIndex
{
    private const ushort Unknown = ushort.MaxValue;

    // Which runs no known region has: not looked for again until one changes for the better.
    private readonly Dictionary<int, int> _missing = [];
    private ushort[] _free;
    private ushort[] _longest;

    /// <summary>An index of regions nothing is known of.</summary>
    public RegionIndex(long count)
    {
        Count = count;
        _free = new ushort[count];
        _longest = new ushort[count];
        _free.AsSpan().Fill(Unknown);
        _longest.AsSpan().Fill(Unknown);
    }

    /// <summary>Regions.</summary>
    public long Count { get; private set; }

    /// <summary>Whether the AMap of a region was read.</summary>
    public bool IsKnown(long region) => _free[region] != Unknown;

    /// <summary>Whether it is worth looking for a run in a region.</summary>
    public bool MayFit(long region, int slots, int step) => _longest[region] >= Need(slots, step);

    /// <summary>Slots free in a known region.</summary>
    public int FreeSlots(long region) => _free[region];

    /// <summary>A known region other than the one given that may have a run; -1 where there is none.</summary>
    /// <param name="slots">The slots of the run.</param>
    /// <param name="step">Slots its first one is a multiple of.</param>
    /// <param name="after">The region looked at last.</param>
    /// <param name="first">The first region that may be used.</param>
    public long Find(int slots, int step, long after, long first)
    {
        int need = Need(slots, step);
        if (_missing.TryGetValue(step, out int missing) && need >= missing)
        {
            return -1;
        }

        for (long i = 1; i < Count; i++)
        {
            long region = (after + i) % Count;
            if (region >= first && _longest[region] >= need && _free[region] != Unknown)
            {
                return region;
            }
        }

        _missing[step] = need;
        return -1;
    }

    /// <summary>A run was looked for in vain.</summary>
    public void NoteFull(long region, int slots, int step) =>
        _longest[region] = (ushort)Math.Min(_longest[region], Need(slots, step) - 1);

    /// <summary>Room was taken.</summary>
    public void NoteTaken(long region, RegionSpace space)
    {
        _free[region] = (ushort)space.FreeSlots;
        _longest[region] = (ushort)Math.Min(_longest[region], space.AvailableSlots);
    }

    /// <summary>Room was freed, or the AMap was read.</summary>
    public void Reset(long region, RegionSpace space)
    {
        _free[region] = (ushort)space.FreeSlots;
        _longest[region] = (ushort)space.AvailableSlots;
        _missing.Clear();
    }

    /// <summary>More regions may be used: what was looked for in vain may be there.</summary>
    public void Forget() => _missing.Clear();

    /// <summary>The file grew.</summary>
    public void Append(RegionSpace space)
    {
        if (Count == _free.Length)
        {
            int size = (int)Math.Max(16, Count + (Count / 4));
            Array.Resize(ref _free, size);
            Array.Resize(ref _longest, size);
        }

        Count++;
        Reset(Count - 1, space);
    }

    /// <summary>The known regions with most room.</summary>
    public IReadOnlyList<(long Region, int FreeSlots)> Emptiest(int count, long except)
    {
        List<(long Region, int FreeSlots)> best = [];
        for (long i = 0; i < Count; i++)
        {
            int free = _free[i];
            if (i == except || free is 0 or Unknown || (best.Count == count && free <= best[best.Count - 1].FreeSlots))
            {
                continue;
            }

            if (best.Count == count)
            {
                best.RemoveAt(best.Count - 1);
            }

            int place = best.Count;
            while (place > 0 && best[place - 1].FreeSlots < free)
            {
                place--;
            }

            best.Insert(place, (i, free));
        }

        return best;
    }

    // A run of pages may start anywhere within a free run: where no aligned one is found, a longer unaligned one may still be there.
    private static int Need(int slots, int step) => step == 1 ? slots : slots + step - 1;
}
