using System.Text;
using PstMigration.Formats.Tests.Mime;
using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Formats.Tests.Text;

public sealed class TextExportTests
{
    [Fact]
    public void Heading_and_body_are_lines()
    {
        MapiItem item = Mail.Item("会議\r\nBcc: evil@example.com", null, "<p>一行目<br>二行目</p>", Mail.File("a.txt", new byte[3]));

        byte[] bytes = Write(item, out IReadOnlyList<ItemLoss> losses);

        Assert.Equal([0xEF, 0xBB, 0xBF], bytes.Take(3));
        Assert.Equal(
            "From: 山田 太郎 <taro@example.jp>\r\nTo: Hanako <hanako@example.jp>\r\nCc: cc@example.jp\r\nBcc: bcc@example.jp\r\n"
            + "Date: 2026-03-01 09:30:00 +00:00\r\nSubject: 会議  Bcc: evil@example.com\r\nMessage-ID: <1@example.jp>\r\nAttachment: a.txt (3)\r\n"
            + "\r\n一行目\r\n二行目\r\n",
            Encoding.UTF8.GetString(bytes, 3, bytes.Length - 3));
        Assert.Equal([new ItemLoss(LossKind.Attachment, "a.txt"), new ItemLoss(LossKind.Field, "Html")], losses);
    }

    [Fact]
    public void Terminals_are_not_steered()
    {
        string text = Encoding.UTF8.GetString(Write(Mail.Item("x\u001b]0;t\u0007\u202Egpj.exe", "a\u001b[2J\tb\u009b1mc\0d\re\nf"), out IReadOnlyList<ItemLoss> losses));

        Assert.Contains("Subject: x ]0;t gpj.exe\r\n", text, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\na␛[2J\tb\uFFFD1mc␀d\r\ne\r\nf\r\n", text, StringComparison.Ordinal);
        Assert.Equal([new ItemLoss(LossKind.TextChanged, "Body")], losses);
    }

    private static byte[] Write(MapiItem item, out IReadOnlyList<ItemLoss> losses)
    {
        using MemoryStream stream = new();
        losses = TextExport.Write(item, stream);
        return stream.ToArray();
    }
}
