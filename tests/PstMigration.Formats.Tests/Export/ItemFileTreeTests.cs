using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using PstMigration.Formats.Tests.Mime;
using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Formats.Tests.Export;

public sealed class ItemFileTreeTests : IDisposable
{
    private static readonly FolderPath s_inbox = FolderPath.Parse("受信トレイ/請求書");
    private static readonly ItemFileOptions s_utc = new() { TimeZone = TimeZoneInfo.Utc };

    private readonly string _root = Path.Combine(Path.GetTempPath(), "pstmigration-" + Guid.NewGuid().ToString("N"));

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void A_file_is_named_by_time_subject_and_source()
    {
        ExportedItem written = ItemFileTree.Open(_root, ItemFileFormat.Eml, s_utc).Write(s_inbox, Key(1), Mail.Item("見積: A/B?"));

        Assert.Equal(ItemFate.Copied, written.Fate);
        string file = Assert.Single(written.Files);
        Assert.Matches(@"^2026-03-01 0930 見積_ A_B_ \([0-9a-f]{12}\)\.eml$", Path.GetFileName(file));
        Assert.Equal(Path.Combine(_root, "受信トレイ", "請求書"), Path.GetDirectoryName(file));
        Assert.Equal(Mail.Sent.UtcDateTime, File.GetLastWriteTimeUtc(file));
        Assert.Equal(new FileInfo(file).Length, written.Bytes);
        Assert.Equal("見積: A/B?", Mail.Parse(File.ReadAllBytes(file)).Subject);
    }

    [Fact]
    public void Rtf_lies_beside_the_html_made_from_it()
    {
        byte[] rtf = @"{\rtf1 {\b bold}}"u8.ToArray();
        MapiItem item = Mail.Item("a", null);
        item.Properties.Set(PropertyTags.RtfCompressed, CompressedRtf.Compress(rtf));

        ExportedItem written = ItemFileTree.Open(_root, ItemFileFormat.Html, s_utc).Write(s_inbox, Key(1), item);

        Assert.Equal([".html", ".rtf"], written.Files.Select(Path.GetExtension));
        Assert.Equal(rtf, File.ReadAllBytes(written.Files[1]));
        Assert.Equal(written.Files.Sum(f => new FileInfo(f).Length), written.Bytes);
        Assert.Empty(written.Losses);
        Assert.Equal(ItemFate.AlreadyThere, ItemFileTree.Open(_root, ItemFileFormat.Html, s_utc).Write(s_inbox, Key(1), item).Fate);
        Assert.Equal(2, Listed().Length);
    }

    [Theory]
    [InlineData(ItemFileFormat.Eml)]
    [InlineData(ItemFileFormat.Html)]
    [InlineData(ItemFileFormat.Text)]
    [InlineData(ItemFileFormat.Json)]
    [InlineData(ItemFileFormat.Attachments)]
    public void A_second_run_writes_nothing(ItemFileFormat format)
    {
        MapiItem item = Mail.Item("a", "b", null, Mail.File("c.txt", [1]));
        ItemFileTree first = ItemFileTree.Open(_root, format, s_utc);
        Assert.Equal(ItemFate.Copied, first.Write(s_inbox, Key(1), item).Fate);
        Assert.Equal(ItemFate.Copied, first.Write(s_inbox, Key(2), item).Fate);
        string[] before = Listed();

        // Another zone and another subject are no reason to write it again.
        TimeZoneInfo japan = TimeZoneInfo.CreateCustomTimeZone("JST", TimeSpan.FromHours(9), "JST", "JST");
        ItemFileTree second = ItemFileTree.Open(_root, format, new ItemFileOptions { TimeZone = japan });
        Assert.Equal(format != ItemFileFormat.Attachments, second.Contains(s_inbox, Key(1)));
        Assert.Equal(ItemFate.AlreadyThere, second.Write(s_inbox, Key(2), item).Fate);
        Assert.Equal(ItemFate.AlreadyThere, second.Write(s_inbox, Key(1), item).Fate);
        Assert.Equal(before, Listed());

        ItemFileTree third = ItemFileTree.Open(_root, format, new ItemFileOptions { TimeZone = japan, Replace = true });
        Assert.Equal(ItemFate.Copied, third.Write(s_inbox, Key(1), item).Fate);
        Assert.Equal(before, Listed());
    }

    [Fact]
    public void What_a_killed_run_left_is_cleared_away()
    {
        string file = ItemFileTree.Open(_root, ItemFileFormat.Eml).Write(s_inbox, Key(1), Mail.Item()).Files[0];
        File.Move(file, file + ".partial");

        ItemFileTree tree = ItemFileTree.Open(_root, ItemFileFormat.Eml);

        Assert.False(tree.Contains(s_inbox, Key(1)));
        Assert.False(File.Exists(file + ".partial"));
        Assert.Equal([file], tree.Write(s_inbox, Key(1), Mail.Item()).Files);
    }

    [Fact]
    public void What_a_loss_of_power_left_empty_is_written_again()
    {
        string file = ItemFileTree.Open(_root, ItemFileFormat.Eml).Write(s_inbox, Key(1), Mail.Item()).Files[0];
        File.WriteAllBytes(file, []);

        ItemFileTree tree = ItemFileTree.Open(_root, ItemFileFormat.Eml);

        Assert.False(tree.Contains(s_inbox, Key(1)));
        Assert.Equal([file], tree.Write(s_inbox, Key(1), Mail.Item()).Files);
    }

