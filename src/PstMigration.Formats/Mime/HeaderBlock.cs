using MimeKit;

namespace PstMigration.Formats;

/// <summary>Headers as lines that end in CRLF.</summary>
internal static class HeaderBlock
{
    /// <summary>Writes headers, without the empty line behind the last of a message.</summary>
    public static void Write(IEnumerable<Header> headers, Stream target)
    {
        MemoryStream lines = new();
        foreach (Header header in headers)
        {
            lines.Write(header.RawField, 0, header.RawField.Length);
            lines.WriteByte((byte)':');
            WriteLines(header.RawValue, lines);
        }

        lines.WriteTo(target);
    }

    /// <summary>The value with its last line ended once: blocks were stored with either line end, and with more than one of them.</summary>
    private static void WriteLines(byte[] value, MemoryStream lines)
    {
        int end = value.Length;
        while (end > 0 && value[end - 1] is (byte)'\n' or (byte)'\r')
        {
            end--;
        }

        for (int start = 0, next; start <= end; start = next + 1)
        {
            int feed = Array.IndexOf(value, (byte)'\n', start, end - start);
            next = feed < 0 ? end : feed;
            lines.Write(value, start, next - start - (feed > start && value[feed - 1] == '\r' ? 1 : 0));
            lines.WriteByte((byte)'\r');
            lines.WriteByte((byte)'\n');
        }
    }
}
