using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;

namespace PstMigration.Mailboxes;

/// <summary>
/// Gives each request its token, if it goes to an allowed host over TLS. A token the service refuses is replaced once: a 401
/// says that nothing was processed. Refused again, with a clock that is wrong, it is the clock's fault.
/// </summary>
internal sealed class BearerHandler(IAccessTokenSource? tokens, AllowedHosts hosts, TimeProvider clock) : DelegatingHandler
{
    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = null;
        if (tokens is null || request is SessionRequest || !hosts.MayGetToken(request.RequestUri!))
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }

        string token = await GetTokenAsync(null, cancellationToken).ConfigureAwait(false);
        HttpResponseMessage response = await SendAsync(request, token, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.Unauthorized)
        {
            return response;
        }

        string renewed = await RenewAsync(token, response, cancellationToken).ConfigureAwait(false);
        if (string.Equals(renewed, token, StringComparison.Ordinal))
        {
            return Judge(response);
        }

        response.Dispose();
        return Judge(await SendAsync(request, renewed, cancellationToken).ConfigureAwait(false));
    }

    private HttpResponseMessage Judge(HttpResponseMessage response)
    {
        TimeSpan ahead = ServiceClock.Ahead(response, clock);
        if (response.StatusCode != HttpStatusCode.Unauthorized || !ServiceClock.IsWrong(ahead))
        {
            return response;
        }

        response.Dispose();
        throw new MailboxException(SignInErrorIds.ClockWrong, MailboxException.Format(Strings.ClockWrong, "401", "", "", "", "", (int)ahead.TotalMinutes));
    }

    private async Task<string> RenewAsync(string token, HttpResponseMessage refusal, CancellationToken cancellationToken)
    {
        try
        {
            return await GetTokenAsync(token, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            refusal.Dispose();
            throw;
        }
    }

    private async Task<string> GetTokenAsync(string? refused, CancellationToken cancellationToken)
    {
        try
        {
            return await tokens!.GetTokenAsync(refused, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (TransportFailure.Is(e, cancellationToken))
        {
            throw new NothingSentException(e);
        }
    }

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string token, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return base.SendAsync(request, cancellationToken);
    }
}
