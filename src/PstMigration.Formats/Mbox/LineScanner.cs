namespace PstMigration.Formats;

/// <summary>
/// Gives a file line by line without holding it: a line that does not fit into the buffer comes in pieces, of which only
/// the first counts as a line's start. A byte order mark is no part of the first line; where there is no line feed at the start, lines end in CR.
/// </summary>
internal sealed class LineScanner(Stream source)
{
    /// <summary>How much of a line is seen at once, at least.</summary>
    public const int LeastSeen = 4096;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private readonly byte[] _buffer = new byte[256 * 1024];
    private int _start;
    private int _end;
    private int _length;
    private bool _isOver;
    private bool _isBegun;
    private byte _lineEnd = (byte)'\n';

    /// <summary>Where the piece stands in the file.</summary>
    public long Offset { get; private set; }

    /// <summary>Whether the piece is the first of its line.</summary>
    public bool IsLineStart { get; private set; }

    /// <summary>The piece, its line end included.</summary>
    public ReadOnlySpan<byte> Piece => _buffer.AsSpan(_start, _length);

    /// <summary>Goes on to the next piece.</summary>
    public bool Read()
    {
        IsLineStart = !_isBegun || (_length > 0 && _buffer[_start + _length - 1] == _lineEnd);
        _start += _length;
        Offset += _length;
        _length = 0;
        Fill();
        Begin();
        int available = _end - _start;
        if (available == 0)
        {
            return false;
        }

        int feed = _buffer.AsSpan(_start, available).IndexOf(_lineEnd);
        _length = feed >= 0 ? feed + 1 : available;
        return true;
    }

    /// <summary>What stands behind the piece, as far as it is there.</summary>
    public ReadOnlySpan<byte> Ahead => _buffer.AsSpan(_start + _length, _end - _start - _length);

    /// <summary>Whether lines end in CR alone.</summary>
    public bool EndsInReturn => _lineEnd == '\r';

    /// <summary>What is ahead up to the end of the next line.</summary>
    public ReadOnlySpan<byte> NextLine => Ahead.IndexOf(_lineEnd) is >= 0 and int end ? Ahead[..end] : Ahead;

    private void Begin()
    {
        if (_isBegun)
        {
            return;
        }

        _isBegun = true;
        ReadOnlySpan<byte> seen = _buffer.AsSpan(_start, _end - _start);
        if (seen.StartsWith(ByteOrderMark))
        {
            _start += ByteOrderMark.Length;
            Offset += ByteOrderMark.Length;
        }

        _lineEnd = (byte)(seen.IndexOf((byte)'\n') < 0 && seen.IndexOf((byte)'\r') >= 0 ? '\r' : '\n');
    }

    private void Fill()
    {
        while (!_isOver && _end - _start < LeastSeen * 2)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            _end -= _start;
            _start = 0;
            int read = source.Read(_buffer, _end, _buffer.Length - _end);
            _end += read;
            _isOver = read == 0;
        }
    }
}
