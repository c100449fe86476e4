using PstMigration.Pst.Compat;

namespace PstMigration.Pst.Ndb.Files;

/// <summary>A file on disk.</summary>
internal sealed class DiskFileBytes(string path) : IFileBytes
{
    private readonly PositionedFile _file = new(path);

    public long Length => _file.Length;

    public int ReadAt(long offset, Span<byte> buffer)
    {
        // Operating systems refuse a range that passes 2^63 where they should find nothing.
        if (offset < 0 || offset > long.MaxValue - buffer.Length)
        {
            return 0;
        }

        int total = 0;
        while (total < buffer.Length)
        {
            int count = Read(offset + total, buffer[total..]);
            if (count == 0)
            {
                break;
            }

            total += count;
        }

        return total;
    }

    private int Read(long offset, Span<byte> buffer)
    {
        try
        {
            return _file.Read(offset, buffer);
        }
        catch (IOException e)
        {
            throw PstException.ReadFailed(path, e);
        }
    }

    public void Dispose() => _file.Dispose();
}
