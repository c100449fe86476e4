using System.Runtime.InteropServices;
using System.Text;

namespace PstMigration.Mapi;

/// <summary>Tells the encoding of bytes nobody declared, or whose declaration may be wrong.</summary>
public static class CharsetDetector
{
    private const byte Escape = 0x1B;
    private const ulong HighBits = 0x8080_8080_8080_8080;
    private const int Cyrillic = 1251;
    private const double MinCyrillicShare = 0.7;

    /// <summary>
    /// The encoding the bytes show by themselves: a byte order mark, ISO-2022-JP escapes, valid UTF-8 with at least one
    /// multi-byte character, or Shift_JIS or EUC-JP that is valid throughout and holds kana. Null where they do not tell,
    /// as for plain ASCII and for single-byte code pages.
    /// </summary>
    public static Encoding? Detect(ReadOnlySpan<byte> bytes)
    {
        if (FromByteOrderMark(bytes, out _) is Encoding marked)
        {
            return marked;
        }

        if (IsSevenBit(bytes))
        {
            return HasJapaneseEscape(bytes) ? CodePages.Find(CodePages.Iso2022Jp) : null;
        }

        if (IsUtf8(bytes))
        {
            return CodePages.Find(CodePages.Utf8);
        }

        int shiftJis = CountKana(bytes, shiftJis: true);
        int euc = CountKana(bytes, shiftJis: false);
        return shiftJis <= 0 && euc <= 0 ? null : CodePages.Find(euc > shiftJis ? CodePages.EucJp : CodePages.ShiftJis);
    }

    /// <summary>
    /// The best guess for a longer sample of texts by different hands: UTF-8, ISO-2022-JP, the double-byte code pages of Japanese, Chinese and
    /// Korean, and Cyrillic (1251). Null where the sample does not tell; what is left is mostly Western European.
    /// </summary>
    public static Encoding? Guess(ReadOnlySpan<byte> sample)
    {
        int? codePage = HasJapaneseEscape(sample) ? CodePages.Iso2022Jp
            : IsSevenBit(sample) ? null
            : IsUtf8(sample) ? CodePages.Utf8
            : DoubleByteText.Detect(sample) ?? (IsCyrillic(sample) ? Cyrillic : null);
        return codePage is int found ? CodePages.Find(found) : null;
    }

    /// <summary>Which 8-bit encoding bytes that are known to be Japanese are in: Shift_JIS, unless EUC-JP alone makes everyday text of them.</summary>
    public static Encoding DetectJapanese(ReadOnlySpan<byte> bytes)
    {
        if (Detect(bytes) is Encoding shown)
        {
            return shown;
        }

        // Read as Shift_JIS, kanji of EUC-JP are half-width kana among rare characters.
        bool isEuc = CountKana(bytes, shiftJis: false) >= 0 && !HasAny(bytes, 0x80, 0xA0)
            && (CountKana(bytes, shiftJis: true) < 0 || HasAny(bytes, 0xE0, 0xFC));
        return CodePages.Get(isEuc ? CodePages.EucJp : CodePages.ShiftJis);
    }

    /// <summary>Whether bytes can be in an encoding: none of them is left without a character. UTF-16 needs a NUL, as Western text has.</summary>
    public static bool Fits(Encoding encoding, byte[] bytes)
    {
        if (encoding is null || bytes is null)
        {
            throw new ArgumentNullException(encoding is null ? nameof(encoding) : nameof(bytes));
        }

        switch (encoding.CodePage)
        {
            case CodePages.Ascii:
                return IsSevenBit(bytes);
            case CodePages.Utf8:
                return IsUtf8(bytes);
            case CodePages.Utf16 or 1201 or 12000 or 12001:
                return bytes.Length % 2 == 0 && Array.IndexOf(bytes, (byte)0) >= 0;
            case CodePages.Utf7:
                return true;
            case >= 50220 and <= 50222:
                // Of seven bits, and half-width kana of eight.
                return !HasAny(bytes, 0x80, 0xA0) && !HasAny(bytes, 0xE0, 0xFF);
            default:
                break;
        }

        if (encoding.IsSingleByte)
        {
            return true;
        }

        Encoding strict = (Encoding)encoding.Clone();
        strict.DecoderFallback = DecoderFallback.ExceptionFallback;
        try
        {
            strict.GetCharCount(encoding.CodePage == CodePages.ShiftJis ? WithoutDuplicates(bytes) : bytes);
            return true;
        }
        catch (ArgumentException)
        {
            // DecoderFallbackException; the decoders of .NET Framework also throw its base.
            return false;
        }
    }

