using System.Text;

namespace PstMigration.Mapi;

/// <summary>The font table of a document: names and the code pages their bytes are in.</summary>
internal sealed class RtfFonts
{
    private const int MaximumFonts = 4096;
    private const int SymbolCharset = 2;
    private readonly Dictionary<int, Font> _fonts = [];
    private readonly Dictionary<int, Encoding> _encodings = [];

    /// <summary>From <c>\ansicpg</c>, or what <c>\ansi</c>, <c>\mac</c>, <c>\pc</c> say.</summary>
    public int DefaultCodePage { get; set; } = CodePages.Western;

    public Encoding DefaultEncoding => EncodingOf(DefaultCodePage);

    public string? NameOf(int font) => _fonts.TryGetValue(font, out Font? f) && f.Name.Length > 0 ? f.Name : null;

    /// <summary>Whether the font's bytes are pictures, as those of Symbol and Wingdings.</summary>
    public bool IsSymbol(int font) => _fonts.TryGetValue(font, out Font? f) && (f.IsSymbol ??= f.Charset == SymbolCharset || SymbolFonts.IsKnown(f.Name));

    public Encoding EncodingFor(int font) =>
        EncodingOf(_fonts.TryGetValue(font, out Font? f) ? f.CodePage ?? CodePageOf(f.Charset) : DefaultCodePage);

    public void SetCharset(int font, int charset)
    {
        if (Entry(font) is Font entry)
        {
            entry.Charset = charset;
            entry.IsSymbol = null;
        }
    }

    public void SetCodePage(int font, int codePage)
    {
        if (Entry(font) is Font entry)
        {
            entry.CodePage = codePage;
        }
    }

    public void AppendName(int font, string text)
    {
        int end = text.IndexOf(';');
        if (Entry(font) is Font { IsNamed: false } entry && entry.Name.Length < 256)
        {
            entry.Name += (end < 0 ? text : text.Substring(0, end)).TrimStart();
            entry.IsNamed = end >= 0;
            entry.IsSymbol = null;
        }
    }

    private Font? Entry(int font)
    {
        if (!_fonts.TryGetValue(font, out Font? entry) && _fonts.Count < MaximumFonts)
        {
            _fonts[font] = entry = new Font();
        }

        return entry;
    }

    private Encoding EncodingOf(int codePage)
    {
        if (!_encodings.TryGetValue(codePage, out Encoding? encoding))
        {
            // Bounded: a document may name only as many code pages as there are fonts.
            _encodings[codePage] = encoding = CodePages.Find(codePage) ?? CodePages.Get(DefaultCodePage);
        }

        return encoding;
    }

    /// <summary>The code page of a Windows character set, [MS-WMF] 2.1.1.5 and the RTF 1.9.1 specification's table.</summary>
    private int CodePageOf(int? charset) => charset switch
    {
        0 or SymbolCharset => CodePages.Western,
        77 => 10000,
        78 => 10001,
        79 => 10003,
        80 => 10008,
        81 => 10002,
        83 => 10005,
        84 => 10004,
        85 => 10006,
        86 => 10081,
        87 => 10021,
        88 => 10029,
        89 => 10007,
        128 => CodePages.ShiftJis,
        129 => 949,
        130 => 1361,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        254 => 437,
        255 => 850,
        _ => DefaultCodePage,
    };

    private sealed class Font
    {
        public string Name { get; set; } = "";

        public bool IsNamed { get; set; }

        public int? Charset { get; set; }

        public int? CodePage { get; set; }

        /// <summary>Whether its bytes are pictures; null until somebody asks.</summary>
        public bool? IsSymbol { get; set; }
    }
}
