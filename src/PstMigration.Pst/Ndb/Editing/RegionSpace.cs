using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Ndb.Editing;

/// <summary>
/// The room in one region: the bits of its AMap, and what is free by the AMap but may still be read by somebody and is kept back. Counted
/// in slots of <see cref="PstLayout.BlockAlignment"/> bytes.
/// </summary>
internal sealed class RegionSpace
{
    /// <summary>Slots of a region.</summary>
    public const int Slots = 496 * 8;

    private static readonly byte[] s_ones = CountOnes();

    private readonly byte[] _used;
    private byte[]? _held;
    private int _heldSlots;
    private int _next;

    /// <summary>Takes the bits of an AMap, which are copied.</summary>
    public RegionSpace(ReadOnlySpan<byte> bits)
    {
        _used = bits.ToArray();
        FreeSlots = CountFree(bits);
    }

    /// <summary>Slots the bits of an AMap show as free.</summary>
    public static int CountFree(ReadOnlySpan<byte> bits)
    {
        int free = Slots;
        foreach (byte b in bits)
        {
            free -= s_ones[b];
        }

        return free;
    }

    /// <summary>Slots the AMap shows as free.</summary>
    public int FreeSlots { get; private set; }

    /// <summary>Slots that may be handed out.</summary>
    public int AvailableSlots => FreeSlots - _heldSlots;

    /// <summary>Whether the AMap in the file says something else.</summary>
    public bool IsDirty { get; set; }

    /// <summary>Whether room is kept back, which only memory knows.</summary>
    public bool HoldsBack => _heldSlots > 0;

    /// <summary>The bits for the AMap page.</summary>
    public ReadOnlySpan<byte> Bits => _used;

    /// <summary>Takes room; false where there is none.</summary>
    /// <param name="count">Slots.</param>
    /// <param name="alignment">Slots the first one is a multiple of.</param>
    /// <param name="slot">The first slot.</param>
    public bool TryTake(int count, int alignment, out int slot)
    {
        slot = Find(count, alignment, _next);
        if (slot < 0)
        {
            slot = Find(count, alignment, 0);
        }

        if (slot < 0)
        {
            return false;
        }

        Take(slot, count);
        _next = slot + count;
        return true;
    }

    /// <summary>Takes other bits; what is kept back stays so.</summary>
    public void Replace(ReadOnlySpan<byte> bits)
    {
        bits.CopyTo(_used);
        FreeSlots = CountFree(bits);
        IsDirty = true;
    }

    /// <summary>Whether the AMap shows all of a run as used.</summary>
    public bool IsTaken(int slot, int count)
    {
        for (int end = slot + count; slot < end; slot++)
        {
            if ((_used[slot >> 3] & (0x80 >> (slot & 7))) == 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Marks slots as used.</summary>
    /// <returns>How many were free.</returns>
    public int Take(int slot, int count)
    {
        int taken = SetBits(_used, slot, count, value: true);
        FreeSlots -= taken;
        IsDirty |= taken > 0;
        return taken;
    }

    /// <summary>Frees slots.</summary>
    /// <param name="slot">The first.</param>
    /// <param name="count">How many.</param>
    /// <param name="hold">Whether they are kept back until <see cref="Unhold"/>.</param>
    /// <returns>How many were used.</returns>
    public int Free(int slot, int count, bool hold)
    {
        int freed = SetBits(_used, slot, count, value: false);
        FreeSlots += freed;
        IsDirty |= freed > 0;
        if (hold)
        {
            Hold(slot, count);
        }

        return freed;
    }

    /// <summary>Keeps free slots back.</summary>
    public void Hold(int slot, int count)
    {
        _held ??= new byte[_used.Length];
        _heldSlots += SetBits(_held, slot, count, value: true);
    }

    /// <summary>Slots kept back may be handed out.</summary>
    public void Unhold(int slot, int count)
    {
        if (_held is not null)
        {
            _heldSlots -= SetBits(_held, slot, count, value: false);
        }
    }

    /// <summary>Sets or clears bits.</summary>
    /// <returns>How many were not so.</returns>
    public static int SetBits(byte[] bits, int slot, int count, bool value)
    {
        int changed = 0;
        for (int end = slot + count; slot < end; slot++)
        {
            byte mask = (byte)(0x80 >> (slot & 7));
            ref byte b = ref bits[slot >> 3];
            if (((b & mask) != 0) != value)
            {
                b ^= mask;
                changed++;
            }
        }

        return changed;
    }

    private static byte[] CountOnes()
    {
        byte[] ones = new byte[256];
        for (int i = 1; i < ones.Length; i++)
        {
            ones[i] = (byte)(ones[i >> 1] + (i & 1));
        }

        return ones;
    }

    private int Find(int count, int alignment, int from)
    {
        int slot = AlignUp(from, alignment);
        while (slot + count <= Slots)
        {
            int blocked = LastTaken(slot, count);
            if (blocked < 0)
            {
                return slot;
            }

            slot = AlignUp(blocked + 1, alignment);
        }

        return -1;
    }

    // From the back: the search goes on behind the last taken slot, not behind the first.
    private int LastTaken(int slot, int count)
    {
        for (int i = slot + count - 1; i >= slot; i--)
        {
            int b = i >> 3;
            if (((_used[b] | (_held?[b] ?? 0)) & (0x80 >> (i & 7))) != 0)
            {
                return i;
            }
        }

        return -1;
    }

    private static int AlignUp(int slot, int alignment) => (slot + alignment - 1) / alignment * alignment;
}
