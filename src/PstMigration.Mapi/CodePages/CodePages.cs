using System.Globalization;
using System.Text;

namespace PstMigration.Mapi;

/// <summary>
/// Windows code pages and MIME charsets as encodings. Nothing is registered process-wide: other code in the process sees the
/// encodings it saw before. Every encoding replaces what it cannot convert and never throws.
/// </summary>
public static class CodePages
{
    /// <summary>Shift_JIS with the extensions of Windows.</summary>
    public const int ShiftJis = 932;

    /// <summary>UTF-16, little endian.</summary>
    public const int Utf16 = 1200;

    /// <summary>Western European.</summary>
    public const int Western = 1252;

    /// <summary>Western European of the Macintosh.</summary>
    public const int Macintosh = 10000;

    /// <summary>US-ASCII.</summary>
    public const int Ascii = 20127;

    /// <summary>ISO 8859-1.</summary>
    public const int Latin1 = 28591;

    /// <summary>ISO-2022-JP.</summary>
    public const int Iso2022Jp = 50220;

    /// <summary>EUC-JP.</summary>
    public const int EucJp = 51932;

    /// <summary>Korean, with all syllables.</summary>
    private const int Korean = 949;

    /// <summary>EUC-KR: a part of it.</summary>
    private const int EucKr = 51949;

    /// <summary>UTF-7.</summary>
    public const int Utf7 = 65000;

    /// <summary>UTF-8.</summary>
    public const int Utf8 = 65001;

