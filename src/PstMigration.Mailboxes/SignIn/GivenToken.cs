using System.Security;

namespace PstMigration.Mailboxes;

/// <summary>A token somebody else came by. It cannot be renewed.</summary>
internal sealed class GivenToken : SignInSession
{
    private readonly SecureString _token;
    private readonly TokenClaims? _claims;
    private readonly TimeProvider _clock;

    private GivenToken(SecureString token, TokenClaims? claims, TimeProvider clock)
    {
        _token = token;
        _claims = claims;
        _clock = clock;
    }

    /// <inheritdoc/>
    public override SignInInfo Info => new(
        SignInMethod.Token,
        _claims?.Account ?? "",
        _claims?.TenantId ?? "",
        _claims?.ClientId ?? "",
        string.Equals(_claims?.TenantId, CloudEndpoints.PersonalTenant, StringComparison.OrdinalIgnoreCase) ? MailboxKind.Personal : MailboxKind.Organization,
        TokenScopes.Names(_claims?.Rights ?? []),
        _claims?.Until);

    /// <summary>An application's token has roles in place of scopes. One that cannot be read, as those of personal accounts, is a person's.</summary>
    public override bool IsPerson => _claims is null or { IsApplication: false };

    /// <summary>Looks at the token, as far as it can be read.</summary>
    /// <exception cref="MailboxException">TokenEmpty, TokenExpired, TokenOfAnotherService.</exception>
    public static GivenToken Open(SignInRequest request)
    {
        SecureString given = request.Secret!;
        string text = SecureText.Read(given);
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new MailboxException(SignInErrorIds.TokenEmpty, Strings.TokenEmpty);
        }

        TokenClaims? claims = TokenClaims.Read(text.Trim());
        if (claims is { Audience: string audience } && !IsGraph(audience))
        {
            throw new MailboxException(SignInErrorIds.TokenOfAnotherService, MailboxException.Format(Strings.TokenOfAnotherService, audience));
        }

        GivenToken token = new(given.Copy(), claims, request.Clock);
        token.CheckTime();
        return token;

        bool IsGraph(string host) => host == TokenClaims.GraphId
            || (Uri.TryCreate(host, UriKind.Absolute, out Uri? address) && address.Host == request.Endpoints.Graph.Host);
    }

    /// <inheritdoc/>
    public override Task<string> GetTokenAsync(string? refused, CancellationToken cancellationToken)
    {
        CheckTime();
        return Task.FromResult(SecureText.Read(_token).Trim());
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _token.Dispose();
        }

        base.Dispose(disposing);
    }

    private void CheckTime()
    {
        if (_claims?.Until is DateTimeOffset until && until <= _clock.GetUtcNow())
        {
            throw new MailboxException(SignInErrorIds.TokenExpired, MailboxException.Format(Strings.TokenExpired, until.ToLocalTime()));
        }
    }
}
