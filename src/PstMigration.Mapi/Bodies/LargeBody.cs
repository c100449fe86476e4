using System.Text;

namespace PstMigration.Mapi;

/// <summary>Bodies too large to be decoded as a whole (<see cref="PropertyValue.LargestInMemory"/>): given as streams where nothing smaller says the same.</summary>
internal static class LargeBody
{
    /// <summary>Completes a body that was chosen as if large forms were not stored.</summary>
    public static ItemBody Complete(ItemBody chosen, PropertyBag properties)
    {
        if (chosen.Html is not null)
        {
            return chosen;
        }

        BinarySource? text = Large(properties, PropertyTags.Body, out _);
        if (Large(properties, PropertyTags.BodyHtml, out bool isWide) is BinarySource html)
        {
            Encoding? encoding = isWide ? Encoding.Unicode : CodePages.Find(properties.GetInt32(PropertyTags.InternetCodepage) ?? 0);
            return chosen with { Native = BodyFormat.Html, Choice = BodyChoice.Html, LargeHtml = html, LargeHtmlEncoding = encoding, LargeText = text };
        }

        ItemBody body = chosen.Text is null && text is not null
            ? chosen with { Native = BodyFormat.Text, Choice = BodyChoice.Only, LargeText = text }
            : chosen;
        return Large(properties, PropertyTags.RtfCompressed, out _) is null ? body : body with { Differing = BodyFormat.Rtf };
    }

    private static BinarySource? Large(PropertyBag properties, PropertyTag tag, out bool isWide)
    {
        bool isLarge = properties.TryGet(tag, out PropertyValue value) && value.IsLarge;
        isWide = value.Type is PropertyType.String or PropertyType.String8;
        return isLarge ? value.Source : null;
    }
}
