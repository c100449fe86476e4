namespace PstMigration.Mapi;

/// <summary>Chooses and decodes the body of an item by the rules of [MS-OXBBODY].</summary>
public static class BodyText
{
    /// <summary>
    /// The best body, decoded: the one the item was written in, as far as it is stored. RTF that carries HTML or text gives the original back;
    /// RTF written as RTF becomes HTML. <see cref="ItemBody.Choice"/> tells why it is this one.
    /// </summary>
    /// <param name="item">The item.</param>
    /// <param name="rtfOptions">How native RTF becomes HTML; by default pictures are embedded.</param>
    public static ItemBody Read(MapiItem item, RtfToHtmlOptions? rtfOptions = null)
    {
        if (item is null)
        {
            throw new ArgumentNullException(nameof(item));
        }

        return LargeBody.Complete(new BodyChooser(item.Properties, rtfOptions).Choose(), item.Properties);
    }

    /// <summary>Plain text of the best body; empty where there is none.</summary>
    public static string ReadPlainText(MapiItem item) => Read(item, new RtfToHtmlOptions { EmbedPictures = false }).ToPlainText();

    /// <summary>The stored HTML, decoded; null where there is none.</summary>
    public static string? ReadHtml(PropertyBag properties)
    {
        if (properties is null)
        {
            throw new ArgumentNullException(nameof(properties));
        }

        if (!properties.TryGet(PropertyTags.BodyHtml, out PropertyValue value))
        {
            return null;
        }

        // Some programs store a string here.
        string? html = value.AsString() ?? (value.AsBinary() is byte[] bytes
            ? HtmlDecoder.Decode(
                bytes,
                properties.GetInt32(PropertyTags.InternetCodepage) ?? 0,
                properties.GetInt32(PropertyTags.MessageCodepage) ?? 0)
            : null);
        return NonEmpty(html?.TrimEnd('\0'));
    }

    private static string? NonEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
