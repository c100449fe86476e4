namespace PstMigration.Formats;

/// <summary>Writes what is written to it with line feeds for CRLF. Does not close what it writes to.</summary>
internal sealed class LineFeedStream(Stream target) : Stream
{
    private const byte Return = (byte)'\r';
    private const byte Feed = (byte)'\n';
    private static readonly byte[] s_return = [Return];

    private bool _isReturnHeld;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

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

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

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
