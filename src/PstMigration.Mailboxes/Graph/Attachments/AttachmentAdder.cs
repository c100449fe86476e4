using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>Adds attachments to an existing item: small ones in one request, large ones through an upload session.</summary>
internal sealed class AttachmentAdder(ItemAttachments attachments)
{
    private const int Tries = 2;

    /// <summary>Adds one. After a lost answer the item is asked whether it arrived before anything is sent again.</summary>
    /// <param name="attachment">What to add.</param>
    /// <param name="before">How many attachments the item has.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task AddAsync(PlannedAttachment attachment, int before, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await SendAsync(attachment, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (Exception e) when (MayHaveArrived(e))
            {
                List<string> names = await attachments.ReadNamesAsync(cancellationToken).ConfigureAwait(false);
                if (names.Count > before)
                {
                    return;
                }

                if (attempt == Tries)
                {
                    throw;
                }
            }
        }
    }

    private async Task SendAsync(PlannedAttachment attachment, CancellationToken cancellationToken)
    {
        if (attachment.FitsJson)
        {
            await PostAsync(attachment, cancellationToken).ConfigureAwait(false);
            return;
        }

        try
        {
            await UploadAsync(attachment, cancellationToken).ConfigureAwait(false);
        }
        catch (GraphRequestException e) when (e.Status == 400 && attachment.Content!.Measure(cancellationToken) < SizeLimits.UploadSession)
        {
            // The two ways are documented to meet at "3 MB"; whichever is meant, one of them takes it.
            await PostAsync(attachment, cancellationToken).ConfigureAwait(false);
        }
    }

    private Task PostAsync(PlannedAttachment attachment, CancellationToken cancellationToken) => attachments.PostAsync(attachment.ToModel(), cancellationToken);

    private static bool MayHaveArrived(Exception exception) =>
        exception is AmbiguousResponseException or UploadBrokenException or BadAnswerException;

    private async Task UploadAsync(PlannedAttachment attachment, CancellationToken cancellationToken)
    {
        UploadSession? session = await attachments.OpenUploadAsync(attachment.ToUpload(), cancellationToken).ConfigureAwait(false);
        if (!Uri.TryCreate(session?.UploadUrl, UriKind.Absolute, out Uri? address) || !attachments.Client.MayUploadTo(address))
        {
            throw new UploadBrokenException(0, null);
        }

        BinarySource content = attachment.Content!;
        await new AttachmentUpload(attachments.Client, address, content, content.Measure(cancellationToken)).SendAsync(cancellationToken).ConfigureAwait(false);
    }
}
