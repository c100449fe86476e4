using System.Globalization;
using System.Text;

namespace PstMigration.Formats;

/// <summary>Writes content lines of iCalendar (RFC 5545 3.1): escaped, folded at 75 bytes, ending with CRLF.</summary>
internal sealed class CalendarLines
{
    private const int MaximumBytes = 75;
    private readonly StringBuilder _text = new();

    /// <summary>Writes a line whose value needs no escaping.</summary>
    public void Raw(string name, string value) => Fold(name + ":" + value);

    /// <summary>Writes a line of text.</summary>
    public void Text(string name, string value) => Fold(name + ":" + Escape(value));

    /// <summary>A point in time in UTC.</summary>
    public static string Utc(DateTimeOffset time) => time.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    /// <summary>A local time.</summary>
    public static string Local(DateTime time) => time.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);

    /// <summary>A date.</summary>
    public static string Date(DateTime time) => time.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    /// <summary>The value of a parameter: in quotes, which it cannot hold itself.</summary>
    public static string Parameter(string value) =>
        "\"" + new string(value.Where(c => c != '"' && !char.IsControl(c)).ToArray()) + "\"";

    public override string ToString() => _text.ToString();

    private static string Escape(string text)
    {
        StringBuilder escaped = new(text.Length);
        foreach (char c in text.Replace("\r\n", "\n").Replace('\r', '\n'))
        {
            switch (c)
            {
                case '\n':
                    escaped.Append("\\n");
                    break;
                case ',' or ';' or '\\':
                    escaped.Append('\\').Append(c);
                    break;
                case '\t':
                    escaped.Append(c);
                    break;
                default:
                    if (!char.IsControl(c))
                    {
                        escaped.Append(c);
                    }

                    break;
            }
        }

        return escaped.ToString();
    }

    private void Fold(string line)
    {
        int bytes = 0;
        for (int i = 0; i < line.Length; i++)
        {
            bool isPair = char.IsHighSurrogate(line[i]) && i + 1 < line.Length && char.IsLowSurrogate(line[i + 1]);
            int size = isPair ? 4 : line[i] < 0x80 ? 1 : line[i] < 0x800 ? 2 : 3;
            if (bytes + size > MaximumBytes)
            {
                _text.Append("\r\n ");
                bytes = 1;
            }

            bytes += size;
            _text.Append(line[i]);
            if (isPair)
            {
                _text.Append(line[++i]);
            }
        }

        _text.Append("\r\n");
    }
}
