using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// Text that was stored with line feeds, with CRLF as it was signed (RFC 8551 3.1.1). Mailbox files on Unix keep mail so.
/// </summary>
internal sealed class CanonicalSource : BinarySource
{
    private const byte Feed = (byte)'\n';
    private readonly BinarySource _stored;

    private CanonicalSource(BinarySource stored, long feeds)
    {
        _stored = stored;
        Length = stored.Measure() + feeds;
    }

    public override long? Length { get; }

    /// <summary>The text with CRLF; the source itself where it has any CR, for then nobody changed its line ends.</summary>
    public static BinarySource Of(BinarySource stored)
    {
        long feeds = 0;
        byte[] buffer = new byte[64 * 1024];
        using Stream stream = stored.OpenRead();
        for (int read; (read = stream.Read(buffer, 0, buffer.Length)) > 0;)
        {
            foreach (byte b in buffer.AsSpan(0, read))
            {
                if (b == '\r')
                {
                    return stored;
                }

                feeds += b == Feed ? 1 : 0;
            }
        }

        return feeds == 0 ? stored : new CanonicalSource(stored, feeds);
    }

    public override Stream OpenRead() => new CanonicalStream(_stored.OpenRead());

    private sealed class CanonicalStream(Stream stored) : ForwardStream(stored)
    {
        private readonly byte[] _buffer = new byte[32 * 1024];
        private int _start;
        private int _end;
        private bool _hasReturn;

        public override int Read(byte[] buffer, int offset, int count)
        {
            int written = 0;
            while (written < count)
            {
                if (_start == _end)
                {
                    _start = 0;
                    _end = Source.Read(_buffer, 0, _buffer.Length);
                    if (_end <= 0)
                    {
                        _end = 0;
                        break;
                    }
                }

                bool needsReturn = _buffer[_start] == Feed && !_hasReturn;
                buffer[offset + written++] = needsReturn ? (byte)'\r' : _buffer[_start++];
                _hasReturn = needsReturn;
            }

            return written;
        }
    }
}
