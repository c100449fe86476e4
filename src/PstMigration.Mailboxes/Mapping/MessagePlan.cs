using System.Text;
using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>A message ready to be created, and the attachments that follow because they do not fit the create.</summary>
/// <param name="Message">The create.</param>
/// <param name="Inside">The attachments inside the create.</param>
/// <param name="Following">The attachments to add after it.</param>
/// <param name="Losses">What is lost.</param>
internal sealed record MessagePlan(Message Message, IReadOnlyList<PlannedAttachment> Inside, IReadOnlyList<PlannedAttachment> Following, IReadOnlyList<ItemLoss> Losses)
    : ItemPlan(Losses)
{
    /// <inheritdoc/>
    public override int PartCount => Following.Count == 0 ? 0 : Inside.Count + Following.Count;

    /// <inheritdoc/>
    public override List<SingleValueLegacyExtendedProperty> Extended => Message.SingleValueExtendedProperties!;

    /// <inheritdoc/>
    public override string? MessageId => Message.InternetMessageId;

    /// <summary>Plans an item.</summary>
    /// <param name="item">A mail item.</param>
    /// <param name="provenance">Stored with it.</param>
    /// <param name="detail">How much of it.</param>
    /// <param name="measure">The size of a model's JSON.</param>
    public static MessagePlan Create(MapiItem item, ItemProvenance provenance, MessageDetail detail, Func<OutlookItem, long> measure)
    {
        LossList losses = new();
        losses.AddAll(item);
        MessageBody body = MessageBody.Read(item, canAttach: true, losses);
        Message message = new MessageWriter(detail, losses).Write(item, body, provenance);
        string? html = message.Body?.ContentType == BodyType.Html ? message.Body.Content : null;
        List<PlannedAttachment> attachments = new AttachmentPlanner(detail, measure, losses).Plan(item, html);
        attachments.AddRange(body.Pictures.Select(Picture));
        if (body.Whole is PlannedAttachment whole)
        {
            attachments.Insert(0, whole);
        }

        long size = measure(message);
        if (size > SizeLimits.Json - 100_000)
        {
            attachments.Insert(0, MoveBody(message.Body!, item, losses));
            size = measure(message);
        }

        List<PlannedAttachment> inside = [];
        List<PlannedAttachment> following = [];
        foreach (PlannedAttachment attachment in attachments)
        {
            bool fits = attachment.FitsJson && size + attachment.JsonSize <= SizeLimits.Json;
            (fits ? inside : following).Add(attachment);
            size += fits ? attachment.JsonSize : 0;
        }

        if (inside.Count > 0)
        {
            message.Attachments = [.. inside.Select(a => a.ToModel())];
        }

        if (following.Count > 0)
        {
            message.SingleValueExtendedProperties!.Add(new SingleValueLegacyExtendedProperty
            {
                Id = Provenance.AttachmentCountId,
                Value = GraphPropertyText.TryWrite(PropertyValue.FromInt32(attachments.Count)),
            });
        }

        return new MessagePlan(message, inside, following, losses.ToList());
    }

    /// <summary>A picture of an RTF body.</summary>
    public static PlannedAttachment Picture(RtfPicture picture) => new(picture.ContentId.Split('@')[0] + Extension(picture.MimeType), BinarySource.FromBytes(picture.Data))
    {
        ContentType = picture.MimeType,
        ContentId = picture.ContentId,
        IsInline = true,
    };

    private static string Extension(string mimeType) => mimeType switch
    {
        "image/jpeg" => ".jpg",
        _ when mimeType.StartsWith("image/x-", StringComparison.Ordinal) => "." + mimeType["image/x-".Length..],
        _ => "." + mimeType[(mimeType.IndexOf('/') + 1)..],
    };

    /// <summary>A body too large for any request becomes a file, whole; the item shows how it begins.</summary>
    public static PlannedAttachment MoveBody(Microsoft.Graph.Models.ItemBody body, MapiItem item, LossList losses)
    {
        bool isHtml = body.ContentType == BodyType.Html;
        byte[] bytes = Encoding.UTF8.GetBytes(body.Content ?? "");
        string text = isHtml ? GraphText.Clean(BodyText.ReadPlainText(item)) : body.Content ?? "";
        (body.ContentType, body.Content) = (BodyType.Text, GraphText.Shorten(text, MessageBody.ShownText));
        losses.Add(LossKind.TextChanged, "Body");
        return new PlannedAttachment(isHtml ? "body.html" : "body.txt", BinarySource.FromBytes(bytes))
        {
            ContentType = isHtml ? "text/html; charset=utf-8" : "text/plain; charset=utf-8",
        };
    }
}
