using Microsoft.Identity.Client;
using Microsoft.Identity.Client.AppConfig;

namespace PstMigration.Mailboxes;

/// <summary>The identity of the Azure machine or service this runs on.</summary>
internal sealed class ManagedIdentitySignIn : SignInSession
{
    private readonly SignInRequest _request;
    private readonly SignInHttp _http;
    private readonly SignInFailures _failures;
    private readonly IManagedIdentityApplication _app;
    private readonly TokenHolder _tokens;

    private ManagedIdentitySignIn(SignInRequest request)
    {
        _request = request;
        _http = new SignInHttp(request);
        _failures = new SignInFailures(request, request.ClientId ?? "", _http);
        _tokens = new TokenHolder(request.Clock, RenewAsync);
        ManagedIdentityId identity = request.ClientId is null
            ? ManagedIdentityId.SystemAssigned
            : ManagedIdentityId.WithUserAssignedClientId(ClientIds.OfApplication(request.ClientId));
        _app = ManagedIdentityApplicationBuilder.Create(identity).WithHttpClientFactory(_http).Build();
    }

    /// <inheritdoc/>
    public override SignInInfo Info =>
        new(_request.Method, _request.ClientId ?? "", _request.TenantId ?? "", _request.ClientId ?? "", MailboxKind.Organization, [".default"], null);

    /// <summary>Signs in.</summary>
    /// <exception cref="Mapi.MailDataException">It did not work.</exception>
    public static async Task<ManagedIdentitySignIn> OpenAsync(SignInRequest request, CancellationToken cancellationToken)
    {
        ManagedIdentitySignIn session = new(request);
        try
        {
            await session._tokens.GetAsync(null, cancellationToken).ConfigureAwait(false);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override Task<string> GetTokenAsync(string? refused, CancellationToken cancellationToken) => _tokens.GetAsync(refused, cancellationToken);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _tokens.Dispose();
            _http.Dispose();
        }

        base.Dispose(disposing);
    }

    private Task<HeldToken> RenewAsync(bool force, CancellationToken cancellationToken) => _failures.ExplainAsync(
        async () =>
        {
            AuthenticationResult result = await _app.AcquireTokenForManagedIdentity(_request.Endpoints.DefaultScope)
                .WithForceRefresh(force).ExecuteAsync(cancellationToken).ConfigureAwait(false);
            return new HeldToken(result.AccessToken, result.ExpiresOn);
        },
        cancellationToken);
}
