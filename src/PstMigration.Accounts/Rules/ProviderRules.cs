using System.Net;

namespace PstMigration.Accounts.Rules;

/// <summary>
/// Everything known about providers and mail programs: Thunderbird's database of providers, this project's rules over it, and files of
/// the user over both.
/// </summary>
public sealed class ProviderRules
{
    private static readonly Lazy<ProviderRules> s_default = new(() => Create([]));

    private readonly Dictionary<string, MailProvider> _byDomain = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MailProvider> _byHost = new(StringComparer.Ordinal);
    private readonly List<(string Suffix, MailProvider Provider)> _domainSuffixes = [];
    private readonly List<(string Suffix, MailProvider Provider)> _mxSuffixes = [];
    private readonly List<(string Label, MailProvider Provider)> _labels = [];
    private readonly IReadOnlyList<ClientRule> _clients;

    private ProviderRules(Version version, DateTimeOffset? checkedOn, IReadOnlyList<MailProvider> providers, IReadOnlyList<ClientRule> clients, IReadOnlyList<NoticeRule> notices)
    {
        Version = version;
        Checked = checkedOn;
        Providers = providers;
        Notices = notices;
        _clients = clients;
        foreach (MailProvider provider in providers)
        {
            Index(provider);
        }
    }

    /// <summary>The rules of the module.</summary>
    public static ProviderRules Default => s_default.Value;

    /// <summary>The version of the module's rules.</summary>
    public Version Version { get; }

    /// <summary>The day the module's rules were last checked as a whole; some providers were looked at later (<see cref="MailProvider.Checked"/>).</summary>
    public DateTimeOffset? Checked { get; }

    internal IReadOnlyList<MailProvider> Providers { get; }

    /// <summary>What concerns accounts of any provider.</summary>
    internal IReadOnlyList<NoticeRule> Notices { get; }

    /// <summary>The rules of the module with files of the user over them. A provider in a later file replaces one with the same id.</summary>
    /// <exception cref="AccountsException">ProviderRulesInvalid with the place in the file.</exception>
    public static ProviderRules WithFiles(IEnumerable<string> paths) => Create(paths);

    /// <summary>The provider with a domain, without asking anybody; null where none is known.</summary>
    internal MailProvider? ByDomain(string domain) => _byDomain.TryGetValue(domain, out MailProvider? provider)
        ? provider : _domainSuffixes.Find(s => HostName.IsWithin(domain, s.Suffix)).Provider;

    /// <summary>The provider that names like <c>hotmail.co.nz</c> suggest: a known label before one or two labels of a country.</summary>
    internal MailProvider? ByProbableDomain(string domain)
    {
        string[] labels = domain.Split('.');
        return labels.Length is 2 or 3 && labels.Skip(1).All(l => l.Length is 2 or 3) ? _labels.Find(l => l.Label == labels[0]).Provider : null;
    }

    /// <summary>The provider a server belongs to; null where none is known.</summary>
    internal MailProvider? ByHost(string host) => _byHost.TryGetValue(host, out MailProvider? provider) ? provider : null;

    /// <summary>The provider that takes a domain's mail in; null where none is known.</summary>
    internal MailProvider? ByMx(string exchange)
    {
        if (_mxSuffixes.Find(s => HostName.IsWithin(exchange, s.Suffix)).Provider is MailProvider known)
        {
            return known;
        }

        // mx01.gmx.net belongs to gmx.net: the name is known already, and nobody is asked.
        for (int dot = exchange.IndexOf('.'); dot > 0; dot = exchange.IndexOf('.', dot + 1))
        {
            if (_byDomain.TryGetValue(exchange.Substring(dot + 1), out MailProvider? provider))
            {
                return provider;
            }
        }

        return null;
    }

    /// <summary>What is known of a program; null where nothing is.</summary>
    internal ClientRule? ByClient(MailClient client) => _clients.FirstOrDefault(c => c.AppliesTo(client));

    private static ProviderRules Create(IEnumerable<string> paths)
    {
        ProviderRulesPart part = ProviderRulesFile.ReadEmbedded("providers.ispdb.json", []);
        part = ProviderRulesFile.ReadEmbedded("providers.json", part.Providers);
        List<ClientRule> clients = [.. part.Clients];
        List<NoticeRule> notices = [.. part.Notices];
        Version version = part.Version;
        DateTimeOffset? checkedOn = part.Checked;
        foreach (string path in paths)
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            part = ProviderRulesFile.Read(stream, path, part.Providers);
            clients.InsertRange(0, part.Clients);
            notices.AddRange(part.Notices);
        }

        return new ProviderRules(version, checkedOn, part.Providers, clients, notices);
    }

    private void Index(MailProvider provider)
    {
        foreach (string domain in provider.Domains)
        {
            _byDomain[domain] = provider;
        }

        // A server several providers use, such as outlook.office365.com, belongs to the one that names it as its own.
        // A bridge on this PC is at an address that says nothing.
        foreach (string host in provider.Servers.Select(s => s.Server.Host).Where(h => !_byHost.ContainsKey(h) && !IPAddress.TryParse(h, out _)))
        {
            _byHost[host] = provider;
        }

        foreach (string host in provider.Hosts)
        {
            _byHost[host] = provider;
        }

        _domainSuffixes.AddRange(provider.DomainSuffixes.Select(s => (s, provider)));
        _mxSuffixes.AddRange(provider.MxSuffixes.Select(s => (s, provider)));
        _labels.AddRange(provider.ProbableLabels.Select(l => (l, provider)));
    }
}
