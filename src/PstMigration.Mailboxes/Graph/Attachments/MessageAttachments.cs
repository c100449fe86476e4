using Microsoft.Graph.Models;

namespace PstMigration.Mailboxes;

/// <summary>The attachments of a message.</summary>
internal sealed class MessageAttachments(GraphClient client, string messageId) : ItemAttachments(client)
{
    /// <inheritdoc/>
    public override IAsyncEnumerable<Attachment> ReadAsync(string[] fields, CancellationToken cancellationToken)
    {
        var attachments = Client.User.Messages[messageId].Attachments;
        return Paging.ReadAsync<AttachmentCollectionResponse, Attachment>(
            () => attachments.GetAsync(c => (c.QueryParameters.Select, c.QueryParameters.Top) = (fields, PageSize), cancellationToken),
            link => attachments.WithUrl(link).GetAsync(cancellationToken: cancellationToken),
            page => page.Value,
            cancellationToken);
    }

    /// <inheritdoc/>
    public override Task<Attachment?> GetWithItemAsync(string id, CancellationToken cancellationToken) => GraphErrors.CallAsync(
        () => Client.User.Messages[messageId].Attachments[id].GetAsync(c => c.QueryParameters.Expand = ["microsoft.graph.itemAttachment/item"], cancellationToken));

    /// <inheritdoc/>
    public override Task<Stream> OpenAsync(string id, CancellationToken cancellationToken) =>
        Client.OpenValueAsync(Client.User.Messages[messageId].Attachments[id].ToGetRequestInformation(), cancellationToken);

    /// <inheritdoc/>
    public override Task PostAsync(Attachment attachment, CancellationToken cancellationToken) =>
        GraphErrors.CallAsync(() => Client.User.Messages[messageId].Attachments.PostAsync(attachment, cancellationToken: cancellationToken));

    /// <inheritdoc/>
    public override Task<UploadSession?> OpenUploadAsync(AttachmentItem attachment, CancellationToken cancellationToken) => GraphErrors.CallAsync(
        () => Client.User.Messages[messageId].Attachments.CreateUploadSession.PostAsync(new() { AttachmentItem = attachment }, cancellationToken: cancellationToken));
}