    /// <summary>Charset names seen in mail that .NET does not know by that name.</summary>
    private static readonly Dictionary<string, int> s_aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["utf8"] = Utf8,
        ["unicode-1-1-utf-8"] = Utf8,
        ["utf-7"] = Utf7,
        ["utf7"] = Utf7,
        ["unicode-1-1-utf-7"] = Utf7,
        ["unicode-2-0-utf-7"] = Utf7,
        ["csunicode11utf7"] = Utf7,
        ["ansi"] = Western,
        ["ascii"] = Ascii,
        ["latin-1"] = Latin1,
        ["iso8859-1"] = Latin1,
        ["windows-31j"] = ShiftJis,
        ["ms_kanji"] = ShiftJis,
        ["sjis"] = ShiftJis,
        ["x-sjis"] = ShiftJis,
        ["shift-jis"] = ShiftJis,
        ["shift_jisx0213"] = ShiftJis,
        ["eucjp"] = EucJp,
        ["euc-jp-ms"] = EucJp,
        ["eucjp-win"] = EucJp,
        ["sjis-win"] = ShiftJis,
        ["x-euc-jp"] = EucJp,
        ["eucjp-ms"] = EucJp,
        ["iso-2022-jp-ms"] = Iso2022Jp,
        ["iso-2022-jp-1"] = Iso2022Jp,
        ["iso-2022-jp-2"] = Iso2022Jp,
        ["iso-2022-jp-3"] = Iso2022Jp,
        ["iso-2022-jp-2004"] = Iso2022Jp,
        ["gbk"] = 936,
        ["gb_2312-80"] = 936,
        ["x-gbk"] = 936,
        ["gb18030"] = 54936,
        ["ks_c_5601"] = 949,
        ["uhc"] = 949,
        ["big5-hkscs"] = 950,
        ["x-x-big5"] = 950,
        ["euc-tw"] = 20000,
        ["iso-2022-cn"] = Iso2022CnEncoding.Number,
        ["iso-2022-cn-ext"] = Iso2022CnEncoding.Number,
        ["mac"] = Macintosh,
        ["macroman"] = Macintosh,
        ["mac-roman"] = Macintosh,
        ["ibm943"] = ShiftJis,
        ["ibm943c"] = ShiftJis,
        ["ibm-943"] = ShiftJis,
        ["cp943"] = ShiftJis,
        ["cp943c"] = ShiftJis,
        ["ibm942"] = ShiftJis,
        ["ibm942c"] = ShiftJis,
        ["ibm33722"] = EucJp,
        ["iso-8859-10"] = 28600,
        ["latin6"] = 28600,
        ["iso-ir-157"] = 28600,
        ["iso-8859-14"] = 28604,
        ["latin8"] = 28604,
        ["iso-ir-199"] = 28604,
        ["iso-celtic"] = 28604,
        ["iso-8859-16"] = 28606,
        ["latin10"] = 28606,
        ["iso-ir-226"] = 28606,
        ["tis-620"] = 874,
        ["iso-8859-11"] = 874,
        ["iso-8859-8-i"] = 38598,
        ["iso-8859-8-e"] = 38598,
    };

    private static readonly string[] s_numericPrefixes = ["windows-", "windows", "cp-", "cp", "x-cp", "win-", "win", "ms-", "ms", "ibm-", "ibm", "dos-", "dos"];

    /// <summary>The encoding of a code page, or null for 0 and for one this platform does not know.</summary>
    public static Encoding? Find(int codePage)
    {
        switch (codePage)
        {
            case <= 0 or > ushort.MaxValue:
                return null;
            case Utf8:
                return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
            case Utf7:
                return Utf7Encoding.Instance;
            case Iso2022Jp or 50221 or 50222:
                return new Iso2022JpEncoding(codePage);
            case EucJp:
                return new EucJpEncoding();
            case EucKr:
                // What calls itself EUC-KR is mostly what Windows made of it, with all syllables of Hangul.
                codePage = Korean;
                break;
            case Iso2022CnEncoding.Number or 50229:
                return Iso2022CnEncoding.Instance;
            default:
                break;
        }

        try
        {
            return Iso8859Encoding.Find(codePage) ?? CodePagesEncodingProvider.Instance.GetEncoding(codePage) ?? Encoding.GetEncoding(codePage);
        }
        catch (Exception e) when (e is NotSupportedException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The encoding of a MIME charset or one of the names software uses instead (<c>cp932</c>, <c>x-sjis</c>), or null.</summary>
    public static Encoding? Find(string? charset)
    {
        string name = charset?.Trim().Trim('"', '\'') ?? "";
        return name.Length is 0 or > 64 ? null : FindByName(name) ?? FindByName(Plain(name)) ?? FindByNumber(Plain(name));
    }

    /// <summary>Whether Windows has the code page, so that other programs know what a number of it means.</summary>
    public static bool IsWindows(int codePage) => codePage > 0 && Find(codePage) is Encoding known and not (Iso8859Encoding or Iso2022CnEncoding);

    /// <summary>
    /// The encoding of <paramref name="codePage"/>; Western European (1252) where unknown.
    /// </summary>
    public static Encoding Get(int codePage) => Find(codePage) ?? Find(Western) ?? Encoding.GetEncoding(Latin1);

    private static Encoding? FindByName(string name)
    {
        if (s_aliases.TryGetValue(name, out int alias))
        {
            return Find(alias);
        }

        try
        {
            Encoding? known = CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
            return Find(known.CodePage) ?? known;
        }
        catch (Exception e) when (e is NotSupportedException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>A name as registries have it: programs put <c>x-</c> before it, Java and Python write <c>ISO8859_1</c> and <c>EUC_JP</c>.</summary>
    private static string Plain(string name)
    {
        string plain = name.Replace('_', '-').Replace(' ', '-');
        plain = plain.StartsWith("x-", StringComparison.OrdinalIgnoreCase) ? plain.Substring(2) : plain;
        return plain.StartsWith("iso8859-", StringComparison.OrdinalIgnoreCase) ? "iso-" + plain.Substring(3)
            : plain.StartsWith("8859-", StringComparison.Ordinal) ? "iso-" + plain
            : plain.StartsWith("iso8859", StringComparison.OrdinalIgnoreCase) ? "iso-8859-" + plain.Substring(7)
            : plain;
    }

    private static Encoding? FindByNumber(string name)
    {
        foreach (string prefix in s_numericPrefixes)
        {
            if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
                && int.TryParse(name.Substring(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            {
                return Find(number);
            }
        }

        return null;
    }
}
