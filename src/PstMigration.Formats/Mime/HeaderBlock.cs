using MimeKit;

namespace PstMigration.Formats;

/// <summary>Headers as lines that end in CRLF.</summary>
internal static class HeaderBlock
{
    private static readonly byte[] s_colon = [(byte)':'];
    private static readonly byte[] s_lineEnd = [(byte)'\r', (byte)'\n'];

    /// <summary>Writes headers, without the empty line behind the last of a message.</summary>
    public static void Write(IEnumerable<Header> headers, Stream target)
    {
        foreach (Header header in headers)
        {
            target.Write(header.RawField, 0, header.RawField.Length);
            target.Write(s_colon, 0, s_colon.Length);
            WriteLines(header.RawValue, target);
        }
    }

    /// <summary>The value with its last line ended once: blocks were stored with either line end, and with more than one of them.</summary>
    private static void WriteLines(byte[] value, Stream target)
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
            target.Write(value, start, next - start - (feed > start && value[feed - 1] == '\r' ? 1 : 0));
            target.Write(s_lineEnd, 0, s_lineEnd.Length);
        }
    }
}
