using System.Net;
using System.Net.Http;
using System.Security;
using System.Text;

namespace PstMigration.Mailboxes.Tests;

/// <summary>
/// Answers like Microsoft's sign-in service, but for tokens, which the test answers. That the shape is right is not shown by it: the tests of sign-in with a real OpenID
/// provider do that.
/// </summary>
internal sealed class FakeAuthority(Func<Asked, HttpResponseMessage> token, TimeProvider? clock = null, TimeSpan ahead = default) : HttpMessageHandler
{
    public const string ClientId = "11111111-2222-3333-4444-555555555555";
    private const string Tenant = "contoso.example";

    public List<Asked> Tokens { get; } = [];

    /// <summary>The charset of the page somebody on the way gives in place of a tenant's description; null where nobody does.</summary>
    public string? DescriptionCharset { get; init; }

    public static SecureString Secret(string text)
    {
        SecureString secret = new();
        foreach (char c in text)
        {
            secret.AppendChar(c);
        }

        return secret;
    }

    public SignInRequest Application(SignInMethod method = SignInMethod.ClientSecret, string tenant = Tenant, string secret = "planted-secret", Uri? proxy = null) => new()
    {
        Method = method,
        ClientId = ClientId,
        TenantId = tenant,
        Secret = Secret(secret),
        Network = new NetworkOptions(proxy),
        Handler = this,
        Clock = clock ?? TimeProvider.System,
    };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response = await AnswerAsync(request);
        response.RequestMessage = request;
        response.Headers.Date = (clock ?? TimeProvider.System).GetUtcNow() - ahead;
        return response;
    }

    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request)
    {
        string path = request.RequestUri!.AbsolutePath;
        if (path.EndsWith("/discovery/instance", StringComparison.Ordinal))
        {
            return Json(200, """
                {"tenant_discovery_endpoint":"https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration","metadata":
                [{"preferred_network":"login.microsoftonline.com","preferred_cache":"login.windows.net","aliases":["login.microsoftonline.com","login.windows.net"]}]}
                """);
        }

        if (path.EndsWith("/openid-configuration", StringComparison.Ordinal) && DescriptionCharset is not null)
        {
            HttpResponseMessage page = new() { Content = new ByteArrayContent(Encoding.ASCII.GetBytes("<html>")) };
            page.Content.Headers.TryAddWithoutValidation("Content-Type", "text/html; charset=" + DescriptionCharset);
            return page;
        }

        if (path.EndsWith("/openid-configuration", StringComparison.Ordinal))
        {
            return path.Contains("nowhere", StringComparison.Ordinal)
                ? Json(400, """{"error":"invalid_tenant","error_description":"AADSTS90002: Tenant 'nowhere.example' not found."}""")
                : Json(200, $$"""{"cloud_instance_name":"{{(path.Contains("government", StringComparison.Ordinal) ? "microsoftonline.us" : "microsoftonline.com")}}"}""");
        }

        string body = request.Content is null ? "" : await request.Content.ReadAsStringAsync();
        Asked asked = new(request.Method.Method, request.RequestUri!, null, "", body);
        Tokens.Add(asked);
        return token(asked);
    }

    public static HttpResponseMessage Json(int status, string json) =>
        new((HttpStatusCode)status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };

    public static HttpResponseMessage Refused(string error, string description, int status = 400) =>
        Json(status, $$"""{"error":"{{error}}","error_description":"{{description}}"}""");
}
