using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>How much of an item a create carries.</summary>
internal enum MessageDetail
{
    /// <summary>Everything that can be carried.</summary>
    Full,

    /// <summary>
    /// Without Reply-To, and of the extended properties only those a create is known to honour: the second try after the service
    /// refused the first, because one property it does not take refuses the whole item.
    /// </summary>
    Known,

    /// <summary>Without extended properties but the dates and our own: the last try.</summary>
    Essential,
}

/// <summary>
/// Makes the service's message of an item, complete in one create: what decides whether it is a draft, and its dates, cannot be
/// changed afterwards, and nothing is patched. Attachments are <see cref="AttachmentPlanner"/>'s.
/// </summary>
internal sealed class MessageWriter(MessageDetail detail, LossList losses)
{
    private const int LongestSubject = 255;

    /// <summary>The flags a create takes; what the service computes itself is left to it.</summary>
    private const MessageFlags Writable = MessageFlags.Read | MessageFlags.Unsent;

    /// <summary>The message without attachments.</summary>
    /// <param name="item">The item.</param>
    /// <param name="body">Its body.</param>
    /// <param name="provenance">Stored with it; null for a message inside another.</param>
    public Message Write(MapiItem item, MessageBody body, ItemProvenance? provenance)
    {
        PropertyBag p = item.Properties;
        ExtendedPropertyList extended = new(losses);
        if (provenance is not null)
        {
            Provenance.Write(extended, provenance);
        }

        extended.AddOwn(PropertyTags.MessageFlags, PropertyValue.FromInt32(Flags(item)));
        Message message = new()
        {
            Subject = Subject(item, extended),
            Body = body.Model,
            Importance = p.GetInt32(PropertyTags.Importance) switch { 0 => Importance.Low, 2 => Importance.High, _ => Importance.Normal },
            IsRead = (item.Flags & MessageFlags.Read) != 0,
        };
        // A field set to null is sent as null, which is not the same as left out.
        if (Categories(p) is List<string> categories)
        {
            message.Categories = categories;
        }

        if (MessageFlag.Write(p) is FollowupFlag flag)
        {
            message.Flag = flag;
        }

        if (MessageId(p) is string id)
        {
            message.InternetMessageId = id;
        }

        MessageParties.Write(message, item, detail == MessageDetail.Full, losses);
        WriteClass(item, extended);
        WriteProperties(p, extended);
        UnstatedFields.Write(p, extended);
        WriteReceipts(p);
        extended.AddCarried(ExtendedPropertyReader.MessageIds);
        message.SingleValueExtendedProperties = extended.Single;
        if (extended.Multiple.Count > 0)
        {
            message.MultiValueExtendedProperties = extended.Multiple;
        }

        return message;
    }

    /// <summary>The Message-ID as the service takes it; null where there is none.</summary>
    public static string? MessageId(PropertyBag p) =>
        p.GetString(PropertyTags.InternetMessageId) is { } id && GraphText.Clean(id).Trim() is { Length: > 0 and <= 998 } clean ? clean : null;

    /// <summary>The categories of an item; null where it has none.</summary>
    public static List<string>? Categories(PropertyBag p) =>
        p.GetStrings(PropertyNames.Keywords) is { Count: > 0 } names
            ? [.. names.Select(n => GraphText.Shorten(GraphText.Clean(n).Trim(), LongestSubject)).Where(n => n.Length > 0).Distinct()]
            : null;

    /// <summary>The class an item has once it is written.</summary>
    public static string ClassOf(MapiItem item) => CarriesClass(item) ? GraphText.Clean(item.MessageClass).ToUpperInvariant() : "IPM.NOTE";

    /// <summary>Whether a class travels as the extended property 0x001A.</summary>
    /// <remarks>Meeting mail does not: as a plain message it can touch no calendar and answer nobody.</remarks>
    private static bool CarriesClass(MapiItem item) => !string.Equals(item.MessageClass, "IPM.Note", System.StringComparison.OrdinalIgnoreCase)
        && (item.IsOfClass("IPM.Note") || item.IsOfClass("IPM.Post") || item.IsOfClass("REPORT"));

    private static int Flags(MapiItem item)
    {
        MessageFlags flags = item.Flags & Writable;
        // Zero is not known to be taken as "no draft" everywhere; submitted is, and says no more than that it was sent.
        return (int)(flags == MessageFlags.None ? MessageFlags.Submitted : flags);
    }

    private string Subject(MapiItem item, ExtendedPropertyList extended)
    {
        string original = item.Subject;
        // Outlook stores the length of the prefix in front: U+0001 and one more character.
        string subject = GraphText.Clean(original.Length >= 2 && original[0] == '\u0001' ? original[2..] : original);
        if (subject.Length <= LongestSubject)
        {
            return subject;
        }

        extended.AddOwn(MailboxPropertyNames.Subject, PropertyValue.FromString(GraphText.Shorten(subject, 20_000)));
        losses.Add(LossKind.TextChanged, "Subject");
        return GraphText.Shorten(subject, LongestSubject);
    }

    private void WriteClass(MapiItem item, ExtendedPropertyList extended)
    {
        if (string.Equals(item.MessageClass, "IPM.Note", System.StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        if (CarriesClass(item) && detail != MessageDetail.Essential)
        {
            extended.AddOwn(PropertyTags.MessageClass, PropertyValue.FromString(GraphText.Clean(item.MessageClass)));
        }
        else
        {
            losses.Add(LossKind.MessageClass, item.MessageClass);
        }

        if (item.IsOfClass("IPM.Note.SMIME") || item.IsOfClass("IPM.Note.Secure"))
        {
            losses.Add(LossKind.Signature, item.MessageClass);
        }
    }

    private void WriteProperties(PropertyBag p, ExtendedPropertyList extended)
    {
        bool hasHeaders = p.TryGet(PropertyTags.TransportMessageHeaders, out PropertyValue headers) && headers.Type is not PropertyType.Null;
        foreach (KeyValuePair<PropertyKey, PropertyValue> property in p)
        {
            PropertyCarriage carriage = CarriedProperties.Of(property.Key, hasHeaders);
            if (carriage == PropertyCarriage.Extended && CarriedProperties.IsWithin(property.Key, detail))
            {
                extended.Add(property.Key, property.Value);
            }
            else if (carriage != PropertyCarriage.Implied)
            {
                extended.AddLoss(property.Key);
            }
        }
    }

    private void WriteReceipts(PropertyBag p)
    {
        if (p.GetBoolean(PropertyTags.ReadReceiptRequested) == true)
        {
            losses.Add(LossKind.ReceiptDisarmed, "ReadReceipt");
        }

        if (p.GetBoolean(new PropertyKey(0x0023)) == true)
        {
            losses.Add(LossKind.ReceiptDisarmed, "DeliveryReport");
        }
    }
}
