using System;
using System.IO;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>How the lines of a file end.</summary>
internal enum LineEnds
{
    /// <summary>In LF or CR LF.</summary>
    Sound,

    /// <summary>In CR alone, as on the first Macintoshes.</summary>
    Return,

    /// <summary>In CR CR LF: somebody made CR LF of the LF of CR LF.</summary>
    Doubled,
}

/// <summary>A text whose lines end otherwise, with LF or CR LF.</summary>
internal sealed class LineEndSource(BinarySource stored, LineEnds ends) : BinarySource
{
    private const byte Return = (byte)'\r';
    private const byte Feed = (byte)'\n';
    private long? _length;

    public override long Length => _length ??= Measure();

    /// <summary>How lines end at the start of a text.</summary>
    public static LineEnds Tell(ReadOnlySpan<byte> head)
    {
        int feed = head.IndexOf(Feed);
        return feed < 0 ? head.IndexOf(Return) >= 0 ? LineEnds.Return : LineEnds.Sound
            : feed >= 2 && head[feed - 1] == Return && head[feed - 2] == Return ? LineEnds.Doubled
            : LineEnds.Sound;
    }

    public override Stream OpenRead() => new LineEndStream(stored.OpenRead(), ends);

    private long Measure()
    {
        using Stream stream = OpenRead();
        byte[] buffer = new byte[81920];
        long length = 0;
        for (int read; (read = stream.Read(buffer, 0, buffer.Length)) > 0;)
        {
            length += read;
        }

        return length;
    }

    private sealed class LineEndStream(Stream stored, LineEnds ends) : ForwardStream(stored)
    {
        private readonly byte[] _buffer = new byte[32 * 1024];
        private int _start;
        private int _end;

        public override int Read(byte[] buffer, int offset, int count)
        {
            int written = 0;
            while (written < count && Fill())
            {
                byte b = _buffer[_start++];
                if (ends == LineEnds.Return)
                {
                    buffer[offset + written++] = b == Return ? Feed : b;
                }
                else if (b != Return || _start + 1 >= _end || _buffer[_start] != Return || _buffer[_start + 1] != Feed)
                {
                    buffer[offset + written++] = b;
                }
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
