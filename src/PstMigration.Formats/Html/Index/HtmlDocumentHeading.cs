using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// What <see cref="HtmlExport"/> wrote above a body, read from a document again: for the index of a tree whose own memory has nothing of it.
/// </summary>
internal static class HtmlDocumentHeading
{
    /// <summary>Style sheets stand before the heading; what comes later is not looked for.</summary>
    private const int MaximumLength = 512 * 1024;

    private const string RowEnd = "</bdi></td></tr>";

    private static readonly Regex s_row = new("<tr><th>(?<name>[A-Za-z-]+)</th><td><bdi>", RegexOptions.CultureInvariant);
    private static readonly Regex s_tag = new("<[^<>]*>", RegexOptions.CultureInvariant);
    private static readonly Regex s_size = new(@" \([0-9,]+\)$", RegexOptions.CultureInvariant);

    /// <summary>Reads the entry of a document; of one that cannot be read what its name says.</summary>
    /// <param name="path">Its full path.</param>
    public static HtmlIndexEntry Read(string path)
    {
        string name = Path.GetFileName(path);
        Dictionary<string, string> lines = new(StringComparer.Ordinal);
        try
        {
            ReadRows(Heading(path), lines);
        }
        catch (Exception e) when (e is MailDataException or IOException)
        {
            lines["Subject"] = WebUtility.HtmlEncode(Path.GetFileNameWithoutExtension(name));
        }

        DateTimeOffset? time = Time(Text(lines, "Received")) ?? Time(Text(lines, "Date"));
        return HtmlIndexEntry.Of(time, Text(lines, "From"), Text(lines, "To"), Text(lines, "Subject"), Attachments(Text(lines, "Attachments"))).Named(name);
    }

    // A row is one line. The document is not trusted: no part of it is looked through twice.
    private static void ReadRows(string heading, Dictionary<string, string> lines)
    {
        foreach (string line in heading.Split('\n'))
        {
            int end;
            for (Match row = s_row.Match(line); row.Success && (end = line.IndexOf(RowEnd, row.Index + row.Length, StringComparison.Ordinal)) >= 0; row = s_row.Match(line, end))
            {
                int begin = row.Index + row.Length;
                lines[row.Groups["name"].Value] = line.Substring(begin, end - begin);
            }
        }
    }

    private static string Heading(string path)
    {
        using StreamReader reader = new(TreeFiles.OpenRead(path), Encoding.UTF8);
        StringBuilder text = new();
        while (text.Length < MaximumLength && reader.ReadLine() is string line)
        {
            // In the file it stands at the end of the table; a mail cannot write one that looks like ours before it.
            if (line == "</table>")
            {
                break;
            }

            text.Append(line).Append('\n');
        }

        return text.ToString();
    }

    private static string Text(Dictionary<string, string> lines, string name) =>
        lines.TryGetValue(name, out string? value) ? WebUtility.HtmlDecode(s_tag.Replace(value, "")) : "";

    private static string Attachments(string described) =>
        string.Join("; ", described.Split(["; "], StringSplitOptions.RemoveEmptyEntries).Select(a => s_size.Replace(a, "")));

    private static DateTimeOffset? Time(string text) =>
        DateTimeOffset.TryParseExact(text, "yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset time) ? time : null;
}
