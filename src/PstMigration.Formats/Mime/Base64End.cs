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

    /// <summary>The offset behind the data of an encoded content, and whether it ends as it should: decoders leave out the last one or two bytes where the padding is cut off.</summary>
    public static (long End, bool IsPadded) Find(BinarySource source, long begin, long end)
    {
        long from = Math.Max(begin, end - BytesToSearch);
        byte[] tail = Read(source, from, end);
        int data = EndIn(tail);
        ReadOnlySpan<byte> last = Trim(tail.AsSpan(0, data));
        return (from + data, last.IsEmpty || last[last.Length - 1] == '=');
    }

    /// <summary>Whether what a content begins with can be base64: there are no blanks within a line of it.</summary>
    public static bool CanBegin(BinarySource source, long begin, long end)
    {
        const int BytesOfBegin = 1024;
        ReadOnlySpan<byte> first = Trim(Read(source, begin, Math.Min(end, begin + BytesOfBegin)));
        int feed = first.IndexOf((byte)'\n');
        first = feed < 0 ? first : Trim(first[..feed]);
        foreach (byte b in first)
        {
            if (b is (byte)' ' or (byte)'\t')
            {
                return false;
            }
        }

        return true;
    }

    private static byte[] Read(BinarySource source, long begin, long end)
    {
        byte[] bytes = new byte[(int)Math.Max(end - begin, 0)];
        using SourceStream stream = new(source) { Position = begin };
        Array.Resize(ref bytes, stream.Fill(bytes));
        return bytes;
    }

    private static bool IsDigit(byte b) =>
        b is (>= (byte)'0' and <= (byte)'9') or (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'a' and <= (byte)'z') or (byte)'+' or (byte)'/' or (byte)'=';

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
            digits += IsDigit(b) ? 1 : 0;
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
