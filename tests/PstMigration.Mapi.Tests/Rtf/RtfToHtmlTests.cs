using System.Diagnostics;
using System.Text;
using Xunit;

namespace PstMigration.Mapi.Tests.Rtf;

public sealed class RtfToHtmlTests
{
    private const string Head = @"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss Arial;}{\f1\fnil\fcharset128 \'82\'6c\'82\'72 \'83\'53\'83\'56\'83\'62\'83\'4e;}{\f2\fcharset2 Symbol;}}{\colortbl;\red255\green0\blue0;\red0\green0\blue255;}\fs20 ";

    [Theory]
    [InlineData(@"plain\par}", "<p style=\"margin:0\">plain</p>")]
    [InlineData(@"x{\b bold}{\i italic}{\ul under}{\strike struck}{\super 2}{\sub 3}}", "x<b>bold</b><i>italic</i><u>under</u><s>struck</s><sup>2</sup><sub>3</sub>")]
    [InlineData(@"\pard\qc\li720\fi-360\sb120 centred\par}", "<p style=\"margin:6pt 0 0 36pt;text-indent:-18pt;text-align:center\">centred</p>")]
    [InlineData(@"a {\cf1 red} {\fs40 big} {\highlight2 marked}}", "<span style=\"color:#ff0000\">red</span> <span style=\"font-size:20pt\">big</span> <span style=\"background-color:#0000ff\">marked</span>")]
    [InlineData(@"a{\f1 \'93\'fa\u26412?}}", "a<span style=\"font-family:'ＭＳ ゴシック'\">日本</span>")]
    [InlineData(@"1 < 2 && ""x""  two}", "1 &lt; 2 &amp;&amp; &quot;x&quot; &nbsp;two")]
    [InlineData(@"{\field{\*\fldinst{HYPERLINK ""http://a/?b&c"" \\o ""tip""}}{\fldrslt{\ul\cf2 here}}}", "<a href=\"http://a/?b&amp;c\"><span style=\"color:#0000ff\">here</span></a>")]
    [InlineData(@"{\field{\*\fldinst HYPERLINK \\l ""top""}{\fldrslt up}}", "<a href=\"#top\">up</a>")]
    [InlineData(@"{\field{\*\fldinst HYPERLINK ""java script:alert(1)""}{\fldrslt no}}", "<p style=\"margin:0\">no</p>")]
    [InlineData(@"{\v gone}{\deleted gone}left}", "<p style=\"margin:0\">left</p>")]
    [InlineData(@"\par\par end}", "<p style=\"margin:0\">&nbsp;</p>\n<p style=\"margin:0\">&nbsp;</p>\n<p style=\"margin:0\">end</p>")]
    public void Formats(string body, string html) => Assert.Contains(html, Convert(body), StringComparison.Ordinal);

