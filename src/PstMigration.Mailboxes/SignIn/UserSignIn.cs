using Microsoft.Identity.Client;

namespace PstMigration.Mailboxes;

/// <summary>A person signs in, once: afterwards what is kept is renewed without anybody, each use for another 90 days.</summary>
internal sealed class UserSignIn : SignInSession
{
    /// <summary>How long a sign-in of a person lasts after its last use (Microsoft identity platform, refresh tokens).</summary>
    private static readonly TimeSpan s_silence = TimeSpan.FromDays(90);

    /// <summary>How long a browser window may stay unanswered: nobody tells when it was closed.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(15);

    private readonly SignInRequest _request;
    private readonly SignInHttp _http;
    private readonly SignInFailures _failures;
    private readonly IPublicClientApplication _app;
    private readonly TokenHolder _tokens;
    private readonly List<string> _refused = [];
    private IReadOnlyList<string> _scopes;
    private IAccount _account;
    private SignInInfo? _info;

    private UserSignIn(SignInRequest request, SignInHttp http, SignInFailures failures, IPublicClientApplication app, IReadOnlyList<string> scopes, AuthenticationResult first)
    {
        _request = request;
        _http = http;
        _failures = failures;
        _app = app;
        _scopes = scopes;
        _account = first.Account;
        _tokens = new TokenHolder(request.Clock, RenewAsync);
        Take(first);
    }

    /// <inheritdoc/>
    public override SignInInfo Info => _info!;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Refused => _refused;

    /// <inheritdoc/>
    public override bool IsPerson => true;

