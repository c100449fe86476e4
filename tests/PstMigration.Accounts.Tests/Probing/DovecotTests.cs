using PstMigration.Accounts.Probing;
using PstMigration.Accounts.Rules;
using PstMigration.Accounts.Verdicts;
using Xunit;

namespace PstMigration.Accounts.Tests.Probing;

public sealed class DovecotTests
{
    [Fact]
    public async Task PlainOnly()
    {
        using DovecotServer dovecot = new("plain", plaintext: true, "yes");
        ServerProbe probe = await ProbeAsync(dovecot.ImapsPort, MailSecurity.ImplicitTls);
        Assert.Equal(ProbeOutcome.Answered, probe.Outcome);
        Assert.Equal(["PLAIN"], probe.Mechanisms);
        Assert.True(probe is { OffersPassword: true, OffersOAuth: false });
        Assert.StartsWith("Tls1", probe.Tls, StringComparison.Ordinal);
        Assert.Equal("Interception Test", probe.CertificateIssuer);
        Assert.NotNull(probe.CertificateProblem);
        Assert.Equal(LegacyMailVerdict.Supported, Judge(probe).Verdict);

        ServerProbe plain = await ProbeAsync(dovecot.ImapPort, MailSecurity.None);
        Assert.True(plain is { OffersPasswordUnprotected: true, OffersStartTls: true });
    }

    [Fact]
    public async Task XOAuth2Only()
    {
        using DovecotServer dovecot = new("xoauth2", plaintext: false, "yes");
        ServerProbe probe = await ProbeAsync(dovecot.ImapsPort, MailSecurity.ImplicitTls);
        Assert.Equal(["XOAUTH2"], probe.Mechanisms);
        Assert.True(probe is { OffersPassword: false, OffersOAuth: true });
        Assert.Equal(LegacyMailVerdict.NeedsModernAuth, Judge(probe).Verdict);
    }

    [Fact]
    public async Task StartTlsOnly()
    {
        using DovecotServer dovecot = new("plain login", plaintext: false, "required");
        ServerProbe probe = await ProbeAsync(dovecot.ImapPort, MailSecurity.StartTls);
        Assert.Equal(ProbeOutcome.Answered, probe.Outcome);
        Assert.True(probe is { OffersStartTls: true, OffersPasswordUnprotected: false, OffersPassword: true });
        Assert.NotNull(probe.Tls);
    }

    private static Task<ServerProbe> ProbeAsync(int port, MailSecurity security) =>
        new ServerProber(TimeSpan.FromSeconds(20), TimeProvider.System).ProbeAsync(
            new MailServer { Protocol = MailProtocol.Imap, Host = DovecotServer.Host, Port = port, Security = security }, TestContext.Current.CancellationToken);

    private static LegacyMailResult Judge(ServerProbe probe) => new AccountJudge(ProviderRules.Default, new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero))
        .Judge(new AccountFacts { Account = "a@company.example", Protocol = MailProtocol.Imap, Server = probe.Server }.With(null, [probe]));
}
