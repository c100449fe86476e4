using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// Quoted-printable without the blanks that a server has put at the end of lines: they are no part of what was encoded (RFC 2045 6.7, rule 3), and would keep a parser from
/// seeing that a line goes on, in the middle of a character perhaps.
/// </summary>
/// <param name="stored">The text as it stands in the message.</param>
internal sealed class QuotedSource(BinarySource stored) : BinarySource
{
    /// <summary>More blanks in a row are text.</summary>
    private const int MostBlanks = 1024;

    public override long? Length => null;

    public override Stream OpenRead() => new QuotedStream(stored.OpenRead());

    private sealed class QuotedStream(Stream stored) : ForwardStream(stored)
    {
        private readonly byte[] _buffer = new byte[32 * 1024];
        private readonly byte[] _held = new byte[MostBlanks];
        private int _start;
        private int _end;
        private int _heldCount;
        private int _given;
        private bool _isOver;

        public override int Read(byte[] buffer, int offset, int count)
        {
            int written = 0;
            while (written < count)
            {
                if (_given > 0)
                {
                    buffer[offset + written++] = _held[_heldCount - _given--];
                    _heldCount = _given == 0 ? 0 : _heldCount;
                    continue;
                }

                if (_start == _end && !Fill())
                {
                    break;
                }

                byte next = _buffer[_start];
                if (next is (byte)' ' or (byte)'\t' && _heldCount < MostBlanks)
                {
                    _held[_heldCount++] = next;
                    _start++;
                    continue;
                }

                if (_heldCount > 0)
                {
                    bool isEnd = next is (byte)'\r' or (byte)'\n';
                    _given = isEnd ? 0 : _heldCount;
                    _heldCount = isEnd ? 0 : _heldCount;
                    if (!isEnd)
                    {
                        continue;
                    }
                }

                buffer[offset + written++] = next;
                _start++;
            }

            return written;
        }

        private bool Fill()
        {
            if (_isOver)
            {
                return false;
            }

            _start = 0;
            _end = Source.Read(_buffer, 0, _buffer.Length);
            _isOver = _end == 0;
            return !_isOver;
        }
    }
}
