using System.Text;
using MimeKit;
using PstMigration.Formats.Tests.Mime;
using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Formats.Tests.ForeignMail;

/// <summary>Which files people see, under what names, with what in them.</summary>
public sealed class AttachmentTests
{
    private static readonly PropertyName s_macInfo = new(PropertySets.Attachment, "AttachmentMacInfo");

    [Theory]
    [InlineData("B01-related-no-html.eml", "plan.xlsx")]
    [InlineData("B01-related-pdf.eml", "contract.pdf")]
    public void What_no_html_shows_is_not_hidden(string file, string name)
    {
        MapiAttachment attachment = Corpus.Read(file).Attachments.Single(a => a.Name == name);

        Assert.False(attachment.Properties.GetBoolean(PropertyTags.AttachmentHidden) ?? false);
        Assert.Null(attachment.Properties.GetInt32(PropertyTags.AttachFlags));
    }

    /// <summary>[MS-OXCMAIL] 2.2.3.4.1.4.1: in a related multipart, with an id or a place, shown by the HTML, and a picture.</summary>
    [Theory]
    [InlineData("image/png", "Content-ID: <a@b>\r\n", "<img src=\"cid:a@b\">", true)]
    [InlineData("image/png", "Content-ID: <a@b>\r\n", "<img src=\"CID:a%40b\">", true)]
    [InlineData("image/jpeg", "Content-Location: http://x/y.jpg\r\n", "<img src=\"http://x/y.jpg\">", true)]
    [InlineData("application/octet-stream; name=x.png", "Content-ID: <a@b>\r\n", "<img src=\"cid:a@b\">", true)]
    [InlineData("image/png", "", "<img src=\"cid:a@b\">", false)]
    [InlineData("image/png", "Content-ID: <a@b>\r\n", "<p>", false)]
    [InlineData("image/png", "Content-ID: <a>\r\n", "<img src=\"cid:a@b\">", false)]
    [InlineData("image/tiff", "Content-ID: <a@b>\r\n", "<img src=\"cid:a@b\">", false)]
    [InlineData("application/pdf", "Content-ID: <a@b>\r\n", "<a href=\"cid:a@b\">", false)]
    public void A_picture_the_html_shows_is_hidden(string type, string header, string html, bool isHidden)
    {
        MapiItem item = Corpus.ReadText(
            "Subject: x\r\nContent-Type: multipart/related; boundary=r\r\n\r\n--r\r\nContent-Type: text/html\r\n\r\n" + html + "\r\n--r\r\nContent-Type: " + type + "\r\n" + header + "\r\nx\r\n--r--\r\n");

        PropertyBag p = Assert.Single(item.Attachments).Properties;
        Assert.Equal(isHidden, p.GetBoolean(PropertyTags.AttachmentHidden) ?? false);
        Assert.Equal(isHidden ? 4 : 0, p.GetInt32(PropertyTags.AttachFlags) ?? 0);
    }

    [Fact]
    public void A_file_of_a_macintosh_is_one_file_with_its_data()
    {
        MapiItem item = Corpus.Read("B17-appledouble.eml");

        MapiAttachment file = Assert.Single(item.Attachments);
        Assert.Equal(("report.pdf", "%PDF-1.4 test document"), (file.Name, Corpus.ContentOf(file)));
        Assert.Equal("application/pdf", file.Properties.GetString(PropertyTags.AttachMimeTag));
        Assert.Equal(26, file.Properties.GetBinary(s_macInfo)!.Length);
    }

