using System.Globalization;
using PstMigration.Accounts.Probing;
using PstMigration.Accounts.Rules;

namespace PstMigration.Accounts.Verdicts;

/// <summary>
/// Says what becomes of accounts. A verdict is about the account as it is set up: where nobody knows how it signs in, about a password,
/// because that is what POP and IMAP accounts were set up with.
/// </summary>
public sealed class AccountJudge
{
    private readonly ProviderRules _rules;
    private readonly DateTimeOffset _asOf;

    // Rules are about days: the day counts as the user writes it, wherever the user is.
    private readonly DateTimeOffset _day;

    /// <summary>A judge.</summary>
    /// <param name="rules">What is known.</param>
    /// <param name="asOf">The day to judge for.</param>
    public AccountJudge(ProviderRules rules, DateTimeOffset asOf)
    {
        _rules = rules ?? throw new ArgumentNullException(nameof(rules));
        _asOf = asOf;
        _day = new DateTimeOffset(asOf.Date, TimeSpan.Zero);
    }

    /// <summary>Whether the provider is known without asking the network.</summary>
    public bool Knows(AccountFacts facts) => ProviderMatch.Find(_rules, facts) is { Confidence: not VerdictConfidence.Low };

    /// <summary>Servers worth asking about an account: its own, else the provider's, else those the domain publishes.</summary>
    public IReadOnlyList<MailServer> ServersToProbe(AccountFacts facts)
    {
        if (facts.Server is not null)
        {
            return facts.Server.Protocol is MailProtocol.Pop or MailProtocol.Imap or MailProtocol.Smtp ? [facts.Server] : [];
        }

        IEnumerable<MailServer> servers = ProviderMatch.Find(_rules, facts)?.Provider.Servers.Select(s => s.Server) ?? facts.Domain?.Servers ?? [];
        return [.. servers.Where(s => facts.Protocol == MailProtocol.Any || s.Protocol == facts.Protocol)
            .Select(s => WithDomain(s, facts.DomainName)).Where(s => HostName.Normalize(s.Host) is not null)
            .GroupBy(s => s.Protocol).Select(g => g.First())];
    }

    /// <summary>The verdict.</summary>
    public LegacyMailResult Judge(AccountFacts facts)
    {
        ProviderMatch? match = ProviderMatch.Find(_rules, facts);
        ClientRule? client = facts.Client is null ? null : _rules.ByClient(facts.Client);
        Draft draft = match is null ? ByProbe(facts) : ByProvider(facts, match, client);
        if (match is not null)
        {
            draft.Evidence.Insert(0, match.Evidence);
        }

        foreach (ServerProbe probe in facts.Probes)
        {
            draft.Evidence.Add(new VerdictEvidence(EvidenceKind.Probe, ProbeText.Describe(probe), probe.Server.ToString()));
        }

        if (client is not null && draft.Verdict is not LegacyMailVerdict.Supported and not LegacyMailVerdict.Unknown)
        {
            draft.Evidence.Add(new VerdictEvidence(EvidenceKind.Client, client.Reason.Text, client.Source));
        }

        if (facts.Server?.Security is MailSecurity.None or MailSecurity.StartTlsIfAvailable)
        {
            draft.Reasons.Add(Text(Strings.ReasonUnprotected, facts.Server));
        }

        Advice advice = Advice.For(facts, match?.Provider, draft.Verdict, draft.Rule);
        return new LegacyMailResult
        {
            Account = facts.Account,
            Verdict = draft.Verdict,
            Protocol = facts.Protocol,
            Client = facts.Client,
            Provider = match?.Provider.Name,
            Server = facts.Server ?? match?.Provider.Server(facts.Protocol == MailProtocol.Any ? MailProtocol.Imap : facts.Protocol)?.Server,
            Reason = string.Join(" ", draft.Reasons),
            EffectiveDate = draft.Date?.DateTime,
            Evidence = draft.Evidence,
            Recommendation = advice.Text,
            NextCommand = advice.Command,
            Notices = [.. NoticesFor(facts, match?.Provider, draft.Verdict)],
            Confidence = draft.Confidence,
            AsOf = _asOf.LocalDateTime,
            RulesChecked = (match is null ? _rules.Checked : match.Provider.Checked)?.DateTime,
            DataFile = facts.Path,
            Profile = facts.Profile,
        };
    }

