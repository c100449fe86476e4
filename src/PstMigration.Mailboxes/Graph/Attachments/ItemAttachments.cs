using Microsoft.Graph.Models;

namespace PstMigration.Mailboxes;

/// <summary>The attachments of one item of the service.</summary>
internal abstract class ItemAttachments(GraphClient client)
{
    /// <summary>Attachments a list gives at once.</summary>
    protected const int PageSize = 100;

    /// <summary>The client.</summary>
    public GraphClient Client { get; } = client;

    /// <summary>Their names, in the service's order.</summary>
    public async Task<List<string>> ReadNamesAsync(CancellationToken cancellationToken)
    {
        List<string> names = [];
        await foreach (Attachment attachment in ReadAsync(["id", "name"], cancellationToken).ConfigureAwait(false))
        {
            names.Add(attachment.Name ?? "");
        }

        return names;
    }

    /// <summary>All of them with the given fields, without their bytes.</summary>
    public abstract IAsyncEnumerable<Attachment> ReadAsync(string[] fields, CancellationToken cancellationToken);

    /// <summary>One with the item in it, if it has one.</summary>
    public abstract Task<Attachment?> GetWithItemAsync(string id, CancellationToken cancellationToken);

    /// <summary>The bytes of one, as they come.</summary>
    public abstract Task<Stream> OpenAsync(string id, CancellationToken cancellationToken);

    /// <summary>Adds a small one.</summary>
    public abstract Task PostAsync(Attachment attachment, CancellationToken cancellationToken);

    /// <summary>Opens an upload session.</summary>
    public abstract Task<UploadSession?> OpenUploadAsync(AttachmentItem attachment, CancellationToken cancellationToken);
}