    [Fact]
    public void An_item_that_cannot_be_read_leaves_no_file()
    {
        MapiItem item = Mail.Item("a", "b", null, Mail.File("c.bin", []));
        item.Attachments[0].Properties[PropertyTags.AttachDataBinary] = PropertyValue.FromBinary(new BrokenSource());

        MailDataException e = Assert.Throws<MailDataException>(() => ItemFileTree.Open(_root, ItemFileFormat.Eml).Write(s_inbox, Key(1), item));

        Assert.Equal("PstDamaged", e.Id);
        Assert.Empty(Listed());
    }

    [Fact]
    public void Where_nothing_can_be_written_the_error_is_typed()
    {
        Directory.CreateDirectory(_root);
        string blocked = Path.Combine(_root, "file");
        File.WriteAllText(blocked, "");

        Assert.Equal("TreeWriteFailed", Assert.Throws<MailDataException>(() => ItemFileTree.Open(blocked, ItemFileFormat.Eml)).Id);
        Assert.Equal("DiskFull", WholeFile.Translate("x", new IOException("full", unchecked((int)0x80070070))).Id);
        Assert.Equal("DiskFull", WholeFile.Translate("x", new IOException("full", 28)).Id);
        Assert.Equal("AccessDenied", WholeFile.Translate("x", new UnauthorizedAccessException()).Id);
        Assert.Equal("TreeWriteFailed", WholeFile.Translate("x", new IOException("gone", 5)).Id);
    }

    [Fact]
    public void Attachments_go_into_a_directory_of_their_item()
    {
        MapiAttachment reference = Mail.File("secret.docx", []);
        reference.Properties.Set(PropertyTags.AttachMethod, (int)AttachMethod.ByReference);
        reference.Properties.Remove(PropertyTags.AttachDataBinary);
        reference.Properties.Set(PropertyTags.AttachLongPathname, "\\\\server\\share\\secret.docx");
        MapiItem item = Mail.Item(
            "files",
            "b",
            null,
            Mail.File("a.txt", Encoding.ASCII.GetBytes("one")),
            Mail.File("A.TXT", Encoding.ASCII.GetBytes("two")),
            Mail.File("..\\..\\con.exe\u202Egpj.", Encoding.ASCII.GetBytes("three")),
            Mail.File("photo", [1, 2], null, "image/png"),
            reference,
            Mail.Embedded(Mail.Item("inner")));

        ExportedItem written = ItemFileTree.Open(_root, ItemFileFormat.Attachments, s_utc).Write(s_inbox, Key(1), item);

        Assert.Equal(["a.txt", "A (2).TXT", "__.._con.exegpj", "photo.png", "inner.eml"], written.Files.Select(Path.GetFileName));
        Assert.Equal([new ItemLoss(LossKind.AttachmentByReference, "secret.docx")], written.Losses);
        Assert.Equal("two", File.ReadAllText(written.Files[1]));
        Assert.Equal("inner", Mail.Parse(File.ReadAllBytes(written.Files[4])).Subject);
        Assert.All(written.Files, f => Assert.Equal(Path.GetDirectoryName(written.Files[0]), Path.GetDirectoryName(f)));
        Assert.Equal(ItemFate.Skipped, ItemFileTree.Open(_root, ItemFileFormat.Attachments).Write(s_inbox, Key(2), Mail.Item()).Fate);
    }

    [Fact]
    public void Several_threads_write_the_same_as_one()
    {
        MapiItem[] items = [.. Enumerable.Range(0, 200).Select(i => Mail.Item("same subject", "text " + (i / 2).ToString(System.Globalization.CultureInfo.InvariantCulture)))];
        ItemFileTree one = ItemFileTree.Open(Path.Combine(_root, "one"), ItemFileFormat.Eml, s_utc);
        ItemFileTree several = ItemFileTree.Open(Path.Combine(_root, "several"), ItemFileFormat.Eml, s_utc);
        for (int i = 0; i < items.Length; i++)
        {
            one.Write(s_inbox, Key(i), items[i]);
        }

        Parallel.For(0, items.Length, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i => several.Write(s_inbox, Key(i), items[i]));

        Assert.Equal(200, Directory.GetFiles(Path.Combine(_root, "one"), "*.eml", SearchOption.AllDirectories).Length);
        foreach (string file in Directory.GetFiles(Path.Combine(_root, "one"), "*.eml", SearchOption.AllDirectories))
        {
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(_root, "several", file.Substring(Path.Combine(_root, "one").Length + 1))));
        }
    }

    [Fact]
    public void A_table_is_whole_or_not_there()
    {
        Directory.CreateDirectory(_root);
        string path = Path.Combine(_root, "a.csv");
        using (CsvFile file = CsvFile.Create(path, replace: false))
        {
            file.WriteRow(["x"]);
        }

        Assert.Empty(Listed());
        using (CsvFile file = CsvFile.Create(path, replace: false))
        {
            file.WriteRow(["x"]);
            Assert.Equal(file.Complete(), new FileInfo(path).Length);
        }

        Assert.Equal("ExportFileExists", Assert.Throws<MailDataException>(() => CsvFile.Create(path, replace: false)).Id);
        using (CsvFile file = CsvFile.Create(path, replace: true))
        {
            file.Complete();
        }

        Assert.Equal(string.Join(",", CsvExport.Columns.Select(c => "\"" + c + "\"")) + "\r\n", File.ReadAllText(path));
    }

    private static ItemKey Key(int number) => new("pst:01", "0x" + number.ToString("X8", System.Globalization.CultureInfo.InvariantCulture));

    private string[] Listed() => [.. Directory.GetFiles(_root, "*", SearchOption.AllDirectories).Where(f => Path.GetFileName(f)[0] != '.').OrderBy(f => f, StringComparer.Ordinal)];

    private sealed class BrokenSource : BinarySource
    {
        public override long Length => 10;

        public override Stream OpenRead() => throw new MailDataException("PstDamaged", "broken");
    }
}
