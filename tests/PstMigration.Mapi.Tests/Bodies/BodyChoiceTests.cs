using System.Diagnostics;
using System.Text;
using Xunit;

namespace PstMigration.Mapi.Tests.Bodies;

/// <summary>In which form a body is shown where several are stored, and what is said of the others.</summary>
public sealed class BodyChoiceTests
{
    private const string HtmlInRtf = @"{\rtf1\ansi\fromhtml1 {\*\htmltag64 <p>}Dear Sirs, the offer is {\*\htmltag84 <b>}attached{\*\htmltag92 </b>}.{\*\htmltag72 </p>}}";
    private const string Offer = "Dear Sirs, the offer is attached.\r\n\r\n";

    [Theory]
    [InlineData(@"{\rtf1\ansi Dear Sirs, the offer is {\b attached}.\par}", BodyFormat.Rtf, "<b>attached</b>")]
    [InlineData(HtmlInRtf, BodyFormat.Html, "<b>attached</b>")]
    [InlineData(@"{\rtf1\ansi\fromtext Dear Sirs, the offer is attached.\par}", BodyFormat.Text, null)]
    public void Rtf_that_says_what_the_text_says_is_shown(string rtf, BodyFormat format, string? html)
    {
        ItemBody body = BodyText.Read(Item(Offer, rtf));

        Assert.Equal(format, body.Native);
        Assert.Equal(html is null, body.Html is null);
        Assert.Contains(html ?? "", body.Html ?? "", StringComparison.Ordinal);
        Assert.Equal(Offer, body.Text);
        Assert.Equal(BodyChoice.SameText, body.Choice);
        Assert.Empty(body.Losses());
    }

