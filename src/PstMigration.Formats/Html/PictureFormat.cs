namespace PstMigration.Formats;

/// <summary>Tells a picture's format by its first bytes. SVG is not among them: it can hold scripts.</summary>
internal static class PictureFormat
{
    /// <summary>Such as image/png; null where it is no picture browsers show.</summary>
    public static string? Detect(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]))
        {
            return "image/png";
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
        {
            return "image/jpeg";
        }

        if (bytes.StartsWith("GIF87a"u8) || bytes.StartsWith("GIF89a"u8))
        {
            return "image/gif";
        }

        if (bytes.Length >= 12 && bytes.StartsWith("RIFF"u8) && bytes.Slice(8).StartsWith("WEBP"u8))
        {
            return "image/webp";
        }

        return bytes.Length >= 26 && bytes.StartsWith("BM"u8) ? "image/bmp" : null;
    }
}
