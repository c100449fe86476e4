using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>Signs in to the service mailboxes are in. Only what a method needs is loaded, and only when it is used.</summary>
public static class MailboxSignIn
{
    /// <summary>Signs in.</summary>
    /// <param name="request">Who, how, for what.</param>
    /// <param name="cancellationToken">Stops, also while a person is asked.</param>
    /// <exception cref="MailDataException">It did not work; each cause has its own error. Nothing is left half done.</exception>
    public static async Task<SignInSession> OpenAsync(SignInRequest request, CancellationToken cancellationToken)
    {
        if (request is null)
        {
            throw new ArgumentNullException(nameof(request));
        }

        Check(request);
        try
        {
            return await SignInAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (SignInBusyException e)
        {
            throw new MailboxException(SignInErrorIds.SignInUnavailable, MailboxException.Format(Strings.SignInUnavailable, e.Message));
        }
        catch (Exception e) when (TransportFailure.Is(e, cancellationToken))
        {
            throw MailboxException.Unreachable(request.Endpoints.Login.Host, e);
        }
    }

    /// <summary>The connection to a mailbox for a sign-in. Sends nothing yet. The session has to outlive it.</summary>
    /// <param name="session">The sign-in.</param>
    /// <param name="request">What it was made from.</param>
    /// <exception cref="MailboxException">MailboxRequired: it is not clear whose mailbox is meant.</exception>
    public static IMailbox Connect(SignInSession session, SignInRequest request)
    {
        if (session is null)
        {
            throw new ArgumentNullException(nameof(session));
        }

        if (request is null)
        {
            throw new ArgumentNullException(nameof(request));
        }

        SignInInfo info = session.Info;
        string account = SmtpAddress.Parse(info.Account) is null ? "" : info.Account;
        string address = request.Mailbox ?? (session.IsPerson && account.Length > 0
            ? account
            : throw new MailboxException(SignInErrorIds.MailboxRequired, session.IsPerson ? Strings.MailboxOfToken : Strings.MailboxRequired));
        return GraphMailboxConnection.Open(new MailboxConnectionOptions
        {
            Address = address,
            // A token that does not tell whose it is is a personal account's, and reaches no other mailbox.
            IsSignedInUser = session.IsPerson && (account.Length == 0 || string.Equals(address, account, StringComparison.OrdinalIgnoreCase)),
            Kind = info.Kind,
            BaseAddress = (session.Endpoints ?? request.Endpoints).GraphAddress,
            Tokens = session.Handler is null ? session : null,
            ClientId = info.ClientId,
            Handler = session.Handler,
            Network = request.Network,
            Clock = request.Clock,
            LimitsFolder = request.LimitsFolder ?? DataFolder.Of("limits"),
        });
    }

    /// <summary>Takes a person's sign-ins from this computer, whatever app registration and cloud they were for, without a connection.</summary>
    /// <param name="account">Who, by address.</param>
    /// <param name="cacheFolder">Where sign-ins are kept; null for the user's own.</param>
    /// <returns>How many there were.</returns>
    /// <exception cref="MailDataException">TokenCacheUnavailable, TokenCacheExposed: one of the caches cannot be used.</exception>
    public static async Task<int> ForgetAsync(string account, string? cacheFolder = null)
    {
        if (account is null)
        {
            throw new ArgumentNullException(nameof(account));
        }

        string? folder = cacheFolder ?? TokenCache.DefaultFolder;
        int forgotten = 0;
        foreach ((string clientId, MailboxCloud cloud, TokenCacheKind kind) in folder is null ? [] : TokenCache.Kept(folder))
        {
            SignInRequest request = new() { Method = SignInMethod.Interactive, Account = account, ClientId = clientId, Cloud = cloud, Cache = kind, CacheFolder = folder };
            forgotten += await UserSignIn.ForgetAsync(request).ConfigureAwait(false) ? 1 : 0;
        }

        return forgotten;
    }

    private static async Task<SignInSession> SignInAsync(SignInRequest request, CancellationToken cancellationToken) => request.Method switch
    {
        SignInMethod.Interactive or SignInMethod.DeviceCode => await UserSignIn.OpenAsync(request, cancellationToken).ConfigureAwait(false),
        SignInMethod.Certificate or SignInMethod.ClientSecret or SignInMethod.WorkloadIdentity =>
            await AppSignIn.OpenAsync(request, cancellationToken).ConfigureAwait(false),
        SignInMethod.ManagedIdentity => await ManagedIdentitySignIn.OpenAsync(request, cancellationToken).ConfigureAwait(false),
        SignInMethod.Token => GivenToken.Open(request),
        SignInMethod.MgGraph => MgGraphSignIn.Open(request),
        _ => throw new ArgumentOutOfRangeException(nameof(request)),
    };

    private static void Check(SignInRequest request)
    {
        CheckAddress(request.Account);
        CheckAddress(request.Mailbox);
        NetworkOptions.Check(request.Network.Proxy);
        if (request is { Method: SignInMethod.ClientSecret, Secret: null or { Length: 0 } })
        {
            throw new MailboxException(SignInErrorIds.SecretEmpty, Strings.SecretEmpty);
        }

        // An id, a domain, or one of the words the service has for several tenants.
        if (request.TenantId is string tenant && Uri.CheckHostName(tenant) != UriHostNameType.Dns)
        {
            throw new MailboxException(SignInErrorIds.TenantInvalid, MailboxException.Format(Strings.TenantInvalid, tenant));
        }
    }

    private static void CheckAddress(string? address)
    {
        if (address is not null && SmtpAddress.Parse(address) is null)
        {
            throw new MailboxException(SignInErrorIds.AddressInvalid, MailboxException.Format(Strings.AddressInvalid, address));
        }
    }
}
