using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>
/// One upload session: pieces in order, and after an interruption on from the byte the service says it expects next. A service that does not say so gets the piece in doubt
/// once more: refused as out of order, it had arrived. A session that is given up is cancelled.
/// </summary>
/// <param name="client">Sends.</param>
/// <param name="address">The session's address, which is its own secret.</param>
/// <param name="content">The attachment.</param>
/// <param name="length">Its bytes.</param>
internal sealed class AttachmentUpload(GraphClient client, Uri address, BinarySource content, long length)
{
    /// <summary>Interruptions without a byte of progress after which the session is given up.</summary>
    private const int MostStalls = 5;

    private static readonly TimeSpan s_cancelLimit = TimeSpan.FromSeconds(5);
    private readonly BackOff _afterStall = new(TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(1));

    /// <summary>Sends everything.</summary>
    /// <exception cref="UploadBrokenException">The session has come to nothing, or has come to its end unseen: its item knows.</exception>
    public async Task SendAsync(CancellationToken cancellationToken)
    {
        try
        {
            await SendPiecesAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (IsOpen(e))
        {
            await CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task SendPiecesAsync(CancellationToken cancellationToken)
    {
        using PieceReader pieces = new(content, (int)Math.Min(SizeLimits.Chunk, length));
        long furthest = 0;
        int stalls = 0;

        // Whether the service said neither that the piece before arrived nor what it expects.
        bool inDoubt = false;
        for (long at = 0; at < length;)
        {
            int count = await pieces.ReadAsync(at, (int)Math.Min(SizeLimits.Chunk, length - at), cancellationToken).ConfigureAwait(false);
            (PieceFate fate, long? expected) = await PutAsync(pieces.Bytes, at, count, cancellationToken).ConfigureAwait(false);
            if (fate == PieceFate.Last)
            {
                return;
            }

            expected ??= await AskAsync(cancellationToken).ConfigureAwait(false);
            bool wasInDoubt = inDoubt;
            inDoubt = expected is null && fate == PieceFate.Unknown;
            at = expected ?? (inDoubt ? at : wasInDoubt ? at + count : throw new UploadBrokenException((int)HttpStatusCode.RequestedRangeNotSatisfiable, null));
            if (at > furthest)
            {
                (furthest, stalls) = (at, 0);
            }
            else if (++stalls == MostStalls)
            {
                throw new UploadBrokenException(0, null);
            }
            else
            {
                await client.Clock.Delay(_afterStall.After(stalls), cancellationToken).ConfigureAwait(false);
            }
        }

        // Everything is there, and nobody said that it was made an attachment.
        throw new UploadBrokenException(0, null);
    }

    /// <summary>Sends a piece.</summary>
    /// <returns>What became of it, and the byte that is expected next where the service says so.</returns>
    private async Task<(PieceFate Fate, long? Expected)> PutAsync(byte[] bytes, long at, int count, CancellationToken cancellationToken)
    {
        using SessionRequest request = new(HttpMethod.Put, address) { Content = new ByteArrayContent(bytes, 0, count) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        request.Content.Headers.ContentRange = new ContentRangeHeaderValue(at, at + count - 1, length);
        try
        {
            using HttpResponseMessage response = await SendAsync(request, cancellationToken).ConfigureAwait(false);
            return response.StatusCode == HttpStatusCode.Created ? (PieceFate.Last, null)
                : response.IsSuccessStatusCode ? (PieceFate.Unknown, await UploadStatus.ReadAsync(response, length).ConfigureAwait(false))
                : response.StatusCode is HttpStatusCode.RequestedRangeNotSatisfiable or HttpStatusCode.Conflict ? (PieceFate.Refused, null)
                : throw Broken(response);
        }
        catch (AmbiguousResponseException)
        {
            return (PieceFate.Unknown, null);
        }
    }

    /// <summary>Asks which byte is expected next; null where the service does not answer that.</summary>
    /// <exception cref="UploadBrokenException">There is no such session any more.</exception>
    private async Task<long?> AskAsync(CancellationToken cancellationToken)
    {
        using SessionRequest request = new(HttpMethod.Get, address);
        using HttpResponseMessage response = await SendAsync(request, cancellationToken).ConfigureAwait(false);
        return response.IsSuccessStatusCode ? await UploadStatus.ReadAsync(response, length).ConfigureAwait(false)
            : response.StatusCode is HttpStatusCode.MethodNotAllowed or HttpStatusCode.BadRequest or HttpStatusCode.NotImplemented ? null
            : throw Broken(response);
    }

    private async Task<HttpResponseMessage> SendAsync(SessionRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await client.Http.SendAsync(request, cancellationToken).ConfigureAwait(false);
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

    /// <summary>Whether the session is still there after an error, and the service can be told that it is no longer wanted.</summary>
    private static bool IsOpen(Exception e) => e is not UploadBrokenException { IsGone: true }
        && (e as MailDataException)?.Error != MailboxErrorIds.MailboxUnreachable
        && (e as MailDataException)?.Error != MailboxErrorIds.MailboxDisconnected;

    /// <summary>Tells the service, also where the run was stopped, but does not wait long for it: the session expires by itself.</summary>
    private async Task CancelAsync()
    {
        using CancellationTokenSource limit = client.Clock.CreateCancellationTokenSource(s_cancelLimit);
        try
        {
            using SessionRequest request = new(HttpMethod.Delete, address);
            using HttpResponseMessage response = await client.Http.SendAsync(request, limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is MailboxException or OperationCanceledException)
        {
            // What ended the upload is what matters.
        }
    }

    private enum PieceFate
    {
        /// <summary>It may be there: what is expected next tells, and where the answer does not say that, it may have come from somewhere on the way.</summary>
        Unknown,

        /// <summary>The service expects another one.</summary>
        Refused,

        /// <summary>It is there, and the attachment is made.</summary>
        Last,
    }
}
