using System.Text;
using MimeKit.Encodings;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>One line of iCalendar: <c>NAME;PARAMETER=value:value</c>.</summary>
/// <param name="Name">In upper case.</param>
/// <param name="Parameters">By name.</param>
/// <param name="Value">As it stands.</param>
internal sealed record CalendarProperty(string Name, IReadOnlyDictionary<string, string> Parameters, string Value)
{
    /// <summary>The value as text, escapes undone; those of vCalendar 1.0 too, which writes other letters as quoted-printable.</summary>
    public string Text
    {
        get
        {
            string value = "QUOTED-PRINTABLE".Equals(Parameter("ENCODING"), StringComparison.OrdinalIgnoreCase) ? Decode() : Value;
            StringBuilder text = new(value.Length);
            for (int i = 0; i < value.Length; i++)
            {
                bool isEscape = value[i] == '\\' && i + 1 < value.Length;
                char c = isEscape ? value[++i] : value[i];
                text.Append(isEscape && (c == 'n' || c == 'N') ? "\r\n" : c.ToString());
            }

            return text.ToString();
        }
    }

    private string Decode()
    {
        byte[] encoded = Encoding.ASCII.GetBytes(Value);
        QuotedPrintableDecoder decoder = new();
        byte[] decoded = new byte[decoder.EstimateOutputLength(encoded.Length)];
        int length = decoder.Decode(encoded, 0, encoded.Length, decoded);
        return HtmlDecoder.Decode(decoded.AsSpan(0, length).ToArray(), CodePages.Find(Parameter("CHARSET"))?.CodePage ?? 0, 0);
    }

    /// <summary>A parameter, or null.</summary>
    public string? Parameter(string name) => Parameters.TryGetValue(name, out string? value) ? value : null;

    /// <summary>The value as a time, or null.</summary>
    public CalendarTime? Time => CalendarTime.Parse(Value, Parameter("TZID"));

    /// <summary>The values of a list of times; null for each that is none.</summary>
    public IEnumerable<CalendarTime?> Times => Value.Split(',').Select(v => CalendarTime.Parse(v, Parameter("TZID")));
}
