namespace PstMigration.Sandbox;

/// <summary>A body that breaks off: some bytes, then nothing any more.</summary>
internal sealed class BrokenStream(Stream whole, long given = 64) : Stream
{
    private long _read;

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
        int read = whole.Read(buffer, offset, (int)Math.Min(count, given - _read));
        _read += read;
        return read > 0 ? read : throw new IOException("The connection broke in the middle of a body.");
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
