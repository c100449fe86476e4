namespace PstMigration.Pst.Ndb.Files;

/// <summary>The first bytes of a file that belongs to somebody else, for whom what stands behind them does not count.</summary>
internal sealed class FilePrefix(IFileBytes file, long length) : IFileBytes
{
    /// <inheritdoc/>
    public long Length { get; } = Math.Min(length, file.Length);

    /// <inheritdoc/>
    public int ReadAt(long offset, Span<byte> buffer)
    {
        long left = Length - offset;
        return offset < 0 || left <= 0 ? 0 : file.ReadAt(offset, left < buffer.Length ? buffer[..(int)left] : buffer);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
