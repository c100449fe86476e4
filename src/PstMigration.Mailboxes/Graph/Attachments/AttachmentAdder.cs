using System.Net.Http;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.Graph.Models;

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
            catch (Exception e) when (MayHaveArrived(e) && attempt < Tries)
            {
                List<string> names = await attachments.ReadNamesAsync(cancellationToken).ConfigureAwait(false);
                if (names.Count > before)
                {
                    return;
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

        try
        {
            await SendChunksAsync(address, attachment, cancellationToken).ConfigureAwait(false);
        }
        catch (UploadBrokenException)
        {
            await CancelAsync(address, cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    private async Task SendChunksAsync(Uri address, PlannedAttachment attachment, CancellationToken cancellationToken)
    {
        long length = attachment.Content!.Measure(cancellationToken);
        byte[] chunk = new byte[(int)Math.Min(SizeLimits.Chunk, length)];
        using Stream content = attachment.Content.OpenRead();
        for (long offset = 0; offset < length;)
        {
            int count = await FillAsync(content, chunk, (int)Math.Min(chunk.Length, length - offset), cancellationToken).ConfigureAwait(false);
            using SessionRequest request = new(HttpMethod.Put, address) { Content = new ByteArrayContent(chunk, 0, count) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            request.Content.Headers.ContentRange = new ContentRangeHeaderValue(offset, offset + count - 1, length);
            using HttpResponseMessage response = await SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                throw Broken(response);
            }

            offset += count;
        }
    }

    private async Task<HttpResponseMessage> SendAsync(SessionRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await attachments.Client.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        }
        catch (MailboxException e) when (e.Error == MailboxErrorIds.RedirectRefused)
        {
            throw new UploadBrokenException(0, e);
        }
    }

    private static Exception Broken(HttpResponseMessage response) => response.StatusCode switch
    {
        // These end the run; the rest may be this session's trouble alone.
        (HttpStatusCode)507 => GraphErrors.FromStatus(507, "", response.ReasonPhrase ?? "", null),
        _ => new UploadBrokenException((int)response.StatusCode, null),
    };

    private async Task CancelAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            using SessionRequest request = new(HttpMethod.Delete, address);
            using HttpResponseMessage response = await attachments.Client.Http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (MailboxException)
        {
            // The session expires by itself.
        }
    }

    private static async Task<int> FillAsync(Stream content, byte[] chunk, int wanted, CancellationToken cancellationToken)
    {
        int filled = 0;
        while (filled < wanted)
        {
            int read = await content.ReadAsync(chunk, filled, wanted - filled, cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                throw new EndOfStreamException("The attachment ends before its stated length.");
            }

            filled += read;
        }

        return filled;
    }
}
