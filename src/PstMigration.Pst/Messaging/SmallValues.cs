using PstMigration.Mapi;

namespace PstMigration.Pst.Messaging;

/// <summary>
/// Values that are short in every sound file: names, classes, entry ids. One so large that it was left in the file is taken as absent,
/// so that a damaged file cannot make a look at its folders read gigabytes.
/// </summary>
internal static class SmallValues
{
    public static string? GetSmallString(this PropertyBag properties, PropertyKey key) =>
        properties.TryGet(key, out PropertyValue value) ? value.AsSmallString() : null;

    public static byte[]? GetSmallBinary(this PropertyBag properties, PropertyKey key) =>
        properties.TryGet(key, out PropertyValue value) && value.Source is null ? value.AsBinary() : null;

    public static string? AsSmallString(this PropertyValue value) => value.Source is null ? value.AsString() : null;
}
