using System.Text;

namespace PstMigration.Formats;

/// <summary>A component of iCalendar: VCALENDAR, VEVENT, VTIMEZONE and so on, with what is in it.</summary>
internal sealed class CalendarComponent(string name)
{
    /// <summary>Larger ones are not read.</summary>
    public const int MaximumLength = 4 * 1024 * 1024;

    private const int MaximumDepth = 16;

    /// <summary>In upper case.</summary>
    public string Name { get; } = name;

    public List<CalendarProperty> Properties { get; } = [];

    public List<CalendarComponent> Children { get; } = [];

    /// <summary>Reads the component of a name in a text; null where there is none, it does not end, or there are several.</summary>
    public static CalendarComponent? Parse(string text, string root = "VCALENDAR")
    {
        CalendarComponent? whole = null;
        if (text.Length > MaximumLength)
        {
            return null;
        }

        Stack<CalendarComponent> open = new();
        foreach (string line in Unfold(text))
        {
            if (ParseLine(line) is not CalendarProperty property)
            {
                continue;
            }

            string named = property.Value.Trim().ToUpperInvariant();
            if (property.Name == "BEGIN")
            {
                if (open.Count >= MaximumDepth || (open.Count == 0 && (whole is not null || named != root)))
                {
                    return null;
                }

                CalendarComponent child = new(named);
                if (open.Count > 0)
                {
                    open.Peek().Children.Add(child);
                }

                open.Push(child);
            }
            else if (property.Name == "END" && open.Count > 0)
            {
                CalendarComponent closed = open.Pop();
                if (closed.Name != named)
                {
                    return null;
                }

                whole = open.Count == 0 ? closed : null;
            }
            else if (open.Count > 0)
            {
                open.Peek().Properties.Add(property);
            }
        }

        return open.Count == 0 ? whole : null;
    }

    /// <summary>Lines that were folded as they were before: programs fold between bytes (RFC 5545 3.1), also between those of one character.</summary>
    public static byte[] Unfold(byte[] content)
    {
        using MemoryStream whole = new(content.Length);
        for (int i = 0; i < content.Length; i++)
        {
            int feed = content[i] == '\n' ? i : content[i] == '\r' && i + 1 < content.Length && content[i + 1] == '\n' ? i + 1 : -1;
            if (feed >= 0 && feed + 1 < content.Length && content[feed + 1] is (byte)' ' or (byte)'\t')
            {
                i = feed + 1;
                continue;
            }

            whole.WriteByte(content[i]);
        }

        return whole.ToArray();
    }

    /// <summary>All properties of a name.</summary>
    public IEnumerable<CalendarProperty> All(string property) => Properties.Where(p => p.Name == property);

    /// <summary>The first property of a name, or null.</summary>
    public CalendarProperty? Find(string property) => Properties.FirstOrDefault(p => p.Name == property);

    private static IEnumerable<string> Unfold(string text)
    {
        StringBuilder line = new();
        foreach (string part in text.Replace("\r\n", "\n").Replace('\r', '\n').Split('\n'))
        {
            if (part.Length > 0 && (part[0] == ' ' || part[0] == '\t'))
            {
                line.Append(part, 1, part.Length - 1);
                continue;
            }

            if (line.Length > 0)
            {
                yield return line.ToString();
            }

            line.Clear().Append(part);
        }

        yield return line.ToString();
    }

    private static CalendarProperty? ParseLine(string line)
    {
        List<string> parts = [];
        int start = 0;
        bool isQuoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (!isQuoted && (line[i] == ';' || line[i] == ':'))
            {
                parts.Add(line.Substring(start, i - start));
                start = i + 1;
                if (line[i] == ':')
                {
                    return Make(parts, line.Substring(start));
                }
            }
        }

        return null;
    }

    private static CalendarProperty? Make(List<string> parts, string value)
    {
        Dictionary<string, string> parameters = new(StringComparer.OrdinalIgnoreCase);
        foreach (string part in parts.Skip(1))
        {
            int equals = part.IndexOf('=');
            if (equals > 0)
            {
                // RFC 6868: what a parameter cannot hold is written with a circumflex.
                string said = part.Substring(equals + 1).Trim().Trim('"').Replace("^n", "\r\n").Replace("^'", "\"").Replace("^^", "^");
                parameters[part.Substring(0, equals).Trim()] = said;
            }
        }

        return parts[0].Length == 0 ? null : new CalendarProperty(parts[0].Trim().ToUpperInvariant(), parameters, value);
    }
}
