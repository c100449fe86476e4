namespace PstMigration.Pst.Compat;

/// <summary>A read-only seekable stream whose one way of reading takes a span; .NET Framework's Stream knows only arrays.</summary>
internal abstract class ReadOnlySpanStream : Stream
{
    private long _position;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => true;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Position
    {
        get => _position;
        set => _position = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value));
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => ReadAndAdvance(buffer.AsSpan(offset, count));

#if !NETFRAMEWORK
    /// <inheritdoc/>
    public override int Read(Span<byte> buffer) => ReadAndAdvance(buffer);
#endif

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
    {
        SeekOrigin.Begin => 0,
        SeekOrigin.Current => _position,
        SeekOrigin.End => Length,
        _ => throw new ArgumentOutOfRangeException(nameof(origin)),
    };

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Reads from <paramref name="position"/>; 0 only at the end or for an empty buffer.</summary>
    protected abstract int ReadAt(long position, Span<byte> buffer);

    private int ReadAndAdvance(Span<byte> buffer)
    {
        int count = buffer.IsEmpty || _position >= Length ? 0 : ReadAt(_position, buffer);
        _position += count;
        return count;
    }
}
