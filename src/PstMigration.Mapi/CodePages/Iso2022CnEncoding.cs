using System.Text;

namespace PstMigration.Mapi;

/// <summary>
/// ISO-2022-CN (RFC 1922), which .NET does not decode: seven bits; escapes name a set (<c>ESC $ ) A</c> GB 2312, <c>ESC $ ) G</c> CNS 11643 plane 1, <c>ESC $ * H</c>
/// plane 2), SO and SI switch to the first of them and back, <c>ESC N</c> takes one character of plane 2.
/// </summary>
internal sealed class Iso2022CnEncoding : Encoding
{
    public static readonly Iso2022CnEncoding Instance = new();

    /// <summary>Windows has the number, .NET only its name.</summary>
    public const int Number = 50227;

    private const byte Escape = 0x1B;
    private const byte ShiftOut = 0x0E;
    private const byte ShiftIn = 0x0F;
    private const int Gb2312 = 936;
    private const int Cns = 20000;

    private Iso2022CnEncoding()
        : base(Number)
    {
    }

    public override string WebName => "iso-2022-cn";

    public override string EncodingName => "Chinese (ISO-2022-CN)";

    public override int GetByteCount(char[] chars, int index, int count) => Encode(chars, index, count, null, 0);

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) => Encode(chars, charIndex, charCount, bytes, byteIndex);

    public override int GetCharCount(byte[] bytes, int index, int count) => Decode(bytes, index, count).Length;

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex)
    {
        string text = Decode(bytes, byteIndex, byteCount);
        text.CopyTo(0, chars, charIndex, text.Length);
        return text.Length;
    }

    public override int GetMaxByteCount(int charCount) => checked((charCount * 2) + 8);

    public override int GetMaxCharCount(int byteCount) => byteCount;

    private static string Decode(byte[] bytes, int index, int count)
    {
        Encoding gb = CodePages.Get(Gb2312);
        Encoding cns = CodePages.Get(Cns);
        StringBuilder text = new(count);
        Encoding shifted = gb;
        bool isShifted = false;
        int end = index + count;
        for (int i = index; i < end;)
        {
            byte b = bytes[i];
            if (b == Escape && i + 3 < end && bytes[i + 1] == '$')
            {
                shifted = (bytes[i + 2], bytes[i + 3]) switch { ((byte)')', (byte)'A') => gb, ((byte)')', (byte)'G') => cns, _ => shifted };
                i += 4;
            }
            else if (b == Escape && i + 3 < end && bytes[i + 1] == 'N')
            {
                text.Append(cns.GetString([(byte)(bytes[i + 2] | 0x80), (byte)(bytes[i + 3] & 0x7F)]));
                i += 4;
            }
            else if (b is ShiftOut or ShiftIn)
            {
                isShifted = b == ShiftOut;
                i++;
            }
            else if (isShifted && b > 0x20 && i + 1 < end && bytes[i + 1] > 0x20)
            {
                text.Append(shifted.GetString([(byte)(b | 0x80), (byte)(bytes[i + 1] | 0x80)]));
                i += 2;
            }
            else
            {
                // A line begins unshifted (RFC 1922 4).
                isShifted = isShifted && b != '\n';
                text.Append(b < 0x80 ? (char)b : '\uFFFD');
                i++;
            }
        }

        return text.ToString();
    }

    private static int Encode(char[] chars, int index, int count, byte[]? bytes, int at)
    {
        Encoding gb = CodePages.Get(Gb2312);
        int start = at;
        bool isNamed = false;
        bool isShifted = false;
        void Put(params byte[] put)
        {
            if (bytes is not null)
            {
                Buffer.BlockCopy(put, 0, bytes, at, put.Length);
            }

            at += put.Length;
        }

        for (int i = index; i < index + count; i++)
        {
            byte[] two = chars[i] < 0x80 ? [] : gb.GetBytes(chars, i, 1);
            bool isChinese = two.Length == 2 && two[0] > 0xA0 && two[1] > 0xA0;
            if (isChinese && !isNamed)
            {
                Put(Escape, (byte)'$', (byte)')', (byte)'A');
                isNamed = true;
            }

            if (isChinese != isShifted)
            {
                Put(isChinese ? ShiftOut : ShiftIn);
                isShifted = isChinese;
            }

            Put(isChinese ? [(byte)(two[0] & 0x7F), (byte)(two[1] & 0x7F)] : [chars[i] < 0x80 ? (byte)chars[i] : (byte)'?']);
            isNamed = isNamed && chars[i] != '\n';
        }

        if (isShifted)
        {
            Put(ShiftIn);
        }

        return at - start;
    }
}
