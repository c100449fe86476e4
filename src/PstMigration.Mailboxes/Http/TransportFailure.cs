using System.Net;
using System.Net.Http;
using System.Net.Sockets;

namespace PstMigration.Mailboxes;

/// <summary>Tells failures of the connection from answers and from our own errors.</summary>
internal static class TransportFailure
{
    /// <summary>Whether the exception says that no whole answer arrived.</summary>
    public static bool Is(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        HttpRequestException or IOException or TimeoutException or WebException or SocketException => true,
        // Handlers of .NET Framework end a broken read this way.
        OperationCanceledException or ObjectDisposedException => !cancellationToken.IsCancellationRequested,
        _ => false,
    };

    /// <summary>Whether no connection was made, so that the service cannot have seen the request.</summary>
    public static bool NothingWasSent(Exception exception)
    {
        for (Exception? e = exception; e is not null; e = e.InnerException)
        {
            bool unsent = e switch
            {
                NothingSentException => true,
                SocketException socket => socket.SocketErrorCode is SocketError.ConnectionRefused or SocketError.HostNotFound
                    or SocketError.NoData or SocketError.TryAgain,
                WebException web => web.Status is WebExceptionStatus.NameResolutionFailure
                    or WebExceptionStatus.ProxyNameResolutionFailure or WebExceptionStatus.ConnectFailure,
                _ => false,
            };
            if (unsent)
            {
                return true;
            }
        }

        return false;
    }
}
