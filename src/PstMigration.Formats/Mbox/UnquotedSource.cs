using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>A message of an mbox file without the quotes before its From_ lines.</summary>
internal sealed class UnquotedSource(BinarySource stored, int quotes) : BinarySource
{
    public override long? Length => stored.Length - quotes;

    public override Stream OpenRead() => new UnquotingStream(stored.OpenRead());

    /// <summary>Takes the first quote off each line of quotes and <c>From </c>.</summary>
    private sealed class UnquotingStream(Stream source) : ForwardStream(source)
    {
        private readonly byte[] _buffer = new byte[64 * 1024];
        private int _start;
        private int _end;
        private bool _isLineStart = true;
        private bool _isOver;

        public override int Read(byte[] buffer, int offset, int count)
        {
            int written = 0;
            while (written < count && Fill())
            {
                if (_isLineStart && MboxLines.IsQuotedFrom(_buffer.AsSpan(_start, _end - _start)))
                {
                    _start++;
                }

                // Quotes that fill the whole buffer count as none.
                int line = Array.IndexOf(_buffer, (byte)'\n', _start, _end - _start);
                int available = (line < 0 ? _end : line + 1) - _start;
                int taken = Math.Min(available, count - written);
                Buffer.BlockCopy(_buffer, _start, buffer, offset + written, taken);
                _isLineStart = line >= 0 && taken == available;
                _start += taken;
                written += taken;
            }

            return written;
        }

        /// <summary>Sees to it that the longest From_ line that is looked for lies in the buffer, if there is so much.</summary>
        private bool Fill()
        {
            while (!_isOver && _end - _start < MboxLines.LongestQuote)
            {
                Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
                _end -= _start;
                _start = 0;
                int read = Source.Read(_buffer, _end, _buffer.Length - _end);
                _end += read;
                _isOver = read == 0;
            }

            return _end > _start;
        }
    }
}
