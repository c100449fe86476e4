using System.Net.Http;

namespace PstMigration.Mailboxes;

/// <summary>Makes an error of every redirect: following one could carry mail or a token to a host nobody chose.</summary>
internal sealed class RedirectRefusalHandler : DelegatingHandler
{
    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        int status = (int)response.StatusCode;
        if (status is < 300 or > 399 or 304)
        {
            return response;
        }

        response.Dispose();
        throw MailboxException.RedirectRefused(status, request.RequestUri!.Host);
    }
}
