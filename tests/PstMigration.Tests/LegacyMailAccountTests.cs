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
        Assert.EndsWith("jiro@outlook.com.pst", (string)results[1].Properties["DataFile"].Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a@hotmail.com", "Blocked")]
    [InlineData("a@hotmail.com -AsOf 2024-09-01", "Retiring")]
    [InlineData("a@hotmail.com -Client 'Thunderbird 128'", "NeedsModernAuth")]
    [InlineData("a@gmail.com, docomo.ne.jp", "NeedsAppPassword NeedsAppPassword")]
    [InlineData("contoso.onmicrosoft.com -Protocol Exchange", "Supported")]
    public void Addresses_and_domains_are_judged(string arguments, string expected) =>
        Assert.Equal(expected, Values("Test-LegacyMailAccount -Offline " + arguments, "Verdict"));

    [Theory]
    [InlineData("Pop3", "Pop")]
    [InlineData("POP", "Pop")]
    [InlineData("imap4", "Imap")]
    [InlineData("eas", "ActiveSync")]
    public void Protocols_are_called_as_programs_call_them(string given, string protocol) =>
        Assert.Equal(protocol, Values($"Test-LegacyMailAccount a@hotmail.com -Protocol {given} -Offline", "Protocol"));

    [Theory]
    [InlineData("Uucp")]
    [InlineData("2")]
    public void Other_protocols_are_refused_with_those_there_are(string given)
    {
        Assert.Empty(_session.Invoke($"Test-LegacyMailAccount a@hotmail.com -Protocol {given} -Offline"));
        string said = Assert.Single(_session.Errors).ToString();
        Assert.Contains("is no protocol known here", said, StringComparison.Ordinal);
        Assert.Contains("ActiveSync", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'not an address'")]
    [InlineData("a@b@c.com")]
    [InlineData("'@c.com'")]
    [InlineData("a@")]
    public void What_is_no_address_is_said_without_talk_of_connections(string text)
    {
        Assert.Empty(_session.Invoke($"Test-LegacyMailAccount {text} -Offline"));
        System.Management.Automation.ErrorRecord error = Assert.Single(_session.Errors);
        Assert.DoesNotContain("Connect-MsMailbox", error + error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void An_at_sign_in_quotes_is_part_of_the_name() => Assert.Equal("Pop", Values("Test-LegacyMailAccount '\"a@b\"@hotmail.com' -Protocol Pop -Offline", "Protocol"));

    [Fact]
    public void A_program_that_no_rule_knows_is_warned_of()
    {
        string warning = _session.InvokeClean("Test-LegacyMailAccount a@hotmail.com, b@hotmail.com -Client 'Becky! 2' -Offline 3>&1 | Where-Object { $_ -is [System.Management.Automation.WarningRecord] }").Single().ToString();

        Assert.Contains("Becky! 2", warning, StringComparison.Ordinal);
        Assert.Contains("Thunderbird", warning, StringComparison.Ordinal);
        Assert.Empty(_session.InvokeClean("Test-LegacyMailAccount a@hotmail.com -Client 'Thunderbird 128' -Offline 3>&1 | Where-Object { $_ -is [System.Management.Automation.WarningRecord] }"));
    }

    [Fact]
    public void Without_an_argument_the_account_is_asked_for()
    {
        _session.Invoke("Test-LegacyMailAccount -Offline");

        Assert.Contains("Account", _session.Shown + _session.Errors[0], StringComparison.Ordinal);
        Assert.DoesNotContain("InputObject", _session.Shown + _session.Errors[0], StringComparison.Ordinal);
    }

    [Fact]
    public void The_day_to_judge_for_has_one_reading()
    {
        Assert.Equal("Blocked", Values("Test-LegacyMailAccount a@msn.com -Offline -AsOf 31/12/2030", "Verdict"));
        Assert.Empty(_session.Invoke("Test-LegacyMailAccount a@msn.com -Offline -AsOf 30d"));
        Assert.Contains("is no date", Assert.Single(_session.Errors).ToString(), StringComparison.Ordinal);
    }

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
