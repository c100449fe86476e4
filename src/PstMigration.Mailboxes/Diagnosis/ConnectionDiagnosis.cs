using System.Globalization;

namespace PstMigration.Mailboxes.Diagnosis;

/// <summary>
/// Walks the way from this PC to a mailbox of Microsoft and says at each step what was found and what to do. Signs in nowhere.
/// </summary>
public sealed class ConnectionDiagnosis
{
    private const string LoginHost = "login.microsoftonline.com";
    private const string GraphHost = "graph.microsoft.com";
    private const string OutlookHost = "outlook.office365.com";
    private const string SmtpHost = "smtp.office365.com";
    private static readonly TimeSpan s_smallSkew = TimeSpan.FromMinutes(1);

    // Kerberos' and OAuth's usual tolerance.
    private static readonly TimeSpan s_bigSkew = TimeSpan.FromMinutes(5);

    /// <summary>Who issues the certificates of Microsoft's services.</summary>
    private static readonly string[] s_issuers = ["DigiCert", "Microsoft", "GlobalSign", "Baltimore"];

    private readonly IDiagnosisNetwork _network;
    private readonly TimeProvider _clock;

    /// <summary>A diagnosis of the network of this machine.</summary>
    /// <param name="timeout">For each question.</param>
    /// <param name="clock">The clock that is compared.</param>
    /// <param name="proxy">An HTTP proxy; null for the system's.</param>
    public ConnectionDiagnosis(TimeSpan timeout, TimeProvider clock, Uri? proxy = null)
        : this(new DiagnosisNetwork(timeout, clock, proxy), clock)
    {
    }

    internal ConnectionDiagnosis(IDiagnosisNetwork network, TimeProvider clock)
    {
        _network = network;
        _clock = clock;
    }

    /// <summary>Takes the steps one after the other.</summary>
    /// <param name="address">The address of a mailbox for Autodiscover; null to leave that step out. It is sent to Microsoft alone.</param>
    /// <param name="report">Hears of each step as it ends.</param>
    /// <param name="cancellationToken">Ends the diagnosis.</param>
    public async Task RunAsync(string? address, Action<ConnectionFinding> report, CancellationToken cancellationToken)
    {
        if (report is null)
        {
            throw new ArgumentNullException(nameof(report));
        }

        bool resolved = false;
        foreach (string host in new[] { LoginHost, GraphHost, OutlookHost })
        {
            ConnectionFinding finding = await TimeAsync(() => ResolveAsync(host, cancellationToken)).ConfigureAwait(false);
            resolved |= finding.Outcome == ConnectionOutcome.Passed;
            report(finding);
        }

        Uri? proxy = _network.ProxyFor(new Uri("https://" + GraphHost + "/"));
        report(OfProxy(proxy));
        if (!resolved && proxy is null)
        {
            // Without names nothing else can be reached, and each step would only say so again.
            return;
        }

        Uri login = new("https://" + LoginHost + "/common/v2.0/.well-known/openid-configuration");
        long start = _clock.GetTimestamp();
        WebAnswer answer = await _network.GetAsync(login, cancellationToken).ConfigureAwait(false);
        report(OfTls(LoginHost, answer, _clock.GetElapsedTime(start)));
        report(OfClock(answer));
        report(OfSignIn(login, answer, _clock.GetElapsedTime(start)));
        start = _clock.GetTimestamp();
        Uri graph = new("https://" + GraphHost + "/v1.0/me");
        answer = await _network.GetAsync(graph, cancellationToken).ConfigureAwait(false);
        report(OfTls(GraphHost, answer, _clock.GetElapsedTime(start)));
        report(OfGraph(graph, answer, _clock.GetElapsedTime(start)));
        if (address is not null)
        {
            report(await TimeAsync(() => FindMailboxAsync(address, cancellationToken)).ConfigureAwait(false));
        }

        report(await TimeAsync(() => ReachAsync(ConnectionStep.Imap, OutlookHost, 993, "* OK", cancellationToken)).ConfigureAwait(false));
        report(await TimeAsync(() => ReachAsync(ConnectionStep.Pop, OutlookHost, 995, "+OK", cancellationToken)).ConfigureAwait(false));
        report(await TimeAsync(() => ReachAsync(ConnectionStep.Smtp, SmtpHost, 587, "220", cancellationToken)).ConfigureAwait(false));
    }