    /// <summary>
    /// The encoding of a short text that names its charset: what it names, unless the bytes cannot be in that, or are ISO-2022-JP or UTF-8 where ASCII or Western European is named.
    /// </summary>
    /// <param name="charset">The name.</param>
    /// <param name="bytes">The text.</param>
    /// <param name="fallback">The encoding where neither tells.</param>
    public static Encoding Resolve(string? charset, byte[] bytes, Encoding fallback)
    {
        if (bytes is null)
        {
            throw new ArgumentNullException(nameof(bytes));
        }

        Encoding? named = CodePages.Find(charset);
        if (IsSevenBit(bytes) && Array.IndexOf(bytes, Escape) < 0)
        {
            return named ?? fallback;
        }

        Encoding? shown = Detect(bytes);
        if (named is null)
        {
            return shown ?? fallback;
        }

        bool isJapanese = named.CodePage is CodePages.ShiftJis or CodePages.EucJp or (>= 50220 and <= 50222);
        bool isLie = !Fits(named, bytes)
            || (shown?.CodePage == CodePages.Iso2022Jp && named.CodePage is not (>= 50220 and <= 50229))
            || (shown?.CodePage == CodePages.Utf8 && named.CodePage is CodePages.Ascii or CodePages.Latin1 or CodePages.Western);
        return !isLie ? named : shown ?? (isJapanese ? DetectJapanese(bytes) : named);
    }

    /// <summary>Whether bytes are in an encoding but for a few that were spoilt on the way: one character in ten at most.</summary>
    public static bool FitsMostly(Encoding encoding, byte[] bytes)
    {
        const int Tolerated = 10;
        if (encoding?.CodePage is not (CodePages.Utf8 or CodePages.ShiftJis or CodePages.EucJp or (>= 50220 and <= 50222) or 936 or 949 or 950 or 54936))
        {
            return false;
        }

        Encoding telling = (Encoding)encoding.Clone();
        telling.DecoderFallback = new DecoderReplacementFallback(JisCharacters.Unknown.ToString());
        int others = 0;
        int unknown = 0;
        foreach (char c in telling.GetString(encoding!.CodePage == CodePages.ShiftJis ? WithoutDuplicates(bytes) : bytes))
        {
            others += c >= 0x80 ? 1 : 0;
            unknown += c == JisCharacters.Unknown ? 1 : 0;
        }

        return unknown * Tolerated <= others;
    }

    /// <summary>
    /// Shift_JIS with one kanji for those that NEC chose from IBM's (ED40 to EEFC): the decoder knows them, such as the second form of 高 in names, but calls them
    /// unknown where it is strict, as they are encoded otherwise.
    /// </summary>
    private static byte[] WithoutDuplicates(byte[] bytes)
    {
        byte[]? copy = null;
        for (int i = 0; i < bytes.Length - 1; i++)
        {
            byte lead = bytes[i];
            if (lead is 0xED or 0xEE && bytes[i + 1] is (>= 0x40 and <= 0x7E) or (>= 0x80 and <= 0xFC))
            {
                copy ??= (byte[])bytes.Clone();
                (copy[i], copy[i + 1]) = (0x88, 0x9F);
            }

            i += lead is (>= 0x81 and <= 0x9F) or (>= 0xE0 and <= 0xFC) ? 1 : 0;
        }

        return copy ?? bytes;
    }

