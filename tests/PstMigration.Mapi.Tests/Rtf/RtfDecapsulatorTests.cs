using System.Diagnostics;
using System.Text;
using Xunit;

namespace PstMigration.Mapi.Tests.Rtf;

public sealed class RtfDecapsulatorTests
{
    private const string Head = @"{\rtf1\ansi\ansicpg1252\fromhtml1 \deff0{\fonttbl{\f0\fswiss Arial;}{\f1\fnil\fcharset128 MS Gothic;}}{\colortbl\red0\green0\blue0;}" + "\r\n";

    [Theory]
    [InlineData(@"{\rtf1\ansi\fromhtml1 x}", RtfEncapsulation.Html)]
    [InlineData(@"{\rtf1\ansi\ansicpg932\fromtext \deff0 x}", RtfEncapsulation.Text)]
    [InlineData(@"{\rtf1\ansi{\fonttbl}\fromhtml1 x}", RtfEncapsulation.None)]
    [InlineData(@"{\rtf1\ansi text \fromhtml1 x}", RtfEncapsulation.None)]
    [InlineData(@"{\rtf1\a\b\c\d\e\g\h\i\j\fromhtml1 x}", RtfEncapsulation.None)]
    [InlineData("", RtfEncapsulation.None)]
    [InlineData("plain", RtfEncapsulation.None)]
    public void Recognises(string rtf, RtfEncapsulation kind) => Assert.Equal(kind, RtfDecapsulator.Recognize(Encoding.ASCII.GetBytes(rtf)));

    [Theory]
    [InlineData(@"{\*\htmltag64 <p>}Hello\htmlrtf \par\htmlrtf0 {\*\htmltag72 </p>}}", "<p>Hello</p>")]
    [InlineData(@"{\*\htmltag84 &amp;}\htmlrtf &\htmlrtf0 }", "&amp;")]
    [InlineData(@"{\*\htmltag1 <style>\par p \{\}\par </style>}}", "<style>\r\np {}\r\n</style>")]
    [InlineData(@"{\*\mhtmltag84 <img src=""c:\\x"">}{\*\htmltag84 <img src=""cid:1"">}}", "<img src=\"cid:1\">")]
    [InlineData(@"\htmlrtf {\b \htmlrtf0 bold\htmlrtf }\htmlrtf0 }", "bold")]
    [InlineData(@"\htmlrtf{\b\htmlrtf0 {\*\htmltag84 <b>}x}y}", "<b>x")]
    [InlineData(@"a\tab b\line c\lquote d\rquote\~e\emdash}", "a\tb\r\nc‘d’\u00A0e—")]
    [InlineData(@"{\*\generator nobody;}{\*\unknown {nested} text}{\pict ffff}z}", "z")]
    [InlineData(@"\u-10179?\u-8704?}", "😀")]
    [InlineData(@"{\uc2\u26085 ??}\uc0\u26412 x}", "日本x")]
    public void Takes_the_html_out(string body, string html)
    {
        string? result = RtfDecapsulator.Decapsulate(Encoding.ASCII.GetBytes(Head + body), out RtfEncapsulation kind);

        Assert.Equal(RtfEncapsulation.Html, kind);
        Assert.Equal(html, result);
    }

    [Fact]
    public void Bytes_follow_the_font_in_text_and_the_default_code_page_in_tags()
    {
        string rtf = Head + @"{\*\htmltag64 <a title=""\'e9"">}{\f1\'93\'fa\'96\'7b}\'e9}";

        Assert.Equal("<a title=\"é\">日本é", RtfDecapsulator.Decapsulate(Encoding.ASCII.GetBytes(rtf), out _));
    }

    [Fact]
    public void Takes_text_out()
    {
        string rtf = @"{\rtf1\ansi\ansicpg932\fromtext \fbidi \deff0{\fonttbl" + "\r\n" + @"{\f0\fmodern MS Gothic;}}" + "\r\n" + @"\uc1\pard\plain\deftab360 \f0\fs20 \'83\'65\'83\'58\'83\'67\par" + "\r\n" + @"\'b1\'b2 second\par" + "\r\n}";

        Assert.Equal("テスト\r\nｱｲ second\r\n", RtfDecapsulator.Decapsulate(Encoding.ASCII.GetBytes(rtf), out RtfEncapsulation kind));
        Assert.Equal(RtfEncapsulation.Text, kind);
    }

    [Fact]
    public void Depth_costs_neither_stack_nor_time()
    {
        string rtf = Head + new string('{', 2_000_000) + "x" + new string('}', 1_999_990) + "y";
        Stopwatch watch = Stopwatch.StartNew();

        Assert.Equal("xy", RtfDecapsulator.Decapsulate(Encoding.ASCII.GetBytes(rtf), out _));
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 10);
    }

    [Fact]
    public void Output_stops_at_the_limit() =>
        Assert.Equal(10, RtfDecapsulator.Decapsulate(Encoding.ASCII.GetBytes(Head + new string('a', 5000)), out _, maximumLength: 10)!.Length);
}
