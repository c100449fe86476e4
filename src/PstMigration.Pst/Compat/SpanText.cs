using System.Text;

namespace PstMigration.Pst.Compat;

/// <summary>Decoding from spans, which .NET Framework does from arrays only.</summary>
internal static class SpanText
{
    /// <summary>Decodes bytes of an encoding.</summary>
    public static string Decode(this Encoding encoding, ReadOnlySpan<byte> bytes) =>
#if NETFRAMEWORK
        encoding.GetString(bytes.ToArray());
#else
        encoding.GetString(bytes);
#endif

    /// <summary>A string of these characters.</summary>
    public static string Create(ReadOnlySpan<char> text) =>
#if NETFRAMEWORK
        text.ToString();
#else
        new(text);
#endif
}
