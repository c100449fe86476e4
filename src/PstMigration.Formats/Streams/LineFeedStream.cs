namespace PstMigration.Formats;

/// <summary>Writes what is written to it with line feeds for CRLF. Does not close what it writes to.</summary>
internal sealed class LineFeedStream(Stream target) : SinkStream
{
    private const byte Return = (byte)'\r';
    private const byte Feed = (byte)'\n';
    private static readonly byte[] s_return = [Return];

    private bool _isReturnHeld;

    public override void Write(byte[] buffer, int offset, int count)
    {
        int start = offset;
        int end = offset + count;
        if (_isReturnHeld && count > 0)
        {
            if (buffer[offset] != Feed)
            {
                target.Write(s_return, 0, 1);
            }

            _isReturnHeld = false;
        }

        for (int at = start; at < end;)
        {
            int found = Array.IndexOf(buffer, Return, at, end - at);
            if (found < 0)
            {
                break;
            }

            if (found + 1 == end || buffer[found + 1] == Feed)
            {
                target.Write(buffer, start, found - start);
                start = found + 1;
                _isReturnHeld = start == end;
            }

            at = found + 1;
        }

        target.Write(buffer, start, end - start);
    }

    public override void Flush() => target.Flush();

    protected override void Dispose(bool disposing)
    {
        if (disposing && _isReturnHeld)
        {
            target.Write(s_return, 0, 1);
            _isReturnHeld = false;
        }

        base.Dispose(disposing);
    }
}
