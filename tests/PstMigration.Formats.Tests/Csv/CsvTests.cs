using System.Text;
using PstMigration.Formats.Tests.Mime;
using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Formats.Tests.Csv;

public sealed class CsvTests
{
    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+81 3", "'+81 3")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", " '=1")]
    [InlineData("\r=1", " '=1")]
    [InlineData("\n=1", " '=1")]
    [InlineData("  =1", "  '=1")]
    [InlineData("\u200B\uFEFF=1", "\u200B\uFEFF'=1")]
    [InlineData("\"=1", "\"'=1")]
    [InlineData("＝1", "'＝1")]
    [InlineData("＋1", "'＋1")]
    [InlineData("－1", "'－1")]
    [InlineData("＠x", "'＠x")]
    [InlineData("\u3000＝cmd", "\u3000'＝cmd")]
    [InlineData("a;=cmd|' /C calc'!A0", "a;'=cmd|' /C calc'!A0")]
    [InlineData("a; \"@b", "a; \"'@b")]
    [InlineData("a=b, -c", "a=b, -c")]
    [InlineData("請求書 (2026)", "請求書 (2026)")]
    [InlineData("a\0b\u001bc", "a b c")]
    [InlineData("", "")]
    public void Cells_never_start_a_formula(string text, string expected)
    {
        bool isChanged = false;

        Assert.Equal(expected, CsvCell.Neutralize(text, ref isChanged));
        Assert.Equal(text.Replace('\t', ' ').Replace('\r', ' ').Replace('\n', ' ').Replace('\0', ' ').Replace('\u001b', ' ') != expected, isChanged);
    }

    [Fact]
    public void Long_cells_are_cut_between_characters()
    {
        bool isChanged = false;
        string cell = CsvCell.Neutralize("a" + string.Concat(Enumerable.Repeat("😀", 40_000)), ref isChanged);

        Assert.True(isChanged);
        Assert.InRange(cell.Length, CsvCell.MaximumLength - 2, CsvCell.MaximumLength + 1);
        Assert.DoesNotContain('\uFFFD', Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(cell)));
    }

    [Fact]
    public void Rows_are_rfc_4180()
    {
        using MemoryStream stream = new();
        using (CsvWriter writer = new(stream))
        {
            Assert.False(writer.WriteRow(["名前", "a \"b\", c", null, "x;y"]));
            Assert.True(writer.WriteRow(["=1"]));
        }

        using (CsvWriter writer = new(stream, isContinued: true))
        {
            writer.WriteRow(["2"]);
        }

        Assert.Equal("\uFEFF\"名前\",\"a \"\"b\"\", c\",\"\",\"x;y\"\r\n\"'=1\"\r\n\"2\"\r\n", Encoding.UTF8.GetString(stream.ToArray()));
    }

    [Fact]
    public void An_item_is_a_row()
    {
        MapiItem item = Mail.Item("Hello", "text", null, Mail.File("a.txt", new byte[3]), Mail.File("b.txt", new byte[3]));
        item.Properties.Set(PropertyNames.Keywords, ["赤", "Blue"]);
        item.Properties.Set(PropertyTags.MessageFlags, (int)MessageFlags.Read);
        TimeZoneInfo japan = TimeZoneInfo.CreateCustomTimeZone("JST", TimeSpan.FromHours(9), "JST", "JST");

        Dictionary<string, string> row = CsvExport.Columns.Zip(CsvExport.Row(item, FolderPath.Parse("受信トレイ/請求書"), new ItemKey("pst:01", "0x24"), japan), (c, v) => (c, v)).ToDictionary(p => p.c, p => p.v, StringComparer.Ordinal);

        Assert.Equal("受信トレイ/請求書", row["Folder"]);
        Assert.Equal("山田 太郎", row["From"]);
        Assert.Equal("taro@example.jp", row["FromAddress"]);
        Assert.Equal("Hanako <hanako@example.jp>", row["To"]);
        Assert.Equal("2026-03-01 18:30:00 +09:00", row["SentTime"]);
        Assert.Equal("", row["ReceivedTime"]);
        Assert.Equal("True", row["IsRead"]);
        Assert.Equal("赤; Blue", row["Categories"]);
        Assert.Equal("2", row["AttachmentCount"]);
        Assert.Equal("a.txt; b.txt", row["Attachments"]);
        Assert.Equal("pst:01/0x24", row["SourceKey"]);
        Assert.Equal(CsvExport.Columns.Count, row.Count);
        Assert.Equal([new ItemLoss(LossKind.Field, "Body"), new ItemLoss(LossKind.Attachment, "a.txt"), new ItemLoss(LossKind.Attachment, "b.txt")], CsvExport.Losses(item));
    }
}
