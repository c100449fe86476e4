using System.Net.Http;

namespace PstMigration.Mailboxes;

/// <summary>
/// One try with a time limit. It is over when the whole answer is here, so that an answer that breaks off counts as no answer. Only what is streamed, if it is given at all, is passed on as it comes,
/// and then the limit is that of each wait for the next bytes.
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
            await ReceiveAsync(response, isStreamed: response.IsSuccessStatusCode && RequestTraits.IsStreamed(request), either.Token).ConfigureAwait(false);
            return response;
        }
        catch (OperationCanceledException e) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException(MailboxException.Format(Strings.NoAnswer, (int)limit.TotalSeconds), e);
        }
    }

    private async Task ReceiveAsync(HttpResponseMessage response, bool isStreamed, CancellationToken cancellationToken)
    {
        if (response.Content is not HttpContent content)
        {
            return;
        }

        try
        {
            if (isStreamed)
            {
                response.Content = await StreamAsync(content).WaitAsync(Timeout.InfiniteTimeSpan, clock, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await content.LoadIntoBufferAsync().WaitAsync(Timeout.InfiniteTimeSpan, clock, cancellationToken).ConfigureAwait(false);
            }
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private async Task<HttpContent> StreamAsync(HttpContent content)
    {
        StreamContent streamed = new(new PatientStream(await content.ReadAsStreamAsync().ConfigureAwait(false), limit, clock));
        foreach (KeyValuePair<string, IEnumerable<string>> header in content.Headers)
        {
            streamed.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        return streamed;
    }
}
