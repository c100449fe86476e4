namespace PstMigration.Sandbox;

/// <summary>An answer that breaks off: some bytes, then nothing any more.</summary>
internal sealed class BrokenStream(Stream whole) : Stream
{
    private const int Given = 64;

    private int _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        int read = whole.Read(buffer, offset, Math.Min(count, Given - _read));
        _read += read;
        return read > 0 ? read : throw new IOException("The response ended prematurely.");
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            whole.Dispose();
        }

        base.Dispose(disposing);
    }
}
