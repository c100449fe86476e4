using MimeKit;
using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Formats.Tests.Mime;

/// <summary>Mail that was written as RTF.</summary>
public sealed class RtfBodyTests
{
    [Fact]
    public void Rtf_becomes_html_with_its_pictures()
    {
        MapiItem item = Mail.Item("x", null, null);
        item.Properties.Set(PropertyTags.NativeBody, 2);
        item.Properties.Set(PropertyTags.RtfCompressed, CompressedRtf.Compress(@"{\rtf1 {\b bold}{\pict\pngblip 0102}}"u8));

        MimeMessage message = Mail.Write(item);

        Assert.Equal("bold", message.TextBody?.Trim());
        Assert.Contains("<b>bold</b>", message.HtmlBody, StringComparison.Ordinal);
        MimePart picture = message.BodyParts.OfType<MimePart>().Single(p => p.ContentType.MimeType == "image/png");
        Assert.Contains("cid:" + picture.ContentId, message.HtmlBody, StringComparison.Ordinal);
        Assert.Equal(nameof(LossKind.RtfFidelity), Mail.Losses(item));
    }

    [Fact]
    public void Rtf_is_kept_beside_its_html_where_that_is_asked_for()
    {
        byte[] rtf = @"{\rtf1 {\b bold}{\pict\pngblip 0102}{\objattph }}"u8.ToArray();
        MapiItem item = Mail.Item("x", null, null, Mail.File("a.txt", [1]), Mail.File("b.txt", [2]));
        item.Attachments[0].Properties.Set(PropertyTags.RenderingPosition, 4);
        item.Properties.Set(PropertyTags.NativeBody, 2);
        item.Properties.Set(PropertyTags.RtfCompressed, CompressedRtf.Compress(rtf));
        MimeExportOptions keep = new() { IncludeRtf = true };

        byte[] written = Mail.Bytes(item, keep);
        MapiItem own = MimeImport.Read(BinarySource.FromBytes(written), new MimeImportOptions { IsFromOwnFile = true });
        MapiItem foreign = MimeImport.Read(BinarySource.FromBytes(written));

        Assert.Equal("", Mail.Losses(item, keep));
        Assert.Contains("<b>bold</b>", Mail.Parse(written).HtmlBody, StringComparison.Ordinal);
        Assert.Equal(rtf, CompressedRtf.Decompress(own.Properties.GetBinary(PropertyTags.RtfCompressed)!, out _));
        Assert.Equal(BodyFormat.Rtf, BodyText.Read(own).Native);
        Assert.Equal(["a.txt", "b.txt"], own.Attachments.Select(a => a.Name));
        Assert.Equal([4, -1], own.Attachments.Select(a => a.Properties.GetInt32(PropertyTags.RenderingPosition)!.Value));
        Assert.False(own.Properties.Contains(PropertyTags.BodyHtml));

        // To others it is an attachment, and the HTML the body.
        Assert.Equal(BodyFormat.Html, BodyText.Read(foreign).Native);
        Assert.Equal(rtf, Assert.Single(foreign.Attachments, a => a.Properties.GetString(PropertyTags.AttachMimeTag) == "application/rtf").Content!.ToArray());
    }
}