    private IEnumerable<MailNotice> NoticesFor(AccountFacts facts, MailProvider? provider, LegacyMailVerdict verdict) => (provider?.Notices ?? []).Concat(_rules.Notices)
        .Where(n => n.AppliesTo(facts.Protocol, _day) && (n.When is not NoticeWhen when || Holds(when, facts, verdict)))
        .OrderByDescending(n => n.From ?? DateTimeOffset.MinValue).Select(n => n.ToNotice());

    private static bool Holds(NoticeWhen when, AccountFacts facts, LegacyMailVerdict verdict) => when switch
    {
        NoticeWhen.PasswordWorks => verdict is LegacyMailVerdict.Supported or LegacyMailVerdict.Retiring or LegacyMailVerdict.NeedsAppPassword,
        NoticeWhen.PstFile => facts.HasPstFile || facts.Client?.Kind == MailClientKind.OutlookNew,
        _ => facts.Probes.Any(p => p.LetsNobodyIn),
    };

    private Draft ByProvider(AccountFacts facts, ProviderMatch match, ClientRule? client)
    {
        MailProvider provider = match.Provider;
        Draft draft = new() { Confidence = match.Confidence };
        SignIn signIn = SignInOf(facts, provider, client);
        if (signIn == SignIn.OAuth2 && Takes(provider, facts.Protocol))
        {
            draft.Verdict = LegacyMailVerdict.Supported;
            draft.Reasons.Add(Text(Strings.ReasonOAuth, provider.Name));
            return draft;
        }

        SignInRule[] rules = [.. provider.Rules.Where(r => r.AppliesTo(facts.Protocol, signIn)).OrderBy(r => r.From ?? DateTimeOffset.MinValue)];
        SignInRule? now = rules.LastOrDefault(r => r.From is null || r.From <= _day);
        SignInRule? next = rules.FirstOrDefault(r => r.From > _day && (r.Announced is null || r.Announced <= _day));
        if (now is null && next is null)
        {
            return ByServers(facts, provider, draft, client, signIn);
        }

        SignInRule rule = now ?? next!;
        draft.Rule = rule;
        draft.Verdict = now is not null ? now.Verdict : next!.Verdict == LegacyMailVerdict.Blocked || next.Verdict > LegacyMailVerdict.Retiring ? LegacyMailVerdict.Retiring : next.Verdict;
        draft.Date = rule.From;
        draft.Limit(rule.Confidence);
        draft.Reasons.Add(rule.Reason.Text);
        draft.Evidence.Add(new VerdictEvidence(EvidenceKind.Rule, rule.Id, rule.Source));
        if (now?.Verdict == LegacyMailVerdict.Supported && next is not null)
        {
            draft.Verdict = LegacyMailVerdict.Retiring;
            draft.Date = next.From;
            draft.Reasons.Add(next.Reason.Text);
        }

        if (draft.Verdict is LegacyMailVerdict.Blocked && client?.CanSignIn(provider.Issuer, facts.Protocol) == true && Takes(provider, facts.Protocol))
        {
            draft.Verdict = LegacyMailVerdict.NeedsModernAuth;
        }

        if (client is not null && draft.Verdict is LegacyMailVerdict.Blocked or LegacyMailVerdict.NeedsModernAuth)
        {
            draft.Reasons.Add(client!.Reason.Text);
        }

        return draft;
    }

