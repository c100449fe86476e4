using System.Net.Sockets;
using System.Text;

namespace PstMigration.Accounts.Probing;

/// <summary>Opens connections, directly or through an HTTP proxy that allows CONNECT.</summary>
internal sealed class ServerConnector(Uri? proxy)
{
    private const int DefaultProxyPort = 8080;

    /// <summary>A connected client; the caller disposes it.</summary>
    /// <exception cref="SocketException">It cannot be reached.</exception>
    /// <exception cref="ProxyRefusedException">The proxy does not let it through.</exception>
    public async Task<TcpClient> ConnectAsync(string host, int port, CancellationToken cancellationToken)
    {
        TcpClient client = new();
        try
        {
            // .NET Framework cannot cancel a connection that is being made, nor a read from one, but it can be closed.
            using CancellationTokenRegistration closing = cancellationToken.Register(client.Dispose);
            await client.ConnectAsync(proxy?.DnsSafeHost ?? host, proxy is null ? port : proxy.IsDefaultPort ? DefaultProxyPort : proxy.Port).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (proxy is not null)
            {
                await TunnelAsync(client.GetStream(), host, port, cancellationToken).ConfigureAwait(false);
            }

            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    private static async Task TunnelAsync(NetworkStream stream, string host, int port, CancellationToken cancellationToken)
    {
        string target = (host.IndexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        byte[] request = Encoding.ASCII.GetBytes("CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n\r\n");
        await stream.WriteAsync(request, 0, request.Length, cancellationToken).ConfigureAwait(false);

        // Byte by byte: what follows the answer belongs to the server behind.
        byte[] one = new byte[1];
        StringBuilder answer = new();
        while (!answer.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, 0, 1, cancellationToken).ConfigureAwait(false) == 0 || answer.Length == 8192)
            {
                throw new ProxyRefusedException(answer.ToString());
            }

            answer.Append((char)one[0]);
        }

        string status = answer.ToString().Split('\r')[0];
        if (!status.StartsWith("HTTP/1.", StringComparison.Ordinal) || status.IndexOf(" 200", StringComparison.Ordinal) != 8)
        {
            throw new ProxyRefusedException(status);
        }
    }
}
