using System;
using System.Text;

namespace PstMigration.Formats;

/// <summary>The lines that matter in an mbox file.</summary>
internal static class MboxLines
{
    /// <summary>Quotes are looked for this far; a line of more is left as it is.</summary>
    public const int LongestQuote = 256;

    private static readonly byte[] s_from = Encoding.ASCII.GetBytes("From ");
    private static readonly string[] s_months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

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

    /// <summary>Whether a line that begins with <c>From </c> holds a date, as one between messages does: a month, and a time behind it.</summary>
    public static bool HasDate(ReadOnlySpan<byte> line)
    {
        string text = Encoding.ASCII.GetString(line[..Math.Min(line.Length, 256)].ToArray()).ToUpperInvariant();
        string[] words = text.Split([' ', '\t', '\r', '\n', ','], StringSplitOptions.RemoveEmptyEntries);
        int month = Array.FindIndex(words, w => Array.IndexOf(s_months, w) >= 0);
        return month > 0 && Array.FindIndex(words, month, w => w.Length >= 4 && w.IndexOf(':') is 1 or 2 && char.IsDigit(w[0])) > 0;
    }

    /// <summary>Whether a line is a header: printable characters and a colon.</summary>
    public static bool IsHeader(ReadOnlySpan<byte> line)
    {
        int colon = line.IndexOf((byte)':');
        if (colon <= 0)
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

    /// <summary>Whether nothing but the line end is there.</summary>
    public static bool IsEmpty(ReadOnlySpan<byte> line) => line.Length == 0 || line[0] == '\n' || (line.Length <= 2 && line[0] == '\r');
}
