using System.Management.Automation;
using System.Net;
using System.Net.Sockets;
using PstMigration.Commands;
using Xunit;

namespace PstMigration.Tests;

/// <summary>What changed for mail accounts until the end of 2026: each fact reaches the person who asks, in both languages, with its day, its source and how sure it is.</summary>
public sealed class VerdictRuleTests : IDisposable
{
    private const string Today = " -Offline -AsOf 2026-11-29";
    private readonly EngineSession _session = new(200, null, typeof(TestLegacyMailAccountCommand));

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("-Protocol Smtp -AsOf 2026-11-29", "Retiring", "2026-12-31", "EXO-SMTP-2026", "https://mc.merill.net/message/MC786329", "Medium", "an administrator can switch it on again", "管理者は再び有効にできます")]
    [InlineData("-Protocol Smtp -AsOf 2026-12-31", "Blocked", "2026-12-31", "EXO-SMTP-2026", "https://mc.merill.net/message/MC786329", "Medium", "second half of 2027", "2027 年後半")]
    [InlineData("-Protocol Ews -AsOf 2026-09-30", "Retiring", "2026-10-01", "EXO-EWS-2026", "https://techcommunity.microsoft.com/", "Medium", "EWSAllowedAppIDs", "EWSAllowedAppIDs")]
    [InlineData("-Protocol Ews -AsOf 2026-11-29", "Blocked", "2026-10-01", "EXO-EWS-2026", "https://techcommunity.microsoft.com/", "Medium", "where they still work, somebody did", "まだ使える場合は、管理者が許可しています")]
    [InlineData("-Protocol Ews -AsOf 2027-04-01", "Blocked", "2027-04-01", "EXO-EWS-2027", "https://techcommunity.microsoft.com/", "High", "ended on 2027-04-01", "2027-04-01 に終了しました")]
    public void What_ends_is_a_verdict_with_its_day(string arguments, string verdict, string date, string rule, string source, string confidence, string english, string japanese)
    {
        string script = "Test-LegacyMailAccount contoso.onmicrosoft.com -Offline " + arguments;
        PSObject result = Assert.Single(_session.InvokeClean(script));

        Assert.Equal((verdict, date, confidence), (Text(result, "Verdict"), $"{result.Properties["EffectiveDate"].Value:yyyy-MM-dd}", Text(result, "Confidence")));
        Assert.Contains(english, Text(result, "Reason"), StringComparison.Ordinal);
        Assert.Contains(japanese, Text(Assert.Single(InJapanese(script)), "Reason"), StringComparison.Ordinal);
        PSObject evidence = Assert.Single(List(result, "Evidence"), e => Text(e, "Kind") == "Rule");
        Assert.Equal(rule, Text(evidence, "Text"));
        Assert.StartsWith(source, Text(evidence, "Source"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("contoso.onmicrosoft.com", "EXO-CONSENT-2025", "2025-11-01", "https://mc.merill.net/message/MC1163922", "Medium", "an administrator has to approve", "管理者が一度承認する")]
    [InlineData("contoso.onmicrosoft.com -Protocol Imap -Client 'eM Client'", "EXO-CONSENT-2025", "2025-11-01", "https://mc.merill.net/message/MC1163922", "Medium", "exempt", "対象外")]
    [InlineData("a@gmail.com", "GMAIL-FETCH-2026", "2026-01-01", "Press reports", "Low", "POP and IMAP to Gmail itself, with OAuth or an app password, are unchanged", "POP と IMAP の接続は変わりません")]
    [InlineData("a@yahoo.co.jp -Protocol Pop", "GMAIL-FETCH-2026", "2026-01-01", "Press reports", "Low", "Gmailify", "Gmailify")]
    [InlineData("a@outlook.com -Protocol Imap", "MSA-NOT-CONNECTED", "", "https://github.com/imapsync/imapsync/issues/411", "Medium", "the password is not the matter", "パスワードの問題ではありません")]
    [InlineData("a@plala.or.jp -Protocol Pop", "PLALA-ABROAD", "2019-01-01", "https://www.plala.or.jp", "Medium", "not a wrong password", "パスワードの間違いとは限りません")]
    [InlineData("a@contoso.onmicrosoft.com -Client 'New Outlook'", "NEW-OUTLOOK-PST-2026", "2026-07-01", "https://windowsforum.com/threads/432745", "Low", "only while classic Outlook is installed", "従来の Outlook がインストールされている場合だけ")]
    public void What_one_should_know_besides_is_a_notice(string arguments, string id, string date, string source, string confidence, string english, string japanese)
    {
        string script = "Test-LegacyMailAccount " + arguments + Today;
        PSObject notice = Notice(Assert.Single(_session.InvokeClean(script)), id);

        Assert.Equal((date, confidence), ($"{notice.Properties["Date"].Value:yyyy-MM-dd}", Text(notice, "Confidence")));
        Assert.StartsWith(source, Text(notice, "Source"), StringComparison.Ordinal);
        Assert.Contains(english, Text(notice, "Text"), StringComparison.Ordinal);
        Assert.Contains(japanese, Text(Notice(Assert.Single(InJapanese(script)), id), "Text"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a@outlook.com", "GMAIL-FETCH-2026")] // Gmail fetches with a password, which is refused there.
    [InlineData("a@gmail.com -Protocol Imap", "GMAIL-FETCH-2026")]
    [InlineData("a@outlook.com -Protocol Pop", "MSA-NOT-CONNECTED")]
    [InlineData("a@outlook.com", "EXO-CONSENT-2025")] // Personal accounts need nobody's approval.
    [InlineData("contoso.onmicrosoft.com -Protocol Smtp", "EXO-CONSENT-2025")]
    [InlineData("contoso.onmicrosoft.com -AsOf 2025-10-31", "EXO-CONSENT-2025")]
    [InlineData("contoso.onmicrosoft.com", "NEW-OUTLOOK-PST-2026")]
    [InlineData("a@plala.or.jp", "NETWORK-REFUSED")] // Nobody was asked.
    public void Others_are_not_bothered(string arguments, string id) => Assert.DoesNotContain(
        id, List(Assert.Single(_session.InvokeClean("Test-LegacyMailAccount -Offline " + arguments)), "Notices").Select(n => Text(n, "Id")));

    [Fact]
    public void An_account_with_a_data_file_hears_of_the_new_Outlook()
    {
        PSObject[] results = [.. _session.InvokeClean(
            "[PstMigration.Accounts.LegacyMailAccount]@{ Account = 'a@outlook.com'; Protocol = 'Pop'; DataFile = 'C:\\a.pst' } | Test-LegacyMailAccount" + Today)];

        Assert.Contains("cannot be opened", Text(Notice(Assert.Single(results), "NEW-OUTLOOK-PST-2026"), "Text"), StringComparison.Ordinal);
    }

    /// <summary>Where a server keeps the network out no password was sent, so none can have been wrong.</summary>
    [Fact]
    public async Task A_refusal_of_the_network_is_no_wrong_password()
    {
        using TcpListener server = new(IPAddress.Loopback, 0);
        server.Start();
        Task serving = Task.Run(async () =>
        {
            using TcpClient client = await server.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
            await client.GetStream().WriteAsync("-ERR [SYS/PERM] connections from your country are not allowed\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        }, TestContext.Current.CancellationToken);

        PSObject result = Assert.Single(_session.InvokeClean($$"""
            $server = [PstMigration.Accounts.MailServer]@{ Protocol = 'Pop'; Host = '127.0.0.1'; Port = {{((IPEndPoint)server.LocalEndpoint).Port}}; Security = 'None' }
            [PstMigration.Accounts.LegacyMailAccount]@{ Account = 'a@plala.or.jp'; Protocol = 'Pop'; Incoming = $server } | Test-LegacyMailAccount -Probe -AsOf 2026-11-29
            """));
        await serving;

        Assert.Contains("connections from your country", Text(Assert.Single(List(result, "Evidence"), e => Text(e, "Kind") == "Probe"), "Text"), StringComparison.Ordinal);
        Assert.Contains("says nothing about the password", Text(Notice(result, "NETWORK-REFUSED"), "Text"), StringComparison.Ordinal);
        Assert.Equal("Supported", Text(result, "Verdict"));
    }

    [Theory]
    [InlineData("contoso.onmicrosoft.com", "2026-11-29")]
    [InlineData("a@yahoo.co.jp", "2026-11-29")]
    [InlineData("a@nifty.com", "2026-11-23")]
    [InlineData("a@126.com", "2026-03-12")] // Thunderbird's database alone.
    [InlineData("a@unheard-of.example", "2026-11-23")]
    public void The_day_the_rules_were_checked_is_told(string account, string day)
    {
        PSObject result = _session.InvokeClean($"Test-LegacyMailAccount {account} {Today} -Verbose 4>&1 3>&1")[^1];

        Assert.Equal(day, $"{result.Properties["RulesChecked"].Value:yyyy-MM-dd}");
        Assert.Contains("checked on 2026-11-23", _session.InvokeClean($"Test-LegacyMailAccount {account} {Today} -Verbose 4>&1")[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_of_today_are_not_warned_of() => Assert.Single(_session.InvokeClean("Test-LegacyMailAccount a@nifty.com -Offline -AsOf 2027-11-22 3>&1"));

    [Fact]
    public void Rules_older_than_a_year_are_warned_of_once()
    {
        PSObject[] said = [.. _session.InvokeClean("'a@nifty.com', 'b@nifty.com', 'c@biglobe.ne.jp' | Test-LegacyMailAccount -Offline -AsOf 2027-11-24 3>&1")];

        WarningRecord warning = Assert.Single(said.Select(s => s.BaseObject).OfType<WarningRecord>());
        Assert.Contains("2026-11-23", warning.Message, StringComparison.Ordinal);
        Assert.Contains("more than a year ago", warning.Message, StringComparison.Ordinal);
        Assert.Equal(4, said.Length);
        Assert.Contains("1 年以上前", Assert.Single(InJapanese("Test-LegacyMailAccount a@nifty.com -Offline -AsOf 2027-11-24 3>&1").Select(s => s.BaseObject).OfType<WarningRecord>()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_of_ones_own_say_when_they_were_checked()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, """
                {"schema": 1, "version": "1.0", "checked": "2027-10-01",
                 "notices": [{"id": "MINE-1", "protocols": ["Pop"], "source": "Intranet", "text": "Ask the help desk."}],
                 "providers": [{"id": "mine", "name": "Mine", "domains": ["mine.example"]}, {"id": "other", "name": "Other", "domains": ["other.example"], "checked": "2025-01-01"}]}
                """);
            PSObject[] results = [.. _session.InvokeClean($"'a@mine.example', 'a@other.example' | Test-LegacyMailAccount -Offline -AsOf 2027-11-22 -RulesPath '{file}' 3>&1")];

            Assert.Equal("2027-10-01", $"{results[0].Properties["RulesChecked"].Value:yyyy-MM-dd}");
            Assert.Equal("Ask the help desk.", Text(Notice(results[0], "MINE-1"), "Text"));
            Assert.Contains("Other", Assert.IsType<WarningRecord>(results[1].BaseObject).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>The topic names each rule and notice of late 2026, and the days the rules were checked.</summary>
    [Theory]
    [InlineData("en-US")]
    [InlineData("ja-JP")]
    public void The_topic_tells_the_same(string language)
    {
        string topic = File.ReadAllText(Path.Combine(TestData.Corpus, "..", "..", language, "about_LegacyMailAccounts.help.txt"));
        PSObject[] results = [.. _session.InvokeClean($"""
            'contoso.onmicrosoft.com', 'a@outlook.com', 'a@gmail.com', 'a@plala.or.jp' | Test-LegacyMailAccount {Today} -Client 'New Outlook'
            Test-LegacyMailAccount contoso.onmicrosoft.com {Today} -Protocol Smtp
            Test-LegacyMailAccount contoso.onmicrosoft.com {Today} -Protocol Ews
            """)];

        Assert.All(results.SelectMany(r => List(r, "Notices")), n =>
        {
            Assert.Contains(Text(n, "Id"), topic, StringComparison.Ordinal);
            if (Text(n, "Source").StartsWith("https://", StringComparison.Ordinal) && Text(n, "Id") != "PLALA-ABROAD")
            {
                Assert.Contains(Text(n, "Confidence") + ": " + Text(n, "Source"), topic, StringComparison.Ordinal);
            }

            Assert.Contains(n.Properties["Date"].Value is DateTime { Year: >= 2022 } date ? date.ToString("yyyy-MM-dd", null) : "", topic, StringComparison.Ordinal);
        });
        Assert.All(results, r => Assert.Contains($"{r.Properties["RulesChecked"].Value:yyyy-MM-dd}", topic, StringComparison.Ordinal));
        Assert.All(
            results.SelectMany(r => List(r, "Evidence")).Where(e => Text(e, "Kind") == "Rule" && Text(e, "Text").EndsWith("2026", StringComparison.Ordinal)),
            e => Assert.Contains(Text(e, "Text"), topic, StringComparison.Ordinal));
    }

    private PSObject[] InJapanese(string script)
    {
        try
        {
            return [.. _session.InvokeClean("[Globalization.CultureInfo]::CurrentUICulture = 'ja-JP'; " + script)];
        }
        finally
        {
            _session.InvokeClean("[Globalization.CultureInfo]::CurrentUICulture = 'en-US'");
        }
    }

    private static PSObject Notice(PSObject result, string id) => Assert.Single(List(result, "Notices"), n => Text(n, "Id") == id);

    private static IEnumerable<PSObject> List(PSObject of, string property) => ((System.Collections.IEnumerable)of.Properties[property].Value).Cast<object>().Select(PSObject.AsPSObject);

    private static string Text(PSObject of, string property) => of.Properties[property].Value?.ToString() ?? "";
}
