using System.Net.Http;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Graph.PowerShell.Authentication;
using Xunit;
using KiotaMiddleware = Microsoft.Kiota.Http.HttpClientLibrary.Middleware;

namespace PstMigration.Mailboxes.Tests;

/// <summary>
/// Requests through somebody else's client with Microsoft's own handlers in it, those that Connect-MgGraph has.
/// </summary>
public sealed class MgGraphTests
{
    [Theory]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(429)]
    public async Task A_create_is_sent_once_whatever_the_handlers_of_the_client_would_do(int status)
    {
        ScriptedHandler service = new(ScriptedHandler.Answer(status, "{}", TimeSpan.Zero));
        using HttpClient foreign = Foreign(service);
        using HttpRequestMessage direct = Create();
        await Assert.ThrowsAnyAsync<Exception>(() => foreign.SendAsync(direct));
        int withoutUs = service.Asked.Count;
        using HttpMessageInvoker through = new(new MgGraphHandler(foreign, new NetworkOptions()));

        using HttpRequestMessage request = Create();
        using HttpResponseMessage response = await through.SendAsync(request, CancellationToken.None);

        Assert.True(withoutUs > 1, "The handlers send nothing again by themselves, so this shows nothing.");
        Assert.Equal((status, withoutUs + 1), ((int)response.StatusCode, service.Asked.Count));
        Assert.Equal("{\"subject\":\"x\"}", service.Asked[^1].Body);
    }

    [Fact]
    public async Task A_redirect_comes_back_and_is_not_followed()
    {
        ScriptedHandler service = new(ScriptedHandler.Answer(307, "{}", location: "https://graph.microsoft.com/v1.0/elsewhere"));
        using HttpClient foreign = Foreign(service);
        using HttpMessageInvoker through = new(new MgGraphHandler(foreign, new NetworkOptions()));

        using HttpRequestMessage request = Create();
        using HttpResponseMessage response = await through.SendAsync(request, CancellationToken.None);

        Assert.Equal((307, 1), ((int)response.StatusCode, service.Asked.Count));
    }

    [Fact]
    public async Task Our_own_rules_send_again_over_it()
    {
        ScriptedHandler service = new(ScriptedHandler.Answer(429, "{}", TimeSpan.FromSeconds(1)), ScriptedHandler.Answer(503, "{}", TimeSpan.FromSeconds(1)), ScriptedHandler.Answer(200));
        using HttpClient foreign = Foreign(service);
        using HttpClient client = Connections.Client(new MgGraphHandler(foreign, new NetworkOptions()));

        using HttpResponseMessage response = await client.GetAsync(new Uri("https://graph.microsoft.com/v1.0/me"));

        Assert.Equal((200, 3), ((int)response.StatusCode, service.Asked.Count));
        Assert.All(service.Asked, a => Assert.Contains("ImmutableId", a.Prefer, StringComparison.Ordinal));
    }

    [Fact]
    public void A_client_with_a_handler_nobody_knows_is_refused()
    {
        using HttpClient foreign = new(new MyRetryPolicyHandler { InnerHandler = new ScriptedHandler() });

        Assert.Equal("MgGraphNotLoaded", Assert.Throws<MailboxException>(() => new MgGraphHandler(foreign, new NetworkOptions())).Id);
    }

    [Fact]
    public async Task The_session_of_the_module_is_found_where_there_is_one()
    {
        string limits = Path.Combine(Path.GetTempPath(), "limits-" + Guid.NewGuid().ToString("N"));
        SignInRequest request = new() { Method = SignInMethod.MgGraph, LimitsFolder = limits };

        // The double is not loaded until the first line that names it, which is in another method.
        Assert.Equal("MgGraphNotLoaded", (await Assert.ThrowsAsync<MailboxException>(() => MailboxSignIn.OpenAsync(request, CancellationToken.None))).Id);
        await FindAsync(request);

        // Limits of live mailboxes are kept together with other processes.
        Assert.Single(Directory.GetFiles(limits, "counts", SearchOption.AllDirectories));
        Directory.Delete(limits, recursive: true);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task FindAsync(SignInRequest request)
    {
        GraphSession session = new();
        GraphSession.Initialize(() => session, overwrite: true);
        Assert.Equal("MgGraphNotConnected", (await Assert.ThrowsAsync<MailboxException>(() => MailboxSignIn.OpenAsync(request, CancellationToken.None))).Id);
        session.AuthContext = new AuthContext { Account = "taro@contoso.example", ClientId = "app", TenantId = "tenant", Scopes = ["Mail.ReadWrite", "openid"] };
        Assert.Equal("MgGraphNotConnected", (await Assert.ThrowsAsync<MailboxException>(() => MailboxSignIn.OpenAsync(request, CancellationToken.None))).Id);
        ScriptedHandler service = new(asked => ScriptedHandler.Answer(200, """{"id":"1","mail":"taro@contoso.example","value":[]}""")(asked));
        session.GraphHttpClient = Foreign(service);
        session.Environment = new GraphEnvironment { GraphEndpoint = "https://graph.microsoft.us" };

        using SignInSession found = await MailboxSignIn.OpenAsync(request, CancellationToken.None);
        using IMailbox mailbox = MailboxSignIn.Connect(found, request);
        await mailbox.OpenSourceAsync(null, CancellationToken.None);
        session.Environment.GraphEndpoint = "https://graph.example";

        Assert.Equal(("taro@contoso.example", "app", MailboxKind.Organization), (found.Info.Account, found.Info.ClientId, found.Info.Kind));
        Assert.Equal(["Mail.ReadWrite"], found.Info.Scopes);
        Assert.All(service.Asked, a => Assert.Equal(("graph.microsoft.us", "/v1.0/me"), (a.Address.Host, a.Path)));
        Assert.Equal("MailboxHostNotAllowed", (await Assert.ThrowsAsync<MailboxException>(() => MailboxSignIn.OpenAsync(request, CancellationToken.None))).Id);
    }

    private static HttpClient Foreign(HttpMessageHandler service) =>
        new(new KiotaMiddleware.RetryHandler { InnerHandler = new KiotaMiddleware.RedirectHandler { InnerHandler = service } });

    private static HttpRequestMessage Create() =>
        new(HttpMethod.Post, "https://graph.microsoft.com/v1.0/me/messages") { Content = new StringContent("{\"subject\":\"x\"}", Encoding.UTF8, "application/json") };

    private sealed class MyRetryPolicyHandler : DelegatingHandler;
}
