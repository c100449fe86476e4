using System.Text;
using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Formats.Tests.ForeignMail;

/// <summary>Text nobody declared, and text declared in charsets few know.</summary>
public sealed class CharsetTests
{
    [Fact]
    public void Eight_bit_headers_are_read_in_the_language_of_the_body()
    {
        Assert.Equal("請求書", Corpus.Read("B13-sjis-subject-jis-body.eml").Subject);
        Assert.Equal("ﾃｽﾄ資料.pdf", Corpus.Read("B13-sjis-halfwidth-filename.eml").Attachments[0].Name);
        MapiItem undeclared = Corpus.Read("B13-sjis-no-charset.eml");
        Assert.Equal(("見積書", "添付御査収下"), (undeclared.Subject, Corpus.Text(undeclared)));
    }

    [Theory]
    [InlineData(932, "iso-2022-jp", "見積書")]
    [InlineData(932, "iso-2022-jp", "ﾃｽﾄ")]
    [InlineData(51932, "iso-2022-jp", "請求書")]
    [InlineData(932, "us-ascii", "東京都")]
    [InlineData(932, "", "ご案内")]
    [InlineData(51932, "", "ご案内です")]
    [InlineData(949, "iso-2022-kr", "안녕")]
    [InlineData(936, "hz-gb-2312", "中文")]
    [InlineData(936, "gb2312", "中文")]
    [InlineData(950, "big5", "繁體")]
    [InlineData(1251, "windows-1251", "Привет")]
    [InlineData(1252, "iso-8859-1", "Café")]
    [InlineData(65001, "iso-8859-1", "Café 日本")]
    public void Bare_bytes_in_headers_are_told(int codePage, string charset, string subject)
    {
        byte[] mime = [.. Encoding.ASCII.GetBytes("Subject: "), .. CodePages.Get(codePage).GetBytes(subject), .. Encoding.ASCII.GetBytes("\r\n" + (charset.Length > 0 ? "Content-Type: text/plain; charset=" + charset + "\r\n" : "") + "\r\nt\r\n")];

        Assert.Equal(subject, MimeImport.Read(mime).Subject);
    }

    [Fact]
    public void A_code_page_can_be_asked_for()
    {
        byte[] mime = [.. Encoding.ASCII.GetBytes("Subject: "), .. CodePages.Get(1250).GetBytes("Příliš"), .. Encoding.ASCII.GetBytes("\r\n\r\n"), .. CodePages.Get(1250).GetBytes("žluťoučký")];

        MapiItem item = MimeImport.Read(mime, new MimeImportOptions { CodePage = 1250 });

        Assert.Equal(("Příliš", "žluťoučký"), (item.Subject, Corpus.Text(item)));
    }

    public static IEnumerable<TheoryDataRow<string, string, string>> Charsets =>
    [
        new("x-mac-roman", "caf\u008E", "café"),
        new("macintosh", "caf\u008E", "café"),
        new("x-mac-japanese", "\u0093\u00FA", "日"),
        new("ibm943", "\u0093\u00FA", "日"),
        new("x-IBM943C", "\u0093\u00FA", "日"),
        new("MS932", "\u0093\u00FA", "日"),
        new("Cp1252", "caf\u00E9", "café"),
        new("ISO8859_1", "caf\u00E9", "café"),
        new("EUC_JP", "\u00C6\u00FC", "日"),
        new("iso-8859-10", "\u00A1\u00B1", "Ąą"),
        new("latin6", "\u00A1\u00B1", "Ąą"),
        new("iso-8859-14", "\u00A1\u00D7", "ḂṪ"),
        new("iso-8859-16", "\u00A4\u00DE", "€Ț"),
        new("latin10", "\u00A4\u00DE", "€Ț"),
        new("iso-2022-cn", "\u001B$)A\u000EVPND\u000F ok", "中文 ok"),
        new("iso-2022-cn-ext", "\u001B$)A\u000EVP\u000F", "中"),
    ];

    [Theory]
    [MemberData(nameof(Charsets))]
    public void Charsets_few_know_are_known(string charset, string bytes, string text)
    {
        MapiItem plain = Corpus.ReadText("Subject: =?" + charset + "?B?" + System.Convert.ToBase64String(Corpus.Bytes(bytes)) + "?=\r\nContent-Type: text/plain; charset=" + charset + "\r\n\r\n" + bytes + "\r\n");
        MapiItem html = Corpus.ReadText("Subject: x\r\nContent-Type: text/html; charset=" + charset + "\r\n\r\n<p>" + bytes + "</p>\r\n");

        Assert.Equal((text, text), (plain.Subject, Corpus.Text(plain)));
        Assert.Equal("<p>" + text + "</p>", Corpus.Html(html)!.Trim());
        Assert.Empty(plain.Losses);
    }

    [Fact]
    public void A_charset_nobody_knows_is_told()
    {
        MapiItem item = Corpus.ReadText("Subject: x\r\nContent-Type: text/plain; charset=x-nobody\r\n\r\ncaf\u00E9\r\n");

        Assert.Equal("café", Corpus.Text(item));
        Assert.Equal(["TextChanged: x-nobody"], item.Losses.Select(l => l.ToString()));
    }

    [Fact]
    public void A_charset_file_is_read() => Assert.Equal("café", Corpus.Text(Corpus.Read("B22-charset-x-mac-roman.eml")));
}
