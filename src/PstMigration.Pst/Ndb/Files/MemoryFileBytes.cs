namespace PstMigration.Pst.Ndb.Files;

/// <summary>A file that is in memory. The bytes are not copied.</summary>
internal sealed class MemoryFileBytes(byte[] bytes) : IFileBytes
{
    public long Length => bytes.Length;

    public int ReadAt(long offset, Span<byte> buffer)
    {
        if (offset < 0 || offset >= bytes.Length)
        {
            return 0;
        }

        int count = (int)Math.Min(buffer.Length, bytes.Length - offset);
        bytes.AsSpan((int)offset, count).CopyTo(buffer);
        return count;
    }

    public void Dispose()
    {
    }
}
