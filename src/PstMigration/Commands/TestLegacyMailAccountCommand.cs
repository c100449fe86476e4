using System.Management.Automation;
using PstMigration.Accounts.Discovery;
using PstMigration.Accounts.Probing;
using PstMigration.Accounts.Rules;
using PstMigration.Accounts.Verdicts;
using PstMigration.Accounts;
using PstMigration.Completion;
using PstMigration.Errors;
using PstMigration.Mapi;

namespace PstMigration.Commands;

/// <summary>Test-LegacyMailAccount: what becomes of accounts, why, and what to do. Never signs in anywhere. Not sealed, so that tests can set its clock.</summary>
[Cmdlet(VerbsDiagnostic.Test, "LegacyMailAccount", DefaultParameterSetName = AccountSet)]
[OutputType(typeof(LegacyMailResult))]
public sealed class TestLegacyMailAccountCommand : AsyncCommand
{
    private const string AccountSet = "Account";
    private const string PropertySet = "AccountOfObject";
    private const string ObjectSet = "InputObject";

    private readonly Dictionary<string, Task<DomainFindings>> _domains = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Task<ServerProbe>> _probes = new(StringComparer.Ordinal);
    private readonly HashSet<DateTime> _warnedOf = [];
    private AccountJudge? _judge;
    private DateTimeOffset _today;
    private DomainDiscovery? _discovery;
    private ServerProber? _prober;

