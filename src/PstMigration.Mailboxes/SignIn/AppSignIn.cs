using Microsoft.Identity.Client;

namespace PstMigration.Mailboxes;

/// <summary>An application signs in as itself, with a certificate, a secret or a token of the platform it runs on. Nothing is kept on disk.</summary>
internal sealed class AppSignIn : SignInSession
{
    private const string TokenFileVariable = "AZURE_FEDERATED_TOKEN_FILE";
    private const string ClientVariable = "AZURE_CLIENT_ID";
    private const string TenantVariable = "AZURE_TENANT_ID";

    private readonly SignInRequest _request;
    private readonly SignInHttp _http;
    private readonly SignInFailures _failures;
    private readonly IConfidentialClientApplication _app;
    private readonly TokenHolder _tokens;
    private readonly string _tenant;

    private AppSignIn(SignInRequest request, string clientId, string tenant)
    {
        _request = request;
        _tenant = tenant;
        _http = new SignInHttp(request);
        _failures = new SignInFailures(request, clientId, _http);
        _tokens = new TokenHolder(request.Clock, RenewAsync);
        ConfidentialClientApplicationBuilder builder = ConfidentialClientApplicationBuilder.Create(clientId)
            .WithAuthority(request.Endpoints.Authority(tenant))
            .WithHttpClientFactory(_http);
        _app = Prove(builder).Build();
    }

    /// <inheritdoc/>
    public override SignInInfo Info => new(
        _request.Method,
        _app.AppConfig.ClientId,
        _tenant,
        _app.AppConfig.ClientId,
        MailboxKind.Organization,
        [".default"],
        _request.Certificate is null ? null : new DateTimeOffset(_request.Certificate.NotAfter));

    /// <summary>Signs in.</summary>
    /// <exception cref="Mapi.MailDataException">It did not work.</exception>
    public static async Task<AppSignIn> OpenAsync(SignInRequest request, CancellationToken cancellationToken)
    {
        bool isWorkload = request.Method == SignInMethod.WorkloadIdentity;
        if (isWorkload && string.IsNullOrEmpty(request.Variable(TokenFileVariable)))
        {
            throw NoIdentity(TokenFileVariable);
        }

        string clientId = ClientIds.OfApplication(request.ClientId ?? (isWorkload ? request.Variable(ClientVariable) : null));
        string tenant = request.TenantId ?? (isWorkload ? request.Variable(TenantVariable) : null)
            ?? throw new MailboxException(SignInErrorIds.TenantMissing, Strings.TenantMissing);
        AppSignIn session = new(request, clientId, tenant);
        try
        {
            await TenantCheck.RunAsync(request, session._http, cancellationToken).ConfigureAwait(false);
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

    private ConfidentialClientApplicationBuilder Prove(ConfidentialClientApplicationBuilder builder) => _request.Method switch
    {
        SignInMethod.Certificate => builder.WithCertificate(Certificates.Check(_request.Certificate!, _request.Clock)),
        SignInMethod.ClientSecret => builder.WithClientSecret(SecureText.Read(_request.Secret!)),
        _ => builder.WithClientAssertion((AssertionRequestOptions _) => Task.FromResult(ReadPlatformToken())),
    };

    private string ReadPlatformToken()
    {
        string? file = _request.Variable(TokenFileVariable);
        try
        {
            // The platform replaces the file: it is read anew each time.
            return file is { Length: > 0 } ? File.ReadAllText(file).Trim() : throw NoIdentity(TokenFileVariable);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NoIdentity(e.Message);
        }
    }

    private static MailboxException NoIdentity(string why) =>
        new(SignInErrorIds.WorkloadIdentityMissing, MailboxException.Format(Strings.WorkloadIdentityMissing, why));

    private Task<HeldToken> RenewAsync(bool force, CancellationToken cancellationToken) => _failures.ExplainAsync(
        async () =>
        {
            AuthenticationResult result = await _app.AcquireTokenForClient([_request.Endpoints.DefaultScope])
                .WithForceRefresh(force).ExecuteAsync(cancellationToken).ConfigureAwait(false);
            return new HeldToken(result.AccessToken, result.ExpiresOn);
        },
        cancellationToken);
}
