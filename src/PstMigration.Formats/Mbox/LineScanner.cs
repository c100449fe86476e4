using System;
using System.IO;

namespace PstMigration.Formats;

/// <summary>
/// Gives a file line by line without holding it: a line that does not fit into the buffer comes in pieces, of which only
/// the first counts as a line's start.
/// </summary>
internal sealed class LineScanner(Stream source)
{
    /// <summary>How much of a line is seen at once, at least.</summary>
    public const int LeastSeen = 4096;

    private readonly byte[] _buffer = new byte[256 * 1024];
    private int _start;
    private int _end;
    private int _length;
    private bool _isOver;

    /// <summary>Where the piece stands in the file.</summary>
    public long Offset { get; private set; }

    /// <summary>Whether the piece is the first of its line.</summary>
    public bool IsLineStart { get; private set; }

    /// <summary>The piece, its line end included.</summary>
    public ReadOnlySpan<byte> Piece => _buffer.AsSpan(_start, _length);

    /// <summary>Goes on to the next piece.</summary>
    public bool Read()
    {
        IsLineStart = Offset == 0 && _length == 0 ? true : _length > 0 && _buffer[_start + _length - 1] == '\n';
        _start += _length;
        Offset += _length;
        _length = 0;
        Fill();
        int available = _end - _start;
        if (available == 0)
        {
            return false;
        }

        int feed = _buffer.AsSpan(_start, available).IndexOf((byte)'\n');
        _length = feed >= 0 ? feed + 1 : available;
        return true;
    }

    /// <summary>What stands behind the piece, as far as it is there.</summary>
    public ReadOnlySpan<byte> Ahead => _buffer.AsSpan(_start + _length, _end - _start - _length);

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
