using System.Text;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// Parts of multiparts whose text follows their headers without an empty line, or whose headers stand behind one: a parser takes the text for
/// headers, or the headers for text.
/// </summary>
internal static class HeadlessPart
{
    private const int MostBytes = 64 * 1024;

    private static readonly Encoding s_bytes = CodePages.Get(CodePages.Latin1);

    /// <summary>
    /// The headers of such a part with the empty line they lack, none where it has them behind one, and where its text begins, counted from the begin of the part. Null
    /// for a part that is as it should be.
    /// </summary>
    public static (byte[] Head, int Text)? Find(MimeExtent extent)
    {
        string begin = Read(extent);
        if (TextOf(begin) is not int text)
        {
            return null;
        }

        string head = begin.Substring(0, text);
        return (s_bytes.GetBytes(text > 0 && head.Trim().Length == 0 ? "" : head.TrimEnd('\r', '\n') + "\r\n\r\n"), text);
    }

    /// <summary>
    /// Where the text begins without an empty line before it: at the first line that is no header. Null where there is none; headers behind an empty line are read
    /// there.
    /// </summary>
    private static int? TextOf(string text)
    {
        int at = 0;
        while (at < text.Length)
        {
            int feed = text.IndexOf('\n', at);
            int end = feed < 0 ? text.Length : feed + 1;
            string line = text.Substring(at, end - at).TrimEnd('\r', '\n');
            bool isBlank = line.Trim().Length == 0;
            if (at == 0 && isBlank)
            {
                // Headers behind an empty line: all of the part is read again from there.
                return text.IndexOf("Content-", end, StringComparison.OrdinalIgnoreCase) == end && text.IndexOf("\n\r\n", end, StringComparison.Ordinal) > 0 ? end : null;
            }

            if (isBlank)
            {
                return null;
            }

            bool goesOn = at > 0 && line[0] is ' ' or '\t';
            if (!goesOn && !MessageBytes.IsHeader(line))
            {
                return at;
            }

            at = end;
        }

        return null;
    }

    private static string Read(MimeExtent extent)
    {
        byte[] bytes = new byte[(int)Math.Min(MostBytes, Math.Max(extent.End - extent.Begin, 0))];
        using SourceStream stream = new(extent.Source) { Position = extent.Begin };
        return s_bytes.GetString(bytes, 0, stream.Fill(bytes));
    }
}
