using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PstMigration.Tests;

/// <summary>
/// Compressed RTF and its text, read by the tests themselves, in the simplest way that is right for what the real files hold. It has nothing
/// in common with the readers it judges.
/// </summary>
internal static class PlainRtf
{
    private const string Preset =
        "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArial"
        + "Times New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";

    private static readonly Regex s_token = new(
        @"\\(?<word>[A-Za-z]+)(?<number>-?\d+)? ?|\\'(?<code>[0-9A-Fa-f]{2})|\\(?<sign>[^A-Za-z'])|(?<brace>[{}])|[\r\n]+|(?<text>[^\\{}\r\n]+)");

    private static readonly string[] s_hidden =
        ["fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "header", "footer", "listtable", "listoverridetable", "fldinst", "themedata"];

    private static readonly Encoding s_bytes = Encoding.GetEncoding(28591);

    static PlainRtf()
    {
        // .NET Framework knows all code pages and has no such type.
        Type? provider = Type.GetType("System.Text.CodePagesEncodingProvider, System.Text.Encoding.CodePages");
        if (provider?.GetProperty("Instance")?.GetValue(null) is EncodingProvider codePages)
        {
            Encoding.RegisterProvider(codePages);
        }
    }

    /// <summary>The RTF, a character a byte.</summary>
    public static string Decompress(byte[] value)
    {
        string kind = s_bytes.GetString(value, 8, 4);
        if (kind == "MELA")
        {
            return s_bytes.GetString(value, 16, value.Length - 16);
        }

        if (kind != "LZFu")
        {
            throw new InvalidDataException(kind);
        }

        // The ring is a window on all that was written, the preset first: position p is the last place written with p mod 4096.
        List<byte> all = [.. s_bytes.GetBytes(Preset)];
        int end = all.Count + BitConverter.ToInt32(value, 4);
        int at = 16;
        while (all.Count < end)
        {
            for (int bits = value[at++] | 0x100; bits > 1 && all.Count < end; bits >>= 1)
            {
                if ((bits & 1) == 0)
                {
                    all.Add(value[at++]);
                    continue;
                }

                int reference = (value[at] << 8) | value[at + 1];
                at += 2;
                int back = ((all.Count - (reference >> 4) - 1) & 4095) + 1;
                for (int left = (reference & 15) + 2; left > 0; left--)
                {
                    all.Add(back <= all.Count ? all[all.Count - back] : (byte)' ');
                }
            }
        }

        return s_bytes.GetString([.. all.Skip(Preset.Length).Take(end - Preset.Length)]);
    }

    /// <summary>What the RTF was made from: <c>html</c>, <c>text</c>, or nothing.</summary>
    public static string Origin(string rtf) => Regex.Match(rtf, @"^\{\\rtf1(\\[a-z0-9]+ ?\s*)*?\\from(?<kind>html|text)").Groups["kind"].Value;

    /// <summary>The text people read, without blanks of layout.</summary>
    public static string Text(string rtf)
    {
        rtf = WithoutBinary(rtf);
        Encoding encoding = Encoding.GetEncoding(Regex.Match(rtf, @"\\ansicpg(\d+)") is { Success: true } page ? Number(page.Groups[1].Value) : 1252);
        StringBuilder text = new();
        List<byte> bytes = [];
        Stack<(bool Hidden, bool IsForRtf)> groups = new();
        (bool Hidden, bool IsForRtf) group = default;
        int replaced = 0;
        foreach (Match token in s_token.Matches(rtf))
        {
            string word = token.Groups["word"].Value;
            if (token.Groups["brace"].Value == "{")
            {
                groups.Push(group);
            }
            else if (token.Groups["brace"].Value == "}")
            {
                group = groups.Count > 0 ? groups.Pop() : default;
            }
            else if (token.Groups["sign"].Value == "*" || s_hidden.Contains(word))
            {
                group.Hidden = true;
            }
            else if (word == "htmlrtf")
            {
                group.IsForRtf = token.Groups["number"].Value != "0";
            }
            else if (!group.Hidden && !group.IsForRtf)
            {
                if (word == "u")
                {
                    Flush();
                    text.Append((char)(ushort)Number(token.Groups["number"].Value));
                    replaced = 1;
                }
                else if (token.Groups["code"].Success || token.Groups["text"].Success)
                {
                    IEnumerable<byte> found = token.Groups["code"].Success
                        ? [byte.Parse(token.Groups["code"].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)]
                        : s_bytes.GetBytes(token.Groups["text"].Value);
                    bytes.AddRange(found.Skip(replaced));
                    replaced = 0;
                }
            }
        }

        Flush();
        return text.ToString();

        void Flush()
        {
            text.Append(encoding.GetString([.. bytes]));
            bytes.Clear();
        }
    }

    /// <summary>Letters alone: what every way to write a text has in common.</summary>
    public static string Letters(string? text) => string.Concat((text ?? "").Where(char.IsLetter));

    /// <summary>The letters of HTML.</summary>
    public static string LettersOfHtml(string html) => Letters(System.Net.WebUtility.HtmlDecode(
        Regex.Replace(Regex.Replace(html, @"(?is)<!--.*?-->|<(style|script|title|xml)\b.*?</\1\s*>", ""), "<[^>]*>", "")));

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    private static string WithoutBinary(string rtf)
    {
        while (Regex.Match(rtf, @"\\bin(\d+) ?") is { Success: true } binary)
        {
            rtf = rtf.Remove(binary.Index, binary.Length + Number(binary.Groups[1].Value));
        }

        return rtf;
    }
}
