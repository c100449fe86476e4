using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using PstMigration.Accounts.Probing;
using Xunit;

namespace PstMigration.Accounts.Tests.Probing;

public sealed class ServerProberTests
{
    [Fact]
    public async Task ImapSaysItsMechanisms()
    {
        using FakeServer server = FakeServer.Script(
            "* OK ready\r\n", "* CAPABILITY IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 SASL-IR\r\np1 OK done\r\n", "* BYE\r\n");
        ServerProbe probe = await ProbeAsync(server, MailProtocol.Imap);
        Assert.Equal(ProbeOutcome.Answered, probe.Outcome);
        Assert.Equal(["PLAIN", "XOAUTH2"], probe.Mechanisms);
        Assert.True(probe is { OffersPassword: true, OffersOAuth: true, OffersPasswordUnprotected: true, OffersStartTls: false, Tls: null });
    }

    [Fact]
    public async Task NothingButQuestionsIsSent()
    {
        using FakeServer imap = FakeServer.Script("* OK ready\r\n", "* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\np1 OK done\r\n", "");
        using FakeServer pop = FakeServer.Script("+OK <1.2@x>\r\n", "+OK\r\nUSER\r\nSASL PLAIN XOAUTH2\r\n.\r\n", "");
        using FakeServer smtp = FakeServer.Script("220-hello\r\n220 hello\r\n", "250-x\r\n250-AUTH LOGIN PLAIN\r\n250-AUTH=LOGIN\r\n250 SIZE\r\n", "");
        await ProbeAsync(imap, MailProtocol.Imap);
        ServerProbe ofPop = await ProbeAsync(pop, MailProtocol.Pop);
        ServerProbe ofSmtp = await ProbeAsync(smtp, MailProtocol.Smtp);
        Assert.Equal(["PLAIN", "XOAUTH2", "USER", "APOP"], ofPop.Mechanisms);
        Assert.Equal(["LOGIN", "PLAIN"], ofSmtp.Mechanisms);
        await Task.WhenAll(new[] { (imap, "p1 CAPABILITY|p2 LOGOUT|"), (pop, "CAPA|QUIT|"), (smtp, "EHLO [127.0.0.1]|QUIT|") }.Select(async s =>
        {
            for (int i = 0; i < 100 && s.Item1.Received.Split('\n').Length < 3; i++)
            {
                await Task.Delay(20, TestContext.Current.CancellationToken);
            }

            Assert.Equal(s.Item2, s.Item1.Received.Replace("\r", "").Replace("\n", "|"));
            Assert.Equal(1, s.Item1.Connections);
        }));
    }

