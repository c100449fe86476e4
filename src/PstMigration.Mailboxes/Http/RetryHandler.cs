using System.Net;
using System.Net.Http;

namespace PstMigration.Mailboxes;

/// <summary>
/// The only place that sends a request again. What may be repeated is, after 429, 5xx and broken connections. A POST that
/// makes something is sent again after 429 or when no connection was made; after anything else it ends in an
/// <see cref="AmbiguousResponseException"/>, and whoever sent it looks for what it made.
/// </summary>
internal sealed class RetryHandler(TimeProvider clock, WaitTeller? waits = null) : DelegatingHandler
{
    private const int MaxThrottledTries = 12;
    private const int MaxFailedTries = 6;
    private static readonly TimeSpan s_longestPause = TimeSpan.FromHours(1);
    private readonly BackOff _afterFailure = new(TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(1));
    private readonly BackOff _afterThrottling = new(TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(5));

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpContent? original = request.Content;
        byte[]? body = original is null ? null : await ReadAsync(original).ConfigureAwait(false);
        int throttled = 0;
        int failed = 0;
        while (true)
        {
            TimeSpan wait;
            if (body is not null)
            {
                // Each try gets a new body: sending may consume the stream.
                request.Content = Copy(original!, body);
            }

            try
            {
                HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
                // Where the service named a pause, the throttle holds the next try back: no wait of ours on top.
                TimeSpan? pause = RetryAfter.Read(response, clock);
                if (response.StatusCode == (HttpStatusCode)429)
                {
                    throttled++;
                    response.Dispose();
                    wait = pause is null ? _afterThrottling.After(throttled) : TimeSpan.Zero;
                    if (throttled == MaxThrottledTries || pause > s_longestPause)
                    {
                        throw MailboxException.Throttled(pause ?? wait);
                    }
                }
                else if (!IsFailure(response.StatusCode))
                {
                    return response;
                }
                else if (!RequestTraits.IsRepeatable(request))
                {
                    response.Dispose();
                    throw new AmbiguousResponseException();
                }
                else if (++failed == MaxFailedTries)
                {
                    return response;
                }
                else
                {
                    response.Dispose();
                    wait = pause is null ? _afterFailure.After(failed) : TimeSpan.Zero;
                }
            }
            catch (Exception e) when (TransportFailure.Is(e, cancellationToken))
            {
                if (!RequestTraits.IsRepeatable(request) && !TransportFailure.NothingWasSent(e))
                {
                    throw new AmbiguousResponseException(e);
                }

                if (++failed == MaxFailedTries)
                {
                    throw MailboxException.Unreachable(request.RequestUri!.Host, e);
                }

                wait = _afterFailure.After(failed);
            }

            using (waits?.Begin(wait, Strings.WaitFailed))
            {
                await clock.Delay(wait, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static Task<byte[]> ReadAsync(HttpContent content) => content.ReadAsByteArrayAsync();

    private static ByteArrayContent Copy(HttpContent original, byte[] body)
    {
        ByteArrayContent copy = new(body);
        foreach (KeyValuePair<string, IEnumerable<string>> header in original.Headers)
        {
            copy.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        return copy;
    }

    private static bool IsFailure(HttpStatusCode status) => status is HttpStatusCode.RequestTimeout or HttpStatusCode.InternalServerError
        or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;
}
