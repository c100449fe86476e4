using System.Text;

namespace PstMigration.Mapi;

/// <summary>EUC-JP with JIS X 0212, three bytes each (<c>8F</c>), for one of which .NET gives up the text.</summary>
internal sealed class EucJpEncoding() : JapaneseEncoding(CodePages.EucJp)
{
    private const byte OneKana = 0x8E;
    private const byte Supplement = 0x8F;

    protected override void Decode(ReadOnlySpan<byte> bytes, StringBuilder text)
    {
        for (int i = 0; i < bytes.Length;)
        {
            byte lead = bytes[i++];
            if (lead < 0x80)
            {
                text.Append((char)lead);
            }
            else if (lead == OneKana && i < bytes.Length && bytes[i] is >= 0xA1 and <= 0xDF)
            {
                text.Append(JisCharacters.Kana(bytes[i++]));
            }
            else if (lead == Supplement && i + 1 < bytes.Length && IsCell(bytes[i]) && IsCell(bytes[i + 1]))
            {
                text.Append(Known(JisCharacters.Supplement(bytes[i] & 0x7F, bytes[i + 1] & 0x7F)));
                i += 2;
            }
            else if (IsCell(lead) && i < bytes.Length && IsCell(bytes[i]))
            {
                text.Append(Known(JisCharacters.Kanji(lead & 0x7F, bytes[i++] & 0x7F)));
            }
            else
            {
                text.Append(Unknown());
            }
        }
    }

    private static bool IsCell(byte value) => value >= 0x80 && JisCharacters.IsCell((byte)(value & 0x7F));

    private char Known(char character) => character == JisCharacters.Unknown ? Unknown() : character;
}
