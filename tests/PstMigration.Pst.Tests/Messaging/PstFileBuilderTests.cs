using System.Text;
using PstMigration.Mapi;
using PstMigration.Pst.Messaging;
using PstMigration.Pst.Tests.Verification;
using Xunit;

namespace PstMigration.Pst.Tests.Messaging;

public sealed class PstFileBuilderTests
{
    [Fact]
    public void The_same_items_and_record_key_make_the_same_file()
    {
        using TemporaryFolder folder = new();

        string a = SampleFile.Build(folder.File("a.pst"));
        string b = SampleFile.Build(folder.File("b.pst"));

        Assert.Equal(File.ReadAllBytes(a), File.ReadAllBytes(b));
    }

    [Fact]
    public void Nothing_remains_without_completion()
    {
        using TemporaryFolder folder = new();
        using (PstFileBuilder builder = PstFileBuilder.Create(folder.File("a.pst")))
        {
            builder.AddItem(builder.RootFolder, SampleItems.Mail(1));
            Assert.Equal(["a.pst.partial"], folder.Names());
        }

        Assert.Empty(folder.Names());
    }

    [Fact]
    public void A_file_that_is_there_is_not_replaced_unasked()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("a.pst"), "precious");

        PstException e = Assert.Throws<PstException>(() => PstFileBuilder.Create(folder.File("a.pst")));

        Assert.Equal("PstExists", e.Id);
        Assert.Equal(["a.pst"], folder.Names());
    }

    [Fact]
    public void A_file_that_came_meanwhile_is_not_replaced_unasked()
    {
        using TemporaryFolder folder = new();
        using (PstFileBuilder builder = PstFileBuilder.Create(folder.File("a.pst")))
        {
            File.WriteAllText(folder.File("a.pst"), "precious");

            Assert.Equal("PstExists", Assert.Throws<PstException>(builder.Complete).Id);
        }

        Assert.Equal("precious", File.ReadAllText(folder.File("a.pst")));
        Assert.Equal(["a.pst"], folder.Names());
    }

    [Fact]
    public void A_file_is_replaced_at_the_end()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("a.pst"), "old");
        using PstFileBuilder builder = PstFileBuilder.Create(folder.File("a.pst"), SampleFile.Options() with { Replace = true });
        builder.AddItem(builder.RootFolder, SampleItems.Mail(1));
        Assert.Equal("old", File.ReadAllText(folder.File("a.pst")));

        builder.Complete();

        Assert.Equal(["a.pst"], folder.Names());
        Assert.Empty(StructureVerifier.Verify(folder.File("a.pst")));
    }

    [Fact]
    public void A_file_open_elsewhere_is_in_use()
    {
        using TemporaryFolder folder = new();
        using FileStream open = new(folder.File("a.pst"), FileMode.Create, FileAccess.ReadWrite, FileShare.None);

        PstException e = Assert.Throws<PstException>(() => PstFileBuilder.Create(folder.File("a.pst"), new PstCreateOptions { Replace = true }));

        Assert.Equal("PstInUse", e.Id);
    }

    [Fact]
    public void Two_builders_of_one_file_do_not_meet()
    {
        using TemporaryFolder folder = new();
        using PstFileBuilder first = PstFileBuilder.Create(folder.File("a.pst"));

        Assert.Equal("PstInUse", Assert.Throws<PstException>(() => PstFileBuilder.Create(folder.File("a.pst"))).Id);

        first.Complete();
        Assert.Empty(StructureVerifier.Verify(folder.File("a.pst")));
    }

    [Fact]
    public void A_missing_folder_is_said()
    {
        using TemporaryFolder folder = new();

        PstException e = Assert.Throws<PstException>(() => PstFileBuilder.Create(Path.Combine(folder.File("none"), "a.pst")));

        Assert.Equal("PstDirectoryNotFound", e.Id);
    }

    [Fact]
    public void A_directory_of_the_name_is_said()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder.File("a.pst"));

        PstException e = Assert.Throws<PstException>(() => PstFileBuilder.Create(folder.File("a.pst"), new PstCreateOptions { Replace = true }));

        Assert.Equal("PstIsDirectory", e.Id);
        Assert.Empty(folder.Names());
    }

    [Fact]
    public void A_full_disk_leaves_the_old_file_and_nothing_else()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("a.pst"), "old");
        PartialFile full = PartialFile.Create(folder.File("a.pst"), replace: true, path => new SmallDisk(path, 1_000_000));
        using (PstFileBuilder builder = PstFileBuilder.Create(full))
        {
            PstException e = Assert.Throws<PstException>(() =>
            {
                for (int i = 0; i < 100_000; i++)
                {
                    builder.AddItem(builder.RootFolder, SampleItems.Mail(i));
                }
            });

            Assert.Equal("PstWriteFailed", e.Id);
            Assert.True(builder.IsBroken);
            Assert.Throws<InvalidOperationException>(builder.Complete);
        }

        Assert.Equal(["a.pst"], folder.Names());
        Assert.Equal("old", File.ReadAllText(folder.File("a.pst")));
    }

    [Fact]
    public void A_disk_full_at_the_end_leaves_the_old_file_and_nothing_else()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("a.pst"), "old");
        PartialFile full = PartialFile.Create(folder.File("a.pst"), replace: true, path => new SmallDisk(path, 100_000));
        using (PstFileBuilder builder = PstFileBuilder.Create(full))
        {
            builder.AddItem(builder.RootFolder, SampleItems.Mail(0));

            Assert.Equal("PstWriteFailed", Assert.Throws<PstException>(builder.Complete).Id);
        }

        Assert.Equal(["a.pst"], folder.Names());
        Assert.Equal("old", File.ReadAllText(folder.File("a.pst")));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(30_000)]
    [InlineData(3_000_000)]
    public void An_item_that_cannot_be_read_leaves_no_trace(long failsAt)
    {
        using TemporaryFolder folder = new();
        using (PstFileBuilder builder = PstFileBuilder.Create(folder.File("bad.pst"), SampleFile.Options()))
        {
            builder.AddItem(builder.RootFolder, SampleItems.Mail(0));
            MapiItem bad = SampleItems.Mail(1);
            bad.Attachments.Add(SampleItems.File("first", new SampleItems.Generated(600_000)));
            bad.Attachments.Add(SampleItems.File("second", new SampleItems.Generated(5_000_000, position => ThrowAt(position, failsAt))));
            Assert.Throws<IOException>(() => builder.AddItem(builder.RootFolder, bad));
            Assert.False(builder.IsBroken);
            builder.AddItem(builder.RootFolder, SampleItems.Mail(2));
            builder.Complete();
        }

        using (PstFileBuilder builder = PstFileBuilder.Create(folder.File("good.pst"), SampleFile.Options()))
        {
            builder.AddItem(builder.RootFolder, SampleItems.Mail(0));
            builder.AddItem(builder.RootFolder, SampleItems.Mail(2));
            builder.Complete();
        }

        Assert.Empty(StructureVerifier.Verify(folder.File("bad.pst")));
        Assert.Equal(new FileInfo(folder.File("good.pst")).Length, new FileInfo(folder.File("bad.pst")).Length);
    }

    [Fact]
    public void A_value_that_ends_early_fails_the_item()
    {
        using TemporaryFolder folder = new();
        using PstFileBuilder builder = PstFileBuilder.Create(folder.File("a.pst"));
        MapiItem item = SampleItems.Mail(0);
        item.Attachments.Add(SampleItems.File("short", new Short()));

        PstException e = Assert.Throws<PstException>(() => builder.AddItem(builder.RootFolder, item));

        Assert.Equal("PstValueTruncated", e.Id);
        Assert.Equal(0, builder.RootFolder.ItemCount);
    }

    [Fact]
    public void A_value_larger_than_a_file_can_hold_fails_the_item_at_once()
    {
        using TemporaryFolder folder = new();
        using PstFileBuilder builder = PstFileBuilder.Create(folder.File("a.pst"));
        MapiItem item = SampleItems.Mail(0);
        item.Attachments.Add(SampleItems.File("huge", new SampleItems.Generated(9_000_000_000, _ => Assert.Fail("Was read."))));

        Assert.Equal("PstValueTooLarge", Assert.Throws<PstException>(() => builder.AddItem(builder.RootFolder, item)).Id);
    }

    [Fact]
    public void Items_nest_to_a_limit()
    {
        using TemporaryFolder folder = new();
        using (PstFileBuilder builder = PstFileBuilder.Create(folder.File("a.pst")))
        {
            builder.AddItem(builder.RootFolder, SampleItems.Nested(MessageWriter.MaxDepth));
            PstException e = Assert.Throws<PstException>(() => builder.AddItem(builder.RootFolder, SampleItems.Nested(MessageWriter.MaxDepth + 1)));
            Assert.Equal("PstItemTooDeep", e.Id);
            builder.Complete();
        }

        Assert.Empty(StructureVerifier.Verify(folder.File("a.pst")));
    }

    [Fact]
    public void A_second_folder_of_a_name_is_refused()
    {
        using TemporaryFolder folder = new();
        using PstFileBuilder builder = PstFileBuilder.Create(folder.File("a.pst"));
        builder.CreateFolder(builder.RootFolder, "Inbox");

        PstException e = Assert.Throws<PstException>(() => builder.CreateFolder(builder.RootFolder, "INBOX"));

        Assert.Equal("PstFolderExists", e.Id);
    }

    [Fact]
    public void The_files_own_folders_are_named_in_the_language_asked_for()
    {
        using TemporaryFolder folder = new();
        using PstFileBuilder builder = PstFileBuilder.Create(
            folder.File("a.pst"),
            new PstCreateOptions { Language = System.Globalization.CultureInfo.GetCultureInfo("ja-JP") });

        Assert.Equal("削除済みアイテム", builder.DeletedItems.Name);
    }

    [Fact]
    public void What_is_written_grows_with_the_items_alone()
    {
        using TemporaryFolder folder = new();
        long small = Traffic(folder.File("a.pst"), 500);
        long large = Traffic(folder.File("b.pst"), 4000);

        Assert.InRange((double)large / small, 0, 8 * 1.3);
    }

    // Bytes that go to and from the disk: unlike time it does not depend on what else the machine does.
    private static long Traffic(string path, int items)
    {
        CountingOutput output = new(PartialFile.Create(path, replace: false));
        using PstFileBuilder builder = PstFileBuilder.Create(output);
        for (int i = 0; i < items; i++)
        {
            builder.AddItem(builder.RootFolder, SampleItems.Mail(i));
        }

        builder.Complete();
        return output.Bytes;
    }

    private static void ThrowAt(long position, long failsAt)
    {
        if (position >= failsAt)
        {
            throw new IOException("The source is gone.");
        }
    }

    private sealed class Short : BinarySource
    {
        public override long? Length => 10_000;

        public override Stream OpenRead() => new MemoryStream(Encoding.ASCII.GetBytes(new string('x', 9_999)));
    }

    private sealed class SmallDisk(string path, long size) : FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1)
    {
        public override void Write(byte[] array, int offset, int count)
        {
            if (Position + count > size)
            {
                throw new IOException("There is not enough space on the disk.");
            }

            base.Write(array, offset, count);
        }
    }

    private sealed class CountingOutput(PartialFile file) : Pst.Ndb.Files.IFileOutput
    {
        public long Bytes { get; private set; }

        public bool HasFailed => file.HasFailed;

        public long Length => file.Length;

        public int ReadAt(long offset, Span<byte> buffer)
        {
            Bytes += buffer.Length;
            return file.ReadAt(offset, buffer);
        }

        public void WriteAt(long offset, byte[] bytes, int count)
        {
            Bytes += count;
            file.WriteAt(offset, bytes, count);
        }

        public void SetLength(long length) => file.SetLength(length);

        public void Dispose() => file.Dispose();
    }
}
