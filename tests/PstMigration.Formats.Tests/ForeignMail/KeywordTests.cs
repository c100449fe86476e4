using System.Text;
using PstMigration.Formats.Tests.Mime;
using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Formats.Tests.ForeignMail;

public sealed class KeywordTests
{
    [Fact]
    public void A_comma_in_quotes_is_part_of_a_keyword() => Assert.Equal(["Sales, EMEA", "Blue"], Of(Corpus.Read("B20-keywords-quoted.eml")));

    [Theory]
    [InlineData("a, b c ,d", "a|b c|d")]
    [InlineData("\"a \\\"b\\\" c\", d", "a \"b\" c|d")]
    [InlineData("\"a, b", "a|b")]
    [InlineData("=?UTF-8?B?6Z2SLCDotaQ=?=, b", "青, 赤|b")]
    [InlineData("a,, ,", "a")]
    [InlineData("a\r\nKeywords: b", "a|b")]
    public void Keywords_are_told_apart(string header, string expected) => Assert.Equal(expected.Split('|'), Of(Corpus.ReadText("Keywords: " + header + "\r\nSubject: x\r\n\r\n")));

    [Fact]
    public void Categories_come_back_as_they_were()
    {
        string[] categories = ["Sales, EMEA", "Blue", "青, 赤", "a \"b\" c", "back\\slash", "semi; colon", "long " + new string('x', 80), "営業部の非常に長い分類名であり一行には入りきらないもの、その続き"];
        MapiItem item = Mail.Item();
        item.Properties.Set(PropertyNames.Keywords, categories);

        byte[] mime = Mail.Bytes(item);

        Assert.Equal(categories, Of(MimeImport.Read(mime)));
        Assert.All(Encoding.ASCII.GetString(mime).Split('\n').Where(l => l.Length < 80 || l.IndexOf("xxxx", System.StringComparison.Ordinal) < 0), l => Assert.InRange(l.Length, 0, 100));
    }

    /// <summary>What is in the headers that came with a message is older than what the item says now, and in bytes nobody declared a comma is lost among words.</summary>
    [Theory]
    [InlineData("Keywords: a, b", "a|b|c")]
    [InlineData("Keywords: \u00E9, \"a, b\"", "\u00E9|a, b")]
    [InlineData("Keywords: a\r\nKeywords: b", "c")]
    public void Categories_of_today_are_written(string header, string categories)
    {
        MapiItem item = MimeImport.Read(Encoding.UTF8.GetBytes("Received: from a by b; Tue, 3 Mar 2015 10:20:30 +0900\r\n" + header + "\r\nSubject: x\r\n\r\n"), new MimeImportOptions { KeepTransportHeaders = true });
        item.Properties.Set(PropertyNames.Keywords, categories.Split('|'));

        Assert.Equal(categories.Split('|'), Of(MimeImport.Read(Mail.Bytes(item, new MimeExportOptions { IncludeState = true }))));
    }

    private static string[] Of(MapiItem item) => [.. item.Properties.GetStrings(PropertyNames.Keywords)!];
}
