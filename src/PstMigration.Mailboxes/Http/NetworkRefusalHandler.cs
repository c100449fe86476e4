using System.Net.Http;

namespace PstMigration.Mailboxes;

/// <summary>What stands between here and the service and refuses for good: asking again changes nothing, so it is told at once.</summary>
internal sealed class NetworkRefusalHandler : DelegatingHandler
{
    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if ((int)response.StatusCode != NetworkRefusal.ProxyStatus)
            {
                return response;
            }

            response.Dispose();
            throw MailboxException.ProxySignIn(request.RequestUri!.Host);
        }
        catch (Exception e) when (NetworkRefusal.IsProxySignIn(e))
        {
            throw MailboxException.ProxySignIn(request.RequestUri!.Host);
        }
        catch (Exception e) when (NetworkRefusal.IsUntrusted(e))
        {
            throw MailboxException.ServerNotTrusted(request.RequestUri!.Host, e);
        }
    }
}
