using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>A contact ready to be created, and its picture, which follows.</summary>
/// <param name="Contact">The contact.</param>
/// <param name="Photo">Its picture; null for none.</param>
/// <param name="Losses">What is lost.</param>
internal sealed record ContactPlan(Contact Contact, byte[]? Photo, IReadOnlyList<ItemLoss> Losses) : ItemPlan(Losses)
{
    private const int LargestPhoto = 4_000_000;

    /// <inheritdoc/>
    public override int PartCount => Photo is null ? 0 : 1;

    /// <inheritdoc/>
    public override List<SingleValueLegacyExtendedProperty> Extended => Contact.SingleValueExtendedProperties!;

    /// <summary>Plans an item.</summary>
    public static ContactPlan Create(MapiItem item, ItemProvenance provenance, MessageDetail detail)
    {
        LossList losses = new();
        losses.AddAll(item);
        Contact contact = new ContactWriter(detail, losses).Write(item, provenance);
        byte[]? photo = ReadPhoto(item, losses);
        if (photo is not null)
        {
            contact.SingleValueExtendedProperties!.Add(new SingleValueLegacyExtendedProperty { Id = Provenance.AttachmentCountId, Value = "1" });
        }

        return new ContactPlan(contact, photo, losses.ToList());
    }

    /// <summary>The picture among the attachments; the others have no place.</summary>
    private static byte[]? ReadPhoto(MapiItem item, LossList losses)
    {
        byte[]? photo = null;
        foreach (MapiAttachment attachment in item.Attachments)
        {
            bool isPhoto = attachment.Properties.GetBoolean(PropertyTags.AttachmentContactPhoto) == true
                || string.Equals(attachment.Name, "ContactPicture.jpg", StringComparison.OrdinalIgnoreCase);
            if (isPhoto && photo is null && attachment.Content is BinarySource content && content.IsLongerThan(0) && !content.IsLongerThan(LargestPhoto))
            {
                photo = content.ToArray();
            }
            else
            {
                losses.Add(LossKind.Field, GraphText.Clean(attachment.Name) is { Length: > 0 } name ? name : "attachment");
            }
        }

        return photo;
    }
}