    [Fact]
    public void Lists_nest_and_count()
    {
        string html = Convert(
            @"\pard\li360{\listtext\f2\'b7\tab}one\par\pard\ilvl1\li720{\listtext 2.\tab}deep\par{\listtext 3.\tab}deeper\par\pard\li360{\listtext\f2\'b7\tab}two\par\pard after\par}");

        Assert.Contains(
            "<ul type=\"disc\">\n<li>one<ol type=\"1\">\n<li value=\"2\">deep</li>\n<li value=\"3\">deeper</li>\n</ol>\n</li>\n<li>two</li>\n</ul>\n<p style=\"margin:0\">after</p>",
            html,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.", "1", 1)]
    [InlineData("b)", "a", 2)]
    [InlineData("C.", "A", 3)]
    [InlineData("i.", "i", 1)]
    [InlineData("xiv)", "i", 14)]
    [InlineData("o", "circle", 0)]
    [InlineData("1.2.3", "", 0)]
    public void Markers_are_read(string text, string kind, int value)
    {
        RtfListMarker marker = RtfListMarker.Parse(text, null);

        Assert.Equal(kind, marker.Kind);
        Assert.Equal(value, marker.Value);
    }

    [Fact]
    public void The_letter_i_follows_h()
    {
        RtfListMarker h = new("a", 8, "h.");

        Assert.Equal("a", RtfListMarker.Parse("i.", h).Kind);
        Assert.Equal(9, RtfListMarker.Parse("i.", h).Value);
    }

    [Fact]
    public void Tables_keep_merged_cells()
    {
        string html = Convert(
            @"\trowd\cellx1000\clvmgf\cellx2000\pard\intbl a\cell b\cell\row\trowd\cellx500\cellx1000\clvmrg\cellx2000\intbl c\cell d\cell\cell\row\pard after\par}");

        Assert.Equal(2, Count(html, "<tr>"));
        Assert.Equal(4, Count(html, "<td"));
        Assert.Contains("<td colspan=\"2\"", html, StringComparison.Ordinal);
        Assert.Contains("<td rowspan=\"2\"", html, StringComparison.Ordinal);
        Assert.EndsWith("</table>\n<p style=\"margin:0\">after</p>\n</body></html>\n", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Tables_nest()
    {
        string html = Convert(
            @"\trowd\cellx3000\pard\intbl\itap2 in\nestcell{\*\nesttableprops\trowd\cellx900\nestrow}{\nonesttables\par}\pard\intbl\itap1 out\cell\trowd\cellx3000\row\pard x\par}");

        Assert.Equal(2, Count(html, "<table"));
        Assert.Equal(2, Count(html, "</table>"));
        Assert.True(html.IndexOf("in</p>", StringComparison.Ordinal) < html.IndexOf("out</p>", StringComparison.Ordinal));
    }

    [Fact]
    public void Pictures_are_embedded_or_referred_to()
    {
        string rtf = Head + @"{\pict\pngblip\picwgoal1440\pichgoal720 89504e47" + "\r\n" + @"0d0a}{\pict\jpegblip\bin3 " + "\u0001\u0002\u0003}}";
        byte[] bytes = Encoding.ASCII.GetBytes(rtf);

        string embedded = RtfToHtml.Convert(bytes).Html;
        RtfHtml referred = RtfToHtml.Convert(bytes, new RtfToHtmlOptions { EmbedPictures = false, ContentIdDomain = "x" });

        Assert.Contains("<img src=\"data:image/png;base64,iVBORw0K\" alt=\"\" width=\"96\" height=\"48\">", embedded, StringComparison.Ordinal);
        Assert.Contains("<img src=\"cid:picture2@x\"", referred.Html, StringComparison.Ordinal);
        Assert.Equal(["image/png", "image/jpeg"], referred.Pictures.Select(p => p.MimeType));
        Assert.Equal([1, 2, 3], referred.Pictures[1].Data);
    }

    [Fact]
    public void Attachments_stand_where_they_stood()
    {
        RtfToHtmlOptions options = new() { AttachmentPlaceholder = n => n == 0 ? "<i>first</i>" : null };

        string html = RtfToHtml.Convert(Encoding.ASCII.GetBytes(Head + @"a{\objattph\'20}b{\objattph\'20}c}"), options).Html;

        Assert.Contains("a<i>first</i>", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(@"\b x\b0 y")]
    [InlineData(@"\cell\row")]
    [InlineData(@"\par")]
    [InlineData(@"{\pntext 1.}\par")]
    [InlineData(@"\intbl\itap15\par\itap0\par")]
    [InlineData(@"\trowd\clvmgf\cellx100\intbl x\cell\row\trowd\clvmrg\cellx100 y\cell\row")]
    [InlineData("{")]
    [InlineData(@"{\footnote x}")]
    [InlineData(@"{\footnote ")]
    [InlineData(@"\chftn")]
    [InlineData(@"{\*\bkmkstart a}")]
    [InlineData(@"\box\brdrs\par\box\brdrdb\par")]
    [InlineData(@"{\field{\*\fldinst SYMBOL 74}}")]
    public void Nothing_grows_beyond_the_limit(string unit)
    {
        string rtf = Head + string.Concat(Enumerable.Repeat(unit, 200_000));
        Stopwatch watch = Stopwatch.StartNew();

        RtfHtml html = RtfToHtml.Convert(Encoding.ASCII.GetBytes(rtf), new RtfToHtmlOptions { MaximumLength = 1_000_000 });

        Assert.InRange(html.Html.Length, 1, 2_000_000);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 10);
    }

    [Fact]
    public void Noise_never_throws()
    {
        byte[] sample = Encoding.ASCII.GetBytes(
            Head + @"\trowd\clvmgf\cellx100\cellx200\intbl a\cell b\cell\row{\*\shppict{\pict\pngblip 0102}}{\field{\*\fldinst HYPERLINK ""a""}{\fldrslt b}}{\pntext 1.}\u26085 ?\nestcell\nestrow\box\brdrs\sl300\par{\footnote\chftn n}{\*\bkmkstart m}{\field{\*\fldinst EQ \\o(\\up(a),b)}{\fldrslt}}}");
        Random random = new(11);
        for (int i = 0; i < 3000; i++)
        {
            byte[] rtf = (byte[])sample.Clone();
            for (int k = random.Next(1, 12); k > 0; k--)
            {
                rtf[random.Next(rtf.Length)] = random.Next(3) == 0 ? (byte)@"\{}'*0-"[random.Next(7)] : (byte)random.Next(256);
            }

            RtfToHtml.Convert(rtf);
            RtfToText.Convert(rtf);
            RtfDecapsulator.Decapsulate(rtf, out _);
        }
    }

    private static string Convert(string body) => RtfToHtml.Convert(Encoding.ASCII.GetBytes(Head + body)).Html;

    private static int Count(string text, string part) => text.Split([part], StringSplitOptions.None).Length - 1;
}
