using Microsoft.Graph.Models;

namespace PstMigration.Mailboxes;

/// <summary>Lists the attachments of a message without their bytes.</summary>
internal static class MessageAttachments
{
    private const int PageSize = 100;

    /// <summary>Their names, in the service's order.</summary>
    public static async Task<List<string>> ReadNamesAsync(GraphClient client, string messageId, CancellationToken cancellationToken)
    {
        List<string> names = [];
        await foreach (Attachment attachment in ReadAsync(client, messageId, ["id", "name"], cancellationToken).ConfigureAwait(false))
        {
            names.Add(attachment.Name ?? "");
        }

        return names;
    }

    /// <summary>All of them with the given fields.</summary>
    public static IAsyncEnumerable<Attachment> ReadAsync(GraphClient client, string messageId, string[] fields, CancellationToken cancellationToken)
    {
        var attachments = client.User.Messages[messageId].Attachments;
        return Paging.ReadAsync<AttachmentCollectionResponse, Attachment>(
            () => attachments.GetAsync(
                c =>
                {
                    c.QueryParameters.Select = fields;
                    c.QueryParameters.Top = PageSize;
                },
                cancellationToken),
            link => attachments.WithUrl(link).GetAsync(cancellationToken: cancellationToken),
            page => page.Value,
            cancellationToken);
    }
}
