using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>How the lines of a file end.</summary>
internal enum LineEnds
{
    /// <summary>In LF or CR LF.</summary>
    Sound,

    /// <summary>In CR alone, as on the first Macintoshes; all or most of them.</summary>
    Return,

    /// <summary>In CR CR LF, one or more of them: somebody made CR LF of the LF of CR LF; or a CR stands at the begin of a line.</summary>
    Doubled,
}

/// <summary>A text whose lines end otherwise, with LF or CR LF.</summary>
internal sealed class LineEndSource(BinarySource stored, LineEnds ends) : BinarySource
{
    private const byte Return = (byte)'\r';
    private const byte Feed = (byte)'\n';
    private long? _length;

    public override long? Length => _length;

    public override long Measure(CancellationToken cancellationToken = default) => _length ??= base.Measure(cancellationToken);

    /// <summary>
    /// How the lines of headers end, up to the first empty one: a header itself has no CR (RFC 5322 2.2). Where these are sound the lines behind them count that all
    /// end otherwise.
    /// </summary>
    public static LineEnds Tell(ReadOnlySpan<byte> head)
    {
        LineEnds ends = TellHeaders(head);
        return ends == LineEnds.Sound ? TellBody(head) : ends;
    }

    private static LineEnds TellBody(ReadOnlySpan<byte> head)
    {
        const int Fewest = 3;
        int end = head.IndexOf("\r\n\r\n"u8);
        ReadOnlySpan<byte> body = end < 0 ? [] : head.Slice(end + 4);
        if (body.IndexOf((byte)0) >= 0)
        {
            return LineEnds.Sound;
        }

        int doubled = 0;
        int returns = 0;
        for (int at = 0; at < body.Length && (at = at + body.Slice(at).IndexOfAny(Return, Feed)) >= 0;)
        {
            int behind = EndOfLine(body, at);
            bool isFeed = body[behind - 1] == Feed;
            if (isFeed && behind - at <= 2)
            {
                return LineEnds.Sound;
            }

            doubled += isFeed ? 1 : 0;
            returns += isFeed ? 0 : 1;
            at = behind;
            if (body.Slice(at).IndexOfAny(Return, Feed) < 0)
            {
                break;
            }
        }

        return doubled >= Fewest && returns == 0 ? LineEnds.Doubled : returns >= Fewest && doubled == 0 ? LineEnds.Return : LineEnds.Sound;
    }

    private static LineEnds TellHeaders(ReadOnlySpan<byte> head)
    {
        int returns = 0;
        int doubled = 0;
        int sound = 0;
        for (int start = EndOfLines(head, 0); start < head.Length;)
        {
            int length = head.Slice(start).IndexOfAny(Return, Feed);
            if (length < 0)
            {
                break;
            }

            int begin = start + length;
            int end = EndOfLine(head, begin);
            bool isFeed = head[end - 1] == Feed;
            bool isStray = length == 0 && !isFeed && sound > returns;
            doubled += (isFeed && end - begin > 2) || isStray ? 1 : 0;
            sound += isFeed && end - begin <= 2 ? 1 : 0;
            returns += isFeed || isStray ? 0 : 1;
            if ((length == 0 && !isStray) || (!isFeed && end - begin > 1))
            {
                break;
            }

            start = end;
        }

        return returns > doubled + sound ? LineEnds.Return : doubled > 0 ? LineEnds.Doubled : LineEnds.Sound;
    }

    /// <summary>Behind empty lines.</summary>
    private static int EndOfLines(ReadOnlySpan<byte> head, int at)
    {
        while (at < head.Length && head[at] is Return or Feed)
        {
            at++;
        }

        return at;
    }

    /// <summary>Behind one LF, or any CRs and the LF behind them.</summary>
    private static int EndOfLine(ReadOnlySpan<byte> head, int at)
    {
        while (at < head.Length && head[at] == Return)
        {
            at++;
        }

        return at < head.Length && head[at] == Feed ? at + 1 : at;
    }

    public override Stream OpenRead() => new LineEndStream(stored.OpenRead(), ends);

    private sealed class LineEndStream(Stream stored, LineEnds ends) : ForwardStream(stored)
    {
        private readonly byte[] _buffer = new byte[32 * 1024];
        private int _start;
        private int _end;
        private byte _last;

        public override int Read(byte[] buffer, int offset, int count)
        {
            int written = 0;
            while (written < count && Fill())
            {
                byte b = _buffer[_start++];
                if (ends == LineEnds.Return)
                {
                    bool isFirstOfTwo = b == Return && _start < _end && _buffer[_start] == Feed;
                    if (!isFirstOfTwo)
                    {
                        buffer[offset + written++] = b == Return ? Feed : b;
                    }
                }
                else if (b != Return || (_start < _end && _buffer[_start] == Feed) || (_last != Feed && (_start >= _end || _buffer[_start] != Return)))
                {
                    buffer[offset + written++] = b;
                }

                _last = b;
            }

            return written;
        }

        /// <summary>Ensures that what follows a byte is in the buffer.</summary>
        private bool Fill()
        {
            while (_end - _start < 3)
            {
                Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
                _end -= _start;
                _start = 0;
                int read = Source.Read(_buffer, _end, _buffer.Length - _end);
                if (read <= 0)
                {
                    break;
                }

                _end += read;
            }

            return _end > _start;
        }
    }
}
