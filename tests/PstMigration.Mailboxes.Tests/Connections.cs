using System.Net.Http;

namespace PstMigration.Mailboxes.Tests;

/// <summary>Options for connections that share no budget with other tests.</summary>
internal static class Connections
{
    private static int s_count;

    public static string NewAddress() => "user" + Interlocked.Increment(ref s_count) + "@contoso.example";

    public static MailboxConnectionOptions Options(
        HttpMessageHandler handler, TimeProvider? clock = null, IAccessTokenSource? tokens = null, string? address = null) => new()
    {
        Address = address ?? NewAddress(),
        Handler = handler,
        Clock = clock ?? TimeProvider.System,
        Tokens = tokens,
    };

    public static HttpClient Client(
        HttpMessageHandler handler, TimeProvider? clock = null, IAccessTokenSource? tokens = null, Action<string>? trace = null, string? address = null)
    {
        MailboxConnectionOptions options = Options(handler, clock, tokens, address);
        return HandlerChain.Create(options, new SharedHandler(options), trace);
    }
}
