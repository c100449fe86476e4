using System.Globalization;
using System.Text.Json;
using PstMigration.Mapi;

namespace PstMigration.Sandbox;

/// <summary>A recurrence as requests give it (resources/patternedrecurrence): checked as the service checks it, and as days.</summary>
internal sealed class SeriesRule
{
    private const int MostOccurrences = 999;
    private const int MostDays = 20_000;

    private static readonly string[] s_types = ["daily", "weekly", "absoluteMonthly", "relativeMonthly", "absoluteYearly", "relativeYearly"];
    private static readonly string[] s_days = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
    private static readonly string[] s_indexes = ["first", "second", "third", "fourth", "last"];
    private static readonly string[] s_ends = ["endDate", "noEnd", "numbered"];

    private string _type = "";
    private int _interval = 1;
    private int _month;
    private int _dayOfMonth;
    private List<string> _daysOfWeek = [];
    private string _firstDay = "sunday";
    private string _index = "first";
    private string _end = "";
    private DateTime? _endDate;
    private int _count;
    private string? _zone;

    private SeriesRule()
    {
    }

    /// <summary>The first day.</summary>
    public DateTime StartDate { get; private set; }

    /// <summary>Whether it ends after a number of occurrences or at a date.</summary>
    private bool HasEnd => _end != "noEnd";

    /// <summary>Reads and checks one.</summary>
    /// <exception cref="GraphException">400.</exception>
    public static SeriesRule Read(JsonElement value)
    {
        SeriesRule rule = new();
        JsonElement? pattern = null;
        JsonElement? range = null;
        foreach (JsonProperty property in Json.Object(value, "recurrence"))
        {
            switch (property.Name)
            {
                case "pattern":
                    pattern = property.Value;
                    break;
                case "range":
                    range = property.Value;
                    break;
                default:
                    Json.Unknown(property, "patternedRecurrence");
                    break;
            }
        }

        rule.ReadPattern(pattern ?? throw Invalid("pattern is missing"));
        rule.ReadRange(range ?? throw Invalid("range is missing"));
        rule.Check();
        return rule;
    }

    /// <summary>Reads a stored one.</summary>
    public static SeriesRule Stored(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        return Read(document.RootElement.Clone());
    }

    /// <summary>The days, the first of them first; of an endless series as many as anybody may ask for.</summary>
    public IEnumerable<DateTime> Days()
    {
        IEnumerable<DateTime> days = RecurrenceCalculator.Days(Pattern()).Take(_end == "numbered" ? _count : MostDays);
        return days;
    }

