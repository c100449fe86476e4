namespace PstMigration.Pst.Ltp;

/// <summary>
/// How much of one item may be read into memory at once: lists, which have no other form, and text and bytes too short to be left where they are. One value may be named by
/// many properties, so that an item is far larger than its file.
/// </summary>
/// <param name="bytes">Bytes as they are stored.</param>
internal sealed class ValueBudget(long bytes)
{
    // An element of a list takes an object and a reference to it.
    private const int ElementSize = 32;

    /// <summary>Bytes of a recipient besides its values: an object with a table of its properties, whatever is in them.</summary>
    public const int RecipientSize = 512;

    /// <summary>Bytes of an attachment besides its values, which as a part of a message takes as much again.</summary>
    public const int AttachmentSize = 1280;

    private long _left = bytes;
    private bool _hasRefused;

    /// <summary>Takes the bytes of a value; false where there are not so many left.</summary>
    public bool TryTake(int length, int elements = 0)
    {
        long size = length + ((long)elements * ElementSize);
        if (size > _left)
        {
            _hasRefused = true;
            return false;
        }

        _left -= size;
        return true;
    }

    /// <summary>What is left.</summary>
    public long Left => _left;

    /// <summary>Takes the room of a recipient or an attachment itself, without its values; false where too little would be left.</summary>
    /// <param name="size"><see cref="RecipientSize"/> or <see cref="AttachmentSize"/>.</param>
    /// <param name="keep">How much has to be left for others.</param>
    public bool TryTakeRow(int size, long keep = 0)
    {
        if (_left - size < keep)
        {
            return false;
        }

        _left -= size;
        return true;
    }

    /// <summary>Whether a value was refused since this was asked last.</summary>
    public bool TakeRefused()
    {
        bool refused = _hasRefused;
        _hasRefused = false;
        return refused;
    }
}
