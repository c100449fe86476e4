using System.Text;
using System.Text.Json;
using PstMigration.Formats.Tests.Mime;
using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Formats.Tests.Bodies;

/// <summary>What each format says of a stored form of the body that it does not show.</summary>
public sealed class DifferingBodyTests
{
    private const string Text = "For evaluation only. Dear Sirs, the offer is attached.";
    private const string Other = "Something else, in other words.";

    [Theory]
    [InlineData(Text, "Text", "Body: Text", "Body: Text|Field: Html", "Field: Binary")]
    [InlineData(Other, "Rtf", "Body: Rtf", "Body: Rtf", "Body: Rtf|Field: Binary")]
    public void A_form_that_is_not_shown_is_a_loss(string text, string differing, string anywhere, string asText, string asJson)
    {
        MapiItem item = Mail.Item("x", text);
        item.Properties.Remove(PropertyTags.NativeBody);
        item.Properties.Set(PropertyTags.RtfCompressed, CompressedRtf.Compress(@"{\rtf1\ansi\fromhtml1 <p>Dear Sirs, the offer is attached.</p>}"u8));

        Assert.Equal(differing, BodyText.Read(item).Differing.ToString());
        Assert.Equal(anywhere, Losses(s => MimeExport.Write(item, s)));
        Assert.Equal(anywhere, Losses(s => HtmlExport.Write(item, s)));
        Assert.Equal(asText, Losses(s => TextExport.Write(item, s)));
        Assert.Equal(asJson, Losses(s => JsonExport.Write(item, s)));
        Assert.Equal("", Losses(s => JsonExport.Write(item, s, options: new JsonExportOptions { IncludeBinary = true })));
    }

    /// <summary>JSON has a place for both.</summary>
    [Fact]
    public void Json_keeps_a_text_that_differs()
    {
        MapiItem item = Mail.Item("x", Text);
        item.Properties.Remove(PropertyTags.NativeBody);
        item.Properties.Set(PropertyTags.RtfCompressed, CompressedRtf.Compress(@"{\rtf1\ansi\fromhtml1 <p>Dear Sirs, the offer is attached.</p>}"u8));
        using MemoryStream stream = new();
        JsonExport.Write(item, stream);
        using JsonDocument json = JsonDocument.Parse(Encoding.UTF8.GetString(stream.ToArray()));

        Assert.Equal("Dear Sirs, the offer is attached.", json.RootElement.GetProperty("body").GetProperty("text").GetString()!.Trim());
        Assert.Equal(Text, json.RootElement.GetProperty("properties").GetProperty("PidTagBody").GetString());
    }

    private static string Losses(Func<Stream, IReadOnlyList<ItemLoss>> write)
    {
        using MemoryStream stream = new();
        return string.Join("|", write(stream).Select(l => l.ToString()).OrderBy(l => l, StringComparer.Ordinal));
    }
}
