using System.Text;
using Xunit;

namespace PstMigration.Mapi.Tests.Text;

public sealed class CodePagesTests
{
    [Theory]
    [InlineData(932, "日本ｱ①")]
    [InlineData(50220, "日本語")]
    [InlineData(50221, "日本ｱｲ")]
    [InlineData(50222, "日本ｱｲ")]
    [InlineData(51932, "日本ｱ")]
    [InlineData(936, "中文")]
    [InlineData(949, "한국어")]
    [InlineData(950, "繁體")]
    [InlineData(1251, "Привет")]
    [InlineData(1252, "Größe €")]
    [InlineData(54936, "中文😀")]
    [InlineData(65001, "日本語😀")]
    [InlineData(65000, "日本語 + Größe 😀")]
    [InlineData(20127, "ascii")]
    [InlineData(28591, "é")]
    [InlineData(1200, "日本")]
    public void Code_pages_read_back(int codePage, string text)
    {
        Encoding? encoding = CodePages.Find(codePage);

        Assert.NotNull(encoding);
        Assert.Equal(text, encoding.GetString(encoding.GetBytes(text)));
    }

    /// <summary>A character is in one of many sets, each named by an escape; a line begins in ASCII, unless it was broken by somebody who saw no escapes.</summary>
    [Theory]
    [InlineData("\u001B$B0!\u001B$(D0!\u001B(Bz", "\u4E9C\u4E02z")]
    [InlineData("\u001B$(Q-!0!\u001B(B", "\u2460\u4E9C")]
    [InlineData("\u001B$By!|q\u001B(J", "\u7E8A\u2170")]
    [InlineData("\u001B$A0!\u001B$(C0!\u001B.A\u001BNi\u001B(B", "\u554A\uAC00\u00E9")]
    [InlineData("\u001B(I1\u001B(B1\u000E1\u000F1\u00B1", "\uFF711\uFF711\uFF71")]
    [InlineData("\u001B$B0!\nabc", "\u4E9C\nabc")]
    [InlineData("\u001B$B0!\n0!\u001B(B\nabc", "\u4E9C\n\u4E9C\nabc")]
    [InlineData("\u001B$BuA0!\u001B(B", "\uFFFD\u4E9C")]
    public void All_sets_of_iso_2022_jp_are_read(string bytes, string text) =>
        Assert.Equal(text, CodePages.Get(CodePages.Iso2022Jp).GetString([.. bytes.Select(c => (byte)c)]));

