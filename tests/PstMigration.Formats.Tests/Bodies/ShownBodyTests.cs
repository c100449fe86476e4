using System.Text;
using System.Text.Json;
using MimeKit;
using PstMigration.Formats.Tests.Mime;
using PstMigration.Formats.Tests.Trees;
using PstMigration.Mapi;
using PstMigration.Pst;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Formats.Tests.Bodies;

/// <summary>The body of every item of the real files, attached ones too, as each format shows it, beside what is stored.</summary>
public sealed class ShownBodyTests
{
    public static IEnumerable<TheoryDataRow<string?>> Files => TestData.Files("pst", ".pst", ".ost");

    [Theory]
    [MemberData(nameof(Files))]
    public async Task What_is_stored_is_shown_in_every_format(string? file)
    {
        Assert.SkipWhen(file is null, "The folder of real files is not beside this checkout.");
        using PstFile pst = PstFile.Open(TestData.Path(file!));
        foreach ((SourceFolder _, ItemKey key, MapiItem item) in await Store.ReadAsync(new PstItemSource(pst)))
        {
            foreach (MapiItem each in WithAttached(item))
            {
                Check(each, key + " " + each.Subject);
            }
        }
    }

    private static void Check(MapiItem item, string place)
    {
        PropertyBag p = item.Properties;
        StoredBody stored = new(
            p.GetInt32(PropertyTags.NativeBody),
            p.GetString(PropertyTags.Body),
            BodyText.ReadHtml(p) is not null,
            p.GetBinary(PropertyTags.RtfCompressed));
        ItemBody body = BodyText.Read(item);
        Assert.Equal(stored.Format ?? body.Native.ToString(), body.Native.ToString());
        Equal(stored.Letters, PlainRtf.Letters(body.ToPlainText()), place);
        if (body.Html is string html && stored.HtmlLetters is string letters)
        {
            Equal(letters, PlainRtf.LettersOfHtml(html), place);
        }

        Assert.Equal(body.Differing != BodyFormat.None, stored.Format is null);
        CheckFormats(item, body, place);
    }

    private static void CheckFormats(MapiItem item, ItemBody body, string place)
    {
        string text = PlainRtf.Letters(body.ToPlainText());
        string? shown = body.Html is null ? null : PlainRtf.LettersOfHtml(body.Html);

        using JsonDocument json = JsonDocument.Parse(Written(s => JsonExport.Write(item, s)));
        JsonElement told = json.RootElement.GetProperty("body");
        Assert.Equal(body.Native.ToString(), told.GetProperty("format").GetString());
        Equal(text, PlainRtf.Letters(told.GetProperty("text").GetString()), place);
        Equal(shown, told.GetProperty("html").GetString() is string html ? PlainRtf.LettersOfHtml(html) : null, place);

        Assert.EndsWith(text, PlainRtf.Letters(Written(s => TextExport.Write(item, s))), StringComparison.Ordinal);
        string page = Written(s => HtmlExport.Write(item, s));
        int box = page.IndexOf("<div class=\"mail-body\"", StringComparison.Ordinal);
        if (item.MessageClass.StartsWith("IPM.Note", StringComparison.OrdinalIgnoreCase) && !item.IsOfClass("IPM.Note.SMIME"))
        {
            MimeMessage message = Mail.Parse(Mail.Bytes(item));
            Equal(text, PlainRtf.Letters(message.TextBody), place);
            Equal(shown, message.HtmlBody is string part ? PlainRtf.LettersOfHtml(part) : null, place);
            CheckPictures(message, place);
        }

        // What is disarmed is said in words of our own.
        if (shown is not null && page.IndexOf("mail-blocked", box, StringComparison.Ordinal) < 0)
        {
            Equal(shown, PlainRtf.LettersOfHtml(page.Substring(box)), place);
        }
    }

    /// <summary>A picture the HTML shows stands beside it, as a part of it, and is no file of the mail.</summary>
    private static void CheckPictures(MimeMessage message, string place)
    {
        foreach (MimePart picture in message.BodyParts.OfType<MimePart>().Where(e => e.ContentId is string id && message.HtmlBody?.IndexOf("cid:" + id, StringComparison.Ordinal) >= 0))
        {
            Assert.True(Parents(message.Body).Single(p => p.Contains(picture)) is MultipartRelated, place + ": " + picture.ContentId);
        }
    }

    private static IEnumerable<Multipart> Parents(MimeEntity? entity) =>
        entity is Multipart multipart ? multipart.SelectMany(Parents).Prepend(multipart) : [];

    private static IEnumerable<MapiItem> WithAttached(MapiItem item) =>
        item.Attachments.Where(a => a.HasEmbeddedItem).SelectMany(a => WithAttached(a.OpenEmbedded())).Prepend(item);

    private static void Equal(string? expected, string? actual, string place) =>
        Assert.True(expected is null ? true : expected == actual, place + "\n" + expected + "\n" + actual);

    private static string Written(Action<Stream> write)
    {
        using MemoryStream stream = new();
        write(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