    /// <summary>Addresses or domains. By property in a set of its own: what stands for an account is taken whole, and the default set, which tells what is asked for, would take its address.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = AccountSet)]
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = PropertySet)]
    [Alias("Address", "EmailAddress", "UserPrincipalName", "PrimarySmtpAddress", "Mail")]
    [AddressTransformation(Properties = InputNames.Account)]
    [AllowEmptyString]
    public string[] Account { get; set; } = [];

    /// <summary>Accounts from Get-LegacyMailAccount.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ObjectSet)]
    [LegacyAccountTransformation]
    [ValidateNotNull]
    public LegacyMailAccount[] InputObject { get; set; } = [];

    /// <summary>The protocol an address is used by.</summary>
    [Parameter(ParameterSetName = AccountSet)]
    [Parameter(ParameterSetName = PropertySet)]
    [MailProtocolTransformation]
    public MailProtocol Protocol { get; set; }

    /// <summary>The mail program, in free text; one that no rule knows is judged as any other, which is warned of.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ClientCompleter))]
    public MailClient? Client { get; set; }

    /// <summary>The day to judge for.</summary>
    [Parameter]
    [DateTransformation]
    public DateTimeOffset? AsOf { get; set; }

    /// <summary>Files with rules of one's own.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] RulesPath { get; set; } = [];

    /// <summary>Asks no DNS and no server.</summary>
    [Parameter]
    public SwitchParameter Offline { get; set; }

    /// <summary>Asks the mail servers what they offer.</summary>
    [Parameter]
    public SwitchParameter Probe { get; set; }

    /// <summary>Seconds for each server.</summary>
    [Parameter]
    [ValidateRange(1, 300)]
    public int TimeoutSeconds { get; set; } = 10;

    /// <summary>An HTTP proxy to go through.</summary>
    [Parameter]
    public Uri? Proxy { get; set; }

    /// <inheritdoc/>
    private protected override MailDataException? NotTaken => Given.IsNotTaken(Account) ? InputErrors.NotTaken(this, Strings.TakesAccounts) : null;

    /// <inheritdoc/>
    protected override async Task BeginAsync(CancellationToken cancellationToken)
    {
        if (Offline && Probe)
        {
            ThrowTerminatingError(ErrorRecords.From(AccountErrors.OfflineProbe(), null));
        }

        if (Client is { Kind: MailClientKind.Other })
        {
            WriteWarning(LocalText.Format(Strings.ClientUnknown, Client, string.Join(", ", ClientCompleter.Names)));
        }

        List<string> files = [];
        foreach (string given in RulesPath)
        {
            files.AddRange(await OnPipelineAsync(() => FileSystemPaths.Existing(this, given, literal: true)).ConfigureAwait(false));
        }

        ProviderRules rules = files.Count == 0 ? ProviderRules.Default : ProviderRules.WithFiles(files);
        WriteVerbose(LocalText.Format(Strings.RulesVersion, rules.Version, rules.Checked));
        _today = AsOf ?? Clock.GetLocalNow();
        _judge = new AccountJudge(rules, _today);
        TimeSpan timeout = TimeSpan.FromSeconds(TimeoutSeconds);
        _discovery = Offline ? null : new DomainDiscovery(timeout, Clock, Proxy);
        _prober = Probe ? new ServerProber(timeout, Clock, Proxy) : null;
    }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        if (ParameterSetName != ObjectSet)
        {
            foreach (string account in Account)
            {
                string address = account.Trim();
                if (!AddressText.IsAddress(address) && !AddressText.IsDomain(address))
                {
                    WriteError(ErrorRecords.From(AccountErrors.AddressInvalid(address), account));
                    continue;
                }

                await TestAsync(new AccountFacts { Account = address, Protocol = Protocol, Client = Client }, cancellationToken).ConfigureAwait(false);
            }

            return;
        }

        foreach (LegacyMailAccount account in InputObject)
        {
            LegacyMailResult incoming = await TestAsync(AccountFacts.Incoming(account, Client), cancellationToken).ConfigureAwait(false);
            if (AccountFacts.Outgoing(account, Client) is AccountFacts outgoing)
            {
                await TestOutgoingAsync(outgoing, incoming, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _discovery?.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task<LegacyMailResult> TestAsync(AccountFacts facts, CancellationToken cancellationToken)
    {
        LegacyMailResult result = _judge!.Judge(await LearnAsync(facts, cancellationToken).ConfigureAwait(false));
        Write(result);
        return result;
    }

    // Rules that nobody looked at for a year know nothing of what was announced since. Once for each such day: a file of providers has one.
    private void Write(LegacyMailResult result)
    {
        if (result.RulesChecked is DateTime day && day.AddYears(1) < _today.Date && _warnedOf.Add(day))
        {
            WriteWarning(LocalText.Format(Strings.RulesOld, result.Provider ?? result.Account, day));
        }

        WriteObject(result);
    }

    // Sending is a matter of its own only where it ends differently: mail from a small provider sent through Microsoft.
    private async Task TestOutgoingAsync(AccountFacts facts, LegacyMailResult incoming, CancellationToken cancellationToken)
    {
        LegacyMailResult result = _judge!.Judge(await LearnAsync(facts, cancellationToken).ConfigureAwait(false));
        if (result.Verdict != incoming.Verdict && result.Verdict != LegacyMailVerdict.Unknown)
        {
            Write(result);
        }
    }

    private async Task<AccountFacts> LearnAsync(AccountFacts facts, CancellationToken cancellationToken)
    {
        DomainFindings? domain = null;
        if (_discovery is not null && facts.DomainName is string name && name.IndexOf('.') > 0 && !_judge!.Knows(facts))
        {
            if (!_domains.TryGetValue(name, out Task<DomainFindings>? asked))
            {
                WriteVerbose(LocalText.Format(Strings.AskingDomain, name));
                asked = _discovery.AskAsync(name, cancellationToken);
                _domains.Add(name, asked);
            }

            domain = await asked.ConfigureAwait(false);
            foreach (string problem in domain.Problems)
            {
                WriteDebug(problem);
            }
        }

        return _prober is null ? facts.With(domain, []) : facts.With(domain, await ProbeAsync(facts.With(domain, []), cancellationToken).ConfigureAwait(false));
    }

    // Each server is asked once, however many accounts it has.
    private async Task<ServerProbe[]> ProbeAsync(AccountFacts facts, CancellationToken cancellationToken)
    {
        List<Task<ServerProbe>> asked = [];
        foreach (MailServer server in _judge!.ServersToProbe(facts))
        {
            string key = server.Protocol + " " + server;
            if (!_probes.TryGetValue(key, out Task<ServerProbe>? probe))
            {
                WriteVerbose(LocalText.Format(Strings.AskingServer, server));
                probe = _prober!.ProbeAsync(server, cancellationToken);
                _probes.Add(key, probe);
            }

            asked.Add(probe);
        }

        return await Task.WhenAll(asked).ConfigureAwait(false);
    }
}
