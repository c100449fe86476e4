using System.Text;
using Xunit;

namespace PstMigration.Formats.Tests.Trees;

public sealed class SafeNameTests
{
    [Theory]
    [InlineData("請求書 2026年3月", "請求書 2026年3月")]
    [InlineData("ﾊﾝｶｸ　全角", "ﾊﾝｶｸ　全角")]
    [InlineData("a/b\\c:d*e?f\"g<h>i|j", "a_b_c_d_e_f_g_h_i_j")]
    [InlineData("RE: Re: x", "RE_ Re_ x")]
    [InlineData("CON", "_CON")]
    [InlineData("con.txt", "_con.txt")]
    [InlineData("LPT¹.x", "_LPT¹.x")]
    [InlineData("COM5 .x", "_COM5 .x")]
    [InlineData("COM55", "COM55")]
    [InlineData("NULL", "NULL")]
    [InlineData("conin$", "_conin$")]
    [InlineData("end. . .", "end")]
    [InlineData("  a \t\r\n b  ", "a b")]
    [InlineData("..", "x")]
    [InlineData(".hidden", "_hidden")]
    [InlineData("", "x")]
    [InlineData("\u202Eexe.txt", "exe.txt")]
    [InlineData("a\u200Bb\uFEFFc", "abc")]
    [InlineData("bell\u0007\u001b[31m", "bell__[31m")]
    [InlineData("family 👨\u200D👩\u200D👧", "family 👨\u200D👩\u200D👧")]
    [InlineData("cafe\u0301", "caf\u00E9")]
    public void Names_are_safe_and_readable(string text, string name) => Assert.Equal(name, SafeName.Make(text, 100, "x"));

    [Fact]
    public void Long_names_are_cut_between_characters()
    {
        Assert.Equal(new string('a', 50), SafeName.Make(new string('a', 300), 50, "x"));
        string kanji = SafeName.Make(new string('漢', 300), 250, "x");
        Assert.InRange(Encoding.UTF8.GetByteCount(kanji), 190, 200);
        string emoji = SafeName.Make("aaaaaaaaa😀", 10, "x");
        Assert.Equal("aaaaaaaaa", emoji);
        Assert.Equal("a", SafeName.Make("a          b", 5, "x").Substring(0, 1));
        Assert.Equal("half_", SafeName.Make("half\uD83D", 10, "x"));
        Assert.Equal("aaaa", SafeName.Make("aaaa. bbb", 6, "x"));
    }

    [Fact]
    public void Any_text_gives_a_name_every_file_system_takes()
    {
        Random random = new(5);
        for (int i = 0; i < 20000; i++)
        {
            char[] text = new char[random.Next(1, 40)];
            for (int j = 0; j < text.Length; j++)
            {
                text[j] = random.Next(3) switch
                {
                    0 => (char)random.Next(0, 0x80),
                    1 => (char)random.Next(0x2000, 0x2100),
                    _ => (char)random.Next(0, 0x10000),
                };
            }

            string name = SafeName.Make(new string(text), 30, "x");

            Assert.InRange(name.Length, 1, 31);
            Assert.Equal(name, name.Trim());
            Assert.True(name.IndexOfAny(['<', '>', ':', '"', '/', '\\', '|', '?', '*']) < 0 && name[name.Length - 1] != '.' && name[0] != '.' && !SafeName.IsDevice(name), name);
            Assert.DoesNotContain(name, char.IsControl);
        }
    }

    [Fact]
    public void Equal_names_are_numbered_whatever_their_case_or_composition()
    {
        UniqueNames names = new();
        names.Add("Caf\u00E9.eml");

        Assert.Equal("cafe\u0301 (2).eml", names.Take("cafe\u0301", ".eml"));
        Assert.Equal("CAF\u00C9 (3).eml", names.Take("CAF\u00C9", ".eml"));
        Assert.Equal("other.eml", names.Take("other", ".eml"));
    }
}
