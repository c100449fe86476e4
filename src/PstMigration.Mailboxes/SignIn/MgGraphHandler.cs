using System.Diagnostics.CodeAnalysis;
using System.Net.Http;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>
/// Sends through the client of another module, each request once: that client's own repeating and following of redirects is switched off request by request. Addresses that
/// carry their own secret never go there, because that client gives its token to every request.
/// </summary>
internal sealed class MgGraphHandler : HttpMessageHandler
{
    private readonly HttpClient _client;
    private readonly HttpMessageInvoker _network;
    private readonly IReadOnlyList<KeyValuePair<string, object>> _once;

    /// <summary>A way through a client.</summary>
    /// <param name="client">The client; it stays its owner's.</param>
    /// <param name="network">The way to addresses that carry their own secret.</param>
    /// <exception cref="MailboxException">MgGraphNotLoaded: it is not known how to keep the client from sending twice.</exception>
    public MgGraphHandler(HttpClient client, NetworkOptions network)
    {
        _once = ForeignHandlers.SendOnce(client);
        _client = client;
        _network = new HttpMessageInvoker(network.CreateHandler());
    }

    /// <inheritdoc/>
    [SuppressMessage("Design", "CA1031", Justification = "What another module throws is not known.")]
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request is SessionRequest)
        {
            return await _network.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            return await _client.SendAsync(Copy(request), HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (!TransportFailure.Is(e, cancellationToken) && e is not (OperationCanceledException or MailDataException))
        {
            // Its sign-in failed: no session any more, or a person would be needed.
            throw MgGraphModule.NotConnected(e.Message);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _network.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>A client takes each request object once.</summary>
    private HttpRequestMessage Copy(HttpRequestMessage request)
    {
        HttpRequestMessage copy = new(request.Method, request.RequestUri) { Content = request.Content, Version = request.Version };
        foreach (KeyValuePair<string, IEnumerable<string>> header in request.Headers)
        {
            copy.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        foreach (KeyValuePair<string, object> option in _once)
        {
            RequestOption.Set(copy, option.Key, option.Value);
        }

        return copy;
    }
}
