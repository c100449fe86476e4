using System.Net.Http;

namespace PstMigration.Mailboxes;

/// <summary>
/// One try with a time limit. It is over when the whole answer is here, so that an answer that breaks off counts as no answer;
/// only an attachment's bytes are passed on as they come.
/// </summary>
internal sealed class AttemptHandler(TimeSpan limit, TimeProvider clock) : DelegatingHandler
{
    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using CancellationTokenSource timeout = clock.CreateCancellationTokenSource(limit);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            HttpResponseMessage response = await base.SendAsync(request, either.Token).ConfigureAwait(false);
            if (!RequestTraits.IsStreamed(request))
            {
                await BufferAsync(response, either.Token).ConfigureAwait(false);
            }

            return response;
        }
        catch (OperationCanceledException e) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException(MailboxException.Format(Strings.NoAnswer, (int)limit.TotalSeconds), e);
        }
    }

    private async Task BufferAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content is not HttpContent content)
        {
            return;
        }

        try
        {
            await content.LoadIntoBufferAsync().WaitAsync(Timeout.InfiniteTimeSpan, clock, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}
