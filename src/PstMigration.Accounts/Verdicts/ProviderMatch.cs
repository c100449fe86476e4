using PstMigration.Accounts.Discovery;
using PstMigration.Accounts.Rules;

namespace PstMigration.Accounts.Verdicts;

/// <summary>Whose an account is, and by what that is known.</summary>
internal sealed record ProviderMatch(MailProvider Provider, VerdictConfidence Confidence, VerdictEvidence Evidence)
{
    /// <summary>
    /// By the server, as that is what is talked to; a server of several providers by the domain. Then by the domain, its mail exchangers,
    /// what it publishes, and last by what its name suggests.
    /// </summary>
    public static ProviderMatch? Find(ProviderRules rules, AccountFacts facts)
    {
        string? domain = facts.DomainName;
        MailProvider? byDomain = domain is null ? null : rules.ByDomain(domain);
        string? host = HostName.Normalize(facts.Server?.Host);
        if (host is not null)
        {
            if (byDomain is not null && (byDomain.Hosts.Contains(host) || byDomain.Servers.Any(s => s.Server.Host == host)))
            {
                return new ProviderMatch(byDomain, VerdictConfidence.High, OfServer(host, byDomain));
            }

            if (ByMx(rules, facts.Domain) is { Provider.IsMicrosoft: true } microsoft && rules.ByHost(host) is { IsMicrosoft: true })
            {
                return microsoft;
            }

            if (rules.ByHost(host) is MailProvider byHost)
            {
                return new ProviderMatch(byHost, VerdictConfidence.High, OfServer(host, byHost));
            }
        }

        if (byDomain is not null)
        {
            return new ProviderMatch(
                byDomain, host is null ? VerdictConfidence.High : VerdictConfidence.Low, new VerdictEvidence(EvidenceKind.Domain, Text(Strings.EvidenceDomain, domain!, byDomain.Name), byDomain.File));
        }

        return ByMx(rules, facts.Domain) ?? ByPublishedServer(rules, facts.Domain)
            ?? (domain is not null && rules.ByProbableDomain(domain) is MailProvider probable
                ? new ProviderMatch(probable, VerdictConfidence.Low, new VerdictEvidence(EvidenceKind.Domain, Text(Strings.EvidenceProbable, domain, probable.Name), probable.File))
                : null);
    }

    private static ProviderMatch? ByMx(ProviderRules rules, DomainFindings? findings) => findings?.MailExchangers
        .Select(x => rules.ByMx(x) is MailProvider p
            ? new ProviderMatch(p, VerdictConfidence.Medium, new VerdictEvidence(EvidenceKind.Mx, Text(Strings.EvidenceMx, x, p.Name), "DNS"))
            : null)
        .FirstOrDefault(m => m is not null);

    private static ProviderMatch? ByPublishedServer(ProviderRules rules, DomainFindings? findings) => findings?.Servers
        .Select(s => HostName.Normalize(s.Host) is string host && rules.ByHost(host) is MailProvider p
            ? new ProviderMatch(p, VerdictConfidence.Medium, new VerdictEvidence(EvidenceKind.Autoconfig, Text(Strings.EvidencePublished, host, p.Name), findings.ServersSource ?? ""))
            : null)
        .FirstOrDefault(m => m is not null);

    private static VerdictEvidence OfServer(string host, MailProvider provider) =>
        new(EvidenceKind.Server, Text(Strings.EvidenceServer, host, provider.Name), provider.File);

    private static string Text(string format, params object?[] values) => string.Format(System.Globalization.CultureInfo.CurrentCulture, format, values);
}
