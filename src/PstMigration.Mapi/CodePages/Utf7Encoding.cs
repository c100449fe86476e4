using System.Text;

namespace PstMigration.Mapi;

/// <summary>
/// UTF-7 (RFC 2152), which .NET no longer offers. Decodes leniently; encodes with every character outside the
/// set of direct characters in base64.
/// </summary>
internal sealed class Utf7Encoding : Encoding
{
    public static readonly Utf7Encoding Instance = new();

    private const string Base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private const string DirectMarks = "'(),-./:? \t\r\n";

    private Utf7Encoding()
        : base(CodePages.Utf7)
    {
    }

    public override string WebName => "utf-7";

    public override string EncodingName => "Unicode (UTF-7)";

    public override int GetByteCount(char[] chars, int index, int count) => Encode(chars, index, count).Length;

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex)
    {
        string encoded = Encode(chars, charIndex, charCount);
        return ASCII.GetBytes(encoded, 0, encoded.Length, bytes, byteIndex);
    }

    public override int GetCharCount(byte[] bytes, int index, int count) => Decode(bytes, index, count).Length;

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex)
    {
        string text = Decode(bytes, byteIndex, byteCount);
        text.CopyTo(0, chars, charIndex, text.Length);
        return text.Length;
    }

    public override int GetMaxByteCount(int charCount) => checked((charCount * 8) + 8);

    public override int GetMaxCharCount(int byteCount) => byteCount;

    private static string Decode(byte[] bytes, int index, int count)
    {
        StringBuilder text = new(count);
        bool shifted = false;
        bool empty = false;
        int bits = 0;
        int bitCount = 0;
        for (int i = index; i < index + count; i++)
        {
            char c = (char)bytes[i];
            if (!shifted)
            {
                shifted = empty = c == '+';
                bits = bitCount = 0;
                if (!shifted)
                {
                    text.Append(c < 0x80 ? c : '\uFFFD');
                }

                continue;
            }

            int digit = Base64.IndexOf(c);
            if (digit >= 0)
            {
                empty = false;
                bits = (bits << 6) | digit;
                bitCount += 6;
                if (bitCount >= 16)
                {
                    bitCount -= 16;
                    text.Append((char)(ushort)(bits >> bitCount));
                    bits &= (1 << bitCount) - 1;
                }

                continue;
            }

            shifted = false;
            if (c != '-')
            {
                text.Append(c < 0x80 ? c : '\uFFFD');
            }
            else if (empty)
            {
                text.Append('+');
            }
        }

        return text.ToString();
    }

    private static string Encode(char[] chars, int index, int count)
    {
        StringBuilder text = new(count + 8);
        bool shifted = false;
        int bits = 0;
        int bitCount = 0;
        for (int i = index; i < index + count; i++)
        {
            char c = chars[i];
            if (IsDirect(c))
            {
                Close();
                text.Append(c);
                continue;
            }

            if (!shifted)
            {
                text.Append('+');
                shifted = true;
            }

            bits = (bits << 16) | c;
            for (bitCount += 16; bitCount >= 6;)
            {
                bitCount -= 6;
                text.Append(Base64[(bits >> bitCount) & 0x3F]);
                bits &= (1 << bitCount) - 1;
            }
        }

        Close();
        return text.ToString();

        void Close()
        {
            if (shifted)
            {
                if (bitCount > 0)
                {
                    text.Append(Base64[(bits << (6 - bitCount)) & 0x3F]);
                }

                text.Append('-');
                shifted = false;
                bits = bitCount = 0;
            }
        }
    }

    private static bool IsDirect(char c) =>
        c is >= 'A' and <= 'Z' or >= 'a' and <= 'z' or >= '0' and <= '9' || DirectMarks.IndexOf(c) >= 0;
}
