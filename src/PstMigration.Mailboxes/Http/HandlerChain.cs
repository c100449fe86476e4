using System;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Authentication;
using System.Threading;

namespace PstMigration.Mailboxes;

/// <summary>
/// Builds the client everything is sent with. None of the SDK's own handlers: those re-send POSTs and follow redirects.
/// From the outside in: failures of a local mailbox, address, immutable ids, retries, token, limits, one try, redirect refusal, trace, network.
/// </summary>
internal static class HandlerChain
{
    /// <summary>A client over the options' handler or the network. Disposing it leaves a given handler alone.</summary>
    public static HttpClient Create(MailboxConnectionOptions options)
    {
        TimeProvider clock = options.Clock;
        BudgetKey key = BudgetKey.Create(options.BaseAddress.Host, options.ClientId, options.Address, clock);
        HttpMessageHandler handler = options.Handler is null ? Network() : new Borrowed(options.Handler);
        if (options.Trace is not null)
        {
            handler = new TraceHandler(options.Trace, clock) { InnerHandler = handler };
        }

        handler = new RedirectRefusalHandler { InnerHandler = handler };
        handler = new AttemptHandler(options.RequestTimeout, clock) { InnerHandler = handler };
        handler = new ThrottleHandler(BudgetRegistry.Get(key, options.Limits), clock) { InnerHandler = handler };
        handler = new BearerHandler(options.Tokens, new AllowedHosts(options.BaseAddress, options.Kind)) { InnerHandler = handler };
        handler = new RetryHandler(clock) { InnerHandler = handler };
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

    private static HttpClientHandler Network()
    {
        HttpClientHandler handler = new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
            MaxConnectionsPerServer = 8,
        };
        if (RuntimeInformation.FrameworkDescription.StartsWith(".NET Framework", StringComparison.Ordinal))
        {
            // An old host process may offer less than the service takes; its own settings are not ours to change.
            handler.SslProtocols = SslProtocols.Tls12;
        }

        return handler;
    }

    /// <summary>Passes on to a handler that belongs to somebody else.</summary>
    private sealed class Borrowed(HttpMessageHandler handler) : HttpMessageHandler
    {
        private readonly HttpMessageInvoker _invoker = new(handler, disposeHandler: false);

        protected override System.Threading.Tasks.Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            _invoker.SendAsync(request, cancellationToken);

        protected override void Dispose(bool disposing)
        {
            _invoker.Dispose();
            base.Dispose(disposing);
        }
    }
}
