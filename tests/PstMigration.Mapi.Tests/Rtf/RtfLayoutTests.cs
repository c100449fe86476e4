using System.Text;
using Xunit;

namespace PstMigration.Mapi.Tests.Rtf;

/// <summary>Lines around paragraphs, spacing, places of links, notes, and fields without a result.</summary>
public sealed class RtfLayoutTests
{
    private const string Head = @"{\rtf1\ansi\ansicpg932\uc1\deff0{\fonttbl{\f0\fswiss Arial;}{\f1\fnil\fcharset2 Wingdings;}}{\colortbl;\red255\green0\blue0;\red221\green235\blue247;}\fs20 ";

    [Theory]
    [InlineData(@"\pard\brdrt\brdrs\brdrw10\brsp20\brdrcf1 x\par}", "<div style=\"margin:0 0 0 0;border-top:0.5pt solid #ff0000;padding-top:1pt\">\n<p style=\"margin:0\">x</p>\n</div>")]
    [InlineData(@"\pard\li720\ri200\brdrb\brdrdb\cbpat2 x\par}", "<div style=\"margin:0 10pt 0 36pt;border-bottom:2.25pt double #000000;padding-bottom:0;background-color:#ddebf7\">\n<p style=\"margin:0\">x</p>\n</div>")]
    [InlineData(@"\pard\brdrl\brdrdashsm\brdrw20\brdrr\brdrtnthsg\brdrw60 x\par}", "border-left:1pt dashed #000000;padding-left:0;border-right:3pt double #000000;padding-right:0\">")]
    [InlineData(@"\pard\brdrt\brdrs\brdrt\brdrnil x\par}", "<body style=\"font-family:'Arial';font-size:10pt\">\n<p style=\"margin:0\">x</p>")]
    [InlineData(@"\pard\brdrbtw\brdrs\chbrdr\brdrs\sectd\pgbrdrt\brdrs x\par}", "<body style=\"font-family:'Arial';font-size:10pt\">\n<p style=\"margin:0\">x</p>")]
    public void Lines_are_drawn_around_paragraphs(string body, string html) => Assert.Contains(html, Convert(body), StringComparison.Ordinal);

