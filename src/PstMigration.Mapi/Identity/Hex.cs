using System;
using System.Globalization;
using System.Text;

namespace PstMigration.Mapi;

/// <summary>Bytes as hexadecimal digits.</summary>
public static class Hex
{
    /// <summary>Two lower-case digits a byte.</summary>
    public static string Lower(ReadOnlySpan<byte> bytes)
    {
        StringBuilder text = new(bytes.Length * 2);
        foreach (byte b in bytes)
        {
            text.Append(b.ToString("x2", CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }
}
