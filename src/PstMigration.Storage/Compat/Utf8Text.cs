using System.Text;

namespace PstMigration.Storage;

/// <summary>UTF-8 as text.</summary>
internal static class Utf8Text
{
    /// <summary>Reads bytes; what is no UTF-8 becomes U+FFFD.</summary>
    public static string Read(ReadOnlySpan<byte> bytes) =>
#if NETFRAMEWORK
        Encoding.UTF8.GetString(bytes.ToArray());
#else
        Encoding.UTF8.GetString(bytes);
#endif
}
