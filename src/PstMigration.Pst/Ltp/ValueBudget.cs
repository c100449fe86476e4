namespace PstMigration.Pst.Ltp;

/// <summary>
/// How much of one item may be read into memory at once: lists, which have no other form, and text and bytes too short to be left where they are. One value may be named by
/// many properties, so that an item is far larger than its file. And how much one item, with all it is part of, may come to at all: <see cref="ItemExtent"/>.
/// </summary>
/// <param name="bytes">Bytes as they are stored.</param>
/// <param name="place">The item's place in what it is part of; null where only memory counts.</param>
internal sealed class ValueBudget(long bytes, ItemPlace? place = null)
{
    // What the row of a recipient or an attachment takes in a file at least.
    private const int RowSize = 64;

    // An element of a list takes an object and a reference to it.
    private const int ElementSize = 32;

    /// <summary>Bytes of a recipient besides its values: an object with a table of its properties, whatever is in them.</summary>
    public const int RecipientSize = 512;

    /// <summary>Bytes of an attachment besides its values, which as a part of a message takes as much again.</summary>
    public const int AttachmentSize = 1280;

    private long _left = bytes;
    private long _heaps;
    private long _reached;
    private bool _hasRefused;

    /// <summary>The item's place in what it is part of.</summary>
    public ItemPlace? Place => place;

    /// <summary>Takes the bytes of a value; false where there are not so many left.</summary>
    public bool TryTake(int length, int elements = 0)
    {
        long size = length + ((long)elements * ElementSize);
        if (size > _left)
        {
            _hasRefused = true;
            return false;
        }

        if (!TryReach(length))
        {
            return false;
        }

        _left -= size;
        return true;
    }

    /// <summary>Takes the bytes of a value that stays where it is; false where the item and what it is part of may not come to so many.</summary>
    public bool TryReach(long length)
    {
        if (!Reaches(_heaps, _reached + length))
        {
            _hasRefused = true;
            return false;
        }

        _reached += length;
        return true;
    }

    /// <summary>Notes that a value was refused whatever is left: it is longer than all that is in the file.</summary>
    public void Refuse() => _hasRefused = true;

    /// <summary>Takes the bytes of a heap of the item, of a table or of an attachment, with its list of subnodes, and with them those of the values in it; false where the item may not come to so many.</summary>
    public bool TryOpen(long length)
    {
        if (!Reaches(_heaps + length, _reached))
        {
            return false;
        }

        _heaps += length;
        return true;
    }

    /// <summary>What is left.</summary>
    public long Left => _left;

    /// <summary>Takes the room of a recipient or an attachment itself, without its values; false where too little would be left.</summary>
    /// <param name="size"><see cref="RecipientSize"/> or <see cref="AttachmentSize"/>.</param>
    /// <param name="keep">How much has to be left for others.</param>
    public bool TryTakeRow(int size, long keep = 0)
    {
        if (_left - size < keep || !Reaches(_heaps, _reached + RowSize))
        {
            return false;
        }

        _left -= size;
        _reached += RowSize;
        return true;
    }

    /// <summary>Whether a value was refused since this was asked last.</summary>
    public bool TakeRefused()
    {
        bool refused = _hasRefused;
        _hasRefused = false;
        return refused;
    }

    // Values in a heap are counted with it, and again only where they come to more: where many name one.
    private bool Reaches(long heaps, long values) => place is null || place.TryReach(Math.Max(heaps, values));
}
