namespace PstMigration.Mapi;

/// <summary>A stream that is only read, once, from front to back. What it gives is made of another, if there is one, which it owns.</summary>
public abstract class ForwardStream : Stream
{
    /// <summary>A stream over another.</summary>
    protected ForwardStream(Stream source) => Source = source;

    /// <summary>A stream that has its bytes from elsewhere.</summary>
    protected ForwardStream()
        : this(Null)
    {
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>The stream below.</summary>
    protected Stream Source { get; }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Source.Dispose();
        }

        base.Dispose(disposing);
    }
}