    /// <summary>Signs in: without anybody where that is possible.</summary>
    /// <exception cref="Mapi.MailDataException">It did not work.</exception>
    public static async Task<UserSignIn> OpenAsync(SignInRequest request, CancellationToken cancellationToken)
    {
        string clientId = ClientIds.OfPeople(request);
        TokenCache cache = await TokenCache.OpenAsync(request, clientId).ConfigureAwait(false);
        SignInHttp http = new(request);
        try
        {
            SignInFailures failures = new(request, clientId, http);
            IPublicClientApplication app = BuildApplication(request, clientId, cache, http);
            TokenScopes scopes = new(request.Endpoints, request.IsShared, request.MailOnly);
            return await failures.ExplainAsync(() => OpenAsync(request, http, failures, app, scopes, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            http.Dispose();
            throw;
        }
    }

    /// <summary>Takes a person's account and tokens out of one cache. Nobody is asked, and nothing is sent.</summary>
    /// <param name="request">Registration, cloud, cache, and the person as its account.</param>
    /// <returns>Whether they were there.</returns>
    /// <exception cref="Mapi.MailDataException">The cache cannot be read or written.</exception>
    public static async Task<bool> ForgetAsync(SignInRequest request)
    {
        string clientId = ClientIds.OfPeople(request);
        TokenCache cache = await TokenCache.OpenAsync(request, clientId).ConfigureAwait(false);
        using SignInHttp http = new(request);
        IPublicClientApplication app = BuildApplication(request, clientId, cache, http);
        return await new SignInFailures(request, clientId, http).ExplainAsync(
            async () =>
            {
                IAccount? known = await KnownAsync(app, request).ConfigureAwait(false);
                await (known is null ? Task.CompletedTask : app.RemoveAsync(known)).ConfigureAwait(false);
                return known is not null;
            },
            CancellationToken.None).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override Task<string> GetTokenAsync(string? refused, CancellationToken cancellationToken) => _tokens.GetAsync(refused, cancellationToken);

    /// <inheritdoc/>
    public override Task ForgetAsync() => _failures.ExplainAsync(
        async () =>
        {
            await _app.RemoveAsync(_account).ConfigureAwait(false);
            _tokens.Forget();
            return true;
        },
        CancellationToken.None);

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

    private static async Task<UserSignIn> OpenAsync(
        SignInRequest request, SignInHttp http, SignInFailures failures, IPublicClientApplication app, TokenScopes scopes, CancellationToken cancellationToken)
    {
        await TenantCheck.RunAsync(request, http, cancellationToken).ConfigureAwait(false);
        MsalUiRequiredException? refusal = null;
        IAccount? known = await KnownAsync(app, request).ConfigureAwait(false);
        if (known is not null)
        {
            try
            {
                AuthenticationResult silent = await app.AcquireTokenSilent(scopes.Mail, known).ExecuteAsync(cancellationToken).ConfigureAwait(false);
                UserSignIn session = new(request, http, failures, app, scopes.Mail, silent);
                await session.AddOthersAsync(scopes.Others, mayAsk: false, cancellationToken).ConfigureAwait(false);
                return session;
            }
            catch (MsalUiRequiredException e)
            {
                refusal = e;
            }
        }

        if (request.Silent)
        {
            throw refusal is null
                ? new MailboxException(SignInErrorIds.SignInRequired, MailboxException.Format(Strings.SignInRequired, request.Account ?? "*"))
                : refusal;
        }

        AuthenticationResult asked = await AskAsync(request, app, scopes.Mail, null, cancellationToken).ConfigureAwait(false);
        UserSignIn opened = new(request, http, failures, app, scopes.Mail, asked);
        await opened.AddOthersAsync(scopes.Others, mayAsk: true, cancellationToken).ConfigureAwait(false);
        return opened;
    }

    private static IPublicClientApplication BuildApplication(SignInRequest request, string clientId, TokenCache cache, SignInHttp http)
    {
        IPublicClientApplication app = PublicClientApplicationBuilder.Create(clientId)
            .WithAuthority(request.Endpoints.Authority(request.TenantId ?? CloudEndpoints.AnyTenant))
            .WithRedirectUri("http://localhost")
            .WithHttpClientFactory(http)
            .Build();
        cache.Attach(app.UserTokenCache);
        return app;
    }

    /// <summary>The account that is kept for an address; where no address was given, the only one that is kept.</summary>
    private static async Task<IAccount?> KnownAsync(IPublicClientApplication app, SignInRequest request)
    {
        IReadOnlyList<IAccount> kept = [.. await app.GetAccountsAsync().ConfigureAwait(false)];
        return request.Account is null
            ? kept.Count == 1 ? kept[0] : null
            : kept.FirstOrDefault(a => string.Equals(a.Username, request.Account, StringComparison.OrdinalIgnoreCase));
    }

    private static Task<AuthenticationResult> AskAsync(
        SignInRequest request, IPublicClientApplication app, IReadOnlyList<string> scopes, IAccount? account, CancellationToken cancellationToken)
    {
        if (request.Method == SignInMethod.DeviceCode)
        {
            return app.AcquireTokenWithDeviceCode(scopes, code =>
            {
                request.Show!(MailboxException.Format(account is null ? Strings.DeviceCode : Strings.DeviceCodeAgain, code.VerificationUrl, code.UserCode));
                return Task.CompletedTask;
            }).ExecuteAsync(cancellationToken);
        }

        AcquireTokenInteractiveParameterBuilder ask = app.AcquireTokenInteractive(scopes).WithUseEmbeddedWebView(false);
        ask = account is not null ? ask.WithAccount(account).WithPrompt(Prompt.NoPrompt)
            : request.Account is not null ? ask.WithLoginHint(request.Account).WithPrompt(Prompt.NoPrompt)
            : ask.WithPrompt(Prompt.SelectAccount);
        return WithinAsync(request.Clock, ask.ExecuteAsync, cancellationToken);
    }

    private static async Task<AuthenticationResult> WithinAsync(
        TimeProvider clock, Func<CancellationToken, Task<AuthenticationResult>> ask, CancellationToken cancellationToken)
    {
        using CancellationTokenSource timeout = clock.CreateCancellationTokenSource(s_patience);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await ask(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new MsalClientException(MsalError.AuthenticationCanceledError, Strings.SignInTimedOut);
        }
    }

    /// <summary>Asks for the rights that can be done without. Whatever is refused is only missing.</summary>
    private async Task AddOthersAsync(IReadOnlyList<string> others, bool mayAsk, CancellationToken cancellationToken)
    {
        if (others.Count == 0)
        {
            return;
        }

        try
        {
            // A work account may hold them already, by an administrator's approval.
            Take(await SilentlyAsync([.. _scopes, .. others], cancellationToken).ConfigureAwait(false));
            _scopes = [.. _scopes, .. others];
        }
        catch (MsalServiceException) when (mayAsk)
        {
            try
            {
                Take(await AskAsync(_request, _app, [.. _scopes, .. others], _account, cancellationToken).ConfigureAwait(false));
                _scopes = [.. _scopes, .. others];
            }
            catch (MsalException)
            {
                _refused.AddRange(TokenScopes.Names(others));
            }
        }
        catch (MsalException)
        {
            _refused.AddRange(TokenScopes.Names(others));
        }
    }

    private Task<AuthenticationResult> SilentlyAsync(IReadOnlyList<string> scopes, CancellationToken cancellationToken) =>
        _app.AcquireTokenSilent(scopes, _account).ExecuteAsync(cancellationToken);

    private Task<HeldToken> RenewAsync(bool force, CancellationToken cancellationToken) => _failures.ExplainAsync(
        async () => Take(await _app.AcquireTokenSilent(_scopes, _account).WithForceRefresh(force).ExecuteAsync(cancellationToken).ConfigureAwait(false)),
        cancellationToken);

    private HeldToken Take(AuthenticationResult result)
    {
        _account = result.Account;
        bool isPersonal = string.Equals(result.Account.HomeAccountId?.TenantId, CloudEndpoints.PersonalTenant, StringComparison.OrdinalIgnoreCase);
        // A token from the cache is younger than its hour.
        DateTimeOffset used = result.AuthenticationResultMetadata.TokenSource == TokenSource.Cache ? result.ExpiresOn.AddHours(-1) : _request.Clock.GetUtcNow();
        _info = new SignInInfo(
            _request.Method,
            result.Account.Username ?? "",
            result.Account.HomeAccountId?.TenantId ?? result.TenantId ?? "",
            _app.AppConfig.ClientId,
            isPersonal ? MailboxKind.Personal : MailboxKind.Organization,
            TokenScopes.Names(result.Scopes),
            used + s_silence);
        HeldToken token = new(result.AccessToken, result.ExpiresOn);
        _tokens?.Hold(token);
        return token;
    }
}
