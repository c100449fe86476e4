using System.Net;
using System.Net.Http;
using System.Text;
using PstMigration.Accounts.Discovery;
using PstMigration.Accounts.Rules;
using PstMigration.Accounts.Verdicts;
using Xunit;

namespace PstMigration.Accounts.Tests.Discovery;

public sealed class DomainDiscoveryTests : IDisposable
{
    private const string Autoconfig = """
        <clientConfig version="1.1"><emailProvider id="example.co.jp">
          <incomingServer type="imap"><hostname>imap.gmail.com</hostname><port>993</port><socketType>SSL</socketType><authentication>OAuth2</authentication></incomingServer>
          <incomingServer type="pop3"><hostname>bad host</hostname><port>995</port></incomingServer>
          <outgoingServer type="smtp"><hostname>smtp.gmail.com</hostname><port>99999</port></outgoingServer>
        </emailProvider></clientConfig>
        """;

    private readonly Web _web = new();
    private readonly Dns _dns = new();

    public void Dispose() => _web.Dispose();

    [Fact]
    public async Task OnlyTheDomainItselfIsAskedAndOnlyByHttps()
    {
        DomainFindings findings = await AskAsync("mail.example.co.jp");
        Assert.Equal(
            [
                "https://autoconfig.mail.example.co.jp/mail/config-v1.1.xml",
                "https://mail.example.co.jp/.well-known/autoconfig/mail/config-v1.1.xml",
                "https://autodiscover.mail.example.co.jp/autodiscover/autodiscover.json/v1.0/autodiscover@mail.example.co.jp?Protocol=AutodiscoverV1",
            ],
            _web.Asked);
        Assert.Equal(["mail.example.co.jp"], _dns.Asked);
        Assert.Empty(findings.Servers);
        Assert.Equal(3, findings.Problems.Count);
    }

    [Fact]
    public async Task PublishedServersTellTheProvider()
    {
        _web.Answers["https://autoconfig.example.co.jp/mail/config-v1.1.xml"] = (HttpStatusCode.OK, Autoconfig);
        DomainFindings findings = await AskAsync("example.co.jp");
        Assert.Equal("imap.gmail.com:993", Assert.Single(findings.Servers).ToString());
        LegacyMailResult result = new AccountJudge(ProviderRules.Default, DateTimeOffset.MaxValue).Judge(new AccountFacts { Account = "a@example.co.jp", Domain = findings });
        Assert.Equal(LegacyMailVerdict.NeedsAppPassword, result.Verdict);
        Assert.Contains(result.Evidence, e => e.Kind == EvidenceKind.Autoconfig);
    }

    [Theory]
    [InlineData(HttpStatusCode.Found, Autoconfig)]
    [InlineData(HttpStatusCode.OK, "<html>Welcome</html>")]
    [InlineData(HttpStatusCode.OK, "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><clientConfig>&a;</clientConfig>")]
    [InlineData(HttpStatusCode.OK, "not xml")]
    public async Task RedirectsAndOtherDocumentsAreNothing(HttpStatusCode status, string document)
    {
        _web.Answers["https://autoconfig.example.com/mail/config-v1.1.xml"] = (status, document);
        Assert.Empty((await AskAsync("example.com")).Servers);
    }

    [Fact]
    public async Task AutodiscoverNamesTheService()
    {
        _web.Answers["https://autodiscover.example.com/autodiscover/autodiscover.json/v1.0/autodiscover@example.com?Protocol=AutodiscoverV1"] =
            (HttpStatusCode.OK, """{"Protocol":"AutodiscoverV1","Url":"https://outlook.office365.com/autodiscover/autodiscover.xml"}""");
        DomainFindings findings = await AskAsync("example.com");
        Assert.Equal("outlook.office365.com:443", Assert.Single(findings.Servers).ToString());
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("""{"Url":7}""")]
    [InlineData("""{"Url":"\ud800"}""")]
    [InlineData("""{"Url":"http://outlook.office365.com/"}""")]
    public async Task OtherAnswersOfAutodiscoverAreNothing(string document)
    {
        _web.Answers["https://autodiscover.example.com/autodiscover/autodiscover.json/v1.0/autodiscover@example.com?Protocol=AutodiscoverV1"] = (HttpStatusCode.OK, document);
        Assert.Empty((await AskAsync("example.com")).Servers);
    }

    [Fact]
    public async Task HugeDocumentsAreNotRead()
    {
        _web.Answers["https://autoconfig.example.com/mail/config-v1.1.xml"] = (HttpStatusCode.OK, "<clientConfig>" + new string(' ', 1_000_000) + "</clientConfig>");
        Assert.Empty((await AskAsync("example.com")).Servers);
    }

    [Fact]
    public async Task DnsThatFailsIsAProblemAndNoMore()
    {
        _dns.Fails = true;
        Assert.Contains((await AskAsync("example.com")).Problems, p => p.StartsWith("DNS", StringComparison.Ordinal));
    }

    [Fact]
    public async Task WhatHangsIsGivenUp()
    {
        _web.Hangs = true;
        using DomainDiscovery discovery = new(TimeSpan.FromMilliseconds(200), TimeProvider.System, _web, _dns);
        Assert.Equal(3, (await discovery.AskAsync("example.com", TestContext.Current.CancellationToken)).Problems.Count);
    }

    [Fact]
    public async Task WhatStopsComingIsGivenUp()
    {
        _web.Stalls = true;
        using DomainDiscovery discovery = new(TimeSpan.FromMilliseconds(200), TimeProvider.System, _web, _dns);
        Assert.Equal(3, (await discovery.AskAsync("example.com", TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System, TestContext.Current.CancellationToken)).Problems.Count);
    }

    private async Task<DomainFindings> AskAsync(string domain)
    {
        using DomainDiscovery discovery = new(TimeSpan.FromSeconds(5), TimeProvider.System, _web, _dns);
        return await discovery.AskAsync(domain, TestContext.Current.CancellationToken);
    }

    private sealed class Web : HttpMessageHandler
    {
        public Dictionary<string, (HttpStatusCode Status, string Document)> Answers { get; } = [];

        public List<string> Asked { get; } = [];

        public bool Hangs { get; set; }

        public bool Stalls { get; set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked.Add(request.RequestUri!.AbsoluteUri);
            if (Hangs)
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            if (Stalls)
            {
                return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new Silence()) };
            }

            if (!Answers.TryGetValue(request.RequestUri.AbsoluteUri, out (HttpStatusCode Status, string Document) answer))
            {
                throw new HttpRequestException("no such host");
            }

            return new HttpResponseMessage(answer.Status) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(answer.Document)) };
        }
    }

    /// <summary>Never gives anything and does not look at the token, as streams of .NET Framework.</summary>
    private sealed class Silence : MemoryStream
    {
        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => new TaskCompletionSource<int>().Task;

#if NET
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(new TaskCompletionSource<int>().Task);
#endif
    }

    private sealed class Dns : IMailDns
    {
        public List<string> Asked { get; } = [];

        public bool Fails { get; set; }

        public Task<IReadOnlyList<string>> FindMailExchangersAsync(string domain, CancellationToken cancellationToken)
        {
            Asked.Add(domain);
            return Fails ? throw new IOException("no answer") : Task.FromResult<IReadOnlyList<string>>([]);
        }
    }
}
