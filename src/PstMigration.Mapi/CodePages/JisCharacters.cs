using System.Text;

namespace PstMigration.Mapi;

/// <summary>
/// Characters of the Japanese sets by row and cell, 0x21 to 0x7E each: JIS X 0208 with what NEC and IBM added (rows 13, 89 to 92), and JIS X 0212. Taken from code pages of
/// .NET once, for its own decoders of ISO-2022-JP and EUC-JP know but part of them.
/// </summary>
internal static class JisCharacters
{
    /// <summary>What stands for a character nobody knows.</summary>
    public const char Unknown = '\uFFFD';

    private const int Cells = 94;
    private const int First = 0x21;

    /// <summary>JIS X 0208 and 0212 in two bytes each: of the second set the low bit of the second byte is missing.</summary>
    private const int EucOfUnix = 20932;

    private static readonly Lazy<char[]> s_kanji = new(() => Read(CodePages.Get(CodePages.ShiftJis), ShiftJis));
    private static readonly Lazy<char[]> s_supplement = new(() => Read(CodePages.Get(EucOfUnix), static (row, cell) => [(byte)(row | 0x80), (byte)cell]));

    /// <summary>A character of JIS X 0208.</summary>
    public static char Kanji(int row, int cell) => s_kanji.Value[((row - First) * Cells) + cell - First];

    /// <summary>A character of JIS X 0212.</summary>
    public static char Supplement(int row, int cell) => s_supplement.Value[((row - First) * Cells) + cell - First];

    /// <summary>Half-width katakana of JIS X 0201, by their byte of 8 bits.</summary>
    public static char Kana(byte value) => (char)(value - 0xA1 + 0xFF61);

    public static bool IsCell(byte value) => value is >= First and < First + Cells;

    /// <summary>JIS X 0208 as Shift_JIS has it: two rows in each first byte.</summary>
    private static byte[] ShiftJis(int row, int cell)
    {
        int lead = ((row - First) / 2) + 0x81;
        bool isFirst = (row - First) % 2 == 0;
        int trail = isFirst ? cell + 0x1F + (cell >= 0x60 ? 1 : 0) : cell + 0x7E;
        return [(byte)(lead > 0x9F ? lead + 0x40 : lead), (byte)trail];
    }

    private static char[] Read(Encoding encoding, Func<int, int, byte[]> bytesOf)
    {
        // Asked to tell what they do not know, the decoders call unknown what NEC chose from IBM's too; else they put a middle dot in its place.
        const char Dot = '\u30FB';
        char[] characters = new char[Cells * Cells];
        for (int row = 0; row < Cells; row++)
        {
            for (int cell = 0; cell < Cells; cell++)
            {
                string text = encoding.GetString(bytesOf(row + First, cell + First));
                bool isKnown = text.Length == 1 && text[0] is < '\uE000' or > '\uF8FF' && (text[0] != Dot || row == 0);
                characters[(row * Cells) + cell] = isKnown ? text[0] : Unknown;
            }
        }

        return characters;
    }
}
