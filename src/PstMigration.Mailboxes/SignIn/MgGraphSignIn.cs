using System.Net.Http;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>
/// The session of <c>Connect-MgGraph</c> (module Microsoft.Graph.Authentication), through that module's own client. It brings the tokens; requests are sent again by our
/// rules alone.
/// </summary>
internal sealed class MgGraphSignIn : SignInSession
{
    private readonly MgGraphHandler _handler;

    private MgGraphSignIn(SignInInfo info, CloudEndpoints endpoints, MgGraphHandler handler)
    {
        Info = info;
        Endpoints = endpoints;
        _handler = handler;
    }

    /// <inheritdoc/>
    public override SignInInfo Info { get; }

    /// <inheritdoc/>
    public override bool IsPerson => SmtpAddress.Parse(Info.Account) is not null;

    /// <inheritdoc/>
    internal override CloudEndpoints? Endpoints { get; }

    /// <inheritdoc/>
    internal override HttpMessageHandler? Handler => _handler;

    /// <summary>Takes over the session of this process.</summary>
    /// <exception cref="MailboxException">MgGraphNotLoaded, MgGraphNotConnected, MailboxHostNotAllowed.</exception>
    public static MgGraphSignIn Open(SignInRequest request)
    {
        MgGraphModule module = MgGraphModule.Find();
        HttpClient client = module.Client();
        string tenant = module.Text("TenantId");
        SignInInfo info = new(
            SignInMethod.MgGraph,
            module.Text("Account"),
            tenant,
            module.Text("ClientId"),
            string.Equals(tenant, CloudEndpoints.PersonalTenant, StringComparison.OrdinalIgnoreCase) ? MailboxKind.Personal : MailboxKind.Organization,
            TokenScopes.Names(module.Scopes),
            null);
        return new MgGraphSignIn(info, CloudEndpoints.OfGraph(module.GraphEndpoint), new MgGraphHandler(client, request.Network));
    }

    /// <summary>The session's own client has the tokens.</summary>
    public override Task<string> GetTokenAsync(string? refused, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _handler.Dispose();
        }

        base.Dispose(disposing);
    }
}
