using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PstMigration.Accounts.Tests.Probing;

/// <summary>A server on loopback that does what a test says with each connection, and keeps what it was sent.</summary>
internal sealed class FakeServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly StringBuilder _received = new();

    public FakeServer(Func<Stream, FakeServer, CancellationToken, Task> serve)
    {
        _listener.Start();
        _ = Task.Run(async () =>
        {
            while (!_stop.IsCancellationRequested)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync();
                Connections++;
                _ = Task.Run(async () =>
                {
                    using (client)
                    {
                        try
                        {
                            await serve(client.GetStream(), this, _stop.Token);
                        }
                        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
                        {
                            // The prober hung up.
                        }
                    }
                });
            }
        });
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Connections { get; private set; }

    public string Received
    {
        get
        {
            lock (_received)
            {
                return _received.ToString();
            }
        }
    }

    public static FakeServer Script(params string[] answers) => new(async (stream, server, stop) =>
    {
        foreach (string answer in answers)
        {
            await SendAsync(stream, answer, stop);
            await server.ReadLineAsync(stream, stop);
        }
    });

    public static async Task SendAsync(Stream stream, string text, CancellationToken stop)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(text);
        await stream.WriteAsync(bytes, 0, bytes.Length, stop);
        await stream.FlushAsync(stop);
    }

    public async Task<string> ReadLineAsync(Stream stream, CancellationToken stop)
    {
        StringBuilder line = new();
        byte[] one = new byte[1];
        while (line.Length < 10_000 && await stream.ReadAsync(one, 0, 1, stop) == 1 && one[0] != '\n')
        {
            line.Append((char)one[0]);
        }

        lock (_received)
        {
            if (line.Length == 0)
            {
                return "";
            }

            _received.AppendLine(line.ToString().TrimEnd('\r'));
        }

        return line.ToString();
    }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
    }
}
