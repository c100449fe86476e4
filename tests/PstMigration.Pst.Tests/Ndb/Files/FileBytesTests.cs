using PstMigration.Pst.Ndb.Files;
using Xunit;

namespace PstMigration.Pst.Tests.Ndb.Files;

public class FileBytesTests
{
    [Theory]
    [InlineData("disk")]
    [InlineData("memory")]
    [InlineData("windows")]
    public void Reads_at_any_position_and_stops_at_the_end(string kind)
    {
        byte[] content = [1, 2, 3, 4, 5, 6, 7, 8];
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, content);
            using IFileBytes file = kind switch
            {
                "disk" => new DiskFileBytes(path),
                "memory" => new MemoryFileBytes(content),
                _ => new WindowedFileBytes(new MemoryFileBytes(content), windowSize: 3, maxWindows: 2),
            };
            byte[] buffer = new byte[4];

            Assert.Equal(8, file.Length);
            Assert.Equal(4, file.ReadAt(2, buffer));
            Assert.Equal([3, 4, 5, 6], buffer);
            Assert.Equal(2, file.ReadAt(6, buffer));
            Assert.Equal([7, 8, 5, 6], buffer);
            Assert.Equal(0, file.ReadAt(8, buffer));
            Assert.Equal(0, file.ReadAt(long.MaxValue - 2, buffer));
            Assert.Equal(0, file.ReadAt(-1, buffer));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_file_being_read_can_be_written_renamed_and_deleted()
    {
        string path = Path.GetTempFileName();
        File.WriteAllBytes(path, [1, 2, 3]);
        using (DiskFileBytes file = new(path))
        {
            using (FileStream writer = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
            {
                writer.WriteByte(9);
            }

            byte[] buffer = new byte[1];
            Assert.Equal(1, file.ReadAt(0, buffer));
            Assert.Equal(9, buffer[0]);
            File.Delete(path);
        }

        Assert.False(File.Exists(path));
    }
}
