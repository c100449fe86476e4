using PstMigration.Mailboxes.Diagnosis;
using Xunit;

namespace PstMigration.Mailboxes.Tests.Diagnosis;

public sealed class ConnectionDiagnosisTests
{
    private readonly Network _network = new();

    [Fact]
    public async Task A_sound_network_passes_every_step()
    {
        List<ConnectionFinding> findings = await RunAsync("a@contoso.com");
        Assert.Equal(
            "Dns Dns Dns Proxy Tls Clock SignIn Tls Graph Autodiscover Imap Pop Smtp",
            string.Join(" ", findings.Select(f => f.Step)));
        Assert.All(findings, f => Assert.True(f.Outcome == ConnectionOutcome.Passed && f.Found.Length > 0 && f.Explains == ConnectionTroubles.None, f.Step + ": " + f.Found));
    }

    [Fact]
    public async Task Without_an_address_Autodiscover_is_left_out_and_no_address_is_sent()
    {
        Assert.DoesNotContain(await RunAsync(null), f => f.Step == ConnectionStep.Autodiscover);
        Assert.All(_network.Asked, a => Assert.DoesNotContain("@", a, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_names_the_diagnosis_ends_at_once()
    {
        _network.Unresolved.UnionWith(["login.microsoftonline.com", "graph.microsoft.com", "outlook.office365.com"]);
        List<ConnectionFinding> findings = await RunAsync("a@contoso.com");
        Assert.Equal(4, findings.Count);
        Assert.All(findings.Take(3), f => Assert.True(f.Outcome == ConnectionOutcome.Failed && f.Action.Length > 0));
        Assert.Empty(_network.Asked);
    }

    [Fact]
    public async Task A_proxy_resolves_names_itself()
    {
        _network.Unresolved.UnionWith(["login.microsoftonline.com", "graph.microsoft.com", "outlook.office365.com"]);
        _network.Proxy = new Uri("http://proxy.contoso.com:8080");
        List<ConnectionFinding> findings = await RunAsync(null);
        Assert.Equal("proxy.contoso.com:8080", findings.Single(f => f.Step == ConnectionStep.Proxy).Target);
        Assert.Equal(ConnectionOutcome.Passed, findings.Single(f => f.Step == ConnectionStep.Graph).Outcome);
    }

    [Theory]
    [InlineData("Contoso Inspection CA", null, ConnectionOutcome.Warning)]
    [InlineData("Contoso Inspection CA", "RemoteCertificateChainErrors", ConnectionOutcome.Failed)]
    [InlineData("NotDigiCert", null, ConnectionOutcome.Warning)]
    [InlineData("Microsoft Corporation", null, ConnectionOutcome.Passed)]
    public async Task Inspection_is_named_by_its_issuer(string issuer, string? problem, ConnectionOutcome expected)
    {
        _network.Login = _network.Login with { Issuer = issuer, CertificateProblem = problem };
        ConnectionFinding tls = (await RunAsync(null)).First(f => f.Step == ConnectionStep.Tls);
        Assert.Equal(expected, tls.Outcome);
        Assert.Contains(issuer, tls.Found, StringComparison.Ordinal);
        Assert.Equal(expected != ConnectionOutcome.Passed, tls.Explains.HasFlag(ConnectionTroubles.RepeatedPrompts));
    }

    [Theory]
    [InlineData(0, ConnectionOutcome.Passed)]
    [InlineData(-120, ConnectionOutcome.Warning)]
    [InlineData(3600, ConnectionOutcome.Failed)]
    [InlineData(-3600, ConnectionOutcome.Failed)]
    public async Task A_wrong_clock_explains_repeated_prompts(int seconds, ConnectionOutcome expected)
    {
        _network.Login = _network.Login with { Date = Now.AddSeconds(-seconds) };
        ConnectionFinding clock = (await RunAsync(null)).Single(f => f.Step == ConnectionStep.Clock);
        Assert.Equal(expected, clock.Outcome);
        Assert.Equal(expected == ConnectionOutcome.Passed ? ConnectionTroubles.None : ConnectionTroubles.RepeatedPrompts, clock.Explains);
    }

    [Theory]
    [InlineData(302)]
    [InlineData(200)]
    [InlineData(407)]
    public async Task A_portal_in_Microsofts_place_is_told(int status)
    {
        _network.Login = _network.Login with { Status = status, Body = "<html>Welcome to the hotel</html>" };
        ConnectionFinding signIn = (await RunAsync(null)).Single(f => f.Step == ConnectionStep.SignIn);
        Assert.Equal(ConnectionOutcome.Failed, signIn.Outcome);
        Assert.NotEmpty(signIn.Action);
    }

    [Fact]
    public async Task Graph_out_of_reach_explains_changes_that_do_not_arrive()
    {
        _network.Graph = new WebAnswer(null, null, "", null, null, "connection refused");
        ConnectionFinding graph = (await RunAsync(null)).Single(f => f.Step == ConnectionStep.Graph);
        Assert.Equal(ConnectionTroubles.ChangesNotSynchronized, graph.Explains);
        Assert.Contains("connection refused", graph.Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "somewhere else")]
    [InlineData(false, "no host autodiscover")]
    public async Task A_mailbox_Microsoft_does_not_know_explains_that_only_Pop_and_Imap_are_offered(bool own, string found)
    {
        _network.Autodiscover = _network.Autodiscover with { Status = 404, Body = "" };
        if (!own)
        {
            _network.Unresolved.Add("autodiscover.contoso.com");
        }

        ConnectionFinding step = (await RunAsync("a@contoso.com")).Single(f => f.Step == ConnectionStep.Autodiscover);
        Assert.Equal((ConnectionOutcome.Failed, ConnectionTroubles.OnlyPopImapOffered), (step.Outcome, step.Explains));
        Assert.Contains(found, step.Found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ports_are_told_one_by_one()
    {
        _network.Ports[993] = new PortAnswer(null, null, null, "refused");
        _network.Ports[995] = new PortAnswer("+OK", "Antivirus Mail Shield", null, null);
        _network.Ports[587] = new PortAnswer("HTTP/1.1 400", null, null, null);
        List<ConnectionFinding> findings = await RunAsync(null);
        Assert.Equal(ConnectionOutcome.Failed, findings.Single(f => f.Step == ConnectionStep.Imap).Outcome);
        ConnectionFinding pop = findings.Single(f => f.Step == ConnectionStep.Pop);
        Assert.Equal(ConnectionOutcome.Warning, pop.Outcome);
        Assert.Contains("Antivirus Mail Shield", pop.Found, StringComparison.Ordinal);
        Assert.Equal(ConnectionOutcome.Failed, findings.Single(f => f.Step == ConnectionStep.Smtp).Outcome);
    }

    private static DateTimeOffset Now { get; } = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private async Task<List<ConnectionFinding>> RunAsync(string? address)
    {
        List<ConnectionFinding> findings = [];
        await new ConnectionDiagnosis(_network, new FixedClock()).RunAsync(address, findings.Add, TestContext.Current.CancellationToken);
        return findings;
    }

    private sealed class FixedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }

    private sealed class Network : IDiagnosisNetwork
    {
        public HashSet<string> Unresolved { get; } = [];

        public List<string> Asked { get; } = [];

        public Uri? Proxy { get; set; }

        public WebAnswer Login { get; set; } = new(200, Now, "{\"token_endpoint\":\"x\"}", "DigiCert Inc", null, null);

        public WebAnswer Graph { get; set; } = new(401, Now, "", "Microsoft Corporation", null, null);

        public WebAnswer Autodiscover { get; set; } = new(200, Now, "{\"Url\":\"https://outlook.office365.com/\"}", "DigiCert Inc", null, null);

        public Dictionary<int, PortAnswer> Ports { get; } = new()
        {
            [993] = new PortAnswer("* OK ready", "DigiCert Inc", null, null),
            [995] = new PortAnswer("+OK ready", "DigiCert Inc", null, null),
            [587] = new PortAnswer("220 ready", null, null, null),
        };

        public Task<IReadOnlyList<string>> ResolveAsync(string host, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<string>>(Unresolved.Contains(host) ? [] : ["192.0.2.1"]);

        public Uri? ProxyFor(Uri address) => Proxy;

        public Task<WebAnswer> GetAsync(Uri address, CancellationToken cancellationToken)
        {
            Asked.Add(address.AbsoluteUri);
            return Task.FromResult(address.Host switch
            {
                "login.microsoftonline.com" => Login,
                "graph.microsoft.com" => Graph,
                _ => Autodiscover,
            });
        }

        public Task<PortAnswer> ConnectAsync(string host, int port, bool tls, CancellationToken cancellationToken) => Task.FromResult(Ports[port]);
    }
}
