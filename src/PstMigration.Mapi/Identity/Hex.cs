namespace PstMigration.Mapi;

/// <summary>Bytes as hexadecimal digits.</summary>
public static class Hex
{
    private const string Digits = "0123456789abcdef";

    /// <summary>Two lower-case digits a byte.</summary>
    public static string Lower(ReadOnlySpan<byte> bytes)
    {
        Span<char> text = bytes.Length <= 64 ? stackalloc char[bytes.Length * 2] : new char[bytes.Length * 2];
        for (int i = 0; i < bytes.Length; i++)
        {
            text[2 * i] = Digits[bytes[i] >> 4];
            text[(2 * i) + 1] = Digits[bytes[i] & 0xF];
        }

        return text.ToString();
    }
}
