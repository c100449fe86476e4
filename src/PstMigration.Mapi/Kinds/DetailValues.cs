namespace PstMigration.Mapi;

/// <summary>Fields of typed details: absent text is empty, and what is too large to be a field is absent.</summary>
internal static class DetailValues
{
    /// <summary>Bytes of the longest text or blob that is read as a field.</summary>
    private const long MaxLength = 1 << 20;

    public static string Text(this PropertyBag properties, PropertyKey key) =>
        (Small(properties, key).AsString() ?? "").TrimEnd('\0');

    public static string? TextOrNull(this PropertyBag properties, PropertyKey key) => properties.Text(key) is { Length: > 0 } text ? text : null;

    public static byte[]? Blob(this PropertyBag properties, PropertyKey key) => Small(properties, key).AsBinary();

    public static IReadOnlyList<string> Texts(this PropertyBag properties, PropertyKey key) =>
        Small(properties, key).AsStrings() is IReadOnlyList<string> texts ? [.. texts.Where(t => t.Length > 0)] : [];

    public static byte[][] Blobs(this PropertyBag properties, PropertyKey key) => Small(properties, key).AsArray() as byte[][] ?? [];

    public static bool Flag(this PropertyBag properties, PropertyKey key) => properties.GetBoolean(key) == true;

    /// <summary>A time; null for "none", which Outlook stores as a day in 4501.</summary>
    public static DateTimeOffset? Date(this PropertyBag properties, PropertyKey key) =>
        properties.GetTime(key) is DateTimeOffset time && time.Year < 4500 ? time : null;

    /// <summary>A duration stored in minutes; null where absent or negative.</summary>
    public static TimeSpan? Minutes(this PropertyBag properties, PropertyKey key) =>
        properties.GetInt32(key) is int minutes && minutes >= 0 ? TimeSpan.FromMinutes(minutes) : null;

    private static PropertyValue Small(PropertyBag properties, PropertyKey key) =>
        properties.TryGet(key, out PropertyValue value) && value.Source?.IsLongerThan(MaxLength) != true ? value : default;
}
