using System.Globalization;

namespace PstMigration.Mapi;

/// <summary>
/// What people do to an item besides reading and filing it: answering and forwarding ([MS-OXOMSG] 2.2.1.4), flags, categories, importance, and the words of it. A copy
/// whose state is another than that it was written with is somebody's own. The attachments are not among it, so that a copy to which not all came can be known as untouched.
/// </summary>
/// <param name="Value">32 lower-case hexadecimal digits.</param>
public readonly record struct ItemState(string Value)
{
    private const int Digits = 32;

    /// <summary>The state of an item.</summary>
    /// <exception cref="MailDataException">The text of the item cannot be read.</exception>
    public static ItemState Of(MapiItem item)
    {
        PropertyBag p = (item ?? throw new ArgumentNullException(nameof(item))).Properties;
        List<string> categories = p.TryGet(PropertyNames.Keywords, out PropertyValue value) && value.AsArray() is string[] words ? [.. words] : [];
        using DigestWriter writer = new();
        ItemDigester.WriteSorted(writer, categories);
        writer.Write(string.Format(
            CultureInfo.InvariantCulture, "{0} {1} {2}", LastVerb(item), p.GetInt32(PropertyTags.FlagStatus) ?? 0, p.GetInt32(PropertyTags.Importance) ?? 1));
        writer.Write(ContentText.Normalize(item.Subject));
        _ = ContentText.Write(writer, item);
        ItemDigester.WriteSorted(writer, ItemDigester.RecipientsOf(item));
        ItemDigester.WriteFields(writer, item);
        return new ItemState(writer.Finish().Substring(0, Digits));
    }

    /// <summary>Whether somebody has answered or forwarded an item: 102 reply, 103 reply to all, 104 forward.</summary>
    public static bool IsAnswered(MapiItem item) => LastVerb(item ?? throw new ArgumentNullException(nameof(item))) is >= 102 and <= 104;

    /// <inheritdoc/>
    public override string ToString() => Value;

    private static int LastVerb(MapiItem item) => item.Properties.GetInt32(PropertyTags.LastVerbExecuted) ?? 0;
}
