using System.Net.Http;
using Microsoft.Identity.Client;

namespace PstMigration.Mailboxes;

/// <summary>The way of the sign-in to the network: the same as that of everything else. Notes how far this computer's clock is from the service's.</summary>
internal sealed class SignInHttp : IMsalHttpClientFactory, IDisposable
{
    private readonly HttpClient _client;
    private readonly ClockWatch _watch;

    public SignInHttp(SignInRequest request)
    {
        _watch = new ClockWatch(request.Clock)
        {
            InnerHandler = request.Handler is HttpMessageHandler given ? new Borrowed(given) : request.Network.CreateHandler(),
        };
        _client = new HttpClient(_watch);
    }

    /// <summary>How far this computer's clock is ahead of the service's, by the last answer.</summary>
    public TimeSpan ClockAhead => _watch.Ahead;

    /// <inheritdoc/>
    public HttpClient GetHttpClient() => _client;

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private sealed class ClockWatch(TimeProvider clock) : DelegatingHandler
    {
        public TimeSpan Ahead { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            Ahead = ServiceClock.Ahead(response, clock);
            return response;
        }
    }

    /// <summary>A handler that belongs to somebody else.</summary>
    private sealed class Borrowed(HttpMessageHandler handler) : HttpMessageHandler
    {
        private readonly HttpMessageInvoker _invoker = new(handler, disposeHandler: false);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            _invoker.SendAsync(request, cancellationToken);
    }
}
