using System.Net.Http;

namespace PstMigration.Mailboxes;

/// <summary>
/// What really sends, for all operations of a connection: the network with its open connections, or a handler that belongs to somebody else. The clients of operations
/// come and go over it; it ends with the connection.
/// </summary>
internal sealed class SharedHandler(MailboxConnectionOptions options) : HttpMessageHandler
{
    private readonly HttpMessageInvoker _invoker = new(options.Handler ?? options.Network.CreateHandler(), disposeHandler: options.Handler is null);
    private volatile bool _isClosed;

    /// <summary>Sends nothing any more.</summary>
    public void Close()
    {
        _isClosed = true;
        _invoker.Dispose();
    }

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _isClosed ? throw MailboxException.Disconnected(options.Address) : _invoker.SendAsync(request, cancellationToken);
}
