using System.Net.Http;
using System.Net.Http.Headers;
using System.Reflection;

namespace PstMigration.Mailboxes;

/// <summary>
/// Builds the client everything is sent with. None of the SDK's own handlers: those re-send POSTs and follow redirects.
/// From the outside in: failures of a local mailbox, address, immutable ids, retries, redirects, token, limits, one try, trace, network.
/// </summary>
internal static class HandlerChain
{
    /// <summary>A client for one operation.</summary>
    /// <param name="options">The connection's.</param>
    /// <param name="network">What really sends; disposing the client does not close it.</param>
    /// <param name="log">Takes a line for each request; null for none.</param>
    /// <param name="waits">Told of waits; null for nobody.</param>
    public static HttpClient Create(MailboxConnectionOptions options, SharedHandler network, Action<string>? log, WaitTeller? waits = null)
    {
        TimeProvider clock = options.Clock;
        BudgetKey key = BudgetKey.Create(options.BaseAddress.Host, options.ClientId, options.Address, clock);
        HttpMessageHandler handler = network;
        if (log is not null)
        {
            handler = new TraceHandler(log, clock) { InnerHandler = handler };
        }

        handler = new AttemptHandler(options.RequestTimeout, clock) { InnerHandler = handler };
        handler = new ThrottleHandler(BudgetRegistry.Get(key, options.Limits, options.LimitsFolder), clock, waits) { InnerHandler = handler };
        handler = new BearerHandler(options.Tokens, new AllowedHosts(options.BaseAddress, options.Kind), clock) { InnerHandler = handler };
        handler = new RedirectHandler { InnerHandler = handler };
        handler = new RetryHandler(clock, waits) { InnerHandler = handler };
        handler = new ImmutableIdHandler { InnerHandler = handler };
        handler = new MeAddressHandler { InnerHandler = handler };
        handler = new LocalFailureHandler { InnerHandler = handler };
        // The chain has its own time limit per try; the client's would count the waiting too.
        HttpClient client = new(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.ExpectContinue = false;
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("PstMigration", Version()));
        return client;
    }

    private static string Version() =>
        typeof(HandlerChain).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
}
