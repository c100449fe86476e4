namespace PstMigration.Formats;

/// <summary>Writes a message as mboxrd keeps it: a quote before every line of quotes and <c>From </c>. Does not close what it writes to.</summary>
internal sealed class MboxQuotingStream(Stream target) : SinkStream
{
    private static readonly byte[] s_quote = [(byte)'>'];

    // The start of a line, until it is known whether it needs a quote.
    private readonly byte[] _held = new byte[MboxLines.LongestQuote];
    private int _heldLength;
    private bool _isLineStart = true;

    /// <summary>Whether the last line written has an end.</summary>
    public bool IsAtLineStart => _isLineStart && _heldLength == 0;

    public override void Write(byte[] buffer, int offset, int count)
    {
        int end = offset + count;
        while (offset < end)
        {
            if (_isLineStart)
            {
                _held[_heldLength++] = buffer[offset++];
                if (!CouldBecomeFrom())
                {
                    Release();
                }

                continue;
            }

            int feed = Array.IndexOf(buffer, (byte)'\n', offset, end - offset);
            int stop = feed < 0 ? end : feed + 1;
            target.Write(buffer, offset, stop - offset);
            _isLineStart = feed >= 0;
            offset = stop;
        }
    }

    public override void Flush() => target.Flush();

    /// <summary>Writes what is held back.</summary>
    public void Finish()
    {
        if (_heldLength > 0)
        {
            Release();
        }
    }

    private bool CouldBecomeFrom()
    {
        int quotes = 0;
        while (quotes < _heldLength && _held[quotes] == '>')
        {
            quotes++;
        }

        const string From = "From ";
        int length = _heldLength - quotes;
        if (length >= From.Length || _heldLength == _held.Length)
        {
            return false;
        }

        for (int i = 0; i < length; i++)
        {
            if (_held[quotes + i] != From[i])
            {
                return false;
            }
        }

        return true;
    }

    private void Release()
    {
        ReadOnlySpan<byte> line = _held.AsSpan(0, _heldLength);
        if (MboxLines.IsFrom(line) || MboxLines.IsQuotedFrom(line))
        {
            target.Write(s_quote, 0, 1);
        }

        target.Write(_held, 0, _heldLength);
        _isLineStart = _held[_heldLength - 1] == '\n';
        _heldLength = 0;
    }
}