    /// <summary>One byte that was spoilt on the way must not cost all others.</summary>
    [Theory]
    [InlineData(932)]
    [InlineData(51932)]
    [InlineData(65001)]
    [InlineData(936)]
    [InlineData(949)]
    public void A_spoilt_character_costs_itself(int codePage)
    {
        string text = codePage == 949 ? "\uC548\uB155\uD558\uC138\uC694 \uC5EC\uB7EC\uBD84 \uBC18\uAC11\uC2B5\uB2C8\uB2E4" : codePage == 936 ? "\u4F60\u597D\u4E16\u754C\u8FD9\u662F\u4E2D\u6587\u7684\u4FE1" : "\u3053\u308C\u306F\u65E5\u672C\u8A9E\u306E\u6587\u7AE0\u3067\u3059";
        byte[] bytes = [.. CodePages.Get(codePage).GetBytes(text), 0xFF, .. Encoding.ASCII.GetBytes(" end")];

        Assert.StartsWith(text, HtmlDecoder.Decode(bytes, codePage, 0), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Shift_JIS", "\u001B$BF|\u001B(B", "\u65E5")]
    [InlineData("us-ascii", "\u00E6\u0097\u00A5", "\u65E5")]
    [InlineData("iso-2022-jp", "\u0093\u00FA\u0096\u007B", "\u65E5\u672C")]
    [InlineData("unknown", "\u00E6\u0097\u00A5", "\u65E5")]
    [InlineData("iso-8859-1", "\u00E9", "\u00E9")]
    [InlineData("gb2312", "\u00C4\u00E3", "\u4F60")]
    public void A_name_that_cannot_be_the_charset_is_not_believed(string charset, string bytes, string text)
    {
        byte[] stored = [.. bytes.Select(c => (byte)c)];

        Assert.Equal(text, CharsetDetector.Resolve(charset, stored, CodePages.Get(CodePages.Western)).GetString(stored));
    }

    [Theory]
    [InlineData("ISO-2022-JP", 50220)]
    [InlineData("x-sjis", 932)]
    [InlineData("Windows-31J", 932)]
    [InlineData("\"shift_jis\"", 932)]
    [InlineData("cp932", 932)]
    [InlineData("euc-jp", 51932)]
    [InlineData("UTF8", 65001)]
    [InlineData("ks_c_5601-1987", 949)]
    [InlineData("gb2312", 936)]
    [InlineData("windows1251", 1251)]
    [InlineData("us-ascii", 20127)]
    public void Charset_names_are_found(string name, int codePage) =>
        Assert.Equal(codePage, CodePages.Find(name)?.CodePage);

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(99999)]
    [InlineData(12)]
    public void Unknown_numbers_are_null_and_read_as_western(int codePage)
    {
        Assert.Null(CodePages.Find(codePage));
        Assert.Equal(1252, CodePages.Get(codePage).CodePage);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x-user-defined")]
    [InlineData("cp")]
    public void Unknown_names_are_null(string name) => Assert.Null(CodePages.Find(name));

    [Theory]
    [InlineData(932, "お世話になっております。ｶﾅ", 932)]
    [InlineData(51932, "お世話になっております。", 51932)]
    [InlineData(50220, "お世話になっております。", 50220)]
    [InlineData(65001, "お世話になっております。", 65001)]
    [InlineData(65001, "é", 65001)]
    [InlineData(1252, "Größe déjà vu", 0)]
    [InlineData(1251, "Привет, как дела?", 0)]
    [InlineData(20127, "ascii", 0)]
    public void Undeclared_bytes_are_recognised(int codePage, string text, int expected)
    {
        byte[] bytes = CodePages.Get(codePage).GetBytes(text);

        Assert.Equal(expected, CharsetDetector.Detect(bytes)?.CodePage ?? 0);
    }

    [Theory]
    [InlineData(new byte[] { 0xC0, 0x80 })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xF4, 0x90, 0x80, 0x80 })]
    [InlineData(new byte[] { 0xE9, 0x20 })]
    public void Malformed_utf8_is_not_utf8(byte[] bytes) => Assert.False(CharsetDetector.IsUtf8(bytes));

    [Fact]
    public void Bytes_above_ascii_are_seen_wherever_they_stand()
    {
        for (int at = 0; at < 40; at++)
        {
            byte[] bytes = new byte[40];
            Assert.True(CharsetDetector.IsSevenBit(bytes.AsSpan(at)));
            bytes[at] = 0x80;
            Assert.False(CharsetDetector.IsSevenBit(bytes));
            Assert.True(CharsetDetector.IsSevenBit(bytes.AsSpan(0, at)));
            Assert.False(CharsetDetector.IsUtf8(bytes));
            Assert.True(CharsetDetector.IsUtf8([.. new byte[at], 0xE6, 0x97, 0xA5, .. new byte[40 - at]]));
        }
    }

    [Fact]
    public void A_character_cut_at_the_end_is_forgiven_where_it_is_not_the_only_one()
    {
        Assert.True(CharsetDetector.IsUtf8([0x61, 0xE6, 0x97, 0xA5, 0xE6, 0x97]));
        Assert.False(CharsetDetector.IsUtf8([.. "caf"u8, 0xE9]));
    }

    /// <summary>The form of a kanji of names that NEC chose, and that of IBM, which Windows writes.</summary>
    [Fact]
    public void Kanji_that_are_encoded_twice_fit()
    {
        Assert.True(CharsetDetector.Fits(CodePages.Get(CodePages.ShiftJis), [0x87, 0x40, 0xEE, 0xE0]));
        Assert.True(CharsetDetector.Fits(CodePages.Get(CodePages.ShiftJis), [0xFB, 0xFC]));
        Assert.False(CharsetDetector.Fits(CodePages.Get(CodePages.ShiftJis), [0xEE, 0x20]));
    }
}
