namespace PstMigration.Mapi;

/// <summary>
/// Characters of fonts whose bytes are pictures. Symbol follows Adobe's Symbol encoding; of Wingdings the marks that
/// stand in mail: bullets, arrows, ticks, faces.
/// </summary>
internal static class SymbolFonts
{
    private const string Bullet = "•";

    /// <summary>Symbol from 0x20 to 0x7E.</summary>
    private const string SymbolLow =
        " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼";

    /// <summary>Symbol from 0xA0 to 0xFE.</summary>
    private const string SymbolHigh =
        "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪ 〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭";

    private static readonly Dictionary<byte, string> s_wingdings = new()
    {
        [0x20] = " ",
        [0x28] = "☎",
        [0x2A] = "✉",
        [0x4A] = "☺",
        [0x4B] = "😐",
        [0x4C] = "☹",
        [0x6C] = "●",
        [0x6D] = "❍",
        [0x6E] = "■",
        [0x6F] = "□",
        [0x71] = "❑",
        [0x72] = "❒",
        [0x75] = "◆",
        [0x76] = "❖",
        [0x77] = "⬥",
        [0x9F] = "•",
        [0xA1] = "○",
        [0xA7] = "▪",
        [0xA8] = "◻",
        [0xAB] = "★",
        [0xD8] = "➢",
        [0xDC] = "➲",
        [0xDF] = "←",
        [0xE0] = "→",
        [0xE1] = "↑",
        [0xE2] = "↓",
        [0xE8] = "➔",
        [0xF0] = "⇨",
        [0xFB] = "✗",
        [0xFC] = "✓",
        [0xFD] = "☒",
        [0xFE] = "☑",
    };

    /// <summary>Whether a font of that name holds pictures, whatever charset it claims.</summary>
    public static bool IsKnown(string font) =>
        font.Equals("Symbol", StringComparison.OrdinalIgnoreCase) || font.StartsWith("Wingdings", StringComparison.OrdinalIgnoreCase);

    /// <summary>What a byte in the font shows. Letters of an unknown symbol font stay letters; other bytes become a bullet.</summary>
    public static string Decode(string? font, byte b)
    {
        if (font is not null && font.StartsWith("Wingdings", StringComparison.OrdinalIgnoreCase))
        {
            return s_wingdings.TryGetValue(b, out string? mark) ? mark : Bullet;
        }

        return b switch
        {
            >= 0x20 and <= 0x7E when string.Equals(font, "Symbol", StringComparison.OrdinalIgnoreCase) => SymbolLow[b - 0x20].ToString(),
            >= 0xA0 and <= 0xFE when string.Equals(font, "Symbol", StringComparison.OrdinalIgnoreCase) => SymbolHigh[b - 0xA0].ToString(),
            < 0x80 => ((char)b).ToString(),
            _ => Bullet,
        };
    }
}
