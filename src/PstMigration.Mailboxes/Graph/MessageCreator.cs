using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>Writes mail items: one create with everything, then the attachments that did not fit. No half item stays.</summary>
internal sealed class MessageCreator(GraphClient client, GraphCopies copies, GivenBack givenBack) : ItemCreator<MessagePlan, Message>(GraphFolderKind.Mail, client, copies, givenBack)
{
    private readonly CreateAudit _audit = new(client);

    /// <inheritdoc/>
    protected override ItemPlan Plan(MapiItem item, ItemProvenance provenance, MessageDetail detail) => MessagePlan.Create(item, provenance, detail, Client.MeasureJson);

    /// <inheritdoc/>
    protected override Task<Message?> PostAsync(string folderId, MessagePlan plan, CancellationToken cancellationToken) =>
        Client.User.MailFolders[folderId].Messages.PostAsync(plan.Message, cancellationToken: cancellationToken);

    /// <inheritdoc/>
    protected override Task<WriteResult?> AddPartsAsync(GraphCopy made, MessagePlan plan, bool isBegun, List<ItemLoss> late, CancellationToken cancellationToken) =>
        AddAttachmentsAsync(
            new MessageAttachments(Client, made.Id), isBegun ? [.. plan.Inside, .. plan.Following] : plan.Following, plan.Inside.Count, isBegun, cancellationToken);

    /// <inheritdoc/>
    protected override MessageDetail Less(MessageDetail detail) => detail + 1;

    /// <inheritdoc/>
    protected override IReadOnlyList<ItemLoss> Predict(MessagePlan plan) => _audit.Predict(plan.Message);

    /// <inheritdoc/>
    protected override Task<IReadOnlyList<ItemLoss>> CompareAsync(MessagePlan plan, GraphCopy made, Message? answer, CancellationToken cancellationToken) =>
        _audit.CompareAsync(plan.Message, made.Id, answer, cancellationToken);
}
