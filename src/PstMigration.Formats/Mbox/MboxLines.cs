using System.Text;

namespace PstMigration.Formats;

/// <summary>The lines that matter in an mbox file.</summary>
internal static class MboxLines
{
    /// <summary>Quotes are looked for this far; a line of more is left as it is.</summary>
    public const int LongestQuote = 256;

    private static readonly byte[] s_from = Encoding.ASCII.GetBytes("From ");

    /// <summary>Whether a line begins with <c>From </c>.</summary>
    public static bool IsFrom(ReadOnlySpan<byte> line) => line.StartsWith(s_from);

    /// <summary>Whether a line begins with quotes and <c>From </c>.</summary>
    public static bool IsQuotedFrom(ReadOnlySpan<byte> line)
    {
        int quotes = 0;
        while (quotes < line.Length && quotes < LongestQuote - s_from.Length && line[quotes] == '>')
        {
            quotes++;
        }

        return quotes > 0 && IsFrom(line[quotes..]);
    }

    /// <summary>Whether a line is a header: printable characters and a colon, which do not begin an address of the web.</summary>
    public static bool IsHeader(ReadOnlySpan<byte> line)
    {
        int colon = line.IndexOf((byte)':');
        if (colon <= 0 || line[(colon + 1)..].StartsWith("//"u8))
        {
            return false;
        }

        foreach (byte b in line[..colon])
        {
            if (b is <= (byte)' ' or >= 0x7F)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a line is a header every mail may have.</summary>
    public static bool IsKnownHeader(ReadOnlySpan<byte> line) =>
        IsHeader(line) && HeaderNames.IsKnown(Encoding.ASCII.GetString(line[..line.IndexOf((byte)':')].ToArray()));

    /// <summary>Whether nothing but the line end is there.</summary>
    public static bool IsEmpty(ReadOnlySpan<byte> line) => line.Length == 0 || line[0] is (byte)'\n' or (byte)'\r' && line.Length <= 2;
}
