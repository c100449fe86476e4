using System.Text;

namespace PstMigration.Accounts.Registry;

/// <summary>One value of a registry key.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Bytes">Binary data, and text of binary origin.</param>
/// <param name="Text">Text where it is known as such.</param>
internal readonly record struct RegistryData(RegistryValueType Type, byte[] Bytes, string? Text)
{
    /// <summary>
    /// The text, without what follows a NUL. Outlook up to 2013 keeps text as REG_BINARY with UTF-16LE and NUL, later ones as REG_SZ.
    /// </summary>
    public string? AsText()
    {
        string? text = Text ?? (Type is RegistryValueType.Binary or RegistryValueType.Text or RegistryValueType.ExpandText
            ? Encoding.Unicode.GetString(Bytes, 0, Bytes.Length & ~1)
            : null);
        int end = text?.IndexOf('\0') ?? -1;
        return end < 0 ? text : text!.Substring(0, end);
    }

    /// <summary>The number, from a REG_DWORD or its four bytes.</summary>
    public uint? AsNumber() => Type is RegistryValueType.Number or RegistryValueType.Binary && Bytes.Length == 4
        ? (uint)(Bytes[0] | (Bytes[1] << 8) | (Bytes[2] << 16) | (Bytes[3] << 24))
        : null;

    /// <summary>Text as a value.</summary>
    public static RegistryData OfText(string text) => new(RegistryValueType.Text, [], text);

    /// <summary>Bytes as a value.</summary>
    public static RegistryData OfBytes(RegistryValueType type, byte[] bytes) => new(type, bytes, null);

    /// <summary>A number as a value.</summary>
    public static RegistryData OfNumber(uint number) =>
        new(RegistryValueType.Number, [(byte)number, (byte)(number >> 8), (byte)(number >> 16), (byte)(number >> 24)], null);
}
