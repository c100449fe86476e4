using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Tests.Synthetic;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Pst.Tests.Messaging;

public class WriterHintTests
{
    [Theory]
    [InlineData("Empty.pst", PstWriter.Outlook)]
    [InlineData("Outlook_1.pst", PstWriter.Outlook)]
    [InlineData("SampleOstFile.ost", PstWriter.Outlook)]
    [InlineData("outlook-com-4k.ost", PstWriter.Outlook)]
    [InlineData("test_ansi.pst", PstWriter.Outlook)]
    [InlineData("32-bit.pst", PstWriter.Unknown)]
    [InlineData("TaskPST.pst", PstWriter.Unknown)]
    [InlineData("JournalPST.pst", PstWriter.Unknown)]
    public void Real_files_tell_their_writer_or_do_not(string name, PstWriter writer)
    {
        using PstFile file = PstFile.Open(TestData.Path("pst/" + name));

        Assert.Equal(writer, file.ReadWriter().Writer);
    }

    [Fact]
    public void Items_tell_which_Outlook_saved_them()
    {
        using PstFile file = PstFile.Open(TestData.Path("pst/dist-list.pst"));
        PstWriterHints hints = file.ReadWriter();

        Assert.Contains("12.0", hints.ItemVersions);
        Assert.Equal(19, hints.ClientVersion);
    }

    [Fact]
    public void Our_own_files_are_known_by_their_names()
    {
        using TemporaryFolder folder = new();
        using PstFile file = PstFile.Open(SampleFile.Build(folder.File("own.pst")));

        Assert.Equal(PstWriter.PstMigration, file.ReadWriter().Writer);
        Assert.True(file.IsClosedProperly);
        Assert.True(file.IsCurrent());
    }

    [Fact]
    public void A_file_without_any_sign_is_unknown()
    {
        using PstFile file = ShapeTests.Open(new TestStore(new TestPst(PstLayout.Unicode)).ToArray());
        PstWriterHints hints = file.ReadWriter();

        Assert.Equal(PstWriter.Unknown, hints.Writer);
        Assert.Empty(hints.ItemVersions);
    }

    [Fact]
    public void A_file_that_is_written_to_is_no_longer_current()
    {
        using TemporaryFolder folder = new();
        string path = SampleFile.Build(folder.File("own.pst"));
        using PstFile file = PstFile.Open(path);
        byte[] bytes = System.IO.File.ReadAllBytes(path);
        PstHeader header = PstHeader.Read(bytes, PstLayout.Unicode);
        (header with { Unique = header.Unique + 1 }).Write(bytes, PstLayout.Unicode);
        using (System.IO.FileStream stream = new(path, System.IO.FileMode.Open, System.IO.FileAccess.Write, System.IO.FileShare.ReadWrite | System.IO.FileShare.Delete))
        {
            stream.Write(bytes, 0, PstHeader.MaxSize);
        }

        Assert.False(file.IsCurrent());
    }
}
