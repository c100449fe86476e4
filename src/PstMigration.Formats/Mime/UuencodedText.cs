using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// Files that stand in plain text as uuencode ([IEEE1003.1] uuencode): a line <c>begin 644 name</c>, lines of data that each tell their length, a line
/// <c>end</c>. Before MIME that was how files were attached. <c>begin-base64</c> has data of base64 instead, up to a line <c>====</c>.
/// </summary>
internal static class UuencodedText
{
    private const string Begin = "begin";
    private const string BeginBase64 = "begin-base64";
    private const int MaximumFiles = 1000;

    /// <summary>Makes attachments of the files in the item's text, and takes them out of it.</summary>
    public static void Unpack(MapiItem item)
    {
        string text = item.Properties.GetString(PropertyTags.Body) ?? "";
        if (text.IndexOf(Begin, StringComparison.Ordinal) < 0)
        {
            return;
        }

        string[] lines = text.Split(["\r\n"], StringSplitOptions.None);
        List<string> kept = [];
        int files = 0;
        for (int i = 0; i < lines.Length; i++)
        {
            if (files < MaximumFiles && NameIn(lines[i]) is string name && FileAt(lines, i, out int end) is byte[] content)
            {
                item.Attachments.Add(FileAttachment.Make(name, type: null, content));
                files++;
                i = end;
            }
            else
            {
                kept.Add(lines[i]);
            }
        }

        if (files > 0)
        {
            item.Properties.Set(PropertyTags.Body, string.Join("\r\n", kept));
        }
    }

    /// <summary>The name of the file that begins with a line; null where none does.</summary>
    private static string? NameIn(string line)
    {
        string[] words = line.Split([' '], 3);
        bool isBegin = words.Length == 3 && words[0] is Begin or BeginBase64 && words[1].Length is 3 or 4 && words[1].All(c => c is >= '0' and <= '7') && words[2].Trim().Length > 0;
        return isBegin ? words[2].Trim() : null;
    }

    private static byte[]? FileAt(string[] lines, int begin, out int end)
    {
        if (!lines[begin].StartsWith(BeginBase64, StringComparison.Ordinal))
        {
            end = EndOf(lines, begin) ?? -1;
            return end < 0 ? null : Decode(lines, begin, end);
        }

        end = Array.FindIndex(lines, begin, l => l.TrimEnd() == "====");
        try
        {
            return end < 0 ? null : Convert.FromBase64String(string.Concat(lines.Skip(begin + 1).Take(end - begin - 1)));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>Where the file ends; null where a line on the way can be no data of one.</summary>
    private static int? EndOf(string[] lines, int begin)
    {
        for (int i = begin + 1; i < lines.Length; i++)
        {
            if (lines[i].TrimEnd() == "end")
            {
                return i;
            }

            if (!IsData(lines[i]))
            {
                return null;
            }
        }

        return null;
    }

    // The first character tells the bytes, four characters hold three of them. Blanks at the end of a line may have been lost on the way.
    private static bool IsData(string line)
    {
        if (line.Length == 0)
        {
            return true;
        }

        int bytes = (line[0] - ' ') & 0x3F;
        int needed = (bytes + 2) / 3 * 4;
        return line.All(c => c is >= ' ' and <= '`') && line.Length - 1 <= needed + 4 && line.TrimEnd().Length <= needed + 2;
    }

    private static byte[] Decode(string[] lines, int begin, int end)
    {
        using MemoryStream content = new();
        for (int i = begin + 1; i < end; i++)
        {
            if (lines[i].Length == 0)
            {
                continue;
            }

            int left = (lines[i][0] - ' ') & 0x3F;
            string data = lines[i].Substring(1).PadRight((left + 2) / 3 * 4, ' ');
            for (int at = 0; left > 0; at += 4)
            {
                int group = 0;
                for (int k = 0; k < 4; k++)
                {
                    group = (group << 6) | ((data[at + k] - ' ') & 0x3F);
                }

                for (int k = 0; k < 3 && left > 0; k++, left--)
                {
                    content.WriteByte((byte)(group >> (16 - (8 * k))));
                }
            }
        }

        return content.ToArray();
    }
}
