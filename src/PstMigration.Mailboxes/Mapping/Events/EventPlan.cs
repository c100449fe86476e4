using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>A calendar item ready to be created, and what follows: the occurrences that differ, and the attachments.</summary>
/// <param name="Event">The create.</param>
/// <param name="Exceptions">The occurrences that differ.</param>
/// <param name="Attachments">The attachments.</param>
/// <param name="Losses">What is lost.</param>
internal sealed record EventPlan(Event Event, IReadOnlyList<EventException> Exceptions, IReadOnlyList<PlannedAttachment> Attachments, IReadOnlyList<ItemLoss> Losses)
    : ItemPlan(Losses)
{
    /// <inheritdoc/>
    public override int PartCount => Exceptions.Count + Attachments.Count;

    /// <inheritdoc/>
    public override List<SingleValueLegacyExtendedProperty> Extended => Event.SingleValueExtendedProperties!;

    /// <summary>Plans an item.</summary>
    /// <param name="item">A calendar item.</param>
    /// <param name="provenance">Stored with it.</param>
    /// <param name="detail">How much of it.</param>
    /// <param name="measure">The size of a model's JSON.</param>
    /// <exception cref="MailDataException">It does not say when it is.</exception>
    public static EventPlan Create(MapiItem item, ItemProvenance provenance, MessageDetail detail, Func<OutlookItem, long> measure)
    {
        LossList losses = new();
        losses.AddAll(item);
        MessageBody body = MessageBody.Read(item, canAttach: true, losses);
        EventWriter writer = new(item, detail, losses);
        Event model = writer.Write(body, provenance);
        MapiItem bare = new(item.Properties, item.Recipients, item.Attachments.Where(a => !OccurrenceItems.IsOne(a)));
        string? html = model.Body?.ContentType == BodyType.Html ? model.Body.Content : null;
        List<PlannedAttachment> attachments = new AttachmentPlanner(detail, measure, losses).Plan(bare, html);
        attachments.AddRange(body.Pictures.Select(MessagePlan.Picture));
        if (measure(model) > SizeLimits.Json - 100_000)
        {
            attachments.Insert(0, MessagePlan.MoveBody(model.Body!, item, losses));
        }

        IReadOnlyList<EventException> exceptions = writer.Exceptions();
        EventPlan plan = new(model, exceptions, attachments, losses.ToList());
        if (plan.PartCount > 0)
        {
            model.SingleValueExtendedProperties!.Add(new SingleValueLegacyExtendedProperty
            {
                Id = Provenance.AttachmentCountId,
                Value = GraphPropertyText.TryWrite(PropertyValue.FromInt32(plan.PartCount)),
            });
        }

        return plan;
    }
}
