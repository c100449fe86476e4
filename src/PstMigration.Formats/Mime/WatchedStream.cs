using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// A message as a parser reads it, which ends where there may be a header longer than <see cref="HeaderLimit.MostOfField"/>, which is so much without a line that could begin another,
/// or headers longer than <see cref="HeaderLimit.MostBytesOfPart"/>, so much without an empty line and with a colon here and there.
/// It looks at one line of each piece that is read, mostly, and so costs nothing; <see cref="LongHeaders"/> tells what it is.
/// </summary>
internal sealed class WatchedStream(BinarySource source) : SourceStream(source)
{
    private long _length;
    private long _block;
    private bool _isAtLineStart = true;
    private bool _isBegun;

    /// <summary>Whether it was ended.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>Goes to the start, from where a parser reads. What is read before is not looked at.</summary>
    public WatchedStream Begin()
    {
        Position = 0;
        _isBegun = true;
        return this;
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        int read = IsEnded ? 0 : base.Read(buffer, offset, count);
        if (read == 0 || !_isBegun)
        {
            return read;
        }

        ReadOnlySpan<byte> piece = buffer.AsSpan(offset, read);
        _length = LineStart(piece) is >= 0 and int start ? read - start : _length + read;
        _isAtLineStart = piece[read - 1] == '\n';
        _block = EmptyLine(piece) is >= 0 and int empty ? read - empty : piece.IndexOf((byte)':') >= 0 ? _block + read : 0;
        IsEnded = _length > HeaderLimit.MostOfField || _block > HeaderLimit.MostBytesOfPart;
        return IsEnded ? 0 : read;
    }

    /// <summary>Where a line begins that does not go on with the one before; negative where none does.</summary>
    private int LineStart(ReadOnlySpan<byte> piece)
    {
        int start = _isAtLineStart ? 0 : Next(piece, 0);
        while (start >= 0 && start < piece.Length && piece[start] is (byte)' ' or (byte)'\t')
        {
            start = Next(piece, start);
        }

        return start < piece.Length ? start : -1;
    }

    private static int EmptyLine(ReadOnlySpan<byte> piece) => Math.Max(piece.LastIndexOf("\n\r\n"u8), piece.LastIndexOf("\n\n"u8));

    private static int Next(ReadOnlySpan<byte> piece, int start) => piece[start..].IndexOf((byte)'\n') is >= 0 and int feed ? start + feed + 1 : -1;
}
