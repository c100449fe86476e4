using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>What formats made for reading do not carry: what a class other than mail means, named properties, files.</summary>
internal static class HeadingLosses
{
    /// <summary>Notes the losses of an item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="losses">Where to.</param>
    /// <param name="isCarried">Whether an attachment's content is in the document.</param>
    public static void Note(MapiItem item, LossList losses, Func<MapiAttachment, bool> isCarried)
    {
        if (!item.MessageClass.Equals("IPM.Note", StringComparison.OrdinalIgnoreCase))
        {
            losses.Add(LossKind.MessageClass, item.MessageClass);
        }

        foreach (MapiAttachment attachment in item.Attachments.Where(a => !isCarried(a)))
        {
            losses.Add(LossKind.Attachment, attachment.Name);
        }

        losses.AddAll(LargeValues.Losses(item, PropertyTags.Body, PropertyTags.BodyHtml, PropertyTags.RtfCompressed, PropertyTags.TransportMessageHeaders));
        losses.AddNamed(item, name => name == PropertyNames.Keywords || name.Set == PropertySets.PstMigration);
    }
}
