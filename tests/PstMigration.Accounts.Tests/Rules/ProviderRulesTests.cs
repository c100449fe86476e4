using System.Text;
using PstMigration.Accounts.Rules;
using PstMigration.Accounts.Verdicts;
using Xunit;

namespace PstMigration.Accounts.Tests.Rules;

public sealed class ProviderRulesTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void TheModulesRulesAreSound()
    {
        ProviderRules rules = ProviderRules.Default;
        Assert.Equal(new Version(2026, 11, 29), rules.Version);
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero), rules.Checked);
        Assert.All(rules.Providers, p => Assert.NotNull(p.Checked));
        NoticeRule[] notices = [.. rules.Notices, .. rules.Providers.SelectMany(p => p.Notices)];
        Assert.All(notices, n => Assert.True(n.Source.Length > 10 && n.Text.Japanese is not null, n.Id));
        Assert.Equal(notices.Length, notices.Select(n => n.Id).Distinct().Count());
        Assert.True(rules.Providers.Count > 160);
        Assert.All(rules.Providers.SelectMany(p => p.Rules), r => Assert.True(r.Source.Length > 10 && r.Reason.Japanese is not null, r.Id));
        Assert.Equal(rules.Providers.SelectMany(p => p.Rules).Count(), rules.Providers.SelectMany(p => p.Rules).Select(r => r.Id).Distinct().Count());
        string[] domains = [.. rules.Providers.SelectMany(p => p.Domains)];
        Assert.Equal(domains.Length, domains.Distinct().Count());
    }

    [Fact]
    public void TheDatabaseOfThunderbirdKeepsItsLicence()
    {
        using Stream stream = typeof(ProviderRules).Assembly.GetManifestResourceStream("PstMigration.Accounts.providers.ispdb.json")!;
        using StreamReader reader = new(stream);
        string head = reader.ReadToEnd().Substring(0, 600);
        Assert.Contains("Mozilla Public License, v. 2.0", head, StringComparison.Ordinal);
        Assert.Contains("github.com/thunderbird/autoconfig", head, StringComparison.Ordinal);
    }

    [Fact]
    public void AUsersFileGoesOverTheModules()
    {
        File.WriteAllText(_file, """
            { "schema": 1, "version": "1.0", "providers": [
              { "id": "mine", "name": "My company", "domains": ["Example.COM"],
                "servers": [ { "protocol": "Imap", "host": "imap.example.com", "port": 993, "security": "ImplicitTls", "authentication": ["Password"] } ],
                "rules": [ { "id": "MINE-1", "protocols": ["Imap"], "from": "2027-01-01", "verdict": "Blocked", "source": "Intranet", "reason": "We move." } ] } ] }
            """);
        ProviderRules rules = ProviderRules.WithFiles([_file]);
        LegacyMailResult result = new AccountJudge(rules, new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero)).Judge(new AccountFacts { Account = "a@example.com" });
        Assert.Equal(LegacyMailVerdict.Retiring, result.Verdict);
        Assert.Equal("My company", result.Provider);
        Assert.Equal("We move.", result.Reason);
        Assert.Null(ProviderRules.Default.ByDomain("example.com"));
    }

    [Theory]
    [InlineData("not json", "JSON")]
    [InlineData("[]", "object")]
    [InlineData("{}", "schema")]
    [InlineData("""{"schema": 2, "version": "1.0"}""", "schema")]
    [InlineData("""{"schema": 1}""", "version")]
    [InlineData("""{"schema": 1, "version": "x"}""", "version: 'x'")]
    [InlineData("""{"schema": 1, "version": "1.0", "provider": []}""", "'provider'")]
    [InlineData("""{"schema": 1, "version": "1.0", "providers": [{"id": "a"}]}""", "providers[0]: the field 'name'")]
    [InlineData("""{"schema": 1, "version": "1.0", "providers": [{"id": "a", "name": "b", "domains": ["a b"]}]}""", "providers[0].domains[0]: 'a b'")]
    [InlineData("""{"schema": 1, "version": "1.0", "providers": [{"id": "a", "name": "b", "extends": "none"}]}""", "providers[0].extends")]
    [InlineData("""{"schema": 1, "version": "1.0", "providers": [{"id": "a", "name": "b", "rules": [{"id": "r", "protocols": ["Imap"], "verdict": "blocked", "source": "s", "reason": "r"}]}]}""", "providers[0].rules[0].verdict: 'blocked'")]
    [InlineData("""{"schema": 1, "version": "1.0", "providers": [{"id": "a", "name": "b", "rules": [{"id": "r", "protocols": ["Imap"], "verdict": "Blocked", "from": "2024-13-01", "source": "s", "reason": "r"}]}]}""", "providers[0].rules[0].from: '2024-13-01'")]
    [InlineData("""{"schema": 1, "version": "1.0", "providers": [{"id": "a", "name": "b", "servers": [{"protocol": "Imap", "host": "h", "port": 70000, "security": "None", "authentication": ["Password"]}]}]}""", "port: '70000'")]
    [InlineData("""{"schema": 1, "version": "1.0", "version": "1.1"}""", "twice")]
    [InlineData("""{"schema": 1, "version": 1.0}""", "version: it has to be of type string and is of type number")]
    [InlineData("""{"schema": 1, "version": "1.0", "note": "\ud800", "\ud800": 1}""", "JSON")]
    [InlineData("""{"schema": 1, "version": "1.0", "providers": [{"id": "\ud800", "name": "b"}]}""", "JSON")]
    public void ABadRuleIsNamedByItsPlace(string json, string expected)
    {
        File.WriteAllText(_file, json, new UTF8Encoding(true));
        AccountsException error = Assert.Throws<AccountsException>(() => ProviderRules.WithFiles([_file]));
        Assert.Equal("ProviderRulesInvalid", error.Id);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains(_file, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BytesThatAreNotUtf8AreRefused()
    {
        File.WriteAllBytes(_file, [.. "{\"schema\": 1, \"version\": \"1.0\", \"note\": \""u8, 0x83, 0x65, .. "\"}"u8]);
        Assert.Equal("ProviderRulesInvalid", Assert.Throws<AccountsException>(() => ProviderRules.WithFiles([_file])).Id);
    }

    [Fact]
    public void DeepAndLongFilesAreRefused()
    {
        File.WriteAllText(_file, string.Concat(Enumerable.Repeat("{\"a\":", 10_000)));
        Assert.Equal("ProviderRulesInvalid", Assert.Throws<AccountsException>(() => ProviderRules.WithFiles([_file])).Id);
        File.WriteAllText(_file, new string(' ', 5_000_000));
        Assert.Equal("ProviderRulesInvalid", Assert.Throws<AccountsException>(() => ProviderRules.WithFiles([_file])).Id);
    }

    [Theory]
    [InlineData("Example.COM.", "example.com")]
    [InlineData("例え.jp", "xn--r8jz45g.jp")]
    [InlineData("a_b.com", null)]
    [InlineData("a..b", null)]
    [InlineData("-a.com", null)]
    [InlineData("a.com/evil", null)]
    [InlineData("a.com:993", null)]
    [InlineData("::1", "::1")]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("a\u0000.com", null)]
    [InlineData("", null)]
    public void NamesOfHostsAreChecked(string name, string? expected) => Assert.Equal(expected, HostName.Normalize(name));
}
