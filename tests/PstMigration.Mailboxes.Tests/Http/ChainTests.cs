using System.Net;
using System.Net.Http;
using PstMigration.Mapi;
using PstMigration.Tests;
using Xunit;
using static PstMigration.Mailboxes.Tests.ScriptedHandler;

namespace PstMigration.Mailboxes.Tests.Http;

public sealed class ChainTests
{
    private const string Url = "https://graph.microsoft.com/v1.0/users/x/messages";

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_an_error_and_not_followed(int status)
    {
        ScriptedHandler service = new(Answer(status, location: "https://evil.example/"), Answer(200));
        using HttpClient client = Connections.Client(service, tokens: new Tokens("secret"));

        MailboxException e = await Assert.ThrowsAsync<MailboxException>(() => client.GetAsync(Url));

        Assert.Equal("RedirectRefused", e.Id);
        Assert.Single(service.Asked);
    }

    [Fact]
    public async Task An_archive_that_has_moved_is_followed_with_body_and_token()
    {
        const string Moved = "https://graph.microsoft.com/v1.0/Admin/Exchange/Mailboxes/MBX:2/Folders/f2/items?$top=5";
        ScriptedHandler service = new(Answer(308, location: Moved), Answer(200));
        using HttpClient client = Connections.Client(service, tokens: new Tokens("secret"));

        using HttpResponseMessage response = await client.PostAsync(
            "https://graph.microsoft.com/v1.0/admin/exchange/mailboxes/MBX:1/folders/f1/items", new StringContent("{\"a\":1}"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(new Uri(Moved), service.Asked[1].Address);
        Assert.All(service.Asked, a => Assert.Equal(("POST", "Bearer secret", "{\"a\":1}"), (a.Method, a.Authorization, a.Body)));
        Assert.Equal(2, service.Asked.Count);
    }

    [Theory]
    [InlineData(308, "https://evil.example/v1.0/admin/exchange/mailboxes/MBX:2/folders/f")]
    [InlineData(308, "http://graph.microsoft.com/v1.0/admin/exchange/mailboxes/MBX:2/folders/f")]
    [InlineData(308, "https://graph.microsoft.com:8443/v1.0/admin/exchange/mailboxes/MBX:2/folders/f")]
    [InlineData(308, "https://a@graph.microsoft.com/v1.0/admin/exchange/mailboxes/MBX:2/folders/f")]
    [InlineData(308, "https://graph.microsoft.com/v1.0/users/MBX:2/messages/x/folders/f")]
    [InlineData(308, "https://graph.microsoft.com/v1.0/admin/exchange/mailboxes/MBX:2/folders/f/items")]
    [InlineData(308, "https://graph.microsoft.com/v1.0/admin/exchange/mailboxes/MBX:2/items/f")]
    [InlineData(308, "https://graph.microsoft.com/beta/admin/exchange/mailboxes/MBX:2/folders/f")]
    [InlineData(308, "https://graph.microsoft.com/v1.0/admin/exchange/mailboxes//folders/f")]
    [InlineData(308, null)]
    [InlineData(301, "https://graph.microsoft.com/v1.0/admin/exchange/mailboxes/MBX:2/folders/f")]
    [InlineData(307, "https://graph.microsoft.com/v1.0/admin/exchange/mailboxes/MBX:2/folders/f")]
    public async Task Nothing_else_is_followed_for_an_archive(int status, string? location)
    {
        ScriptedHandler service = new(Answer(status, location: location), Answer(200));
        using HttpClient client = Connections.Client(service, tokens: new Tokens("secret"));

        MailboxException e = await Assert.ThrowsAsync<MailboxException>(() => client.GetAsync("https://graph.microsoft.com/v1.0/admin/exchange/mailboxes/MBX:1/folders/f"));

        Assert.Equal("RedirectRefused", e.Id);
        Assert.Single(service.Asked);
    }

    [Fact]
    public async Task An_archive_that_moves_for_ever_is_not_followed_for_ever()
    {
        ScriptedHandler service = new(Answer(308, location: "https://graph.microsoft.com/v1.0/admin/exchange/mailboxes/MBX:2/folders/f"));
        using HttpClient client = Connections.Client(service);

        await Assert.ThrowsAsync<MailboxException>(() => client.GetAsync("https://graph.microsoft.com/v1.0/admin/exchange/mailboxes/MBX:1/folders/f"));

        Assert.Equal(4, service.Asked.Count);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task A_failure_of_what_stands_in_the_network_s_place_is_told_as_it_is_and_at_once(string method)
    {
        MailDataException full = new(TestError.Of("DiskFull"), "The disk is full.");
        ScriptedHandler service = new(Break(full));
        using HttpClient client = Connections.Client(service);
        using HttpRequestMessage request = new(new HttpMethod(method), Url);

        MailboxException e = await Assert.ThrowsAsync<MailboxException>(() => client.SendAsync(request));

        Assert.Equal((full.Id, full.Message), (e.Id, e.Message));
        Assert.Same(full, e.InnerException);
        Assert.Single(service.Asked);
    }

    [Theory]
    [InlineData("https://graph.microsoft.com/v1.0/me", true)]
    [InlineData("https://GRAPH.microsoft.com/v1.0/me", true)]
    [InlineData("https://graph.microsoft.us/v1.0/me", true)]
    [InlineData("https://dod-graph.microsoft.us/v1.0/me", true)]
    [InlineData("https://microsoftgraph.chinacloudapi.cn/v1.0/me", true)]
    [InlineData("http://graph.microsoft.com/v1.0/me", false)]
    [InlineData("https://graph.microsoft.com:8443/v1.0/me", false)]
    [InlineData("https://graph.microsoft.com.evil.example/v1.0/me", false)]
    [InlineData("https://outlook.office.com/api/v2.0/x", false)]
    [InlineData("https://localhost/v1.0/me", false)]
    public async Task A_token_goes_to_allowed_hosts_only(string url, bool allowed)
    {
        ScriptedHandler service = new(Answer(200));
        using HttpClient client = Connections.Client(service, tokens: new Tokens("secret"));

        await client.GetAsync(url);

        Assert.Equal(allowed ? "Bearer secret" : null, service.Asked[0].Authorization);
    }

    [Fact]
    public async Task An_address_the_service_gave_out_gets_no_token_and_no_preference_whatever_its_host()
    {
        ScriptedHandler service = new(Answer(200));
        using HttpClient client = Connections.Client(service, tokens: new Tokens("secret"));

        using SessionRequest request = new(HttpMethod.Put, new Uri("https://graph.microsoft.com/upload?authtoken=x"));
        await client.SendAsync(request);

        Assert.Null(service.Asked[0].Authorization);
        Assert.Empty(service.Asked[0].Prefer);
    }

    [Fact]
    public async Task A_refused_token_is_replaced_once()
    {
        ScriptedHandler service = new(Error(401, "InvalidAuthenticationToken"), Answer(200), Error(401, "x"), Error(401, "x"), Answer(200));
        using HttpClient client = Connections.Client(service, tokens: new Tokens("old", "new", "newer"));

        using HttpResponseMessage first = await client.GetAsync(Url);
        using HttpResponseMessage second = await client.GetAsync(Url);

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, second.StatusCode);
        Assert.Equal(["Bearer old", "Bearer new", "Bearer new", "Bearer newer"], service.Asked.Select(a => a.Authorization));
    }

    [Fact]
    public async Task A_refusal_is_let_go_when_there_is_no_other_token()
    {
        MemoryStream body = new([1]);
        using HttpClient client = Connections.Client(new ScriptedHandler(_ => new HttpResponseMessage(HttpStatusCode.Unauthorized) { Content = new StreamContent(body) }), tokens: new OneToken());

        MailboxException e = await Assert.ThrowsAsync<MailboxException>(() => client.GetAsync(Url));

        Assert.Equal("MailboxSignInLost", e.Id);
        Assert.False(body.CanRead);
    }

    [Fact]
    public async Task Every_call_asks_for_immutable_ids_once()
    {
        ScriptedHandler service = new(Answer(429, retryAfter: TimeSpan.Zero), Answer(200));
        using HttpClient client = Connections.Client(service);

        await client.GetAsync(Url);

        Assert.All(service.Asked, a => Assert.Equal("IdType=\"ImmutableId\"", a.Prefer));
        Assert.Equal(2, service.Asked.Count);
    }

    [Theory]
    [InlineData("https://graph.microsoft.com/v1.0/users/%40me/messages", "/v1.0/me/messages")]
    [InlineData("https://graph.microsoft.com/v1.0/users/%40me?$select=id", "/v1.0/me")]
    [InlineData("https://graph.microsoft.com/v1.0/users/%40mexico/messages", "/v1.0/users/%40mexico/messages")]
    public async Task The_signed_in_user_is_addressed_as_me(string url, string path)
    {
        ScriptedHandler service = new(Answer(200));
        using HttpClient client = Connections.Client(service);

        await client.GetAsync(url);

        Assert.Equal(path, service.Asked[0].Path);
    }

    [Fact]
    public async Task The_trace_holds_no_token_no_address_and_no_secret_url()
    {
        List<string> lines = [];
        ScriptedHandler service = new(Answer(200), Answer(200));
        using HttpClient client = Connections.Client(service, tokens: new Tokens("secret"), trace: lines.Add);

        await client.GetAsync("https://graph.microsoft.com/v1.0/users/anna@contoso.example/messages?$filter=subject eq 'hush'");
        using SessionRequest request = new(HttpMethod.Put, new Uri("https://outlook.office.com/api/v2.0/Users('a@b')/AttachmentSessions('s')?authtoken=eyJ0"));
        await client.SendAsync(request);

        Assert.Equal(2, lines.Count);
        string all = string.Join("\n", lines);
        Assert.All(["secret", "anna", "hush", "eyJ0", "a@b", "AttachmentSessions"], s => Assert.DoesNotContain(s, all, StringComparison.OrdinalIgnoreCase));
        Assert.Contains("GET https://graph.microsoft.com/v1.0/users/.../messages?... -> 200", lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_of_the_service_loses_its_secrets() => Assert.Equal(
        "see ... and Bearer ...",
        Redaction.Clean("see https://outlook.office365.com/api/gv1.0/Mailboxes('x')/importItem?authtoken=eyJ0 and Bearer abc.def"));

    [Theory]
    [InlineData("https://example.com/v1.0")]
    [InlineData("http://graph.microsoft.com/v1.0")]
    public void Only_the_service_itself_is_connected_to(string baseAddress)
    {
        MailboxConnectionOptions options = new() { Address = "a@b.example", BaseAddress = new Uri(baseAddress) };

        MailboxException e = Assert.Throws<MailboxException>(() => GraphMailboxConnection.Open(options));

        Assert.Equal("MailboxHostNotAllowed", e.Id);
    }

    private sealed class OneToken : IAccessTokenSource
    {
        public Task<string> GetTokenAsync(string? refused, CancellationToken cancellationToken) =>
            refused is null ? Task.FromResult("old") : throw new MailboxException(MailboxErrorIds.MailboxSignInLost, "gone");
    }

    private sealed class Tokens(params string[] tokens) : IAccessTokenSource
    {
        private int _index;

        public Task<string> GetTokenAsync(string? refused, CancellationToken cancellationToken)
        {
            if (refused is not null)
            {
                Assert.Equal(tokens[_index], refused);
                _index = Math.Min(_index + 1, tokens.Length - 1);
            }

            return Task.FromResult(tokens[_index]);
        }
    }
}
