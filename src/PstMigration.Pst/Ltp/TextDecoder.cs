using System.Runtime.InteropServices;
using System.Text;
using PstMigration.Pst.Compat;

namespace PstMigration.Pst.Ltp;

/// <summary>
/// Decodes the text of one object. Text in 8 bits goes by the object's own code page, or by the file's where it has none;
/// the file's is only worked out once text needs it.
/// </summary>
internal sealed class TextDecoder(Func<Encoding> storeEncoding, Encoding? own = null)
{
    private const byte Escape = 0x1B;

    /// <summary>What 8-bit text is in.</summary>
    public Encoding Encoding => own ?? storeEncoding();

    /// <summary>Decodes String8. Terminators that some writers store are taken off.</summary>
    public string Decode8(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && bytes[^1] == 0)
        {
            bytes = bytes[..^1];
        }

        return (IsPlainAscii(bytes) ? System.Text.Encoding.ASCII : Encoding).Decode(bytes);
    }

    /// <summary>Decodes UTF-16LE as it is: unpaired surrogates stay. Terminators that some writers store are taken off.</summary>
    public static string Decode16(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<char> text = BitConverter.IsLittleEndian
            ? MemoryMarshal.Cast<byte, char>(bytes)
            : System.Text.Encoding.Unicode.GetString(bytes.ToArray()).AsSpan();
        return SpanText.Create(text.TrimEnd('\0'));
    }

    // ISO-2022 writes everything in seven bits, behind escapes.
    private static bool IsPlainAscii(ReadOnlySpan<byte> bytes)
    {
        foreach (byte b in bytes)
        {
            if (b is >= 0x80 or Escape)
            {
                return false;
            }
        }

        return true;
    }
}
