using DnsClient;

namespace PstMigration.Accounts.Discovery;

/// <summary>DNS by the name servers of this machine.</summary>
internal sealed class MailDns(TimeSpan timeout) : IMailDns
{
    private readonly Lazy<LookupClient> _client = new(() => new LookupClient(new LookupClientOptions
    {
        Timeout = timeout,
        Retries = 1,
        ThrowDnsErrors = false,
        UseCache = true,
        UseTcpFallback = true,
    }));

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> FindMailExchangersAsync(string domain, CancellationToken cancellationToken)
    {
        try
        {
            // The dot keeps the resolver from trying the search suffixes of this PC.
            IDnsQueryResponse response = await _client.Value.QueryAsync(domain + ".", QueryType.MX, cancellationToken: cancellationToken).ConfigureAwait(false);
            return [.. response.Answers.MxRecords().OrderBy(r => r.Preference).Select(r => HostName.Normalize(r.Exchange.Value)).OfType<string>()];
        }
        catch (Exception e) when (e is DnsResponseException or DnsXidMismatchException or InvalidOperationException or ArgumentException)
        {
            throw new IOException(e.Message, e);
        }
    }
}