    private async Task<ConnectionFinding> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> addresses = await _network.ResolveAsync(host, cancellationToken).ConfigureAwait(false);
        return addresses.Count > 0
            ? Passed(ConnectionStep.Dns, host, string.Join(", ", addresses.Take(4)))
            : Failed(ConnectionStep.Dns, host, Strings.DiagnosisNoAddress, Strings.DiagnosisNoAddressAction, ConnectionTroubles.OnlyPopImapOffered | ConnectionTroubles.ChangesNotSynchronized);
    }

    private static ConnectionFinding OfProxy(Uri? proxy) => proxy is null
        ? Passed(ConnectionStep.Proxy, GraphHost, Strings.DiagnosisNoProxy)
        : new ConnectionFinding
        {
            Step = ConnectionStep.Proxy,
            Target = proxy.Authority,
            Outcome = ConnectionOutcome.Passed,
            Found = Text(Strings.DiagnosisProxy, proxy.Authority),
            Action = Strings.DiagnosisProxyAction,
        };

    private static ConnectionFinding OfTls(string host, WebAnswer answer, TimeSpan duration)
    {
        ConnectionFinding finding = answer switch
        {
            { CertificateProblem: not null } => Failed(ConnectionStep.Tls, host, Text(Strings.DiagnosisUntrusted, answer.Issuer, answer.CertificateProblem), Text(Strings.DiagnosisUntrustedAction, answer.Issuer), ConnectionTroubles.RepeatedPrompts | ConnectionTroubles.OnlyPopImapOffered),
            { Issuer: null } => Failed(ConnectionStep.Tls, host, Text(Strings.DiagnosisNoTls, answer.Problem), Strings.DiagnosisNoTlsAction, ConnectionTroubles.RepeatedPrompts | ConnectionTroubles.ChangesNotSynchronized),
            _ when !IsMicrosofts(answer.Issuer) => new ConnectionFinding
            {
                Step = ConnectionStep.Tls,
                Target = host,
                Outcome = ConnectionOutcome.Warning,
                Found = Text(Strings.DiagnosisInspected, answer.Issuer),
                Action = Text(Strings.DiagnosisInspectedAction, answer.Issuer),
                Explains = ConnectionTroubles.RepeatedPrompts,
            },
            _ => Passed(ConnectionStep.Tls, host, Text(Strings.DiagnosisTls, answer.Issuer)),
        };
        return Timed(finding, duration);
    }

    private ConnectionFinding OfClock(WebAnswer answer)
    {
        if (answer.Date is not DateTimeOffset theirs)
        {
            return new ConnectionFinding { Step = ConnectionStep.Clock, Target = LoginHost, Outcome = ConnectionOutcome.Warning, Found = Strings.DiagnosisNoDate };
        }

        TimeSpan skew = _clock.GetUtcNow() - theirs;
        string found = Text(Strings.DiagnosisClock, Math.Round(skew.TotalSeconds));
        return skew.Duration() < s_smallSkew ? Passed(ConnectionStep.Clock, LoginHost, found)
            : new ConnectionFinding
            {
                Step = ConnectionStep.Clock,
                Target = LoginHost,
                Outcome = skew.Duration() < s_bigSkew ? ConnectionOutcome.Warning : ConnectionOutcome.Failed,
                Found = found,
                Action = Strings.DiagnosisClockAction,
                Explains = ConnectionTroubles.RepeatedPrompts,
            };
    }

    private static ConnectionFinding OfSignIn(Uri address, WebAnswer answer, TimeSpan duration)
    {
        bool sound = answer.Status == 200 && answer.Body.IndexOf("\"token_endpoint\"", StringComparison.Ordinal) >= 0;
        return Timed(
            sound ? Passed(ConnectionStep.SignIn, LoginHost, Strings.DiagnosisSignIn) : Unexpected(ConnectionStep.SignIn, address, answer, ConnectionTroubles.RepeatedPrompts | ConnectionTroubles.OnlyPopImapOffered),
            duration);
    }

    // Without a token Graph has to say 401; a page of a portal or of a filter says something else.
    private static ConnectionFinding OfGraph(Uri address, WebAnswer answer, TimeSpan duration) => Timed(
        answer.Status == 401 ? Passed(ConnectionStep.Graph, GraphHost, Strings.DiagnosisGraph) : Unexpected(ConnectionStep.Graph, address, answer, ConnectionTroubles.ChangesNotSynchronized),
        duration);

    private async Task<ConnectionFinding> FindMailboxAsync(string address, CancellationToken cancellationToken)
    {
        string domain = address.Substring(address.LastIndexOf('@') + 1);
        Uri question = new("https://" + OutlookHost + "/autodiscover/autodiscover.json/v1.0/" + Uri.EscapeDataString(address) + "?Protocol=AutodiscoverV1");
        WebAnswer answer = await _network.GetAsync(question, cancellationToken).ConfigureAwait(false);
        if (answer.Status is null)
        {
            return Unexpected(ConnectionStep.Autodiscover, question, answer, ConnectionTroubles.OnlyPopImapOffered);
        }

        if (answer.Status == 200 && answer.Body.IndexOf("\"Url\"", StringComparison.OrdinalIgnoreCase) >= 0)
        {
            return Passed(ConnectionStep.Autodiscover, domain, Text(Strings.DiagnosisMailboxFound, domain));
        }

        IReadOnlyList<string> own = await _network.ResolveAsync("autodiscover." + domain, cancellationToken).ConfigureAwait(false);
        return Failed(
            ConnectionStep.Autodiscover,
            domain,
            Text(own.Count > 0 ? Strings.DiagnosisMailboxElsewhere : Strings.DiagnosisMailboxNotFound, domain, answer.Status),
            own.Count > 0 ? Strings.DiagnosisMailboxElsewhereAction : Text(Strings.DiagnosisMailboxNotFoundAction, domain),
            ConnectionTroubles.OnlyPopImapOffered);
    }

    private async Task<ConnectionFinding> ReachAsync(ConnectionStep step, string host, int port, string greeting, CancellationToken cancellationToken)
    {
        PortAnswer answer = await _network.ConnectAsync(host, port, port != 587, cancellationToken).ConfigureAwait(false);
        string target = host + ":" + port.ToString(CultureInfo.InvariantCulture);
        if (answer.Problem is not null)
        {
            return Failed(step, target, Text(Strings.DiagnosisPortClosed, answer.Problem), Text(Strings.DiagnosisPortClosedAction, port), ConnectionTroubles.ChangesNotSynchronized);
        }

        if (answer.CertificateProblem is not null || (answer.Issuer is not null && !IsMicrosofts(answer.Issuer)))
        {
            return new ConnectionFinding
            {
                Step = step,
                Target = target,
                Outcome = answer.CertificateProblem is null ? ConnectionOutcome.Warning : ConnectionOutcome.Failed,
                Found = Text(Strings.DiagnosisInspected, answer.Issuer),
                Action = Text(Strings.DiagnosisInspectedAction, answer.Issuer),
                Explains = ConnectionTroubles.RepeatedPrompts | ConnectionTroubles.ChangesNotSynchronized,
            };
        }

        return answer.Greeting?.StartsWith(greeting, StringComparison.Ordinal) == true
            ? Passed(step, target, Strings.DiagnosisPort)
            : Failed(step, target, Strings.DiagnosisNoGreeting, Text(Strings.DiagnosisPortClosedAction, port), ConnectionTroubles.ChangesNotSynchronized);
    }

    private static ConnectionFinding Unexpected(ConnectionStep step, Uri address, WebAnswer answer, ConnectionTroubles troubles) => Failed(
        step,
        address.Host,
        answer.Status is int status ? Text(Strings.DiagnosisUnexpected, status) : Text(Strings.DiagnosisNoAnswer, answer.Problem),
        answer.Status switch
        {
            null => Strings.DiagnosisNoTlsAction,
            407 => Strings.DiagnosisProxySignInAction,
            _ => Strings.DiagnosisUnexpectedAction,
        },
        troubles);

    private async Task<ConnectionFinding> TimeAsync(Func<Task<ConnectionFinding>> step)
    {
        long start = _clock.GetTimestamp();
        ConnectionFinding finding = await step().ConfigureAwait(false);
        return Timed(finding, _clock.GetElapsedTime(start));
    }

    private static ConnectionFinding Timed(ConnectionFinding finding, TimeSpan duration) => new()
    {
        Step = finding.Step,
        Target = finding.Target,
        Outcome = finding.Outcome,
        Found = finding.Found,
        Action = finding.Action,
        Explains = finding.Explains,
        Duration = duration,
    };

    private static ConnectionFinding Passed(ConnectionStep step, string target, string found) => new() { Step = step, Target = target, Found = found };

    private static ConnectionFinding Failed(ConnectionStep step, string target, string found, string action, ConnectionTroubles troubles) =>
        new() { Step = step, Target = target, Outcome = ConnectionOutcome.Failed, Found = found, Action = action, Explains = troubles };

    private static bool IsMicrosofts(string issuer) => s_issuers.Any(i => issuer.StartsWith(i, StringComparison.OrdinalIgnoreCase));

    private static string Text(string format, params object?[] values) => string.Format(CultureInfo.CurrentCulture, format, values);
}
