using System.Net.Http;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace PstMigration.Mailboxes.Tests;

/// <summary>Each usual failure has its own error.</summary>
public sealed class SignInErrorTests
{
    private readonly FakeTimeProvider _clock = Clock.Create();

    [Theory]
    [InlineData("invalid_grant", "AADSTS65001: The user or administrator has not consented to use the application.", "ConsentRequired")]
    [InlineData("invalid_grant", "AADSTS90094: The grant requires admin permission.", "ConsentRequired")]
    [InlineData("access_denied", "AADSTS65004: User declined to consent to access the app.", "ConsentDeclined")]
    [InlineData("interaction_required", "AADSTS50076: You must use multi-factor authentication.", "MultifactorRequired")]
    [InlineData("interaction_required", "AADSTS53003: Access has been blocked by Conditional Access policies.", "ConditionalAccessBlocked")]
    [InlineData("interaction_required", "AADSTS53000: Device is not in required device state: compliant.", "ConditionalAccessBlocked")]
    [InlineData("invalid_grant", "AADSTS700082: The refresh token has expired due to inactivity.", "SignInExpired")]
    [InlineData("invalid_grant", "The user could not be authenticated as the grant is expired.", "SignInExpired")]
    [InlineData("invalid_grant", "AADSTS50173: The provided grant has expired due to it being revoked.", "SignInRevoked")]
    [InlineData("invalid_grant", "AADSTS50057: The user account is disabled.", "AccountBlocked")]
    [InlineData("invalid_grant", "AADSTS50034: The user account does not exist in the directory.", "AccountUnknown")]
    [InlineData("invalid_request", "AADSTS90002: Tenant not found.", "TenantUnknown")]
    [InlineData("invalid_request", "AADSTS900432: Confidential Client is not supported in Cross Cloud request.", "WrongCloud")]
    [InlineData("unauthorized_client", "AADSTS700016: Application was not found in the directory.", "AppUnknown")]
    [InlineData("invalid_client", "AADSTS7000218: The request body must contain client_assertion or client_secret.", "AppMisconfigured")]
    [InlineData("invalid_client", "AADSTS7000215: Invalid client secret provided.", "SecretInvalid")]
    [InlineData("invalid_client", "AADSTS7000222: The provided client secret keys are expired.", "SecretExpired")]
    [InlineData("invalid_client", "AADSTS700027: Client assertion failed signature validation.", "CertificateNotRegistered")]
    [InlineData("invalid_client", "AADSTS700024: Client assertion is not within its valid time range.", "ClockWrong")]
    [InlineData("something_new", "AADSTS999999: Something new.", "SignInFailed")]
    public async Task What_the_service_says_is_one_error(string error, string description, string id)
    {
        FakeAuthority authority = new(_ => FakeAuthority.Refused(error, description));

        MailboxException e = await Assert.ThrowsAsync<MailboxException>(() => MailboxSignIn.OpenAsync(authority.Application(), CancellationToken.None));

        Assert.Equal((id, true), (e.Id, e.EndsRun));
        Assert.Contains(description, e.Message, StringComparison.Ordinal);
        Assert.NotNull(e.Error.Advice());
        Assert.DoesNotContain("planted-secret", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Approval_comes_with_the_address_an_administrator_opens()
    {
        FakeAuthority authority = new(_ => FakeAuthority.Refused("invalid_grant", "AADSTS65001: not consented"));

        MailboxException e = await Assert.ThrowsAsync<MailboxException>(() => MailboxSignIn.OpenAsync(authority.Application(), CancellationToken.None));

        Assert.Contains($"https://login.microsoftonline.com/contoso.example/adminconsent?client_id={FakeAuthority.ClientId}", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nowhere.example", "TenantUnknown")]
    [InlineData("government.example", "WrongCloud")]
    [InlineData("not a tenant", "TenantInvalid")]
    public async Task A_tenant_is_looked_for_before_anybody_signs_in(string tenant, string id)
    {
        FakeAuthority authority = new(_ => throw new InvalidOperationException("No token was to be asked for."));

        MailboxException e = await Assert.ThrowsAsync<MailboxException>(
            () => MailboxSignIn.OpenAsync(authority.Application(tenant: tenant), CancellationToken.None));

        Assert.Equal(id, e.Id);
        Assert.Empty(authority.Tokens);
    }

    [Fact]
    public async Task A_page_in_place_of_a_tenant_is_left_to_the_sign_in_itself()
    {
        FakeAuthority authority = new(_ => FakeAuthority.Refused("something_new", "AADSTS999999: Something new.")) { DescriptionCharset = "nonsense" };

        MailboxException e = await Assert.ThrowsAsync<MailboxException>(() => MailboxSignIn.OpenAsync(authority.Application(), CancellationToken.None));

        Assert.Equal("SignInFailed", e.Id);
        Assert.NotEmpty(authority.Tokens);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("a b@c.example")]
    [InlineData("@contoso.example")]
    [InlineData("rehearsal.mailbox")]
    public async Task An_address_that_is_none_is_an_error_before_anything_else(string address)
    {
        SignInRequest request = new() { Method = SignInMethod.Interactive, Account = address, Handler = new ScriptedHandler() };

        Assert.Equal("AddressInvalid", (await Assert.ThrowsAsync<MailboxException>(() => MailboxSignIn.OpenAsync(request, CancellationToken.None))).Id);
    }

    [Fact]
    public async Task A_service_that_is_down_is_no_lost_sign_in()
    {
        FakeAuthority authority = new(_ => FakeAuthority.Json(503, "{}"));

        MailboxException e = await Assert.ThrowsAsync<MailboxException>(() => MailboxSignIn.OpenAsync(authority.Application(), CancellationToken.None));

        Assert.Equal("SignInUnavailable", e.Id);
    }

    [Fact]
    public async Task A_network_that_is_down_is_no_lost_sign_in()
    {
        FakeAuthority authority = new(_ => throw new HttpRequestException("no route"));

        MailboxException e = await Assert.ThrowsAsync<MailboxException>(() => MailboxSignIn.OpenAsync(authority.Application(), CancellationToken.None));

        Assert.Equal("MailboxUnreachable", e.Id);
        Assert.Contains("login.microsoftonline.com", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sign in", e.Error.Advice(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_network_that_goes_down_during_a_run_is_waited_for()
    {
        FakeTimeProvider clock = new(TimeProvider.System.GetUtcNow());
        int answers = 0;
        FakeAuthority authority = new(
            _ => ++answers switch
            {
                // Too short to be used again.
                1 => Token("first", 200),
                < 5 => throw new HttpRequestException("no route"),
                _ => Token("second", 3600),
            },
            clock);
        ScriptedHandler graph = new(ScriptedHandler.Answer(200));
        using SignInSession session = await MailboxSignIn.OpenAsync(authority.Application(), CancellationToken.None);
        using HttpClient client = Connections.Client(graph, clock, session);

        using HttpResponseMessage response = await clock.RunAsync(client.GetAsync(new Uri("https://graph.microsoft.com/v1.0/me")));

        Assert.Equal("Bearer second", Assert.Single(graph.Asked).Authorization);
    }

    [Fact]
    public async Task One_token_serves_all_requests_and_a_refused_one_is_renewed()
    {
        int count = 0;
        FakeAuthority authority = new(_ => Token("t" + ++count, 3600), _clock);
        using SignInSession session = await MailboxSignIn.OpenAsync(authority.Application(), CancellationToken.None);

        string[] tokens = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => session.GetTokenAsync(null, CancellationToken.None)));
        string[] renewed = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => session.GetTokenAsync("t1", CancellationToken.None)));

        Assert.All(tokens, t => Assert.Equal("t1", t));
        Assert.All(renewed, t => Assert.Equal("t2", t));
        Assert.Equal(2, authority.Tokens.Count);
        Assert.Contains("scope=https%3A%2F%2Fgraph.microsoft.com%2F.default", authority.Tokens[0].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_registration_the_error_says_what_to_do()
    {
        SignInRequest request = new() { Method = SignInMethod.Interactive, Handler = new ScriptedHandler(), Variable = _ => null };

        MailboxException e = await Assert.ThrowsAsync<MailboxException>(() => MailboxSignIn.OpenAsync(request, CancellationToken.None));

        Assert.Equal("ClientIdMissing", e.Id);
        Assert.Contains("PSTMIGRATION_CLIENT_ID", e.Error.Advice(), StringComparison.Ordinal);
        Assert.Contains("-MgGraph", e.Error.Advice(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_that_is_empty_is_asked_for_before_anything_is_sent()
    {
        FakeAuthority authority = new(_ => Token("t", 3600));

        MailboxException e = await Assert.ThrowsAsync<MailboxException>(() => MailboxSignIn.OpenAsync(authority.Application(secret: ""), CancellationToken.None));

        Assert.Equal("SecretEmpty", e.Id);
        Assert.Empty(authority.Tokens);
    }

    [Theory]
    [InlineData("proxy")]
    [InlineData("//proxy:8080")]
    [InlineData("user:planted-password@proxy:8080")]
    [InlineData("ftp://proxy.example.com")]
    public async Task A_proxy_that_is_none_is_told_without_what_was_typed(string proxy)
    {
        SignInRequest request = new FakeAuthority(_ => Token("t", 3600)).Application(proxy: new Uri(proxy, UriKind.RelativeOrAbsolute));

        MailboxException e = await Assert.ThrowsAsync<MailboxException>(() => MailboxSignIn.OpenAsync(request, CancellationToken.None));

        Assert.Equal("ProxyInvalid", e.Id);
        Assert.DoesNotContain("proxy:8080", e.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("planted-password", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_token_of_a_platform_that_is_what_is_missing()
    {
        SignInRequest request = new() { Method = SignInMethod.WorkloadIdentity, Mailbox = "a@example.com", Handler = new ScriptedHandler(), Variable = _ => null };

        MailboxException e = await Assert.ThrowsAsync<MailboxException>(() => MailboxSignIn.OpenAsync(request, CancellationToken.None));

        Assert.Equal("WorkloadIdentityMissing", e.Id);
    }

    [Theory]
    [InlineData(MailboxCloud.USGov, "login.microsoftonline.us", "https%3A%2F%2Fgraph.microsoft.us%2F.default")]
    [InlineData(MailboxCloud.USGovDoD, "login.microsoftonline.us", "https%3A%2F%2Fdod-graph.microsoft.us%2F.default")]
    public async Task A_cloud_has_its_own_hosts(MailboxCloud cloud, string host, string scope)
    {
        FakeAuthority authority = new(_ => Token("t", 3600));
        SignInRequest request = new()
        {
            Method = SignInMethod.ClientSecret,
            Cloud = cloud,
            ClientId = FakeAuthority.ClientId,
            TenantId = "government.example",
            Mailbox = "a@government.example",
            Secret = FakeAuthority.Secret("s"),
            Handler = authority,
        };

        using SignInSession session = await MailboxSignIn.OpenAsync(request, CancellationToken.None);
        using IMailbox mailbox = MailboxSignIn.Connect(session, request);

        Asked asked = Assert.Single(authority.Tokens);
        Assert.Equal(host, asked.Address.Host);
        Assert.Contains(scope, asked.Body, StringComparison.Ordinal);
    }

    private static HttpResponseMessage Token(string value, int seconds) =>
        FakeAuthority.Json(200, $$"""{"token_type":"Bearer","expires_in":{{seconds}},"access_token":"{{value}}"}""");
}
