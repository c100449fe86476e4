#if NET
using System.Text;
using Xunit;

namespace PstMigration.Mapi.Tests.Bodies;

/// <summary>RTF that is far larger than any mail: it takes a few times what it is, and what is left out of it is told.</summary>
public sealed class LargeRtfTests
{
    private const int Megabyte = 1_000_000;
    private static readonly ItemLoss s_cut = new(LossKind.TooLarge, "Body");

    [Theory]
    [InlineData(@"{\rtf1\ansi ", "The quick brown fox. ")]
    [InlineData(@"{\rtf1\ansi ", @"{\b The} quick brown fox.\par ")]
    [InlineData(@"{\rtf1\ansi\fromtext ", "The quick brown fox. ")]
    [InlineData(@"{\rtf1\ansi\fromhtml1 ", @"{\*\htmltag64 <b>}The quick brown fox. ")]
    public void More_text_than_is_read_is_cut_and_told(string head, string unit)
    {
        const int size = 30 * Megabyte;
        PropertyBag properties = Properties(head, unit, size);

        long before = GC.GetAllocatedBytesForCurrentThread();
        ItemBody body = BodyText.Read(new MapiItem(properties));
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(body.IsCut);
        Assert.Equal(s_cut, Assert.Single(body.Losses()));
        Assert.InRange((body.Html ?? body.Text)!.Length, Megabyte, RtfDecapsulator.DefaultMaximumLength + 1000);
        Assert.InRange(allocated, 0, 15L * size);
    }

    [Fact]
    public void What_fits_is_whole()
    {
        ItemBody body = BodyText.Read(new MapiItem(Properties(@"{\rtf1\ansi ", "The quick brown fox. ", 3 * Megabyte)));

        Assert.False(body.IsCut);
        Assert.Empty(body.Losses());
        Assert.Equal(3 * Megabyte, body.Text!.Length, Megabyte / 100.0);
    }

    [Fact]
    public void Text_that_is_stored_as_well_is_shown_instead_of_half_an_RTF()
    {
        PropertyBag properties = Properties(@"{\rtf1\ansi ", "The quick brown fox. ", 10 * Megabyte);
        properties.Set(PropertyTags.Body, "Another text, short and whole.");

        ItemBody body = BodyText.Read(new MapiItem(properties));

        Assert.Equal("Another text, short and whole.", body.Text);
        Assert.Equal(new ItemLoss(LossKind.Body, "Rtf"), Assert.Single(body.Losses()));
    }

    /// <summary>The digits of a picture were made into a text, twice as large as the RTF, before they were read.</summary>
    [Theory]
    [InlineData(8 * Megabyte)]
    [InlineData(80)]
    public void A_picture_takes_no_more_than_its_bytes_again(int line)
    {
        const int size = 8 * Megabyte;
        StringBuilder rtf = new(@"{\rtf1\ansi {\pict\pngblip ");
        for (int i = 0; i < size; i += line)
        {
            rtf.Append('a', line).Append("\r\n");
        }

        byte[] bytes = Encoding.ASCII.GetBytes(rtf.Append("}the text}").ToString());
        long before = GC.GetAllocatedBytesForCurrentThread();
        RtfHtml html = RtfToHtml.Convert(bytes, new RtfToHtmlOptions { EmbedPictures = false });
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(size / 2, Assert.Single(html.Pictures).Data.Length);
        Assert.Contains("the text", html.Html, StringComparison.Ordinal);
        Assert.InRange(allocated, 0, 2L * size);
    }

    [Fact]
    public void A_picture_that_is_too_large_is_left_out_and_told_and_the_text_behind_it_stays()
    {
        const int size = 20 * Megabyte;
        PropertyBag properties = Properties(@"{\rtf1\ansi {\pict\pngblip ", "aa", size, "}the text}");

        ItemBody body = BodyText.Read(new MapiItem(properties));

        Assert.Contains("the text", body.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", body.Html, StringComparison.Ordinal);
        Assert.Equal(s_cut, Assert.Single(body.Losses()));
    }

    private static PropertyBag Properties(string head, string unit, int size, string end = "}")
    {
        byte[] rtf = new byte[head.Length + (size / unit.Length * unit.Length) + end.Length];
        Encoding.ASCII.GetBytes(head, rtf);
        byte[] part = Encoding.ASCII.GetBytes(unit);
        for (int at = head.Length; at < rtf.Length - end.Length; at += part.Length)
        {
            part.CopyTo(rtf, at);
        }

        Encoding.ASCII.GetBytes(end, rtf.AsSpan(rtf.Length - end.Length));
        PropertyBag properties = new();
        properties.Set(PropertyTags.RtfCompressed, CompressedRtf.Store(rtf));
        return properties;
    }
}
#endif
