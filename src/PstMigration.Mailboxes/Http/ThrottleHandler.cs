using System.Net;
using System.Net.Http;
using System.Text;

namespace PstMigration.Mailboxes;

/// <summary>
/// Keeps the published limits before the service has to speak up: each try takes its place in the mailbox's budget first.
/// A Retry-After pauses everything that shares the budget; too many requests at once make it fewer.
/// </summary>
internal sealed class ThrottleHandler(MailboxBudget budget, TimeProvider clock, WaitTeller? waits = null) : DelegatingHandler
{
    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // Bodies here are always in memory and know their length.
        long bytes = request.Content?.Headers.ContentLength ?? 0;
        using IDisposable place = await budget.AcquireAsync(bytes, waits, cancellationToken).ConfigureAwait(false);
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode is (HttpStatusCode)429 or HttpStatusCode.ServiceUnavailable
            && RetryAfter.Read(response, clock) is TimeSpan pause)
        {
            budget.Pause(pause);
        }

        budget.Answered(hadPlace: !await IsWantOfPlaceAsync(response).ConfigureAwait(false));
        return response;
    }

    // The answer is in memory already. As bytes, because a charset nobody knows would be an exception.
    private static async Task<bool> IsWantOfPlaceAsync(HttpResponseMessage response) =>
        response.StatusCode == (HttpStatusCode)429 && response.Content is HttpContent content
            && Encoding.UTF8.GetString(await content.ReadAsByteArrayAsync().ConfigureAwait(false)).IndexOf("MailboxConcurrency", StringComparison.Ordinal) >= 0;
}
