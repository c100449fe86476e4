using System.Text;

namespace PstMigration.Formats;

/// <summary>Looks for the lines between the parts of a multipart whose headers do not name them, or name others.</summary>
internal static class BoundaryGuess
{
    /// <summary>Of the body only so much is looked through.</summary>
    private const int BytesToSearch = 4 * 1024 * 1024;

    private const int LongestBoundary = 70;

    /// <summary>
    /// The boundary: what stands behind two hyphens in the first line of that form that has a header of a part, or an empty line, behind it. Null where
    /// there is none.
    /// </summary>
    public static string? Find(MimeExtent extent)
    {
        string? candidate = null;
        foreach ((string line, long end) in Lines(extent))
        {
            bool isOver = line.Length == 0 && end >= extent.End;
            if (candidate is not null && !isOver)
            {
                bool isPart = line.Length == 0 || line.StartsWith("Content-", StringComparison.OrdinalIgnoreCase);
                if (isPart)
                {
                    return candidate;
                }
            }

            candidate = IsDelimiter(line) ? line.Substring(2) : null;
        }

        return null;
    }

    /// <summary>Behind the line that closes a multipart; null where none does.</summary>
    public static long? EndOf(string boundary, MimeExtent extent)
    {
        string closing = "--" + boundary + "--";
        foreach ((string line, long end) in Lines(extent))
        {
            if (line == closing)
            {
                return end;
            }
        }

        return null;
    }

    /// <summary>Whether there are only blanks, and lines between parts.</summary>
    public static bool IsBlank(MimeExtent extent, string? boundary)
    {
        string delimiter = "--" + boundary;
        foreach ((string line, long _) in Lines(extent))
        {
            if (line.Length > 0 && (string.IsNullOrEmpty(boundary) || (line != delimiter && line != delimiter + "--")))
            {
                return false;
            }
        }

        return true;
    }

    // A signature begins with two hyphens and a blank; rules of hyphens are no boundary either.
    private static bool IsDelimiter(string line)
    {
        if (line.Length is < 4 or > LongestBoundary + 2 || !line.StartsWith("--", StringComparison.Ordinal) || line[2] == ' ' || line.Trim('-', '=', '_').Length == 0)
        {
            return false;
        }

        // RFC 2046 5.1.1
        foreach (char c in line)
        {
            if (!(c is (>= '0' and <= '9') or (>= 'A' and <= 'Z') or (>= 'a' and <= 'z')) && " '()+_,-./:=?@#$%&*!~{}|^;<>[]".IndexOf(c) < 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Lines without blanks at their end, and where the next begins.</summary>
    public static IEnumerable<(string Line, long End)> Lines(MimeExtent extent)
    {
        using SourceStream stream = new(extent.Source) { Position = extent.Body };
        byte[] buffer = new byte[64 * 1024];
        StringBuilder line = new();
        long at = extent.Body;
        long limit = Math.Min(extent.End, extent.Body + BytesToSearch);
        while (at < limit)
        {
            int read = stream.Read(buffer, 0, (int)Math.Min(buffer.Length, limit - at));
            if (read <= 0)
            {
                break;
            }

            for (int i = 0; i < read; i++, at++)
            {
                if (buffer[i] == '\n')
                {
                    yield return (line.ToString().TrimEnd(), at + 1);
                    line.Clear();
                }
                else if (line.Length < 1000)
                {
                    line.Append((char)buffer[i]);
                }
            }
        }

        yield return (line.ToString().TrimEnd(), at);
    }
}
