using System.Globalization;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>Property values as the text Graph carries them in.</summary>
internal static class GraphPropertyText
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'";

    /// <summary>A single value; null where it has no text, such as a time outside .NET's range or a number that is none (NaN).</summary>
    public static string? TryWrite(PropertyValue value) => value.Type switch
    {
        PropertyType.String or PropertyType.String8 => value.AsString() is string text ? GraphText.Clean(text) : null,
        PropertyType.Binary => value.AsBinary() is byte[] bytes ? Convert.ToBase64String(bytes) : null,
        PropertyType.Guid => value.AsGuid()?.ToString("D"),
        _ => TryWriteFixed(value.Type, value.Bits),
    };

    /// <summary>The values of a list; null where one of them has no text.</summary>
    public static List<string>? TryWriteMultiple(PropertyValue value)
    {
        PropertyType element = PropertyTypes.Element(value.Type);
        List<string?> texts = value.AsArray() switch
        {
            string[] strings => [.. strings.Select(GraphText.Clean)],
            byte[][] binaries => [.. binaries.Select(Convert.ToBase64String)],
            Guid[] guids => [.. guids.Select(g => g.ToString("D"))],
            long[] numbers => [.. numbers.Select(n => TryWriteFixed(element, n))],
            _ => [null],
        };
        return texts.Contains(null) ? null : [.. texts.OfType<string>()];
    }

    /// <summary>Reads a single value; null where the text is not of the type.</summary>
    public static PropertyValue? TryRead(PropertyType type, string? text)
    {
        if (text is null)
        {
            return null;
        }

        switch (type)
        {
            case PropertyType.String:
                return PropertyValue.FromString(text);
            case PropertyType.Binary:
                return TryReadBase64(text) is byte[] bytes ? PropertyValue.FromBinary(bytes) : null;
            case PropertyType.Guid:
                return Guid.TryParse(text, out Guid guid) ? PropertyValue.FromGuid(guid) : null;
            default:
                return TryReadFixed(type, text) is long bits ? PropertyValue.FromBits(type, bits) : null;
        }
    }

    /// <summary>Reads a list; null where one of the texts is not of the type.</summary>
    public static PropertyValue? TryReadMultiple(PropertyType type, IReadOnlyList<string>? texts)
    {
        if (texts is null)
        {
            return null;
        }

        PropertyType element = PropertyTypes.Element(type);
        PropertyValue?[] values = [.. texts.Select(t => TryRead(element, t))];
        if (Array.Exists(values, v => v is null))
        {
            return null;
        }

        Array array = element switch
        {
            PropertyType.String => values.Select(v => v!.Value.AsString()!).ToArray(),
            PropertyType.Binary => values.Select(v => v!.Value.AsBinary()!).ToArray(),
            PropertyType.Guid => values.Select(v => v!.Value.AsGuid()!.Value).ToArray(),
            _ => values.Select(v => v!.Value.Bits).ToArray(),
        };
        return PropertyValue.FromMultiple(type, array);
    }

    private static string? TryWriteFixed(PropertyType type, long bits)
    {
        PropertyValue value = PropertyTypes.FixedSize(type) is > 0 and <= 8 ? PropertyValue.FromBits(type, bits) : default;
        return type switch
        {
            PropertyType.Boolean => bits != 0 ? "true" : "false",
            PropertyType.Integer16 or PropertyType.Integer32 or PropertyType.Integer64 => bits.ToString(CultureInfo.InvariantCulture),
            PropertyType.Floating32 or PropertyType.Floating64 => TryWriteNumber(value.AsDouble()),
            PropertyType.Time => value.AsTime()?.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture),
            _ => null,
        };
    }

    // NaN and infinity are no numbers of JSON, nor of the service's filters.
    private static string? TryWriteNumber(double? number) =>
        number is double known && !double.IsNaN(known) && !double.IsInfinity(known) ? known.ToString("R", CultureInfo.InvariantCulture) : null;

    private static long? TryReadFixed(PropertyType type, string text)
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        switch (type)
        {
            case PropertyType.Boolean:
                return bool.TryParse(text, out bool truth) ? (truth ? 1 : 0) : null;
            case PropertyType.Integer16:
                return short.TryParse(text, NumberStyles.AllowLeadingSign, invariant, out short small) ? small : null;
            case PropertyType.Integer32:
                return int.TryParse(text, NumberStyles.AllowLeadingSign, invariant, out int number) ? number : null;
            case PropertyType.Integer64:
                return long.TryParse(text, NumberStyles.AllowLeadingSign, invariant, out long large) ? large : null;
            case PropertyType.Floating32:
                return float.TryParse(text, NumberStyles.Float, invariant, out float single)
                    ? BitConverter.ToInt32(BitConverter.GetBytes(single), 0)
                    : null;
            case PropertyType.Floating64:
                return double.TryParse(text, NumberStyles.Float, invariant, out double real) ? BitConverter.DoubleToInt64Bits(real) : null;
            case PropertyType.Time:
                return DateTimeOffset.TryParse(text, invariant, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) && time.Year >= 1601
                    ? time.ToFileTime()
                    : null;
            default:
                return null;
        }
    }

    private static byte[]? TryReadBase64(string text)
    {
        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
