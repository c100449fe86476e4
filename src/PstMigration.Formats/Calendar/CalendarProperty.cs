using System.Text;

namespace PstMigration.Formats;

/// <summary>One line of iCalendar: <c>NAME;PARAMETER=value:value</c>.</summary>
/// <param name="Name">In upper case.</param>
/// <param name="Parameters">By name.</param>
/// <param name="Value">As it stands.</param>
internal sealed record CalendarProperty(string Name, IReadOnlyDictionary<string, string> Parameters, string Value)
{
    /// <summary>The value as text, escapes undone.</summary>
    public string Text
    {
        get
        {
            StringBuilder text = new(Value.Length);
            for (int i = 0; i < Value.Length; i++)
            {
                bool isEscape = Value[i] == '\\' && i + 1 < Value.Length;
                char c = isEscape ? Value[++i] : Value[i];
                text.Append(isEscape && (c == 'n' || c == 'N') ? "\r\n" : c.ToString());
            }

            return text.ToString();
        }
    }

    /// <summary>A parameter, or null.</summary>
    public string? Parameter(string name) => Parameters.TryGetValue(name, out string? value) ? value : null;

    /// <summary>The value as a time, or null.</summary>
    public CalendarTime? Time => CalendarTime.Parse(Value, Parameter("TZID"));

    /// <summary>The values of a list of times; null for each that is none.</summary>
    public IEnumerable<CalendarTime?> Times => Value.Split(',').Select(v => CalendarTime.Parse(v, Parameter("TZID")));
}
