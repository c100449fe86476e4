using System.Text;

namespace PstMigration.Mapi;

/// <summary>
/// Parts of ISO 8859 that neither Windows nor .NET has: 10 (Nordic), 14 (Celtic), 16 (South-Eastern European). ASCII and the controls of ISO 6429 stand for
/// themselves.
/// </summary>
internal sealed class Iso8859Encoding : Encoding
{
    private const int FirstLetter = 0xA1;
    private const char Unknown = '?';

    /// <summary>The characters from 0xA1 on, by the number Windows has kept for each.</summary>
    private static readonly Dictionary<int, (string Name, string Letters)> s_parts = new()
    {
        [28600] = ("iso-8859-10", "ĄĒĢĪĨĶ§ĻĐŠŦŽ\u00ADŪŊ°ąēģīĩķ·ļđšŧž―ūŋĀÁÂÃÄÅÆĮČÉĘËĖÍÎÏÐŅŌÓÔÕÖŨØŲÚÛÜÝÞßāáâãäåæįčéęëėíîïðņōóôõöũøųúûüýþĸ"),
        [28604] = ("iso-8859-14", "Ḃḃ£ĊċḊ§Ẁ©ẂḋỲ\u00AD®ŸḞḟĠġṀṁ¶ṖẁṗẃṠỳẄẅṡÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏŴÑÒÓÔÕÖṪØÙÚÛÜÝŶßàáâãäåæçèéêëìíîïŵñòóôõöṫøùúûüýŷÿ"),
        [28606] = ("iso-8859-16", "ĄąŁ€„Š§š©Ș«Ź\u00ADźŻ°±ČłŽ”¶·žčș»ŒœŸżÀÁÂĂÄĆÆÇÈÉÊËÌÍÎÏĐŃÒÓÔŐÖŚŰÙÚÛÜĘȚßàáâăäćæçèéêëìíîïđńòóôőöśűùúûüęțÿ"),
    };

    private readonly string _letters;

    private Iso8859Encoding(int codePage, string name, string letters)
        : base(codePage)
    {
        WebName = name;
        _letters = letters;
    }

    public override string WebName { get; }

    public override string EncodingName => WebName;

    public override bool IsSingleByte => true;

    /// <summary>The encoding of a number; null for any other.</summary>
    public static Encoding? Find(int codePage) => s_parts.TryGetValue(codePage, out (string Name, string Letters) part) ? new Iso8859Encoding(codePage, part.Name, part.Letters) : null;

    public override int GetByteCount(char[] chars, int index, int count) => count;

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex)
    {
        for (int i = 0; i < charCount; i++)
        {
            char c = chars[charIndex + i];
            int letter = c < FirstLetter ? -1 : _letters.IndexOf(c);
            bytes[byteIndex + i] = (byte)(c < FirstLetter ? c : letter < 0 ? Unknown : FirstLetter + letter);
        }

        return charCount;
    }

    public override int GetCharCount(byte[] bytes, int index, int count) => count;

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex)
    {
        for (int i = 0; i < byteCount; i++)
        {
            byte b = bytes[byteIndex + i];
            chars[charIndex + i] = b < FirstLetter ? (char)b : _letters[b - FirstLetter];
        }

        return byteCount;
    }

    public override int GetMaxByteCount(int charCount) => charCount;

    public override int GetMaxCharCount(int byteCount) => byteCount;
}
