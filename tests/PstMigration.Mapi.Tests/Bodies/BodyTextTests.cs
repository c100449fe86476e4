using System.Diagnostics;
using System.Text;
using Xunit;

namespace PstMigration.Mapi.Tests.Bodies;

public sealed class BodyTextTests
{
    private const string HtmlInRtf = @"{\rtf1\ansi\fromhtml1 {\*\htmltag64 <p>}original{\*\htmltag72 </p>}}";

    [Fact]
    public void Declared_html_wins_over_text()
    {
        ItemBody body = BodyText.Read(Item(3, text: "text", html: "<p>html</p>"));

        Assert.Equal(BodyFormat.Html, body.Native);
        Assert.Equal("<p>html</p>", body.Html);
        Assert.Equal("text", body.ToPlainText());
    }

    [Fact]
    public void Declared_text_wins_over_html() => Assert.Equal(BodyFormat.Text, BodyText.Read(Item(1, text: "text", html: "<p>html</p>")).Native);

    [Fact]
    public void Undeclared_html_wins() => Assert.Equal(BodyFormat.Html, BodyText.Read(Item(null, text: "text", html: "<p>html</p>", rtf: @"{\rtf1 x}")).Native);

    [Fact]
    public void Html_comes_out_of_rtf()
    {
        ItemBody body = BodyText.Read(Item(null, rtf: HtmlInRtf));

        Assert.Equal(BodyFormat.Html, body.Native);
        Assert.Equal("<p>original</p>", body.Html);
        Assert.Equal("original\r\n", body.ToPlainText());
    }

    [Fact]
    public void Rtf_that_is_not_current_gives_way_to_text() =>
        Assert.Equal(BodyFormat.Text, BodyText.Read(Item(null, text: "new", rtf: @"{\rtf1 old}")).Native);

    [Fact]
    public void Native_rtf_becomes_html_and_text()
    {
        ItemBody body = BodyText.Read(Item(2, rtf: @"{\rtf1 one {\b two}\par}"));

        Assert.Equal(BodyFormat.Rtf, body.Native);
        Assert.Contains("one <b>two</b>", body.Html!, StringComparison.Ordinal);
        Assert.Equal("one two\r\n", body.Text);
    }

    [Fact]
    public void What_is_declared_and_missing_is_made_up_for()
    {
        Assert.Equal(BodyFormat.Html, BodyText.Read(Item(2, html: "<p>html</p>")).Native);
        Assert.Equal(BodyFormat.Text, BodyText.Read(Item(3, text: "text")).Native);
        Assert.Equal(BodyFormat.None, BodyText.Read(new MapiItem()).Native);
        Assert.Equal("", BodyText.ReadPlainText(new MapiItem()));
    }

    [Theory]
    [InlineData(932, 932, "<p>日本ｱ</p>")]
    [InlineData(50220, 50220, "<p>日本</p>")]
    [InlineData(0, 50220, "<p>日本</p>")]
    [InlineData(20127, 65001, "<p>日本 é</p>")]
    [InlineData(28591, 65001, "<p>é</p>")]
    [InlineData(1252, 1252, "<p>é ü</p>")]
    [InlineData(65001, 1252, "<p>é ü</p>")]
    [InlineData(0, 932, "<p>これは日本語です</p>")]
    [InlineData(0, 51932, "<p>これは日本語です</p>")]
    [InlineData(0, 1251, "<meta charset=windows-1251><p>Привет</p>")]
    [InlineData(20127, 932, "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=Shift_JIS\"><p>日本</p>")]
    [InlineData(65000, 65000, "<p>日本</p>")]
    public void Bytes_tell_their_code_page(int declared, int real, string html)
    {
        byte[] bytes = CodePages.Get(real).GetBytes(html);

        Assert.Equal(html, HtmlDecoder.Decode(bytes, declared, 0));
    }

    [Fact]
    public void The_message_code_page_is_the_last_word() => Assert.Equal("Привет", HtmlDecoder.Decode(CodePages.Get(1251).GetBytes("Привет"), 0, 1251));

    [Theory]
    [InlineData("<html><head><title>t</title><style>p{}</style></head><body><p>One</p><p>Two<br>Three</p></body></html>", "One\r\n\r\nTwo\r\nThree\r\n")]
    [InlineData("a<!-- <b> -->b<script>if (1<2) x='</p>';</script>c", "abc\r\n")]
    [InlineData("a &lt; b &amp; c &eacute; &#26085; &#x672c; &#146;", "a < b & c é 日 本 ’\r\n")]
    [InlineData("1 < 2 and 3 > 2", "1 < 2 and 3 > 2\r\n")]
    [InlineData("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a\tb\r\nc\r\n")]
    [InlineData("<a title=\"x > y\">link</a>", "link\r\n")]
    [InlineData("<a title=\"never closed>link</a><p>more", "link\r\n\r\nmore\r\n")]
    [InlineData("<pre>a\nb</pre>c", "a\r\nb\r\nc\r\n")]
    [InlineData("<pre>\n  a  b \n\tc\n</pre> <p> d", "  a  b\r\n\tc\r\n\r\nd\r\n")]
    [InlineData("<![if !supportLists]>x<![endif]><o:p>&nbsp;</o:p>y", "x y\r\n")]
    [InlineData("  a \r\n  b\t c ", "a b c\r\n")]
    [InlineData("", "")]
    [InlineData("<", "<\r\n")]
    [InlineData("<script>never closed", "")]
    public void Html_becomes_text(string html, string text) => Assert.Equal(text, HtmlToText.Convert(html));

    [Theory]
    [InlineData("<")]
    [InlineData("<a href=\"")]
    [InlineData("<!--")]
    [InlineData("<div>")]
    [InlineData("&#")]
    [InlineData("<a b='>")]
    [InlineData("<style>")]
    public void Nothing_makes_it_slow(string unit)
    {
        string html = string.Concat(Enumerable.Repeat(unit, 300_000));
        Stopwatch watch = Stopwatch.StartNew();

        HtmlToText.Convert(html);

        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 5);
    }

    private static MapiItem Item(int? native, string? text = null, string? html = null, string? rtf = null)
    {
        PropertyBag p = new();
        p.Set(PropertyTags.Body, text);
        p.Set(PropertyTags.BodyHtml, html is null ? null : Encoding.UTF8.GetBytes(html));
        p.Set(PropertyTags.RtfCompressed, rtf is null ? null : CompressedRtf.Compress(Encoding.ASCII.GetBytes(rtf)));
        if (native is int value)
        {
            p.Set(PropertyTags.NativeBody, value);
        }

        return new MapiItem(p);
    }
}
