using System.Text;

namespace PstMigration.Mapi;

/// <summary>
/// ISO-2022-JP (RFC 1468) and all that goes by its name: JIS X 0212 (RFC 2237), Chinese, Korean, Latin and Greek (RFC 1554), JIS X 0213 as far as it agrees with 0208, what NEC
/// and IBM added, half-width kana by an escape, by SO, and in eight bits. .NET takes JIS X 0212 for other kanji, and text without its last escape for ASCII.
/// </summary>
/// <param name="codePage">50220, 50221 or 50222, which differ in how kana are written.</param>
internal sealed class Iso2022JpEncoding(int codePage) : JapaneseEncoding(codePage)
{
    private const byte Escape = 0x1B;
    private const byte ShiftOut = 0x0E;
    private const byte ShiftIn = 0x0F;
    private const int Gb2312 = 936;
    private const int Korean = 949;
    private const int Greek = 28597;

    private enum Set
    {
        Ascii,
        Kana,
        Kanji,
        Supplement,
        Chinese,
        Korean,
    }

    protected override void Decode(ReadOnlySpan<byte> bytes, StringBuilder text)
    {
        Set set = Set.Ascii;
        bool isShifted = false;
        int latin = CodePages.Latin1;
        int next = 0;
        for (int i = 0; i < bytes.Length;)
        {
            byte b = bytes[i];
            ReadOnlySpan<byte> rest = bytes[(i + 1)..];
            if (b == Escape && SetOf(rest, out int length) is Set named)
            {
                (set, isShifted) = (named, false);
                i += 1 + length;
            }
            else if (b == Escape && rest.Length > 1 && rest[0] == '.' && rest[1] is (byte)'A' or (byte)'F')
            {
                latin = rest[1] == 'A' ? CodePages.Latin1 : Greek;
                i += 3;
            }
            else if (b == Escape && rest.Length > 1 && rest[0] == 'N' && rest[1] >= 0x20)
            {
                text.Append(CodePages.Get(latin).GetString([(byte)(rest[1] | 0x80)]));
                i += 3;
            }
            else if (b is ShiftOut or ShiftIn)
            {
                isShifted = b == ShiftOut;
                i++;
            }
            else if (b <= 0x20)
            {
                // A line begins in ASCII (RFC 1468), unless the next escape leads back to it: then the line was broken by somebody who saw no escapes.
                if (b == '\n' && (set != Set.Ascii || isShifted))
                {
                    next = next > i ? next : bytes.Length - rest.Length + IndexOfEscape(rest);
                    (set, isShifted) = LeadsToAscii(bytes, next) ? (set, isShifted) : (Set.Ascii, false);
                }

                text.Append((char)b);
                i++;
            }
            else if (b is >= 0xA1 and <= 0xDF)
            {
                text.Append(JisCharacters.Kana(b));
                i++;
            }
            else if (b >= 0x80)
            {
                text.Append(Unknown());
                i++;
            }
            else if ((isShifted || set == Set.Kana) && b < 0x60)
            {
                text.Append(JisCharacters.Kana((byte)(b | 0x80)));
                i++;
            }
            else if (set > Set.Kana && !isShifted && rest.Length > 0 && JisCharacters.IsCell(b) && JisCharacters.IsCell(rest[0]))
            {
                text.Append(Character(set, b, rest[0]));
                i += 2;
            }
            else
            {
                text.Append((char)b);
                i++;
            }
        }
    }

    /// <summary>The set an escape names, and the bytes behind the escape; null where it names none.</summary>
    private static Set? SetOf(ReadOnlySpan<byte> rest, out int length)
    {
        length = 2;
        if (rest.Length < 2)
        {
            return null;
        }

        Set? set = (rest[0], rest[1]) switch
        {
            ((byte)'(', (byte)'B' or (byte)'J' or (byte)'H') => Set.Ascii,
            ((byte)'(', (byte)'I') => Set.Kana,
            ((byte)'$', (byte)'B' or (byte)'@') => Set.Kanji,
            ((byte)'$', (byte)'A') => Set.Chinese,
            _ => null,
        };
        if (set is null && rest.Length > 2 && rest[0] == '$' && rest[1] == '(')
        {
            length = 3;
            set = rest[2] switch
            {
                (byte)'B' or (byte)'@' or (byte)'O' or (byte)'Q' => Set.Kanji,
                (byte)'D' => Set.Supplement,
                (byte)'C' => Set.Korean,
                _ => null,
            };
        }

        return set;
    }

    private static char Character(Set set, byte row, byte cell)
    {
        if (set is Set.Chinese or Set.Korean)
        {
            string text = CodePages.Get(set == Set.Chinese ? Gb2312 : Korean).GetString([(byte)(row | 0x80), (byte)(cell | 0x80)]);
            return text.Length == 1 ? text[0] : JisCharacters.Unknown;
        }

        return set == Set.Kanji ? JisCharacters.Kanji(row, cell) : JisCharacters.Supplement(row, cell);
    }

    /// <summary>Where the next escape is; the end where there is none.</summary>
    private static int IndexOfEscape(ReadOnlySpan<byte> rest) => rest.IndexOf(Escape) is >= 0 and int at ? at : rest.Length;

    private static bool LeadsToAscii(ReadOnlySpan<byte> bytes, int escape) =>
        escape + 2 < bytes.Length && bytes[escape + 1] == '(' && bytes[escape + 2] is (byte)'B' or (byte)'J';
}
