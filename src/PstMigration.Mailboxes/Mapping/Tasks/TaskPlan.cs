using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>A task ready to be created, and its files, which follow.</summary>
/// <param name="Task">The create.</param>
/// <param name="Files">The files.</param>
/// <param name="Losses">What is lost.</param>
internal sealed record TaskPlan(TodoTask Task, IReadOnlyList<PlannedAttachment> Files, IReadOnlyList<ItemLoss> Losses) : ItemPlan(Losses)
{
    /// <inheritdoc/>
    public override int PartCount => Files.Count;

    /// <summary>What is stored with it, see <see cref="TaskExtension"/>.</summary>
    public override List<SingleValueLegacyExtendedProperty> Extended { get; } = [];

    /// <summary>Plans an item.</summary>
    public static TaskPlan Create(MapiItem item, ItemProvenance provenance, MessageDetail detail)
    {
        LossList losses = new();
        losses.AddAll(item);
        List<PlannedAttachment> files = [];
        foreach (PlannedAttachment attachment in new AttachmentPlanner(detail, _ => long.MaxValue / 2, losses).Plan(item, null))
        {
            // To Do takes files of less than 3 MB in one request.
            if (attachment.Content is not null && attachment.FitsJson)
            {
                files.Add(attachment);
            }
            else
            {
                losses.Add(LossKind.AttachmentTooLarge, attachment.Name);
            }
        }

        ExtendedPropertyList stored = new(losses);
        Provenance.Write(stored, provenance);
        TodoTask task = new TaskWriter(item, detail, losses).Write(stored);
        if (files.Count > 0)
        {
            stored.Single.Add(new SingleValueLegacyExtendedProperty { Id = Provenance.AttachmentCountId, Value = GraphPropertyText.TryWrite(PropertyValue.FromInt32(files.Count)) });
        }

        TaskPlan plan = new(task, files, losses.ToList());
        plan.Extended.AddRange(stored.Single);
        return plan;
    }
}