    /// <summary>Outlook from 2003 on stores no PidTagRtfInSync; where the two agree it does not matter what it says.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Agreement_counts_more_than_what_is_said_of_it(bool isInSync) =>
        Assert.Equal(BodyFormat.Html, BodyText.Read(Item(Offer, HtmlInRtf, isInSync: isInSync)).Native);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("\r\n \r\n\n")]
    [InlineData("?? ???\r\n")]
    [InlineData("\0")]
    public void A_text_that_says_nothing_gives_way(string? text)
    {
        ItemBody body = BodyText.Read(Item(text, HtmlInRtf));

        Assert.Equal(BodyFormat.Html, body.Native);
        Assert.Equal("Dear Sirs, the offer is attached.\r\n", body.ToPlainText());
        Assert.Equal(BodyChoice.Only, body.Choice);
        Assert.Empty(body.Losses());
    }

    [Fact]
    public void Pictures_alone_are_a_body()
    {
        ItemBody body = BodyText.Read(Item("\r\n \r\n", @"{\rtf1\ansi\fromhtml1 {\*\htmltag64 <p>}{\*\htmltag84 <img src=""cid:image001.png@01"">}{\*\htmltag72 </p>}}"));

        Assert.Equal("<p><img src=\"cid:image001.png@01\"></p>", body.Html);
        Assert.Equal("\r\n \r\n", body.Text);
    }

    [Theory]
    [InlineData("Dear Sirs,\r\nthe offer <http://example.com/a?b=c> is attached.", null)]
    [InlineData("Dear Sirs,\r\n[cid:image001.png@01] the offer [a drawing of it] is attached.", null)]
    [InlineData("Dear Sirs, the offer is attached.\r\n <<offer.doc>> ", null)]
    [InlineData("Dear Sirs, the HYPERLINK \"http://example.com/\" \\l \"place\"offer is attached.", null)]
    [InlineData("1.\tDear Sirs,\r\n2)\tthe offer\r\no\tis attached.", null)]
    [InlineData("Dear Sirs, Logo <http://example.com> the offer is attached.", @"{\rtf1\ansi\fromhtml1 Dear Sirs, {\*\htmltag84 <a href=x><img src=x alt=""Logo""></a>}the offer is attached.}")]
    [InlineData("Dear Sirs, [x.png] the offer is attached.", @"{\rtf1\ansi\fromhtml1 Dear Sirs, {\*\htmltag84 <img alt='A &amp; B' src=x>}the offer is attached.}")]
    [InlineData("1. [x] 1st offer\r\n", @"{\rtf1\ansi\fromhtml1 {\*\htmltag84 <ol><li>}1st offer}")]
    public void Asides_of_programs_are_no_difference(string text, string? rtf) => Assert.Equal(BodyChoice.SameText, BodyText.Read(Item(text, rtf ?? HtmlInRtf)).Choice);

    [Fact]
    public void Rtf_that_differs_in_parts_is_shown_and_the_text_is_told()
    {
        ItemBody body = BodyText.Read(Item("A copy for evaluation.\r\nDear Sirs, the offer is attached.", HtmlInRtf));

        Assert.Equal(BodyFormat.Html, body.Native);
        Assert.Equal("Dear Sirs, the offer is attached.\r\n", body.ToPlainText());
        Assert.Equal(BodyChoice.RtfBeforeText, body.Choice);
        Assert.Equal([new ItemLoss(LossKind.Body, "Text")], body.Losses());
    }

    [Theory]
    [InlineData(false, "Dear Sirs, the offer is withdrawn.")]
    [InlineData(null, "Something else altogether, in other words.")]
    public void A_text_that_was_changed_later_is_shown_and_the_rtf_is_told(bool? isInSync, string text)
    {
        ItemBody body = BodyText.Read(Item(text, HtmlInRtf, isInSync: isInSync));

        Assert.Equal(BodyFormat.Text, body.Native);
        Assert.Null(body.Html);
        Assert.Equal(text, body.Text);
        Assert.Equal(BodyChoice.TextIsNewer, body.Choice);
        Assert.Equal([new ItemLoss(LossKind.Body, "Rtf")], body.Losses());
    }

    [Theory]
    [InlineData(2, null, BodyChoice.Declared)]
    [InlineData(3, false, BodyChoice.Declared)]
    [InlineData(null, true, BodyChoice.RtfInSync)]
    public void What_the_item_says_decides_between_forms_that_differ(int? native, bool? isInSync, BodyChoice choice)
    {
        ItemBody body = BodyText.Read(Item("Something else altogether, in other words.", HtmlInRtf, native, isInSync));

        Assert.Equal(BodyFormat.Html, body.Native);
        Assert.Equal(choice, body.Choice);
        Assert.Equal([new ItemLoss(LossKind.Body, "Text")], body.Losses());
    }

    [Fact]
    public void Html_that_is_declared_may_be_in_rtf_or_absent()
    {
        Assert.Equal(BodyChoice.Declared, BodyText.Read(Item(Offer, HtmlInRtf, 3)).Choice);
        Assert.Equal((BodyFormat.Text, BodyChoice.Only), Shown(Item(Offer, null, 3)));
    }

    [Fact]
    public void A_form_that_says_nothing_gives_way_even_if_it_is_declared()
    {
        MapiItem text = Item(" \r\n", null, 1);
        text.Properties.Set(PropertyTags.BodyHtml, Encoding.ASCII.GetBytes("<p>Dear Sirs</p>"));
        MapiItem html = Item(Offer, null, 3);
        html.Properties.Set(PropertyTags.BodyHtml, Encoding.ASCII.GetBytes("<html><head><title>t</title></head><body>&nbsp;</body></html>"));

        Assert.Equal(BodyFormat.Html, BodyText.Read(text).Native);
        Assert.Equal(BodyFormat.Text, BodyText.Read(html).Native);
        Assert.Equal(BodyFormat.Text, BodyText.Read(Item(Offer, @"{\rtf1\ansi\deff0 \pard\par}", 2)).Native);
    }

    [Fact]
    public void Rtf_that_cannot_be_read_gives_way_and_is_told()
    {
        byte[] whole = CompressedRtf.Compress(Encoding.ASCII.GetBytes(@"{\rtf1\ansi Dear Sirs, the offer is {\b attached}. Please answer by tomorrow.\par}"));
        foreach (byte[] broken in new[] { [1, 2, 3], new byte[64], [.. whole.Take(whole.Length / 2)] })
        {
            MapiItem item = Item("Dear Sirs, the offer is attached. Please answer by tomorrow.", null, 2);
            item.Properties.Set(PropertyTags.RtfCompressed, broken);
            ItemBody body = BodyText.Read(item);

            Assert.Equal((BodyFormat.Text, BodyChoice.Damaged), (body.Native, body.Choice));
            Assert.Equal([new ItemLoss(LossKind.Body, "Rtf")], body.Losses());
            item.Properties.Set(PropertyTags.BodyHtml, Encoding.ASCII.GetBytes("<p>Dear Sirs</p>"));
            Assert.Equal((BodyFormat.Html, BodyChoice.Damaged), Shown(item));
        }
    }

    [Fact]
    public void What_can_be_read_of_the_only_form_is_shown_and_told()
    {
        byte[] whole = CompressedRtf.Compress(Encoding.ASCII.GetBytes(@"{\rtf1\ansi Dear Sirs, the offer is {\b attached}. Please answer by tomorrow.\par}"));
        MapiItem item = Item(null, null);
        item.Properties.Set(PropertyTags.RtfCompressed, [.. whole.Take(whole.Length / 2)]);
        ItemBody body = BodyText.Read(item);

        Assert.Equal((BodyFormat.Rtf, BodyChoice.Damaged), (body.Native, body.Choice));
        Assert.StartsWith("Dear Sirs", body.Text, StringComparison.Ordinal);
        Assert.Equal([new ItemLoss(LossKind.Body, "Damaged")], body.Losses());
    }

    /// <summary>RTF says for each font which code page it is in, where the text of an 8-bit file has but one for all.</summary>
    [Fact]
    public void Rtf_keeps_what_the_code_page_of_the_text_does_not_have()
    {
        ItemBody body = BodyText.Read(Item(
            "?? and ?????? and caf\u00E9? <http://example.com>",
            @"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset128 MS Gothic;}{\f1\fcharset204 Arial;}{\f2\fcharset0 Arial;}}\f0 \'93\'fa\'96\'7b\f2  and \f1 \'cf\'f0\'e8\'e2\'e5\'f2\f2  and caf\'e9?\par}"));

        Assert.Equal("日本 and Привет and café?\r\n", body.ToPlainText());
        Assert.Equal(BodyChoice.SameText, body.Choice);
        Assert.Empty(body.Losses());
    }

    [Theory]
    [InlineData("[")]
    [InlineData("[a]")]
    [InlineData("<<")]
    [InlineData("<http:")]
    [InlineData("1. ")]
    [InlineData("HYPERLINK \"")]
    [InlineData("\n1. [x")]
    [InlineData("[a][a]b")]
    public void Nothing_makes_it_slow(string unit)
    {
        string text = string.Concat(Enumerable.Repeat(unit, 200_000));
        MapiItem item = Item(text, null);
        item.Properties.Set(PropertyTags.RtfCompressed, CompressedRtf.Store(Encoding.ASCII.GetBytes(@"{\rtf1 " + text.Replace("\n", "\\par ") + "b}")));
        Stopwatch watch = Stopwatch.StartNew();

        BodyText.Read(item);

        // Seconds alone, hours if it were quadratic: a busy machine must not make the difference.
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 60);
    }

    private static (BodyFormat Format, BodyChoice Choice) Shown(MapiItem item)
    {
        ItemBody body = BodyText.Read(item);
        return (body.Native, body.Choice);
    }

    private static MapiItem Item(string? text, string? rtf, int? native = null, bool? isInSync = null)
    {
        PropertyBag p = new();
        p.Set(PropertyTags.Body, text);
        p.Set(PropertyTags.RtfCompressed, rtf is null ? null : CompressedRtf.Compress(Encoding.ASCII.GetBytes(rtf)));
        if (native is int value)
        {
            p.Set(PropertyTags.NativeBody, value);
        }

        if (isInSync is bool flag)
        {
            p.Set(PropertyTags.RtfInSync, flag);
        }

        return new MapiItem(p);
    }
}
