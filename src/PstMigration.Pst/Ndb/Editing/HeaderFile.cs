using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Ndb.Files;

namespace PstMigration.Pst.Ndb.Editing;

/// <summary>
/// The header of a file that is changed. It is always written whole; what Outlook keeps in it stays. A write that is torn leaves one of
/// its two sectors: everything that decides which state the file is in, ROOT above all, is in the first, which dwCRCPartial covers alone. In
/// the second only bidNextB and dwCRCFull change. So a header whose dwCRCPartial is right and whose dwCRCFull is wrong is one state or the
/// other, whole, but for bidNextB.
/// </summary>
internal sealed class HeaderFile(IDurableFile file, byte[] bytes, PstHeader header, PstLayout layout)
{
    private const int FreeMapsLength = 256;

    private byte[] _bytes = bytes;

    /// <summary>What was read or written last, put right.</summary>
    public PstHeader Header { get; private set; } = header;

    /// <summary>Takes fields that are wrong in the file and are not to be written for their own sake.</summary>
    public void PutRight(PstHeader right) => Header = right;

    /// <summary>Whether the file has the header that was read or written last, and the length it tells: nobody else writes to it.</summary>
    public bool IsInFile()
    {
        byte[] found = new byte[layout.HeaderSize];
        return file.Length >= Header.Root.FileLength && file.ReadAt(0, found) == found.Length && found.AsSpan().SequenceEqual(_bytes.AsSpan(0, found.Length));
    }

    /// <summary>Writes the header, which lasts when the file is flushed.</summary>
    /// <exception cref="PstException">PstWriteFailed.</exception>
    public void Write(PstHeader next)
    {
        byte[] written = (byte[])_bytes.Clone();
        written.AsSpan(layout.HeaderFreeMaps, FreeMapsLength).Fill(0xFF);
        next.Write(written, layout);
        file.WriteAt(0, written, layout.HeaderSize);
        _bytes = written;
        Header = next;
    }
}