    // Without rules: what the provider publishes about its servers.
    private static Draft ByServers(AccountFacts facts, MailProvider provider, Draft draft, ClientRule? client, SignIn signIn)
    {
        MailProviderServer? server = facts.Protocol == MailProtocol.Any
            ? provider.Server(MailProtocol.Imap) ?? provider.Server(MailProtocol.Pop) : provider.Server(facts.Protocol);
        draft.Limit(VerdictConfidence.Medium);
        if (facts.Protocol == MailProtocol.Exchange && provider.IsMicrosoft)
        {
            draft.Verdict = LegacyMailVerdict.Supported;
            draft.Reasons.Add(Text(Strings.ReasonExchange, provider.Name));
        }
        else if (server is null)
        {
            draft.Verdict = LegacyMailVerdict.Unknown;
            draft.Reasons.Add(Text(Strings.ReasonNoServer, provider.Name, facts.Protocol));
        }
        else if (server.TakesPassword || signIn == SignIn.OAuth2)
        {
            draft.Verdict = LegacyMailVerdict.Supported;
            draft.Reasons.Add(Text(Strings.ReasonPassword, provider.Name));
            draft.Evidence.Add(new VerdictEvidence(EvidenceKind.Server, server.Server.ToString(), provider.File));
        }
        else
        {
            draft.Verdict = client is not null && !client.CanSignIn(provider.Issuer, facts.Protocol) ? LegacyMailVerdict.Blocked : LegacyMailVerdict.NeedsModernAuth;
            draft.Reasons.Add(Text(Strings.ReasonOnlyOAuth, provider.Name));
        }

        return draft;
    }

    // Nobody knows the provider; the server itself may have said what it takes.
    private static Draft ByProbe(AccountFacts facts)
    {
        Draft draft = new() { Confidence = VerdictConfidence.Low };
        ServerProbe[] answers = [.. facts.Probes.Where(p => p.Outcome == ProbeOutcome.Answered)];
        MailAuthentication used = facts.Server?.Authentication ?? MailAuthentication.Unknown;
        if (answers.Length == 0)
        {
            draft.Verdict = LegacyMailVerdict.Unknown;
            draft.Reasons.Add(facts.DomainName is null ? Text(Strings.ReasonNoDomain) : Text(Strings.ReasonUnknown, facts.DomainName));
            return draft;
        }

        draft.Confidence = VerdictConfidence.Medium;
        bool password = answers.Any(a => a.OffersPassword);
        bool oauth = answers.Any(a => a.OffersOAuth);
        draft.Verdict = used == MailAuthentication.OAuth2 ? (oauth ? LegacyMailVerdict.Supported : LegacyMailVerdict.Unknown)
            : password ? LegacyMailVerdict.Supported
            : oauth ? LegacyMailVerdict.NeedsModernAuth : LegacyMailVerdict.Unknown;
        draft.Reasons.Add(password ? Strings.ReasonProbePassword : oauth ? Strings.ReasonProbeOAuth : Strings.ReasonProbeNothing);
        return draft;
    }

    private static SignIn SignInOf(AccountFacts facts, MailProvider provider, ClientRule? client) => facts.Server?.Authentication switch
    {
        MailAuthentication.OAuth2 => SignIn.OAuth2,
        null or MailAuthentication.Unknown when facts.Protocol == MailProtocol.Exchange =>
            client is null || client.CanSignIn(provider.Issuer, MailProtocol.Exchange) ? SignIn.OAuth2 : SignIn.Password,
        _ => SignIn.Password,
    };

    private static bool Takes(MailProvider provider, MailProtocol protocol) =>
        protocol == MailProtocol.Any ? provider.OAuth.Contains(MailProtocol.Imap) : provider.OAuth.Contains(protocol);

    private static MailServer WithDomain(MailServer server, string? domain) => domain is null || server.Host.IndexOf(MailProviderServer.DomainPlace, StringComparison.Ordinal) < 0
        ? server
        : new MailServer { Protocol = server.Protocol, Host = server.Host.Replace(MailProviderServer.DomainPlace, domain), Port = server.Port, Security = server.Security, Authentication = server.Authentication };

    private static string Text(string format, params object?[] values) => string.Format(CultureInfo.CurrentCulture, format, values);

    /// <summary>A verdict in the making.</summary>
    private sealed class Draft
    {
        public LegacyMailVerdict Verdict { get; set; }

        public VerdictConfidence Confidence { get; set; }

        public DateTimeOffset? Date { get; set; }

        public SignInRule? Rule { get; set; }

        public List<string> Reasons { get; } = [];

        public List<VerdictEvidence> Evidence { get; } = [];

        public void Limit(VerdictConfidence confidence) => Confidence = confidence < Confidence ? confidence : Confidence;
    }
}
