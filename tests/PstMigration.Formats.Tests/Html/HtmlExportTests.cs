using System.Text;
using PstMigration.Formats.Tests.Mime;
using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Formats.Tests.Html;

public sealed class HtmlExportTests
{
    private static readonly byte[] s_png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];

    [Fact]
    public void The_heading_stands_above_the_body()
    {
        string html = Write(Mail.Item("件名 <script>", null, "<p>本文</p>", Mail.File("報告書.pdf", new byte[1234])), out IReadOnlyList<ItemLoss> losses);

        Assert.StartsWith("<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src &#39;none&#39;; img-src data:; style-src &#39;unsafe-inline&#39;;", html, StringComparison.Ordinal);
        Assert.Contains("<title>件名 &lt;script&gt;</title>", html, StringComparison.Ordinal);
        Assert.Contains("<tr><th>From</th><td><bdi>山田 太郎 &lt;taro@example.jp&gt;</bdi></td></tr>", html, StringComparison.Ordinal);
        Assert.Contains("<tr><th>Date</th><td><bdi>2026-03-01 09:30:00 +00:00</bdi></td></tr>", html, StringComparison.Ordinal);
        Assert.Contains("<tr><th>Attachments</th><td><bdi>報告書.pdf (1,234)</bdi></td></tr>", html, StringComparison.Ordinal);
        Assert.EndsWith("<div class=\"mail-body\"><p>本文</p></div>\n</body>\n</html>\n", html, StringComparison.Ordinal);
        Assert.Equal([new ItemLoss(LossKind.Attachment, "報告書.pdf")], losses);
    }

    [Fact]
    public void Plain_text_is_shown_as_it_is()
    {
        string html = Write(Mail.Item("a", "1 < 2\r\n  & <b>"), out IReadOnlyList<ItemLoss> losses);

        Assert.Contains("<pre class=\"mail-text\">1 &lt; 2\r\n  &amp; &lt;b&gt;</pre>", html, StringComparison.Ordinal);
        Assert.Empty(losses);
    }

    [Fact]
    public void Pictures_are_embedded_by_what_they_are()
    {
        MapiItem item = Mail.Item(
            "a",
            null,
            "<img src=\"cid:one@x\" alt=1><img src='cid:ONE%40x'><img src='cid:two@x'><img src=\"data:image/jpeg;base64," + Convert.ToBase64String(s_png) + "\">",
            Mail.File("one.jpg", s_png, "one@x", "image/jpeg"),
            Mail.File("two.png", Encoding.ASCII.GetBytes("<svg onload=alert(1)>"), "two@x", "image/png"));

        string html = Write(item, out IReadOnlyList<ItemLoss> losses);

        string data = "src=\"data:image/png;base64," + Convert.ToBase64String(s_png) + "\"";
        Assert.Equal(3, html.Split([data], StringSplitOptions.None).Length - 1);
        Assert.Contains("<span class=\"mail-blocked\" title=\"cid:two@x\"></span>", html, StringComparison.Ordinal);
        Assert.Equal([new ItemLoss(LossKind.Attachment, "two.png"), new ItemLoss(LossKind.ActiveContent, "")], losses);
    }

    [Fact]
    public void Pictures_are_bounded_together()
    {
        MapiItem item = Mail.Item("a", null, string.Concat(Enumerable.Repeat("<img src=cid:one>", 100)), Mail.File("one.png", [.. s_png, .. new byte[1000]], "one"));

        using MemoryStream stream = new();
        HtmlExport.Write(item, stream, new HtmlExportOptions { MaximumPicturesSize = 5000 });

        Assert.InRange(stream.Length, 5000, 20_000);
    }

    /// <summary>What no browser shows was never shown: nothing stands in its place.</summary>
    [Fact]
    public void Pictures_inside_rich_text_are_embedded()
    {
        MapiItem item = Mail.Item("a", null);
        item.Properties.Set(PropertyTags.RtfCompressed, CompressedRtf.Compress(Encoding.ASCII.GetBytes(
            @"{\rtf1\ansi x{\pict\pngblip " + BitConverter.ToString(s_png).Replace("-", "") + @"}{\pict\emfblip 0102}y\par}")));

        string html = Write(item, out IReadOnlyList<ItemLoss> losses);

        Assert.Contains("x<img src=\"data:image/png;base64," + Convert.ToBase64String(s_png) + "\" alt=\"\">y", html, StringComparison.Ordinal);
        Assert.DoesNotContain("mail-blocked\"", html, StringComparison.Ordinal);
        Assert.Equal([new ItemLoss(LossKind.RtfFidelity, "")], losses);
    }

    [Fact]
    public void Places_notes_and_lines_of_rich_text_stay()
    {
        MapiItem item = Mail.Item("a", null);
        item.Properties.Set(PropertyTags.RtfCompressed, CompressedRtf.Compress(Encoding.ASCII.GetBytes(
            @"{\rtf1\ansi\pard\brdrb\brdrs\sl360\slmult1{\*\bkmkstart top}x\chftn{\footnote n}\par\pard{\field{\*\fldinst HYPERLINK \\l top}{\fldrslt up}}}")));
        item.Properties.Set(PropertyTags.RtfInSync, true);

        string html = Write(item, out IReadOnlyList<ItemLoss> _);

        Assert.Contains("<a id=\"m-top\"></a>x<a href=\"#m-_ftn1\"", html, StringComparison.Ordinal);
        Assert.Contains("<a href=\"#m-top\"", html, StringComparison.Ordinal);
        Assert.Contains("border-bottom:0.75pt solid #000000", html.Replace(": ", ":"), StringComparison.Ordinal);
        Assert.Contains("line-height:150%", html.Replace(": ", ":"), StringComparison.Ordinal);
    }

    private static string Write(MapiItem item, out IReadOnlyList<ItemLoss> losses)
    {
        using MemoryStream stream = new();
        losses = HtmlExport.Write(item, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
