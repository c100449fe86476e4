using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PstMigration.SignIn.Tests;

/// <summary>
/// A web proxy (CONNECT, RFC 9110 9.3.6) that leads Microsoft's names to servers of the tests, so that the module under test is told nothing but its proxy. It lets nobody else
/// through, and may ask for a sign-in.
/// </summary>
internal sealed class TunnelProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly IReadOnlyDictionary<string, int> _hosts;
    private readonly string? _credential;

    /// <param name="hosts">The ports names lead to.</param>
    /// <param name="credential">User and password with a colon; null to let everybody in.</param>
    public TunnelProxy(IReadOnlyDictionary<string, int> hosts, string? credential = null)
    {
        _hosts = hosts;
        _credential = credential is null ? null : "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(credential));
        _listener.Start();
        _ = Task.Run(AcceptAsync);
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Whom somebody wanted to reach, in order.</summary>
    public ConcurrentQueue<string> Wanted { get; } = new();

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _ = Task.Run(() => ServeAsync(client));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using TcpClient _ = client;
        try
        {
            NetworkStream near = client.GetStream();
            while (await ReadHeadAsync(near) is string[] head)
            {
                string[] first = head[0].Split(' ');
                string host = first[1].Split(':')[0];
                if (_credential is not null && !head.Contains("Proxy-Authorization: " + _credential, StringComparer.OrdinalIgnoreCase))
                {
                    await AnswerAsync(near, "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"test\"\r\nContent-Length: 0");
                    continue;
                }

                Wanted.Enqueue(host);
                if (first[0] != "CONNECT" || !_hosts.TryGetValue(host, out int port))
                {
                    await AnswerAsync(near, "403 Forbidden\r\nContent-Length: 0");
                    continue;
                }

                using TcpClient server = new();
                await server.ConnectAsync(IPAddress.Loopback, port, _stop.Token);
                NetworkStream far = server.GetStream();
                await AnswerAsync(near, "200 Connection Established");
                await Task.WhenAny(near.CopyToAsync(far, _stop.Token), far.CopyToAsync(near, _stop.Token));
                return;
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Either side hung up.
        }
    }

    private static async Task<string[]?> ReadHeadAsync(NetworkStream stream)
    {
        List<byte> head = [];
        byte[] one = new byte[1];
        while (head.Count < 16_384)
        {
            if (await stream.ReadAsync(one) == 0)
            {
                return null;
            }

            head.Add(one[0]);
            if (head.Count >= 4 && head[^1] == '\n' && head[^2] == '\r' && head[^3] == '\n')
            {
                return Encoding.ASCII.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
            }
        }

        return null;
    }

    private static Task AnswerAsync(NetworkStream stream, string answer) => stream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 " + answer + "\r\n\r\n")).AsTask();
}
