using System;
using System.Collections.Generic;
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
        ["tis-620"] = 874,
        ["iso-8859-11"] = 874,
        ["iso-8859-8-i"] = 38598,
    };

    private static readonly string[] s_numericPrefixes = ["windows-", "windows", "cp-", "cp", "x-cp", "win-", "win", "ms-", "ms", "ibm-", "ibm"];

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
            default:
                break;
        }

        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(codePage) ?? Encoding.GetEncoding(codePage);
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
        if (name.Length is 0 or > 64)
        {
            return null;
        }

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
            return FindByNumber(name);
        }
    }

    /// <summary>Whether Windows has the code page, so that other programs know what a number of it means.</summary>
    public static bool IsWindows(int codePage) => codePage > 0;

    /// <summary>
    /// The encoding of <paramref name="codePage"/>; Western European (1252) where unknown.
    /// </summary>
    public static Encoding Get(int codePage) => Find(codePage) ?? Find(Western) ?? Encoding.GetEncoding(Latin1);

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
