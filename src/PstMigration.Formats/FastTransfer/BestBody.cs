using System.Text;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// The one form of a body a stream holds (CopyFlags BestBody, [MS-OXCFXICS] 2.2.3.1.1.1.1): the server makes the others from it ([MS-OXBBODY] 2.1.3), and makes of two that do not agree
/// what it likes.
/// </summary>
internal static class BestBody
{
    private const int NativeText = 1;
    private const int NativeRtf = 2;
    private const int NativeHtml = 3;

    /// <summary>The properties of an item with one form of its body, and what that is.</summary>
    /// <param name="item">The item; left as it is.</param>
    /// <param name="losses">Takes what another form says that is left out.</param>
    public static PropertyBag Of(MapiItem item, List<ItemLoss> losses)
    {
        PropertyBag properties = item.Properties;
        PropertyKey[] forms = [PropertyTags.Body, PropertyTags.RtfCompressed, PropertyTags.BodyHtml];
        PropertyKey[] stored = [.. forms.Where(properties.Contains)];
        if (stored.Length == 0)
        {
            return properties;
        }

        PropertyKey best = stored[0];
        if (stored.Length > 1)
        {
            ItemBody body = BodyText.Read(item, new RtfToHtmlOptions { EmbedPictures = false });
            losses.AddRange(body.Losses());
            bool isRtf = properties.GetInt32(PropertyTags.NativeBody) == NativeRtf && properties.Contains(PropertyTags.RtfCompressed);
            best = body.Native switch
            {
                // Text or HTML that RTF carries, and what stands beside it, is the RTF.
                _ when isRtf && body.Choice == BodyChoice.Declared => PropertyTags.RtfCompressed,
                BodyFormat.Html when properties.Contains(PropertyTags.BodyHtml) => PropertyTags.BodyHtml,
                BodyFormat.Html or BodyFormat.Rtf when properties.Contains(PropertyTags.RtfCompressed) => PropertyTags.RtfCompressed,
                BodyFormat.None => stored[stored.Length - 1],
                _ => properties.Contains(PropertyTags.Body) ? PropertyTags.Body : stored[0],
            };
        }

        PropertyBag copy = new(properties.Count + 2);
        foreach (KeyValuePair<PropertyKey, PropertyValue> property in properties)
        {
            if (property.Key == best || Array.IndexOf(forms, property.Key) < 0)
            {
                copy[property.Key] = property.Value;
            }
        }

        copy.Set(PropertyTags.NativeBody, best == PropertyTags.Body ? NativeText : best == PropertyTags.RtfCompressed ? NativeRtf : NativeHtml);
        if (best == PropertyTags.RtfCompressed)
        {
            copy.Set(PropertyTags.RtfInSync, true);
        }
        else if (best == PropertyTags.BodyHtml && copy[best].AsString() is string html)
        {
            // Some programs store a string here; a store keeps bytes and their code page.
            copy.Set(PropertyTags.BodyHtml, Encoding.UTF8.GetBytes(html));
            copy.Set(PropertyTags.InternetCodepage, CodePages.Utf8);
        }

        return copy;
    }
}
