namespace PstMigration.Pst.Checking;

/// <summary>Reads of the file at ascending offsets, served from one large read at a time.</summary>
internal sealed class ReadAhead(CheckContext context)
{
    private const int WindowSize = 1 << 20;

    private readonly byte[] _window = new byte[WindowSize];
    private long _start;
    private int _length;

    /// <summary>Bytes of the file, valid until the next call.</summary>
    /// <returns>False where the file ends before.</returns>
    public bool TryRead(long offset, int length, out ReadOnlySpan<byte> bytes)
    {
        if (offset < _start || offset + length > _start + _length)
        {
            _start = offset;
            _length = 0;
            int count = (int)Math.Min(WindowSize, context.FileLength - offset);
            if (count < length || !context.TryRead(offset, _window.AsSpan(0, count)))
            {
                bytes = default;
                return false;
            }

            _length = count;
        }

        bytes = _window.AsSpan((int)(offset - _start), length);
        return true;
    }
}
