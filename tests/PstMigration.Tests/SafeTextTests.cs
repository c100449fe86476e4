using Xunit;

namespace PstMigration.Tests;

public sealed class SafeTextTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("請求書 №5 — naïve", "請求書 №5 — naïve")]
    [InlineData("👩‍👩‍👧 🏴", "👩‍👩‍👧 🏴")]
    [InlineData("می‌خواهم", "می‌خواهم")]
    [InlineData("a\u001B[2Jb", "a␛[2Jb")]
    [InlineData("a\r\n\tb\0", "a␍␊␉b␀")]
    [InlineData("\u007F\u009B31m", "␡<U+009B>31m")]
    [InlineData("photo\u202Egpj.exe", "photo<U+202E>gpj.exe")]
    [InlineData("\u2066x\u2069\u200F", "<U+2066>x<U+2069><U+200F>")]
    [InlineData("a\u2028b\uFEFF", "a<U+2028>b<U+FEFF>")]
    [InlineData("tag\U000E0041", "tag<U+E0041>")]
    public void Dangerous_characters_become_visible_and_others_stay(string? text, string shown) => Assert.Equal(shown, SafeText.Show(text));

    [Fact]
    public void Halves_of_pairs_become_visible()
    {
        Assert.Equal("<U+D83D>x", SafeText.Show("\uD83Dx"));
        Assert.Equal("👩<U+DE00>", SafeText.Show("👩\uDE00"));
    }
}