    [Fact]
    public void Paragraphs_with_the_same_lines_share_one_box()
    {
        string html = Convert(@"\pard\box\brdrs\brdrw15 a\par b\par\pard c\par\pard\box\brdrs\brdrw15 d\par{\listtext 1.\tab}e\par}");

        Assert.Equal(2, Count(html, "<div"));
        Assert.Equal(2, Count(html, "</div>"));
        Assert.Contains(">a</p>\n<p style=\"margin:0\">b</p>\n</div>\n<p style=\"margin:0\">c</p>\n<div", html, StringComparison.Ordinal);
        Assert.Contains(">d</p>\n</div>\n<ol", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_of_cells_and_of_paragraphs_are_kept_apart()
    {
        string html = Convert(@"\pard\brdrt\brdrs a\par\trowd\clbrdrt\brdrdot\cellx1000\pard\intbl\brdrb\brdrdash in\cell\row\pard after\par}");

        Assert.Contains("<div style=\"margin:0 0 0 0;border-top:0.75pt solid #000000;padding-top:0\">\n<p style=\"margin:0\">a</p>", html, StringComparison.Ordinal);
        Assert.Contains("border-top:0.75pt dotted #000000\"><div style=\"margin:0 0 0 0;border-bottom:0.75pt dashed #000000;padding-bottom:0\">\n<p style=\"margin:0\">in</p>\n</div>\n</td>", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(@"\sl276\slmult1", ";line-height:115%")]
    [InlineData(@"\sl360\slmult1", ";line-height:150%")]
    [InlineData(@"\sl240\slmult1", "")]
    [InlineData(@"\sl0\slmult1", "")]
    [InlineData(@"\sl1\slmult1", ";line-height:50%")]
    [InlineData(@"\sl480\slmult0", ";line-height:24pt")]
    [InlineData(@"\sl-360", ";line-height:18pt")]
    [InlineData(@"\sl-20", ";line-height:10pt")]
    [InlineData(@"\sl20", "")]
    [InlineData(@"\sl-2147483648", ";line-height:1584pt")]
    [InlineData(@"\sl400\pard", "")]
    public void Lines_of_text_keep_their_distance_and_never_overlap(string words, string style) =>
        Assert.Contains("<p style=\"margin:0" + style + "\">x</p>", Convert(@"\pard" + words + @" x\par}"), StringComparison.Ordinal);

    [Fact]
    public void Links_lead_to_places_in_the_text()
    {
        string html = Convert(
            @"\pard{\field{\*\fldinst HYPERLINK \\l ""\'8f\'cd 1""}{\fldrslt up{\*\bkmkstart in}{\*\bkmkend in}on}}\par{\*\bkmkstart \'8f\'cd 1}{\b head}{\*\bkmkend \'8f\'cd 1}\par{\*\bkmkstart x"" onclick=""y<z>}\par{\*\bkmkstart  }end\par}");

        Assert.Contains("<a href=\"#章_1\">up</a><a name=\"in\"></a><a href=\"#章_1\">on</a></p>", html, StringComparison.Ordinal);
        Assert.Contains("<p style=\"margin:0\"><a name=\"章_1\"></a><b>head</b></p>", html, StringComparison.Ordinal);
        Assert.Contains("<p style=\"margin:0\"><a name=\"x&quot;_onclick=&quot;y&lt;z&gt;\"></a>&nbsp;</p>", html, StringComparison.Ordinal);
        Assert.EndsWith("<p style=\"margin:0\">end</p>\n</body></html>\n", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Notes_stand_behind_the_text_and_lead_back()
    {
        string rtf = Head
            + @"\pard{\listtext 1.\tab}one{\super\chftn{\footnote\pard\plain\fs20{\super\chftn} first\par second}} goes on\par\pard two{\super\chftn{\*\footnote\ftnalt\pard\plain\fs20{\super\chftn} other{\footnote inner}}}\par}";
        string html = RtfToHtml.Convert(Encoding.ASCII.GetBytes(rtf)).Html;

        Assert.Contains("<li value=\"1\">one<sup><a href=\"#_ftn1\" name=\"_ftnref1\">1</a></sup> goes on</li>", html, StringComparison.Ordinal);
        Assert.EndsWith(
            "<hr align=\"left\" size=\"1\" width=\"33%\">\n<p style=\"margin:0\"><sup><a href=\"#_ftnref1\" name=\"_ftn1\">1</a></sup> first</p>\n<p style=\"margin:0\">second</p>\n"
            + "<p style=\"margin:0\"><sup><a href=\"#_ftnref2\" name=\"_ftn2\">2</a></sup> otherinner</p>\n</body></html>\n",
            html,
            StringComparison.Ordinal);
        Assert.Equal("1.\tone[1] goes on\r\ntwo[2]\r\n[1] first\r\nsecond\r\n[2] otherinner\r\n", RtfToText.Convert(Encoding.ASCII.GetBytes(rtf)));
    }

    [Fact]
    public void A_note_that_never_ends_does_not_cost_the_text()
    {
        byte[] rtf = Encoding.ASCII.GetBytes(Head + @"before\par within{\footnote " + new string('n', 2000) + "}");

        Assert.Contains("before</p>", RtfToHtml.Convert(rtf, new RtfToHtmlOptions { MaximumLength = 1000 }).Html, StringComparison.Ordinal);
        Assert.Contains("within", RtfToHtml.Convert(rtf.AsSpan(0, rtf.Length - 1)).Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(@"SYMBOL 74 \\f ""Wingdings"" \\s 11", "☺")]
    [InlineData(@"SYMBOL 0x61 \\f Symbol", "α")]
    [InlineData(@"SYMBOL 8364 \\u", "€")]
    [InlineData(@"SYMBOL 61514 \\f Wingdings \\h", "☺")]
    [InlineData(@"SYMBOL 3 \\f x", "")]
    [InlineData(@"SYMBOL 55357 \\u", "")]
    [InlineData(@"SYMBOL", "")]
    [InlineData(@"SYMBOL """" 8364 \\u", "€")]
    [InlineData(@"EQ \\* jc2 \\* ""Font:MS Mincho"" \\* hps10 \\o\\ad(\\s\\up 9(\'82\'a9\'82\'c8),\'89\'bc\'96\'bc)", "<ruby>仮名<rp>(</rp><rt>かな</rt><rp>)</rp></ruby>")]
    [InlineData(@"EQ \\o(\\s\\up 9(", "")]
    [InlineData(@"EQ \\f(1,2)", "")]
    [InlineData(@"PAGE", "")]
    public void Fields_without_a_result_show_what_they_draw(string instruction, string html)
    {
        string rtf = Head + @"a{\field{\*\fldinst " + instruction + @"}{\fldrslt\fs22}}b{\field{\*\fldinst " + instruction + @"}{\fldrslt result}}c}";

        Assert.Contains("<p style=\"margin:0\">a" + html + "bresultc</p>", Convert(rtf.Substring(Head.Length)), StringComparison.Ordinal);
        string text = html.Replace("<ruby>", "").Replace("<rp>", "").Replace("</rp>", "").Replace("<rt>", "").Replace("</rt>", "").Replace("</ruby>", "");
        Assert.Equal("a" + text + "bresultc", RtfToText.Convert(Encoding.ASCII.GetBytes(rtf)));
    }

    [Fact]
    public void A_reading_in_a_field_is_escaped() =>
        Assert.Contains("<ruby>&lt;b&gt;<rp>(</rp><rt>&lt;i&gt;</rt><rp>)</rp></ruby>", Convert(@"{\field{\*\fldinst EQ \\o\\ad(\\s\\up 9(<i>),<b>)}{\fldrslt}}}"), StringComparison.Ordinal);

    private static string Convert(string body) => RtfToHtml.Convert(Encoding.ASCII.GetBytes(Head + body)).Html;

    private static int Count(string text, string part) => text.Split([part], StringSplitOptions.None).Length - 1;
}
