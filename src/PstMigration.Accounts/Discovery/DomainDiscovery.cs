using System.Globalization;
using System.Net;
using System.Net.Http;
using PstMigration.Accounts.Compat;

namespace PstMigration.Accounts.Discovery;

/// <summary>
/// Finds out about a domain nobody has rules for: its mail exchangers by DNS, and the servers it publishes at its own autoconfig hosts.
/// </summary>
/// <remarks>
/// Over https only, without following redirects, and only at the domain itself: a parent domain may be somebody else's (co.jp), and
/// whoever controls it would be told which servers to name. The address is not sent.
/// </remarks>
public sealed class DomainDiscovery : IDisposable
{
    private const int MaxDocument = 256 * 1024;

    private readonly HttpClient _http;
    private readonly IMailDns _dns;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _clock;

    /// <summary>Asks the network.</summary>
    /// <param name="timeout">For each question.</param>
    /// <param name="clock">All time it knows.</param>
    /// <param name="proxy">An HTTP proxy; null for the system's.</param>
    public DomainDiscovery(TimeSpan timeout, TimeProvider clock, Uri? proxy = null)
        : this(timeout, clock, Handler(proxy), new MailDns(timeout))
    {
    }

    internal DomainDiscovery(TimeSpan timeout, TimeProvider clock, HttpMessageHandler handler, IMailDns dns)
    {
        _http = new HttpClient(handler, disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
        _dns = dns;
        _timeout = timeout;
        _clock = clock;
    }

    /// <summary>What the network says of a domain.</summary>
    /// <param name="domain">In ASCII, as <see cref="HostName"/> checks it.</param>
    /// <param name="cancellationToken">Ends the questions.</param>
    public async Task<DomainFindings> AskAsync(string domain, CancellationToken cancellationToken)
    {
        List<string> problems = [];
        IReadOnlyList<string> exchangers = [];
        try
        {
            exchangers = await _dns.FindMailExchangersAsync(domain, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            problems.Add("DNS: " + e.Message);
        }

        // The two places of the autoconfiguration scheme.
        string[] places = ["https://autoconfig." + domain + "/mail/config-v1.1.xml", "https://" + domain + "/.well-known/autoconfig/mail/config-v1.1.xml"];
        foreach (string place in places)
        {
            IReadOnlyList<MailServer> servers = await FetchAsync(new Uri(place), problems, cancellationToken).ConfigureAwait(false);
            if (servers.Count > 0)
            {
                return new DomainFindings { MailExchangers = exchangers, Servers = servers, ServersSource = place, Problems = problems };
            }
        }

        IReadOnlyList<MailServer> exchange = await AskAutodiscoverAsync(domain, problems, cancellationToken).ConfigureAwait(false);
        return new DomainFindings
        {
            MailExchangers = exchangers,
            Servers = exchange,
            ServersSource = exchange.Count > 0 ? "https://autodiscover." + domain : null,
            Problems = problems,
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<IReadOnlyList<MailServer>> FetchAsync(Uri place, List<string> problems, CancellationToken cancellationToken) =>
        await GetAsync(place, problems, cancellationToken).ConfigureAwait(false) is byte[] document ? AutoconfigDocument.Read(document) : [];

    // A nameless address: the answer names the service of the domain, which is all that is wanted.
    private async Task<IReadOnlyList<MailServer>> AskAutodiscoverAsync(string domain, List<string> problems, CancellationToken cancellationToken)
    {
        Uri place = new("https://autodiscover." + domain + "/autodiscover/autodiscover.json/v1.0/autodiscover@" + domain + "?Protocol=AutodiscoverV1");
        return await GetAsync(place, problems, cancellationToken).ConfigureAwait(false) is byte[] document ? AutodiscoverDocument.Read(document) : [];
    }

    private async Task<byte[]?> GetAsync(Uri place, List<string> problems, CancellationToken cancellationToken)
    {
        using CancellationTokenSource deadline = Deadline.After(_clock, _timeout);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            using HttpResponseMessage response = await _http.GetAsync(place, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                problems.Add(place.Host + ": " + ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture));
                return null;
            }

            return await ReadAsync(response.Content, either.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or WebException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            problems.Add(place.Host + ": " + (deadline.IsCancellationRequested ? string.Format(CultureInfo.CurrentCulture, Strings.ProbeTimedOut, _timeout.TotalSeconds) : (e.InnerException ?? e).Message));
            return null;
        }
    }

    private async Task<byte[]?> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
#pragma warning disable CA2016 // .NET Framework has no overload with a token.
        using Stream stream = await content.ReadAsStreamAsync().ConfigureAwait(false);
#pragma warning restore CA2016
        using MemoryStream document = new();
        byte[] buffer = new byte[8192];
        int read;
        while ((read = await NextAsync().ConfigureAwait(false)) > 0)
        {
            document.Write(buffer, 0, read);
            if (document.Length > MaxDocument)
            {
                return null;
            }
        }

        return document.ToArray();

        // Streams of .NET Framework do not look at the token.
        Task<int> NextAsync() => stream.ReadAsync(buffer, 0, buffer.Length, cancellationToken).WaitAsync(Timeout.InfiniteTimeSpan, _clock, cancellationToken);
    }

    private static HttpClientHandler Handler(Uri? proxy)
    {
        HttpClientHandler handler = new() { AllowAutoRedirect = false, UseCookies = false };
        if (proxy is not null)
        {
            handler.Proxy = new WebProxy(proxy);
        }

        return handler;
    }
}
