using System.Text;

namespace PstMigration.Formats;

/// <summary>
/// Joins the lines of flowed text (RFC 3676 4). MimeKit's converter joins the line before a signature (<c>-- </c>) with it, which every mail of
/// Thunderbird that has one would show.
/// </summary>
internal static class FlowedText
{
    private const string SignatureLine = "-- ";

    /// <summary>The text with one line for each paragraph.</summary>
    /// <param name="text">The text.</param>
    /// <param name="deleteSpace">Whether the blank that marks a soft line end is no part of the text (DelSp).</param>
    public static string Unfold(string text, bool deleteSpace)
    {
        StringBuilder joined = new(text.Length);
        int open = -1;
        foreach (string line in text.Replace("\r\n", "\n").Replace('\r', '\n').Split('\n'))
        {
            int depth = line.Length - line.TrimStart('>').Length;
            string said = line.Substring(depth);

            // A blank was put before lines that begin like a quote or a separator of mbox files (4.4).
            said = said.StartsWith(" ", StringComparison.Ordinal) ? said.Substring(1) : said;
            bool isSignature = said == SignatureLine;
            if (open >= 0 && (open != depth || isSignature))
            {
                joined.Append("\r\n");
                open = -1;
            }

            if (open < 0 && depth > 0)
            {
                joined.Append('>', depth).Append(' ');
            }

            bool isFlowed = said.EndsWith(" ", StringComparison.Ordinal) && !isSignature;
            joined.Append(said, 0, said.Length - (isFlowed && deleteSpace ? 1 : 0));
            open = isFlowed ? depth : -1;
            joined.Append(isFlowed ? "" : "\r\n");
        }

        // What stands behind the last line end is no line of its own.
        return joined.ToString(0, joined.Length - (open < 0 ? 2 : 0));
    }
}