    /// <summary>Writes it with all the service adds.</summary>
    public void Write(Utf8JsonWriter writer, string name)
    {
        writer.WriteStartObject(name);
        writer.WriteStartObject("pattern");
        writer.WriteString("type", _type);
        writer.WriteNumber("interval", _interval);
        writer.WriteNumber("month", _month);
        writer.WriteNumber("dayOfMonth", _dayOfMonth);
        if (_daysOfWeek.Count > 0)
        {
            writer.WriteStartArray("daysOfWeek");
            _daysOfWeek.ForEach(writer.WriteStringValue);
            writer.WriteEndArray();
        }

        writer.WriteString("firstDayOfWeek", _firstDay);
        writer.WriteString("index", _index);
        writer.WriteEndObject();
        writer.WriteStartObject("range");
        writer.WriteString("type", _end);
        writer.WriteString("startDate", StartDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        writer.WriteString("endDate", (_endDate ?? new DateTime(1, 1, 1)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        writer.WriteString("recurrenceTimeZone", _zone ?? "");
        writer.WriteNumber("numberOfOccurrences", _count);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>As it is stored.</summary>
    public string ToText()
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream))
        {
            writer.WriteStartObject();
            Write(writer, "r");
            writer.WriteEndObject();
        }

        using JsonDocument document = JsonDocument.Parse(stream.ToArray());
        return document.RootElement.GetProperty("r").GetRawText();
    }

    private Mapi.RecurrencePattern Pattern()
    {
        bool yearly = _type.EndsWith("Yearly", StringComparison.Ordinal);
        return new Mapi.RecurrencePattern
        {
            PatternType = _type switch
            {
                "daily" => RecurrencePatternType.Day,
                "weekly" => RecurrencePatternType.Week,
                "relativeMonthly" or "relativeYearly" => RecurrencePatternType.MonthNth,
                _ => RecurrencePatternType.Month,
            },
            Interval = yearly ? _interval * 12 : _interval,
            Days = (WeekDays)_daysOfWeek.Sum(d => 1 << Array.IndexOf(s_days, d)),
            DayOfMonth = _dayOfMonth,
            Nth = Array.IndexOf(s_indexes, _index) + 1,
            FirstDayOfWeek = (DayOfWeek)Array.IndexOf(s_days, _firstDay),
            StartDate = StartDate,
            End = _end switch { "numbered" => RecurrenceEnd.Count, "endDate" => RecurrenceEnd.Date, _ => RecurrenceEnd.Never },
            OccurrenceCount = HasEnd && _count > 0 ? _count : 10,
            EndDate = _endDate ?? Mapi.RecurrencePattern.Never,
        };
    }

    private void ReadPattern(JsonElement value)
    {
        foreach (JsonProperty property in Json.Object(value, "pattern"))
        {
            switch (property.Name)
            {
                case "type":
                    _type = Member(property.Value, "type", s_types);
                    break;
                case "interval":
                    _interval = (int)Math.Min(int.MaxValue, Json.Number(property.Value, "interval"));
                    break;
                case "month":
                    _month = (int)Json.Number(property.Value, "month");
                    break;
                case "dayOfMonth":
                    _dayOfMonth = (int)Json.Number(property.Value, "dayOfMonth");
                    break;
                case "daysOfWeek":
                    _daysOfWeek = [.. Json.Array(property.Value, "daysOfWeek").Select(d => Member(d, "daysOfWeek", s_days)).Distinct()];
                    break;
                case "firstDayOfWeek":
                    _firstDay = Member(property.Value, "firstDayOfWeek", s_days);
                    break;
                case "index":
                    _index = Member(property.Value, "index", s_indexes);
                    break;
                default:
                    Json.Unknown(property, "recurrencePattern");
                    break;
            }
        }
    }

    private void ReadRange(JsonElement value)
    {
        foreach (JsonProperty property in Json.Object(value, "range"))
        {
            switch (property.Name)
            {
                case "type":
                    _end = Member(property.Value, "type", s_ends);
                    break;
                case "startDate":
                    StartDate = Date(property.Value, "startDate") ?? default;
                    break;
                case "endDate":
                    _endDate = Date(property.Value, "endDate");
                    break;
                case "numberOfOccurrences":
                    _count = (int)Json.Number(property.Value, "numberOfOccurrences");
                    break;
                case "recurrenceTimeZone":
                    _zone = Json.Text(property.Value, "recurrenceTimeZone");
                    break;
                default:
                    Json.Unknown(property, "recurrenceRange");
                    break;
            }
        }

        _endDate = _endDate?.Year == 1 ? null : _endDate;
    }

    /// <summary>What each kind needs (resources/recurrencepattern, resources/recurrencerange).</summary>
    private void Check()
    {
        bool relative = _type.StartsWith("relative", StringComparison.Ordinal);
        bool absolute = _type.StartsWith("absolute", StringComparison.Ordinal);
        bool yearly = _type.EndsWith("Yearly", StringComparison.Ordinal);
        string? wrong = _type.Length == 0 ? "pattern.type is missing"
            : _interval is < 1 or > 999 ? "interval must be between 1 and 999"
            : (_type == "weekly" || relative) && _daysOfWeek.Count == 0 ? "daysOfWeek is missing"
            : absolute && _dayOfMonth is < 1 or > 31 ? "dayOfMonth must be between 1 and 31"
            : yearly && _month is < 1 or > 12 ? "month must be between 1 and 12"
            : _end.Length == 0 ? "range.type is missing"
            : StartDate == default ? "range.startDate is missing"
            : _end == "endDate" && (_endDate is null || _endDate < StartDate) ? "range.endDate must not be before startDate"
            : _end == "numbered" && _count is < 1 or > MostOccurrences ? "numberOfOccurrences must be between 1 and 999"
            : null;
        if (wrong is not null)
        {
            throw Invalid(wrong);
        }
    }

    private static DateTime? Date(JsonElement value, string name) => value.ValueKind == JsonValueKind.Null ? null
        : DateTime.TryParseExact(Json.Text(value, name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime day) ? day
        : throw Json.Mismatch(name, "a date");

    private static string Member(JsonElement value, string name, string[] members) =>
        Json.Text(value, name) is string text && members.Contains(text) ? text : throw Json.Mismatch(name, "one of " + string.Join(", ", members));

    private static GraphException Invalid(string what) => GraphException.BadRequest("ErrorPropertyValidationFailure", "At least one property failed validation: recurrence: " + what + ".");
}
