using System.Net;
using System.Net.Sockets;
using System.Text;
using PstMigration.Mailboxes.Diagnosis;
using Xunit;

namespace PstMigration.Mailboxes.Tests.Diagnosis;

public sealed class DiagnosisNetworkTests
{
    private readonly DiagnosisNetwork _network = new(TimeSpan.FromSeconds(1), TimeProvider.System, null);

    [Fact]
    public async Task A_greeting_is_read_from_a_port()
    {
        using Listener listener = new("220 hello \u0001\r\n");
        PortAnswer answer = await _network.ConnectAsync("127.0.0.1", listener.Port, tls: false, TestContext.Current.CancellationToken);
        Assert.Equal("220 hello", answer.Greeting);
        Assert.Null(answer.Problem);
    }

    [Fact]
    public async Task Silence_ends_at_the_timeout()
    {
        using Listener listener = new(null);
        PortAnswer plain = await _network.ConnectAsync("127.0.0.1", listener.Port, tls: false, TestContext.Current.CancellationToken);
        PortAnswer tls = await _network.ConnectAsync("127.0.0.1", listener.Port, tls: true, TestContext.Current.CancellationToken);
        WebAnswer web = await _network.GetAsync(new Uri("http://127.0.0.1:" + listener.Port + "/"), TestContext.Current.CancellationToken);
        Assert.NotNull(plain.Problem);
        Assert.NotNull(tls.Problem);
        Assert.NotNull(web.Problem);
        Assert.Null(web.Status);
    }

    [Fact]
    public async Task An_answer_that_stops_coming_ends_at_the_timeout()
    {
        using Listener listener = new("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nbegin", ends: false);
        Task<WebAnswer> asked = _network.GetAsync(new Uri("http://127.0.0.1:" + listener.Port + "/"), TestContext.Current.CancellationToken);
        Assert.Same(asked, await Task.WhenAny(asked, Task.Delay(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken)));
        Assert.NotNull((await asked).Problem);
    }

    [Fact]
    public async Task Garbage_in_place_of_Tls_is_a_problem()
    {
        using Listener listener = new("220 no tls here\r\n");
        Assert.NotNull((await _network.ConnectAsync("127.0.0.1", listener.Port, tls: true, TestContext.Current.CancellationToken)).Problem);
    }

    [Fact]
    public async Task Redirects_are_not_followed_and_bodies_are_cut()
    {
        using Listener listener = new("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nDate: Mon, 23 Nov 2026 12:00:00 GMT\r\nConnection: close\r\n\r\n" + new string('x', 200_000));
        WebAnswer answer = await _network.GetAsync(new Uri("http://127.0.0.1:" + listener.Port + "/"), TestContext.Current.CancellationToken);
        Assert.Equal(302, answer.Status);
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero), answer.Date);
        Assert.True(answer.Body.Length < 100_000);
    }

    [Fact]
    public async Task A_name_without_address_resolves_to_nothing() =>
        Assert.Empty(await _network.ResolveAsync("no-such-host.invalid", TestContext.Current.CancellationToken));

    private sealed class Listener : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        // A client nobody holds is collected, and its connection closed with it.
        private readonly System.Collections.Concurrent.ConcurrentBag<TcpClient> _clients = [];

        public Listener(string? answer, bool ends = true)
        {
            _listener.Start();
            _ = Task.Run(async () =>
            {
                while (true)
                {
                    TcpClient client = await _listener.AcceptTcpClientAsync();
                    _clients.Add(client);
                    if (answer is not null)
                    {
                        byte[] bytes = Encoding.ASCII.GetBytes(answer);
                        await client.GetStream().WriteAsync(bytes, 0, bytes.Length);
                        if (ends)
                        {
                            client.Client.Shutdown(SocketShutdown.Send);
                        }
                    }
                }
            });
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public void Dispose()
        {
            _listener.Stop();
            foreach (TcpClient client in _clients)
            {
                client.Dispose();
            }
        }
    }
}
