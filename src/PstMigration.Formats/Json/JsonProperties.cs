using System.Globalization;
using System.Text.Json;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// Writes a property bag as an object: names are the canonical ones (PidTagSubject, PidLidLocation), else <c>{set}/0x8530</c>,
/// <c>{set}/Name</c> or the tag <c>0x6001001F</c>.
/// </summary>
internal sealed class JsonProperties(JsonTarget document, JsonExportOptions options, LossList losses)
{
    private readonly Utf8JsonWriter _json = document.Writer;

    /// <summary>Characters or bytes of a value that is encoded at once; longer ones are, piece by piece.</summary>
    public const int LargestAtOnce = 256 * 1024;

    /// <summary>What stands under <c>body</c> instead.</summary>
    public static readonly HashSet<PropertyKey> Bodies = [PropertyTags.Body, PropertyTags.BodyHtml];

    /// <summary>What stands under <c>body</c> where that says something else than the stored text.</summary>
    public static readonly HashSet<PropertyKey> Html = [PropertyTags.BodyHtml];

    /// <summary>What stands under <c>content</c> and <c>item</c> instead.</summary>
    public static readonly HashSet<PropertyKey> Contents = [PropertyTags.AttachDataBinary];

    public void Write(string name, PropertyBag properties, HashSet<PropertyKey> leftOut)
    {
        // Windows PowerShell's ConvertFrom-Json refuses names that differ only in case.
        HashSet<string> used = new(StringComparer.OrdinalIgnoreCase);
        List<string> omitted = [];
        _json.WriteStartObject(name);
        foreach (KeyValuePair<PropertyKey, PropertyValue> property in properties.Where(p => !leftOut.Contains(p.Key)))
        {
            string key = NameOf(property.Key, property.Value.Type, used);
            if (IsBinary(property.Value.Type) && !options.IncludeBinary)
            {
                omitted.Add(key);
                continue;
            }

            _json.WritePropertyName(key);
            WriteValue(property.Value);
            document.Release();
        }

        _json.WriteEndObject();
        if (omitted.Count > 0)
        {
            losses.Add(LossKind.Field, LossMeaning.BinaryProperties);
            _json.WriteStartArray("omittedProperties");
            omitted.ForEach(_json.WriteStringValue);
            _json.WriteEndArray();
        }
    }

    private static string NameOf(PropertyKey key, PropertyType type, HashSet<string> used)
    {
        string exact = key.Name is PropertyName name
            ? name.Set.ToString("B") + "/" + (name.Name ?? "0x" + name.Lid.ToString("X4", CultureInfo.InvariantCulture))
            : new PropertyTag(key.Id, type).ToString();
        string given = WellFormedText.Of(PropertyCatalog.Default.NameOf(key, type) ?? exact);
        return used.Add(given) ? given : Unused(WellFormedText.Of(exact), used);
    }

    private static string Unused(string name, HashSet<string> used)
    {
        string unused = name;
        for (int i = 2; !used.Add(unused); i++)
        {
            unused = name + " (" + i.ToString(CultureInfo.InvariantCulture) + ")";
        }

        return unused;
    }

    private static bool IsBinary(PropertyType type) => type is PropertyType.Binary or PropertyType.Object or PropertyType.ServerId
        or PropertyType.Restriction or PropertyType.RuleAction or PropertyType.MultipleBinary;

    private void WriteValue(PropertyValue value)
    {
        if (value.AsArray() is Array values)
        {
            _json.WriteStartArray();
            foreach (object element in values)
            {
                WriteElement(element, value.Type);
                document.Release();
            }

            _json.WriteEndArray();
        }
        else if (value.Source is BinarySource source && source.IsLongerThan(LargestAtOnce))
        {
            WriteLarge(value.Type, source);
        }
        else if (value.AsString() is string text)
        {
            _json.WriteStringValue(WellFormedText.Of(text));
        }
        else if (value.AsBinary() is byte[] bytes)
        {
            _json.WriteBase64StringValue(bytes);
        }
        else if (value.AsGuid() is Guid guid)
        {
            _json.WriteStringValue(guid);
        }
        else
        {
            WriteFixed(value.Type, value.Bits);
        }
    }

    private void WriteLarge(PropertyType type, BinarySource source)
    {
        if (type is PropertyType.String or PropertyType.String8)
        {
            document.WriteText(source);
        }
        else
        {
            document.WriteBase64(source);
        }
    }

    private void WriteElement(object element, PropertyType type)
    {
        switch (element)
        {
            case string text:
                _json.WriteStringValue(WellFormedText.Of(text));
                break;
            case byte[] bytes:
                _json.WriteBase64StringValue(bytes);
                break;
            case Guid guid:
                _json.WriteStringValue(guid);
                break;
            case long bits:
                WriteFixed(PropertyTypes.Element(type), bits);
                break;
            default:
                _json.WriteNullValue();
                break;
        }
    }

    private void WriteFixed(PropertyType type, long bits)
    {
        PropertyValue value = PropertyTypes.FixedSize(type) is > 0 and <= 8 ? PropertyValue.FromBits(type, bits) : default;
        switch (type)
        {
            case PropertyType.Boolean:
                _json.WriteBooleanValue(bits != 0);
                break;
            case PropertyType.Time when value.AsTime() is DateTimeOffset time:
                _json.WriteStringValue(JsonText.Time(time));
                break;
            case PropertyType.Currency:
                _json.WriteNumberValue(bits / 10000m);
                break;
            case PropertyType.Floating32 or PropertyType.Floating64 or PropertyType.FloatingTime:
                WriteDouble(value.AsDouble() ?? 0);
                break;
            case PropertyType.Null or PropertyType.Unspecified:
                _json.WriteNullValue();
                break;
            default:
                // A time outside .NET's range is its FILETIME.
                _json.WriteNumberValue(bits);
                break;
        }
    }

    // JSON has no NaN and no infinity.
    private void WriteDouble(double number)
    {
        if (double.IsNaN(number) || double.IsInfinity(number))
        {
            _json.WriteStringValue(number.ToString(CultureInfo.InvariantCulture));
        }
        else
        {
            _json.WriteNumberValue(number);
        }
    }
}
