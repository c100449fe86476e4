using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// Finds where base64 ends and text begins that somebody put behind it: mailing lists and virus scanners add their footers to a part whatever its
/// encoding is. Padding is the end of the data (RFC 2045 6.8); so is a line that can hold none.
/// </summary>
internal static class Base64End
{
    /// <summary>Footers are looked for in so many bytes at the end.</summary>
    private const int BytesToSearch = 64 * 1024;

    /// <summary>The offset behind the data of an encoded content.</summary>
    public static long Find(BinarySource source, long begin, long end)
    {
        byte[] tail = new byte[(int)Math.Min(BytesToSearch, Math.Max(end - begin, 0))];
        using SourceStream stream = new(source) { Position = end - tail.Length };
        int length = 0;
        for (int read; length < tail.Length && (read = stream.Read(tail, length, tail.Length - length)) > 0;)
        {
            length += read;
        }

        return end - tail.Length + EndIn(tail.AsSpan(0, length));
    }

    private static int EndIn(ReadOnlySpan<byte> text)
    {
        int data = 0;
        for (int start = 0; start < text.Length;)
        {
            int feed = text[start..].IndexOf((byte)'\n');
            int next = feed < 0 ? text.Length : start + feed + 1;
            ReadOnlySpan<byte> line = Trim(text[start..next]);
            if (!line.IsEmpty && data > 0 && CannotBeData(line, isBehindPadding: text[data - 1] == '='))
            {
                return data;
            }

            data = line.IsEmpty ? data : start + text[start..next].LastIndexOf(line[line.Length - 1]) + 1;
            start = next;
        }

        return text.Length;
    }

    /// <summary>What stands behind padding is more data only where it is whole groups of four; elsewhere a line of blanks and signs is a footer.</summary>
    private static bool CannotBeData(ReadOnlySpan<byte> line, bool isBehindPadding)
    {
        int digits = 0;
        int blanks = 0;
        foreach (byte b in line)
        {
            digits += b is (>= (byte)'0' and <= (byte)'9') or (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'a' and <= (byte)'z') or (byte)'+' or (byte)'/' or (byte)'=' ? 1 : 0;
            blanks += b is (byte)' ' or (byte)'\t' ? 1 : 0;
        }

        return isBehindPadding ? digits < line.Length || digits % 4 != 0 : blanks > 0 || (digits == 0 && line.Length > 1);
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> line)
    {
        while (!line.IsEmpty && line[line.Length - 1] <= ' ')
        {
            line = line[..^1];
        }

        while (!line.IsEmpty && line[0] <= ' ')
        {
            line = line[1..];
        }

        return line;
    }
}
