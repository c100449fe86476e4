using PstMigration.Pst.Ndb;

namespace PstMigration.Pst.Ltp;

/// <summary>
/// How much an item and all that is in it may come to, over all levels: attached items, and bytes as they are stored. Any number of attachments, attached items and values may name the same blocks, so that a
/// file of some hundred kilobytes can hold an item without end. What has blocks of its own never comes to more than the file has room for; so that is the measure, with some room for what
/// writers do share. Counts for all levels together and stays used up; safe from several threads.
/// </summary>
internal sealed class ItemExtent
{
    /// <summary>So many attached items are allowed however small the file is.</summary>
    public const int LeastItems = 1000;

    /// <summary>What may be shared besides.</summary>
    public const long LeastBytes = 64L << 20;

    // The heap of an attached item, that of its attachment, and the subnodes of the attachment.
    private const int BlocksOfItem = 3;

    private readonly object _gate = new();
    private long _items;
    private long _bytes;
    private bool _isUsedUp;

    /// <summary>The extent of an item of a file.</summary>
    public ItemExtent(INodeDatabase database)
    {
        _items = Math.Max(LeastItems, database.FileLength / (BlocksOfItem * database.Layout.BlockAlignment));
        _bytes = Math.Min(database.MaxValueLength, (long.MaxValue - LeastBytes) / 2) * 2 + LeastBytes;
    }

    /// <summary>Whether something was refused, after which nothing is given.</summary>
    public bool IsUsedUp
    {
        get
        {
            lock (_gate)
            {
                return _isUsedUp;
            }
        }
    }

    /// <summary>Takes an attached item with the bytes of its heap and its list of subnodes; false where there is no room for it.</summary>
    public bool TryTakeItem(long bytes)
    {
        lock (_gate)
        {
            _isUsedUp |= _items == 0 || bytes > _bytes;
            if (!_isUsedUp)
            {
                _items--;
                _bytes -= bytes;
            }

            return !_isUsedUp;
        }
    }

    /// <summary>Takes bytes; false where there are not so many left. After that nothing more is given, so that what is left out does not depend on what is read first.</summary>
    public bool TryTake(long bytes)
    {
        lock (_gate)
        {
            _isUsedUp |= bytes > _bytes;
            if (!_isUsedUp)
            {
                _bytes -= bytes;
            }

            return !_isUsedUp;
        }
    }
}
