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
