using System.Globalization;

namespace PstMigration.Sandbox;

/// <summary>
/// Values of extended properties between their text in JSON and what is stored: long for numbers and Booleans (1, 0), FILETIME
/// for times, double, string (a GUID too) or byte[].
/// </summary>
internal static class ExtendedValue
{
    private const decimal CurrencyScale = 10_000m;

    /// <summary>Reads text; false where it is no value of the type.</summary>
    public static bool TryParse(ExtendedType type, string text, out object value)
    {
        value = text;
        switch (type)
        {
            case ExtendedType.String:
                return true;
            case ExtendedType.Short:
                return Found(short.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out short s), (long)s, out value);
            case ExtendedType.Integer:
                return Found(int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int i), (long)i, out value);
            case ExtendedType.Long:
                return Found(long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long l), l, out value);
            case ExtendedType.Boolean:
                return Found(bool.TryParse(text, out bool b), b ? 1L : 0L, out value);
            case ExtendedType.Double or ExtendedType.Float:
                bool isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double d) && IsNumber(type, d);
                return Found(isNumber, d, out value);
            case ExtendedType.Currency:
                bool isMoney = decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out decimal money)
                    && Math.Abs(money) < long.MaxValue / CurrencyScale;
                return Found(isMoney, isMoney ? (long)(money * CurrencyScale) : 0L, out value);
            case ExtendedType.SystemTime:
                return Found(GraphTime.TryParse(text, out long time), time, out value);
            case ExtendedType.Clsid:
                return Found(Guid.TryParse(text, out Guid guid), guid.ToString(), out value);
            default:
                return TryParseBase64(text, out value);
        }
    }

    /// <summary>Writes text.</summary>
    public static string Format(ExtendedType type, object value, bool wholeSeconds) => type switch
    {
        ExtendedType.Boolean => (long)value != 0 ? "true" : "false",
        ExtendedType.SystemTime => GraphTime.Format((long)value, wholeSeconds),
        ExtendedType.Currency => ((long)value / CurrencyScale).ToString(CultureInfo.InvariantCulture),
        ExtendedType.Double => ((double)value).ToString("R", CultureInfo.InvariantCulture),
        ExtendedType.Float => ((float)(double)value).ToString("R", CultureInfo.InvariantCulture),
        ExtendedType.Binary => Convert.ToBase64String((byte[])value),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    /// <summary>Whether a stored value is one of a type.</summary>
    public static bool IsStored(ExtendedType type, object value) => type switch
    {
        ExtendedType.String => value is string,
        ExtendedType.Clsid => value is string text && Guid.TryParse(text, out _),
        ExtendedType.Binary => value is byte[],
        ExtendedType.Double or ExtendedType.Float => value is double,
        ExtendedType.SystemTime => value is long time && GraphTime.IsValid(time),
        _ => value is long && type <= ExtendedType.Clsid,
    };

    // A number that is none (NaN), or has no end, has no value that could be stored, compared or filtered by.
    private static bool IsNumber(ExtendedType type, double value) => !double.IsNaN(value)
        && Math.Abs(value) <= (type == ExtendedType.Float ? float.MaxValue : double.MaxValue);

    private static bool Found(bool found, object parsed, out object value)
    {
        value = parsed;
        return found;
    }

    private static bool TryParseBase64(string text, out object value)
    {
        try
        {
            value = Convert.FromBase64String(text);
            return true;
        }
        catch (FormatException)
        {
            value = text;
            return false;
        }
    }
}
