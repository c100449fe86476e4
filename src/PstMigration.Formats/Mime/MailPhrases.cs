using System.Text;
using MimeKit;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// Lists of phrases (RFC 5322 3.6.5, Keywords): separated by commas; one that has a comma or another sign itself is quoted, one of other letters is encoded.
/// </summary>
internal static class MailPhrases
{
    private const string Marks = " !#$%&'*+-/=?^_`{|}~.";

    /// <summary>The phrases of a line, decoded.</summary>
    public static IEnumerable<string> Read(string text)
    {
        StringBuilder phrase = new();
        bool isQuoted = false;
        foreach (char c in text.Replace("\r\n", "").Replace("\n", "") + ",")
        {
            if (c == ',' && !isQuoted)
            {
                string read = Plain(phrase.ToString());
                phrase.Clear();
                if (read.Length > 0)
                {
                    yield return read;
                }

                continue;
            }

            bool isEscaped = phrase.Length > 0 && phrase[phrase.Length - 1] == '\\';
            isQuoted ^= c == '"' && !isEscaped;
            phrase.Append(c);
        }

        // A quote that does not end quotes nothing.
        foreach (string left in phrase.ToString().TrimEnd(',').Split(','))
        {
            if (Plain(left) is { Length: > 0 } read)
            {
                yield return read;
            }
        }
    }

    /// <summary>Whether headers of a name say these phrases and no others, in ASCII.</summary>
    public static bool Says(HeaderList headers, HeaderId field, IEnumerable<string> phrases)
    {
        byte[][] lines = [.. headers.Where(h => h.Id == field).Select(h => h.RawValue)];
        return lines.All(l => CharsetDetector.IsSevenBit(l))
            && new HashSet<string>(lines.SelectMany(l => Read(Encoding.UTF8.GetString(l))), StringComparer.OrdinalIgnoreCase).SetEquals(phrases);
    }

    /// <summary>Adds a header of phrases.</summary>
    public static void Add(HeaderList headers, string field, IEnumerable<string> phrases)
    {
        string[] written = [.. phrases.Select(p => Write(MimeAddresses.Clean(p).Trim())).Where(p => p.Length > 0)];
        if (written.Length == 0 || headers.Contains(field))
        {
            return;
        }

        headers.Add(RawHeader.OfList(field, written));
    }

    private static string Write(string phrase)
    {
        if (phrase.Any(c => c > '~'))
        {
            return EncodedWords.Encode(phrase);
        }

        return IsPlain(phrase) ? phrase : "\"" + phrase.Replace("\\", "\\\\").Replace("\"", "\\\"") + "\"";
    }

    private static bool IsPlain(string phrase)
    {
        foreach (char c in phrase)
        {
            if (!char.IsLetterOrDigit(c) && Marks.IndexOf(c) < 0)
            {
                return false;
            }
        }

        return phrase.IndexOf("=?", StringComparison.Ordinal) < 0;
    }

    private static string Plain(string text)
    {
        string trimmed = text.Trim();
        if (trimmed.Length > 1 && trimmed[0] == '"' && trimmed.IndexOf('"', 1) < 0)
        {
            trimmed = trimmed.Substring(1);
        }

        bool isQuoted = trimmed.Length > 1 && trimmed[0] == '"' && trimmed[trimmed.Length - 1] == '"';
        string inside = isQuoted ? trimmed.Substring(1, trimmed.Length - 2).Replace("\\\"", "\"").Replace("\\\\", "\\") : trimmed;
        return MimeAddresses.Clean(EncodedWords.Decode(inside, Encoding.UTF8)).Trim();
    }
}