    [Theory]
    [InlineData(MailProtocol.Imap, "* BYE connections from abroad are not accepted")]
    [InlineData(MailProtocol.Pop, "-ERR [SYS/PERM] your network is blocked")]
    [InlineData(MailProtocol.Smtp, "554 5.7.1 your address is on a list")]
    [InlineData(MailProtocol.Smtp, "421-too many connections")]
    public async Task AServerThatTurnsTheConnectionAwayIsQuoted(MailProtocol protocol, string greeting)
    {
        using FakeServer server = FakeServer.Script(greeting + "\r\n");
        ServerProbe probe = await ProbeAsync(server, protocol);
        Assert.Equal(ProbeOutcome.TurnedAway, probe.Outcome);
        Assert.Contains(greeting, probe.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OldPopServersTakeUserAndPass()
    {
        using FakeServer server = FakeServer.Script("+OK hello\r\n", "-ERR what\r\n", "");
        Assert.Equal(["USER"], (await ProbeAsync(server, MailProtocol.Pop)).Mechanisms);
    }

    [Fact]
    public async Task LoginDisabledIsNoPassword()
    {
        using FakeServer server = FakeServer.Script("* OK ready\r\n", "* CAPABILITY IMAP4rev1 LOGINDISABLED\r\np1 OK done\r\n", "");
        ServerProbe probe = await ProbeAsync(server, MailProtocol.Imap);
        Assert.Empty(probe.Mechanisms);
        Assert.False(probe.OffersPassword);
    }

    [Fact]
    public async Task AClosedPortIsSaid()
    {
        TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        ServerProbe probe = await ProbeAsync(Server(port, MailProtocol.Imap), 5);
        Assert.Equal(ProbeOutcome.Refused, probe.Outcome);
        Assert.NotEmpty(probe.Problem);
    }

    [Fact]
    public async Task AnUnknownHostIsSaid() =>
        Assert.Equal(ProbeOutcome.HostNotFound, (await ProbeAsync(new MailServer { Protocol = MailProtocol.Imap, Host = "bad host\u0000", Port = 993 }, 5)).Outcome);

    [Theory]
    [InlineData(MailProtocol.Imap, MailSecurity.None)]
    [InlineData(MailProtocol.Pop, MailSecurity.None)]
    [InlineData(MailProtocol.Smtp, MailSecurity.ImplicitTls)]
    public async Task ATarpitDoesNotHoldUsLongerThanTheTimeout(MailProtocol protocol, MailSecurity security)
    {
        using FakeServer server = new(async (stream, _, stop) =>
        {
            while (true)
            {
                await FakeServer.SendAsync(stream, protocol == MailProtocol.Imap ? "*" : "2", stop);
                await Task.Delay(50, stop);
            }
        });
        Stopwatch watch = Stopwatch.StartNew();
        ServerProbe probe = await ProbeAsync(Server(server.Port, protocol, security), 1);
        Assert.True(probe.Outcome is ProbeOutcome.TimedOut or ProbeOutcome.TlsFailed, probe.Outcome.ToString());
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(4), watch.Elapsed.ToString());
    }

    [Fact]
    public async Task SilenceEndsAtTheTimeout()
    {
        using FakeServer server = new(async (_, _, stop) => await Task.Delay(Timeout.Infinite, stop));
        ServerProbe probe = await ProbeAsync(Server(server.Port, MailProtocol.Imap, MailSecurity.ImplicitTls), 1);
        Assert.Equal(ProbeOutcome.TimedOut, probe.Outcome);
        Assert.True(probe.Duration < TimeSpan.FromSeconds(4));
    }

    [Theory]
    [InlineData(MailProtocol.Imap)]
    [InlineData(MailProtocol.Pop)]
    [InlineData(MailProtocol.Smtp)]
    public async Task GarbageIsNoMailServer(MailProtocol protocol)
    {
        using FakeServer server = FakeServer.Script("HTTP/1.1 400 Bad Request\r\n\u001b[2J\r\n");
        Assert.Equal(ProbeOutcome.NotAMailServer, (await ProbeAsync(server, protocol)).Outcome);
    }

    [Theory]
    [InlineData(MailProtocol.Imap)]
    [InlineData(MailProtocol.Smtp)]
    public async Task AnEndlessLineIsCutOff(MailProtocol protocol)
    {
        using FakeServer server = new(async (stream, _, stop) =>
        {
            while (true)
            {
                await FakeServer.SendAsync(stream, new string('2', 4000), stop);
            }
        });
        Assert.Equal(ProbeOutcome.NotAMailServer, (await ProbeAsync(server, protocol)).Outcome);
    }

    [Fact]
    public async Task EndlessLinesAreCutOff()
    {
        using FakeServer server = new(async (stream, _, stop) =>
        {
            await FakeServer.SendAsync(stream, "220 hi\r\n", stop);
            while (true)
            {
                await FakeServer.SendAsync(stream, "250-AUTH X\r\n", stop);
            }
        });
        Assert.Equal(ProbeOutcome.NotAMailServer, (await ProbeAsync(server, MailProtocol.Smtp)).Outcome);
    }

    [Fact]
    public async Task AHangUpIsSaid()
    {
        using FakeServer server = new((_, _, _) => Task.CompletedTask);
        Assert.Equal(ProbeOutcome.Disconnected, (await ProbeAsync(server, MailProtocol.Imap)).Outcome);
    }

    [Fact]
    public async Task GarbageInPlaceOfTlsIsSaid()
    {
        using FakeServer server = FakeServer.Script("* OK this is no TLS\r\n");
        Assert.Equal(ProbeOutcome.TlsFailed, (await ProbeAsync(Server(server.Port, MailProtocol.Imap, MailSecurity.ImplicitTls), 5)).Outcome);
    }

    // CVE-2011-0411: commands put in after STARTTLS and before TLS.
    [Fact]
    public async Task WordsPutInBeforeTlsAreRefused()
    {
        using FakeServer server = FakeServer.Script("* OK\r\n", "* CAPABILITY IMAP4rev1 STARTTLS\r\np1 OK\r\n", "p2 OK go\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n");
        Assert.Equal(ProbeOutcome.NotAMailServer, (await ProbeAsync(server, MailProtocol.Imap)).Outcome);
    }

    [Fact]
    public async Task AProxyIsGoneThroughAndItsRefusalSaid()
    {
        using FakeServer open = FakeServer.Script("");
        using FakeServer proxy = new(async (stream, me, stop) =>
        {
            string target = await me.ReadLineAsync(stream, stop);
            await me.ReadLineAsync(stream, stop);
            await me.ReadLineAsync(stream, stop);
            if (target.IndexOf("allowed.example", StringComparison.Ordinal) < 0)
            {
                await FakeServer.SendAsync(stream, "HTTP/1.1 403 Forbidden\r\n\r\n", stop);
                return;
            }

            await FakeServer.SendAsync(stream, "HTTP/1.1 200 Connection established\r\n\r\n* OK behind\r\n", stop);
            await me.ReadLineAsync(stream, stop);
            await FakeServer.SendAsync(stream, "* CAPABILITY IMAP4rev1 AUTH=XOAUTH2\r\np1 OK\r\n", stop);
            await me.ReadLineAsync(stream, stop);
        });
        ServerProber prober = new(TimeSpan.FromSeconds(5), TimeProvider.System, new Uri("http://127.0.0.1:" + proxy.Port));
        ServerProbe allowed = await prober.ProbeAsync(new MailServer { Protocol = MailProtocol.Imap, Host = "allowed.example", Port = 143, Security = MailSecurity.None }, TestContext.Current.CancellationToken);
        ServerProbe refused = await prober.ProbeAsync(new MailServer { Protocol = MailProtocol.Imap, Host = "other.example", Port = 143, Security = MailSecurity.None }, TestContext.Current.CancellationToken);
        Assert.Equal(["XOAUTH2"], allowed.Mechanisms);
        Assert.Equal(ProbeOutcome.Refused, refused.Outcome);
        Assert.Contains("403", refused.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AProxyThatSaysNothingEndsAtTheTimeout()
    {
        using FakeServer proxy = new(async (_, _, stop) => await Task.Delay(Timeout.Infinite, stop));
        ServerProber prober = new(TimeSpan.FromSeconds(1), TimeProvider.System, new Uri("http://127.0.0.1:" + proxy.Port));
        ServerProbe probe = await prober.ProbeAsync(Server(143, MailProtocol.Imap), TestContext.Current.CancellationToken);
        Assert.Equal(ProbeOutcome.TimedOut, probe.Outcome);
    }

    [Fact]
    public async Task TheCallersCancellationIsNoTimeout()
    {
        using FakeServer server = new(async (_, _, stop) => await Task.Delay(Timeout.Infinite, stop));
        using CancellationTokenSource cancel = new(300);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            new ServerProber(TimeSpan.FromSeconds(30), TimeProvider.System).ProbeAsync(Server(server.Port, MailProtocol.Imap), cancel.Token));
    }

    private static MailServer Server(int port, MailProtocol protocol, MailSecurity security = MailSecurity.None) =>
        new() { Protocol = protocol, Host = "127.0.0.1", Port = port, Security = security };

    private static Task<ServerProbe> ProbeAsync(FakeServer server, MailProtocol protocol) => ProbeAsync(Server(server.Port, protocol), 10);

    private static Task<ServerProbe> ProbeAsync(MailServer server, int seconds) =>
        new ServerProber(TimeSpan.FromSeconds(seconds), TimeProvider.System).ProbeAsync(server, TestContext.Current.CancellationToken);
}