    /// <summary>The encoding a byte order mark names, and the mark's length in bytes; null and 0 where there is none.</summary>
    public static Encoding? FromByteOrderMark(ReadOnlySpan<byte> bytes, out int length)
    {
        if (bytes.Length >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF)
        {
            length = 3;
            return CodePages.Find(CodePages.Utf8);
        }

        if (bytes.Length >= 4 && bytes[0] == 0xFF && bytes[1] == 0xFE && bytes[2] == 0 && bytes[3] == 0)
        {
            length = 4;
            return Encoding.UTF32;
        }

        if (bytes.Length >= 2 && ((bytes[0] == 0xFF && bytes[1] == 0xFE) || (bytes[0] == 0xFE && bytes[1] == 0xFF)))
        {
            length = 2;
            return bytes[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode;
        }

        length = 0;
        return null;
    }

    /// <summary>Whether every byte is below 0x80.</summary>
    public static bool IsSevenBit(ReadOnlySpan<byte> bytes) => CountSevenBit(bytes) == bytes.Length;

    /// <summary>
    /// Whether the bytes are well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates). A character cut off at the very
    /// end is forgiven, since previews are cut anywhere; not one that would be the only one, which is an accented letter.
    /// </summary>
    public static bool IsUtf8(ReadOnlySpan<byte> bytes)
    {
        bool isSeen = false;
        for (int i = 0; i < bytes.Length;)
        {
            if (bytes[i] < 0x80)
            {
                i += CountSevenBit(bytes[i..]);
                continue;
            }

            byte lead = bytes[i++];
            int more = lead switch
            {
                >= 0xC2 and <= 0xDF => 1,
                >= 0xE0 and <= 0xEF => 2,
                >= 0xF0 and <= 0xF4 => 3,
                _ => -1,
            };
            if (more < 0)
            {
                return false;
            }

            if (i + more > bytes.Length && !isSeen)
            {
                return false;
            }

            isSeen = true;
            for (int k = 0; k < more && i < bytes.Length; k++, i++)
            {
                byte low = (k, lead) switch
                {
                    (0, 0xE0) => 0xA0,
                    (0, 0xF0) => 0x90,
                    _ => 0x80,
                };
                byte high = (k, lead) switch
                {
                    (0, 0xED) => 0x9F,
                    (0, 0xF4) => 0x8F,
                    _ => 0xBF,
                };
                if (bytes[i] < low || bytes[i] > high)
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Whether there is an escape that switches to JIS X 0208, 0212 or half-width kana.</summary>
    public static bool HasJapaneseEscape(ReadOnlySpan<byte> bytes)
    {
        for (int i = 0; i + 2 < bytes.Length; i++)
        {
            if (bytes[i] == Escape
                && (bytes[i + 1], bytes[i + 2]) is ((byte)'$', (byte)'B' or (byte)'@' or (byte)'(') or ((byte)'(', (byte)'I'))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasAny(ReadOnlySpan<byte> bytes, byte first, byte last)
    {
        foreach (byte b in bytes)
        {
            if (b >= first && b <= last)
            {
                return true;
            }
        }

        return false;
    }

    // How many bytes at the start are below 0x80; eight are looked at together.
    private static int CountSevenBit(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        int word = 0;
        while (word < words.Length && (words[word] & HighBits) == 0)
        {
            word++;
        }

        int count = word * sizeof(ulong);
        while (count < bytes.Length && bytes[count] < 0x80)
        {
            count++;
        }

        return count;
    }

    // Russian words are runs of letters from 0xC0 up; accented letters elsewhere stand alone between ASCII.
    private static bool IsCyrillic(ReadOnlySpan<byte> sample)
    {
        int high = 0;
        int inRuns = 0;
        byte previous = 0;
        foreach (byte b in sample)
        {
            // Ё and ё stand before the others.
            byte letter = b is 0xA8 or 0xB8 ? (byte)0xC0 : b;
            high += b >= 0x80 ? 1 : 0;
            inRuns += letter >= 0xC0 && previous >= 0xC0 ? 1 : 0;
            previous = letter;
        }

        return inRuns > high * MinCyrillicShare;
    }

    /// <summary>
    /// Two-byte hiragana and katakana, or -1 where the bytes are not of that encoding. Japanese prose is hardly ever
    /// without kana, while text in a single-byte code page that happens to be valid almost never shows any.
    /// </summary>
    private static int CountKana(ReadOnlySpan<byte> bytes, bool shiftJis)
    {
        int kana = 0;
        for (int i = 0; i < bytes.Length;)
        {
            byte lead = bytes[i++];
            if (lead < 0x80 || (shiftJis && lead is >= 0xA1 and <= 0xDF))
            {
                continue;
            }

            // EUC-JP: 8F starts a three-byte character of JIS X 0212.
            int more = !shiftJis && lead == 0x8F ? 2 : 1;
            if (i + more > bytes.Length)
            {
                return kana;
            }

            byte trail = bytes[i];
            bool valid = shiftJis
                ? lead is >= 0x81 and <= 0x9F or >= 0xE0 and <= 0xFC && trail is >= 0x40 and <= 0xFC and not 0x7F
                : (lead is >= 0xA1 and <= 0xFE or 0x8F && trail is >= 0xA1 and <= 0xFE) || (lead == 0x8E && trail is >= 0xA1 and <= 0xDF);
            if (!valid || (more == 2 && bytes[i + 1] is < 0xA1 or 0xFF))
            {
                return -1;
            }

            bool isKana = shiftJis
                ? (lead == 0x82 && trail is >= 0x9F and <= 0xF1) || (lead == 0x83 && trail is >= 0x40 and <= 0x96)
                : (lead == 0xA4 && trail <= 0xF3) || (lead == 0xA5 && trail <= 0xF6);
            kana += isKana ? 1 : 0;
            i += more;
        }

        return kana;
    }
}
