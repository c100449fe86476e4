using System.Text;

namespace PstMigration.Accounts.Probing;

/// <summary>Lines of a mail protocol, within bounds no honest server reaches.</summary>
internal sealed class MailLineReader(Stream stream)
{
    private const int MaxLine = 8 * 1024;
    private const int MaxTotal = 128 * 1024;

    private readonly byte[] _buffer = new byte[4096];
    private int _next;
    private int _count;
    private int _total;

    /// <summary>The next line without its end, bytes above 0x7E and controls as question marks.</summary>
    /// <exception cref="EndOfStreamException">The server closed the connection.</exception>
    /// <exception cref="InvalidDataException">It says more than a mail server does.</exception>
    public async Task<string> ReadAsync(CancellationToken cancellationToken)
    {
        StringBuilder line = new();
        while (true)
        {
            if (_next == _count)
            {
                _next = 0;
                _count = await stream.ReadAsync(_buffer, 0, _buffer.Length, cancellationToken).ConfigureAwait(false);
                if (_count == 0)
                {
                    throw new EndOfStreamException();
                }
            }

            byte b = _buffer[_next++];
            if (b == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            if (line.Length == MaxLine || ++_total > MaxTotal)
            {
                throw new InvalidDataException();
            }

            line.Append(b is >= 0x20 and < 0x7F or (byte)'\t' or (byte)'\r' ? (char)b : '?');
        }
    }

    /// <summary>Whether more was sent than was read: before TLS such lines were put there by somebody in between.</summary>
    public bool HasMore => _next < _count;
}