    [Fact]
    public void A_file_of_a_macintosh_in_one_part_is_taken_apart()
    {
        byte[] name = Encoding.ASCII.GetBytes("old.txt");
        byte[] data = Encoding.ASCII.GetBytes("data fork");
        byte[] single =
        [
            0, 5, 0x16, 0, 0, 2, 0, 0, .. new byte[16], 0, 2,
            0, 0, 0, 3, 0, 0, 0, 50, 0, 0, 0, (byte)name.Length, 0, 0, 0, 1, 0, 0, 0, (byte)(50 + name.Length), 0, 0, 0, (byte)data.Length, .. name, .. data,
        ];

        MapiItem item = Corpus.ReadText("Subject: x\r\nContent-Type: application/applefile\r\nContent-Transfer-Encoding: base64\r\n\r\n" + Convert.ToBase64String(single) + "\r\n");

        MapiAttachment file = Assert.Single(item.Attachments);
        Assert.Equal(("old.txt", "data fork"), (file.Name, Corpus.ContentOf(file)));
        Assert.Equal([0, 5, 0x16, 7], file.Properties.GetBinary(s_macInfo)!.Take(4));
        Assert.EndsWith("old.txt", Encoding.ASCII.GetString(file.Properties.GetBinary(s_macInfo)!), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("access-type=URL; url=\"http://example.com/dir/file.zip\"", "file.url", "[InternetShortcut]\r\nURL=http://example.com/dir/file.zip\r\n")]
    [InlineData("access-type=anon-ftp; site=ftp.example.com; directory=\"pub/x\"; name=\"a.txt\"; mode=image", "a.url", "[InternetShortcut]\r\nURL=ftp://ftp.example.com/pub/x/a.txt;type=i\r\n")]
    public void Content_that_lies_elsewhere_is_a_shortcut(string parameters, string name, string content)
    {
        MapiItem item = Corpus.ReadText("Subject: x\r\nContent-Type: message/external-body; " + parameters + "\r\n\r\nContent-Type: text/plain\r\nContent-ID: <a@b>\r\n\r\n");

        MapiAttachment file = Assert.Single(item.Attachments);
        Assert.Equal((name, content), (file.Name, Corpus.ContentOf(file)));
        Assert.Equal(AttachMethod.ByValue, file.Method);
    }

    [Fact]
    public void Content_that_lies_elsewhere_in_another_way_is_kept_as_text()
    {
        MapiItem item = Corpus.ReadText("Subject: x\r\nContent-Type: message/external-body; access-type=mail-server; server=\"s@example.com\"\r\n\r\nContent-Type: text/plain\r\n\r\nget x\r\n");

        string content = Corpus.ContentOf(Assert.Single(item.Attachments));
        Assert.Contains("s@example.com", content, StringComparison.Ordinal);
        Assert.Contains("get x", content, StringComparison.Ordinal);
    }

    [Fact]
    public void A_description_that_is_a_name_is_one()
    {
        Assert.Equal(["ATT00001.pdf", "quarterly.xls"], Corpus.Read("B17-content-description.eml").Attachments.Select(a => a.Name));
        Assert.Equal(["ATT00001.pdf"], Corpus.ReadText("Subject: x\r\nContent-Type: application/pdf\r\nContent-Description: A report. In words.\r\n\r\nx").Attachments.Select(a => a.Name));
    }

    [Theory]
    [InlineData("(")]
    [InlineData("a@b..c")]
    [InlineData("a@.b")]
    [InlineData("@")]
    [InlineData("<")]
    [InlineData("a b")]
    [InlineData("日本")]
    public void No_content_id_ends_an_export(string id)
    {
        MapiItem item = Mail.Item("x", "t", "<img src=\"cid:" + id + "\">", Mail.File("a.png", [1], id, "image/png"));

        MapiItem back = MimeImport.Read(Mail.Bytes(item));

        Assert.Equal([1], Assert.Single(back.Attachments).Content!.ToArray());
    }

    [Fact]
    public void A_picture_by_an_odd_id_is_still_shown()
    {
        MapiItem item = Corpus.Read("C5-content-id-paren.eml");
        MapiItem back = MimeImport.Read(Mail.Bytes(item));

        Assert.True(item.Attachments[0].Properties.GetBoolean(PropertyTags.AttachmentHidden));
        Assert.True(back.Attachments[0].Properties.GetBoolean(PropertyTags.AttachmentHidden));
    }

    [Fact]
    public void A_file_of_a_macintosh_is_written_with_both_halves()
    {
        MapiItem item = Corpus.Read("B17-appledouble.eml");

        MapiAttachment back = Assert.Single(MimeImport.Read(Mail.Bytes(item)).Attachments);

        Assert.Equal(("report.pdf", "%PDF-1.4 test document"), (back.Name, Corpus.ContentOf(back)));
        Assert.Equal(item.Attachments[0].Properties.GetBinary(s_macInfo), back.Properties.GetBinary(s_macInfo));
    }

    [Theory]
    [InlineData("<img src=\"cid:a%40b\">", true)]
    [InlineData("<img src=\"cid:a@b\">", true)]
    [InlineData("<p>nothing</p>", false)]
    public void What_the_html_shows_is_written_with_it(string html, bool isShown)
    {
        MapiAttachment picture = Mail.File("a.png", [1], "a@b", "image/png");
        picture.Properties.Set(PropertyTags.AttachmentHidden, true);
        picture.Properties.Set(PropertyTags.AttachFlags, 4);
        MapiItem item = Mail.Item("x", "t", html, picture);

        MimeEntity part = Mail.Write(item).BodyParts.Single(p => p.ContentType.IsMimeType("image", "png"));

        Assert.Equal(isShown ? "inline" : "attachment", part.ContentDisposition!.Disposition);
        Assert.Equal(isShown, Mail.Write(item).Body is not Multipart { ContentType.MediaSubtype: "mixed" });
    }

    [Fact]
    public void An_attachment_without_content_is_told()
    {
        PropertyBag p = new();
        p.Set(PropertyTags.AttachMethod, (int)AttachMethod.ByValue);
        p.Set(PropertyTags.AttachLongFilename, "lost.doc");

        Assert.Equal("Attachment", Mail.Losses(Mail.Item("x", "t", null, new MapiAttachment(p))));
    }
}
