using System.Management.Automation;
using PstMigration.Commands;
using Xunit;

namespace PstMigration.Tests;

public sealed class LegacyMailAccountTests : IDisposable
{
    private readonly EngineSession _session = new(200, null, typeof(GetLegacyMailAccountCommand), typeof(TestLegacyMailAccountCommand));

    public LegacyMailAccountTests() => _session.InvokeClean($"$ExecutionContext.SessionState.Path.SetLocation('{TestData.Corpus}')");

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Exported_profiles_are_listed() => Assert.Equal(
        "taro@nifty.com taro.yamada@gmail.com taro@hotmail.co.jp", Values("Get-LegacyMailAccount registry/outlook-2010.reg", "Account"));

    [Fact]
    public void Profiles_are_chosen_by_name()
    {
        Assert.Equal("hanako@contoso.com hanako@outlook.jp", Values("Get-LegacyMailAccount -RegistryFile registry/outlook-20*.reg -Profile 仕*", "Account"));
        Assert.Equal("taro@hotmail.co.jp taro@example.jp", Values("Get-LegacyMailAccount -ThunderbirdFolder thunderbird -Profile default*", "Account"));
    }

    [Fact]
    public void Damage_is_an_error_with_advice_and_the_rest_is_listed()
    {
        Assert.Single(_session.Invoke("Get-LegacyMailAccount registry/hostile.reg"));
        Assert.Equal(3, _session.Errors.Count);
        Assert.All(_session.Errors, e =>
        {
            Assert.StartsWith("RegistryFileDamaged", e.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.Equal(ErrorCategory.InvalidData, e.CategoryInfo.Category);
            Assert.NotEmpty(e.ErrorDetails.RecommendedAction);
        });
    }

    [Fact]
    public void Accounts_pipe_into_verdicts_that_carry_their_data_file()
    {
        PSObject[] results = [.. _session.InvokeClean("Get-LegacyMailAccount registry/outlook-365.reg | Test-LegacyMailAccount -Offline -AsOf 2026-11-23")];
        Assert.Equal(
            ["jiro@yahoo.co.jp Imap Supported", "jiro@outlook.com Pop NeedsModernAuth", "jiro@contoso.onmicrosoft.com Exchange Supported", "jiro@ocn.ne.jp Pop Supported"],
            results.Select(r => $"{r.Properties["Account"].Value} {r.Properties["Protocol"].Value} {r.Properties["Verdict"].Value}"));
        Assert.EndsWith("jiro@outlook.com.pst", (string)results[1].Properties["Path"].Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a@hotmail.com", "Blocked")]
    [InlineData("a@hotmail.com -AsOf 2024-09-01", "Retiring")]
    [InlineData("a@hotmail.com -Client 'Thunderbird 128'", "NeedsModernAuth")]
    [InlineData("a@gmail.com, docomo.ne.jp", "NeedsAppPassword NeedsAppPassword")]
    [InlineData("contoso.onmicrosoft.com -Protocol Exchange", "Supported")]
    [InlineData("''", "Unknown")]
    public void Addresses_and_domains_are_judged(string arguments, string expected) =>
        Assert.Equal(expected, Values("Test-LegacyMailAccount -Offline " + arguments, "Verdict"));

    [Fact]
    public void Text_pipes_in() => Assert.Equal("Blocked NeedsAppPassword", Values("'a@msn.com', 'b@aol.com' | Test-LegacyMailAccount -Offline", "Verdict"));

    [Fact]
    public void Asking_nobody_and_asking_servers_do_not_go_together()
    {
        Assert.Empty(_session.Invoke("Test-LegacyMailAccount a@b.example -Offline -Probe"));
        Assert.StartsWith("OfflineProbe", Assert.Single(_session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_rule_ends_the_command_with_its_place()
    {
        string file = Path.GetTempFileName();
        File.WriteAllText(file, """{"schema": 1, "version": "1.0", "providers": [{"id": "a"}]}""");
        Assert.Empty(_session.Invoke($"Test-LegacyMailAccount a@b.example -Offline -RulesPath '{file}'"));
        ErrorRecord error = Assert.Single(_session.Errors);
        Assert.StartsWith("ProviderRulesInvalid", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("providers[0]", error.Exception.Message, StringComparison.Ordinal);
        File.Delete(file);
    }

    private string Values(string script, string property) => string.Join(' ', _session.InvokeClean(script).Select(o => o.Properties[property].Value));
}
