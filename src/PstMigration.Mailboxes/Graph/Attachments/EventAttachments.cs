using Microsoft.Graph.Models;

namespace PstMigration.Mailboxes;

/// <summary>The attachments of a calendar item.</summary>
internal sealed class EventAttachments(GraphClient client, string eventId) : ItemAttachments(client)
{
    /// <inheritdoc/>
    public override IAsyncEnumerable<Attachment> ReadAsync(string[] fields, CancellationToken cancellationToken)
    {
        var attachments = Client.User.Events[eventId].Attachments;
        return Paging.ReadAsync<AttachmentCollectionResponse, Attachment>(
            () => attachments.GetAsync(c => (c.QueryParameters.Select, c.QueryParameters.Top) = (fields, PageSize), cancellationToken),
            link => attachments.WithUrl(link).GetAsync(cancellationToken: cancellationToken),
            page => page.Value,
            cancellationToken);
    }

    /// <inheritdoc/>
    public override Task<Attachment?> GetWithItemAsync(string id, CancellationToken cancellationToken) => GraphErrors.CallAsync(
        () => Client.User.Events[eventId].Attachments[id].GetAsync(c => c.QueryParameters.Expand = ["microsoft.graph.itemAttachment/item"], cancellationToken));

    /// <inheritdoc/>
    public override Task<Stream> OpenAsync(string id, CancellationToken cancellationToken) =>
        Client.OpenValueAsync(Client.User.Events[eventId].Attachments[id].ToGetRequestInformation(), cancellationToken);

    /// <inheritdoc/>
    public override Task PostAsync(Attachment attachment, CancellationToken cancellationToken) =>
        GraphErrors.CallAsync(() => Client.User.Events[eventId].Attachments.PostAsync(attachment, cancellationToken: cancellationToken));

    /// <inheritdoc/>
    public override Task<UploadSession?> OpenUploadAsync(AttachmentItem attachment, CancellationToken cancellationToken) => GraphErrors.CallAsync(
        () => Client.User.Events[eventId].Attachments.CreateUploadSession.PostAsync(new() { AttachmentItem = attachment }, cancellationToken: cancellationToken));
}
