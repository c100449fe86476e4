namespace PstMigration.Pst.Ltp;

/// <summary>
/// An item's place in an <see cref="ItemExtent"/>: the item that was opened, or one somewhere in it. It remembers what it took, so that an item that is read a second time, to be compared or written once more, takes
/// nothing again and is given the same.
/// </summary>
internal sealed class ItemPlace
{
    private readonly object _gate = new();
    private readonly ItemExtent _extent;
    private readonly List<ItemPlace> _inside = [];
    private long _taken;
    private bool? _isClosed;

    /// <summary>The place of an item that is in no other.</summary>
    public ItemPlace(ItemExtent extent)
        : this(extent, 0)
    {
    }

    private ItemPlace(ItemExtent extent, long taken)
    {
        _extent = extent;
        _taken = taken;
    }

    /// <summary>Whether all had been used up before the item was read the first time: then it is given without what is in it.</summary>
    public bool IsClosed
    {
        get
        {
            lock (_gate)
            {
                return _isClosed ??= _extent.IsUsedUp;
            }
        }
    }

    /// <summary>Gives an item directly in this one its place; null where there is no room for it, and for all after it.</summary>
    /// <param name="number">Its number among those in this one, one after the other from 0 on.</param>
    /// <param name="length">Bytes of its heap and its list of subnodes.</param>
    public ItemPlace? Enter(int number, long length)
    {
        lock (_gate)
        {
            if (number == _inside.Count && _extent.TryTakeItem(length))
            {
                _inside.Add(new ItemPlace(_extent, length));
            }

            return number < _inside.Count ? _inside[number] : null;
        }
    }

    /// <summary>Has all bytes taken that were read of the item so far, those of items in it left out; false where there is no room for them.</summary>
    public bool TryReach(long bytes)
    {
        lock (_gate)
        {
            if (bytes > _taken)
            {
                if (!_extent.TryTake(bytes - _taken))
                {
                    return false;
                }

                _taken = bytes;
            }

            return true;
        }
    }
}
