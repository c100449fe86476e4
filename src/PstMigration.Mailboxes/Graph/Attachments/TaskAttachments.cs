using System.Runtime.CompilerServices;
using Microsoft.Graph.Models;

namespace PstMigration.Mailboxes;

/// <summary>The files of a task. To Do's attachments are of a type of their own; here they look like those of mail.</summary>
internal sealed class TaskAttachments(GraphClient client, string listId, string taskId) : ItemAttachments(client)
{
    /// <inheritdoc/>
    public override async IAsyncEnumerable<Attachment> ReadAsync(string[] fields, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var attachments = Client.User.Todo.Lists[listId].Tasks[taskId].Attachments;
        IAsyncEnumerable<AttachmentBase> all = Paging.ReadAsync<AttachmentBaseCollectionResponse, AttachmentBase>(
            () => attachments.GetAsync(c => c.QueryParameters.Top = PageSize, cancellationToken),
            link => attachments.WithUrl(link).GetAsync(cancellationToken: cancellationToken),
            page => page.Value,
            cancellationToken);
        await foreach (AttachmentBase attachment in all.ConfigureAwait(false))
        {
            yield return new FileAttachment
            {
                Id = attachment.Id,
                Name = attachment.Name,
                ContentType = attachment.ContentType,
                Size = attachment.Size,
                LastModifiedDateTime = attachment.LastModifiedDateTime,
            };
        }
    }

    /// <summary>There are no items in tasks.</summary>
    public override Task<Attachment?> GetWithItemAsync(string id, CancellationToken cancellationToken) => Task.FromResult<Attachment?>(null);

    /// <inheritdoc/>
    public override Task<Stream> OpenAsync(string id, CancellationToken cancellationToken) =>
        Client.OpenValueAsync(Client.User.Todo.Lists[listId].Tasks[taskId].Attachments[id].ToGetRequestInformation(), cancellationToken);

    /// <inheritdoc/>
    public override Task PostAsync(Attachment attachment, CancellationToken cancellationToken)
    {
        FileAttachment file = attachment as FileAttachment ?? throw new ArgumentException("Tasks take files only.", nameof(attachment));
        TaskFileAttachment body = new()
        {
            Name = file.Name,
            ContentType = file.ContentType ?? "application/octet-stream",
            ContentBytes = file.ContentBytes,
            Size = file.ContentBytes?.Length ?? 0,
        };
        return GraphErrors.CallAsync(() => Client.User.Todo.Lists[listId].Tasks[taskId].Attachments.PostAsync(body, cancellationToken: cancellationToken));
    }

    /// <summary>Only files that fit one request are planned for tasks.</summary>
    public override Task<UploadSession?> OpenUploadAsync(AttachmentItem attachment, CancellationToken cancellationToken) => throw new NotSupportedException();
}
