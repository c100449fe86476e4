using PstMigration.Accounts.Discovery;
using PstMigration.Accounts.Outlook;
using PstMigration.Accounts.Probing;
using PstMigration.Accounts.Rules;
using PstMigration.Accounts.Verdicts;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Accounts.Tests.Verdicts;

public sealed class AccountJudgeTests
{
    private static readonly DateTimeOffset s_today = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);
    private readonly AccountJudge _judge = new(ProviderRules.Default, s_today);

    [Fact]
    public void APopAccountWithDataFileGetsTheImportAsNextCommand()
    {
        LegacyMailAccount account = OutlookProfiles.FromFile(System.IO.Path.Combine(TestData.Corpus, "registry", "outlook-365.reg")).Profiles[0].Accounts[1];
        LegacyMailResult result = _judge.Judge(AccountFacts.Incoming(account, null));
        Assert.Equal(LegacyMailVerdict.NeedsModernAuth, result.Verdict);
        Assert.Equal(new DateTimeOffset(2024, 9, 16, 0, 0, 0, TimeSpan.Zero), result.EffectiveDate);
        Assert.Equal(@"Import-PstToMailbox -LiteralPath 'C:\Users\jiro\OneDrive\Documents\Outlook Files\jiro@outlook.com.pst' -Mailbox 'jiro@outlook.com'", result.NextCommand);
        Assert.Equal(account.Path, result.Path);
        Assert.Contains("OAuth", result.Reason, StringComparison.Ordinal);
        Assert.Contains(result.Evidence, e => e.Kind == EvidenceKind.Rule && e.Text == "MSA-PASSWORD-2024" && e.Source.StartsWith("https://support.microsoft.com/", StringComparison.Ordinal));
    }

    [Fact]
    public void ANewerOfficeAloneDoesNotHelpAndTheReasonSaysSo()
    {
        LegacyMailResult result = _judge.Judge(new AccountFacts { Account = "a@contoso.onmicrosoft.com", Protocol = MailProtocol.Pop, Client = MailClient.Parse("Outlook 2024") });
        Assert.Equal(LegacyMailVerdict.Blocked, result.Verdict);
        Assert.Contains("a newer Office alone does not change that", result.Reason, StringComparison.Ordinal);
        Assert.Contains("POP and IMAP with OAuth go on", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void TheServerCountsNotTheAddress()
    {
        LegacyMailResult result = _judge.Judge(new AccountFacts
        {
            Account = "info@my-company.example",
            Protocol = MailProtocol.Imap,
            Server = new MailServer { Protocol = MailProtocol.Imap, Host = "Outlook.Office365.com.", Port = 993, Security = MailSecurity.ImplicitTls },
        });
        Assert.Equal("Microsoft 365 (Exchange Online)", result.Provider);
        Assert.Equal(LegacyMailVerdict.Blocked, result.Verdict);
        Assert.Equal(VerdictConfidence.High, result.Confidence);
    }

    [Theory]
    [InlineData("example-com.mail.protection.outlook.com", "Microsoft 365 (Exchange Online)", LegacyMailVerdict.Blocked)]
    [InlineData("outlook-com.olc.protection.outlook.com", "Outlook.com (Microsoft)", LegacyMailVerdict.Blocked)]
    [InlineData("example-com.o-v1.mx.microsoft", "Microsoft 365 (Exchange Online)", LegacyMailVerdict.Blocked)]
    [InlineData("aspmx.l.google.com", "Google Workspace", LegacyMailVerdict.NeedsAppPassword)]
    [InlineData("mta7.am0.yahoodns.net", "Yahoo", LegacyMailVerdict.NeedsAppPassword)]
    [InlineData("mx01.mail.icloud.com", "iCloud (Apple)", LegacyMailVerdict.NeedsAppPassword)]
    [InlineData("mx00.gmx.net", "GMX", LegacyMailVerdict.Supported)]
    [InlineData("mx.unheard-of.example", null, LegacyMailVerdict.Unknown)]
    [InlineData("evilmail.protection.outlook.com.attacker.example", null, LegacyMailVerdict.Unknown)]
    [InlineData("notmail.protection.outlook.comx", null, LegacyMailVerdict.Unknown)]
    public void MailExchangersTellTheProvider(string exchanger, string? provider, LegacyMailVerdict verdict)
    {
        LegacyMailResult result = _judge.Judge(new AccountFacts { Account = "a@example.com", Domain = new DomainFindings { MailExchangers = [exchanger] } });
        Assert.Equal(provider, result.Provider);
        Assert.Equal(verdict, result.Verdict);
        Assert.True(result.Confidence <= VerdictConfidence.Medium);
    }

    [Theory]
    [InlineData(new[] { "PLAIN", "LOGIN" }, MailAuthentication.Unknown, LegacyMailVerdict.Supported)]
    [InlineData(new[] { "XOAUTH2" }, MailAuthentication.Unknown, LegacyMailVerdict.NeedsModernAuth)]
    [InlineData(new[] { "XOAUTH2" }, MailAuthentication.OAuth2, LegacyMailVerdict.Supported)]
    [InlineData(new[] { "GSSAPI" }, MailAuthentication.Unknown, LegacyMailVerdict.Unknown)]
    public void AnUnknownProviderIsJudgedByWhatItsServerOffers(string[] mechanisms, MailAuthentication used, LegacyMailVerdict verdict)
    {
        MailServer server = new() { Protocol = MailProtocol.Imap, Host = "mail.example.com", Port = 993, Security = MailSecurity.ImplicitTls, Authentication = used };
        AccountFacts facts = new() { Account = "a@example.com", Protocol = MailProtocol.Imap, Server = server };
        LegacyMailResult result = _judge.Judge(facts.With(null, [new ServerProbe { Server = server, Outcome = ProbeOutcome.Answered, Mechanisms = mechanisms, Tls = "Tls13" }]));
        Assert.Equal(verdict, result.Verdict);
        Assert.Contains(result.Evidence, e => e.Kind == EvidenceKind.Probe && e.Text.Contains(mechanisms[0], StringComparison.Ordinal));
    }

    // Exchange Online goes on offering AUTH=PLAIN to anybody and refuses it afterwards.
    [Fact]
    public void APasswordThatIsOfferedDoesNotOverrideARule()
    {
        MailServer server = new() { Protocol = MailProtocol.Imap, Host = "outlook.office365.com", Port = 993 };
        LegacyMailResult result = _judge.Judge(new AccountFacts { Account = "a@hotmail.com", Protocol = MailProtocol.Imap, Server = server }
            .With(null, [new ServerProbe { Server = server, Outcome = ProbeOutcome.Answered, Mechanisms = ["PLAIN", "XOAUTH2"], Tls = "Tls13" }]));
        Assert.Equal(LegacyMailVerdict.Blocked, result.Verdict);
    }

    [Theory]
    [InlineData(15, 9, LegacyMailVerdict.Retiring)]
    [InlineData(16, 9, LegacyMailVerdict.Blocked)]
    [InlineData(15, -8, LegacyMailVerdict.Retiring)]
    [InlineData(16, -8, LegacyMailVerdict.Blocked)]
    public void TheDayCountsAsItIsWrittenInEveryZone(int day, int offset, LegacyMailVerdict verdict) => Assert.Equal(
        verdict, new AccountJudge(ProviderRules.Default, new DateTimeOffset(2024, 9, day, 0, 0, 0, TimeSpan.FromHours(offset))).Judge(new AccountFacts { Account = "a@hotmail.com" }).Verdict);

    [Fact]
    public void AnAddressOfThisPcTellsNoProvider() => Assert.Null(_judge.Judge(new AccountFacts
    {
        Account = "a@example.com",
        Protocol = MailProtocol.Imap,
        Server = new MailServer { Protocol = MailProtocol.Imap, Host = "127.0.0.1", Port = 1143, Security = MailSecurity.StartTls },
    }).Provider);

    [Fact]
    public void UnprotectedConnectionsAreSaid()
    {
        LegacyMailResult result = _judge.Judge(new AccountFacts
        {
            Account = "a@nifty.com",
            Protocol = MailProtocol.Pop,
            Server = new MailServer { Protocol = MailProtocol.Pop, Host = "pop.nifty.com", Port = 110, Security = MailSecurity.None },
        });
        Assert.Equal(LegacyMailVerdict.Supported, result.Verdict);
        Assert.Contains("pop.nifty.com:110", result.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("C:\\it's\u2019s.pst", "'C:\\it''s\u2019\u2019s.pst'")]
    [InlineData("C:\\a\u001b.pst", null)]
    [InlineData("C:\\a\u202egpj.pst", null)]
    public void CommandsHoldLiteralsOnly(string path, string? literal)
    {
        LegacyMailResult result = _judge.Judge(new AccountFacts { Account = "a@hotmail.com", Protocol = MailProtocol.Pop, Path = path });
        Assert.Equal(literal is null ? "Test-MsMailboxConnection -Address 'a@hotmail.com'" : $"Import-PstToMailbox -LiteralPath {literal} -Mailbox 'a@hotmail.com'", result.NextCommand);
    }

    [Fact]
    public void AnAddressCannotStartACommandOfItsOwn()
    {
        Assert.Equal("Test-LegacyMailAccount 'x''; rm -r /; ''@example.com' -Probe", _judge.Judge(new AccountFacts { Account = "x'; rm -r /; '@example.com" }).NextCommand);
        Assert.Null(_judge.Judge(new AccountFacts { Account = "x\n@example.com" }).NextCommand);
    }

    [Fact]
    public void ServersToAskAreTheAccountsOwnElseTheProviders()
    {
        MailServer own = new() { Protocol = MailProtocol.Pop, Host = "pop.example.com", Port = 995 };
        Assert.Same(own, Assert.Single(_judge.ServersToProbe(new AccountFacts { Account = "a@gmail.com", Protocol = MailProtocol.Pop, Server = own })));
        Assert.Equal(["imap.gmail.com", "pop.gmail.com", "smtp.gmail.com"], _judge.ServersToProbe(new AccountFacts { Account = "a@gmail.com" }).Select(s => s.Host));
        Assert.Equal(["mail.inbox.lv", "mail.inbox.lv", "mail.inbox.lv"], _judge.ServersToProbe(new AccountFacts { Account = "a@inbox.lv" }).Select(s => s.Host));
        Assert.Empty(_judge.ServersToProbe(new AccountFacts { Account = "a@example.com" }));
    }

    [Theory]
    [InlineData("Outlook 2016", MailClientKind.OutlookClassic, "16.0", false)]
    [InlineData("outlook 365", MailClientKind.OutlookClassic, "16.0", true)]
    [InlineData("Outlook for Microsoft 365", MailClientKind.OutlookClassic, "16.0", true)]
    [InlineData("Outlook LTSC 2021", MailClientKind.OutlookClassic, "16.0", false)]
    [InlineData("Outlook 2010", MailClientKind.OutlookClassic, "14.0", false)]
    [InlineData("New Outlook", MailClientKind.OutlookNew, null, false)]
    [InlineData("Thunderbird 128.5", MailClientKind.Thunderbird, "128.5", false)]
    [InlineData("Becky! 2.81", MailClientKind.Other, "2.81", false)]
    [InlineData("", MailClientKind.Other, null, false)]
    public void ProgramsAreReadFromTheirNames(string text, MailClientKind kind, string? version, bool subscription)
    {
        MailClient client = MailClient.Parse(text);
        Assert.Equal(kind, client.Kind);
        Assert.Equal(version, client.Version?.ToString());
        Assert.Equal(subscription, client.IsSubscription);
    }
}
