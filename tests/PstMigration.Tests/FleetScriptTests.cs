using System.Diagnostics;
using System.Management.Automation.Language;
using System.Text;
using System.Text.Json;
using Xunit;

namespace PstMigration.Tests;

public sealed class FleetScriptTests : IDisposable
{
    private const string Accounts = """
        New-Object PSObject -Property @{ Protocol = 'Pop'; Address = 'taro.yamada@hotmail.co.jp'; Server = 'Outlook.Office365.com' }
        New-Object PSObject -Property @{ Protocol = 'Imap'; Address = 'taro@gmail.com'; Server = 'imap.gmail.com' }
        New-Object PSObject -Property @{ Protocol = 'Pop'; Address = 'taro@nifty.com'; Server = 'pop.nifty.com' }
        New-Object PSObject -Property @{ Protocol = 'HotmailConnector'; Address = 'no address but a name'; Server = '' }
        """;

    private static readonly string s_samples = Path.GetFullPath(Path.Combine(TestData.Corpus, "..", "..", "samples"));
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pstmigration");

    public static IEnumerable<TheoryDataRow<string>> Scripts => new[] { "intune", "fleet", "backup" }
        .SelectMany(f => Directory.EnumerateFiles(Path.Combine(s_samples, f), "*.ps1")).Select(f => new TheoryDataRow<string>(Path.GetRelativePath(s_samples, f)));

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Scripts_keep_to_the_syntax_of_Windows_PowerShell(string script)
    {
        string path = Path.Combine(s_samples, script);
        ScriptBlockAst ast = Parser.ParseFile(path, out Token[] tokens, out ParseError[] errors);
        Assert.Empty(errors);
        Assert.DoesNotContain(tokens, t => t.Kind is TokenKind.QuestionQuestion or TokenKind.QuestionQuestionEquals or TokenKind.QuestionDot or TokenKind.QuestionLBracket or TokenKind.AndAnd or TokenKind.OrOr);
        Assert.Empty(ast.FindAll(a => a is TernaryExpressionAst or PipelineChainAst || a is NamedBlockAst { BlockKind: TokenKind.Clean }, searchNestedScriptBlocks: true));
        Assert.DoesNotContain(File.ReadAllBytes(path), b => b > 0x7E);
    }

    [Fact]
    public void Detection_finds_accounts_and_names_nobody()
    {
        (int code, string output) = Detect(Accounts);
        Assert.Equal(1, code);
        Assert.DoesNotContain("taro", output, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@", output, StringComparison.Ordinal);
        Assert.DoesNotContain("name", output, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(output);
        Assert.Equal(2, json.RootElement.GetProperty("Blocked").GetInt32());
        Assert.Equal(1, json.RootElement.GetProperty("NeedsAppPassword").GetInt32());
        Assert.Equal(
            ["? ?", "hotmail.co.jp outlook.office365.com", "gmail.com imap.gmail.com", "nifty.com pop.nifty.com"],
            json.RootElement.GetProperty("Accounts").EnumerateArray().Select(a => a.GetProperty("Domain").GetString() + " " + a.GetProperty("Server").GetString()));
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("New-Object PSObject -Property @{ Protocol = 'Pop'; Address = 'a@ocn.ne.jp'; Server = 'pop.ocn.ne.jp' }", 0)]
    [InlineData("New-Object PSObject -Property @{ Protocol = 'ActiveSync'; Address = 'a@outlook.jp'; Server = 'eas.outlook.com' }", 1)]
    public void Detection_ends_with_the_code_Intune_understands(string discovery, int expected)
    {
        (int code, string output) = Detect(discovery);
        Assert.Equal(expected, code);
        JsonDocument.Parse(output).Dispose();
    }

    [Fact]
    public void Detection_stays_within_2048_characters_whatever_it_finds()
    {
        (int code, string output) = Detect("1..500 | ForEach-Object { New-Object PSObject -Property @{ Protocol = 'Imap'; Address = \"u$_@d$_.example.com\"; Server = 'outlook.office365.com' } }; New-Object PSObject -Property @{ Protocol = \"`e[2J\"\"\"; Address = \"a@`\"},{\"; Server = ('x' * 5000) }");
        Assert.Equal(1, code);
        Assert.True(output.Length <= 2048, output.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
        using JsonDocument json = JsonDocument.Parse(output);
        Assert.Equal(500, json.RootElement.GetProperty("Blocked").GetInt32());
        Assert.Equal(501, json.RootElement.GetProperty("Accounts").GetArrayLength() + json.RootElement.GetProperty("NotListed").GetInt32());
    }

    [Fact]
    public void B11_Detection_that_cannot_look_tells_failure()
    {
        (int code, string output, string errors) = RunAll("& '" + Script("intune", "Detect-LegacyMailAccount.ps1") + "' -Discovery { throw 'x' }; exit $LASTEXITCODE");

        Assert.Equal(2, code);
        Assert.Contains("\"Error\"", output, StringComparison.Ordinal);
        Assert.Contains("The detection failed", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[pscustomobject]@{ Name = 'nightly'; Health = 'Good' }", 0, "1 backups are good.")]
    [InlineData("", 1, "No backup is registered.")]
    [InlineData("[pscustomobject]@{ Name = 'nightly'; Health = 'Overdue' }", 1, "nightly: Overdue")]
    public void Detection_of_backups_ends_with_the_code_Intune_understands(string backups, int expected, string said) =>
        Assert.Equal((expected, said), Run($"function Import-Module {{ }}; function Get-MailboxBackup {{ {backups} }}; & '{Script("backup", "Detect-MailboxBackup.ps1")}'; exit $LASTEXITCODE"));

    [Theory]
    [InlineData("$env:PSModulePath = ''")]
    [InlineData("function Import-Module { }; function Get-MailboxBackup { throw 'x' }")]
    public void B11_Detection_of_backups_that_cannot_look_tells_failure(string before)
    {
        (int code, string output, string errors) = RunAll($"{before}; & '{Script("backup", "Detect-MailboxBackup.ps1")}'; exit $LASTEXITCODE");

        Assert.Equal((2, ""), (code, output));
        Assert.Contains("The detection failed", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en-US", "Your mail account needs attention")]
    [InlineData("ja-JP", "メール アカウントの再設定が必要です")]
    public void Remediation_tells_the_user_once_a_week(string culture, string title)
    {
        string call = $"[cultureinfo]::CurrentUICulture = '{culture}'; & '{Script("intune", "Remediate-LegacyMailAccount.ps1")}' -Folder '{_folder.FullName}' -Notify {{ param($title) \"TITLE $title\" }}; exit $LASTEXITCODE";
        (int first, string told) = Run(call);
        (int second, string again) = Run(call);
        Assert.Equal((0, 0), (first, second));
        Assert.Contains("TITLE " + title, told, StringComparison.Ordinal);
        Assert.DoesNotContain("TITLE", again, StringComparison.Ordinal);
        Assert.Single(File.ReadAllLines(Path.Combine(_folder.FullName, "legacy-accounts.log")));
    }

    [Fact]
    public void Results_of_many_become_one_report()
    {
        string share = _folder.CreateSubdirectory("share").FullName;
        Assert.Equal(0, Run($"& '{Script("fleet", "Save-LegacyMailAccount.ps1")}' -Destination '{share}' -Discovery {{ {Accounts} }}; exit 0").Code);
        string saved = Assert.Single(Directory.GetFiles(share));
        Assert.Matches(@"-[0-9a-f]{16}\.json$", saved);
        File.WriteAllText(Path.Combine(share, "broken.json"), "{");
        File.WriteAllText(Path.Combine(share, "PC2-x.json"), """{"Schema":1,"Blocked":1,"NeedsAppPassword":0,"Other":0,"Accounts":[{"Protocol":"<script>alert(1)</script>","Domain":"=cmd|' /C calc'!A0","Server":"s","Verdict":"Blocked"}],"NotListed":0}""");
        File.WriteAllText(Path.Combine(share, "intune.csv"), "DeviceName,PreRemediationDetectionScriptOutput\nPC3,\"{\"\"Schema\"\":1,\"\"Accounts\"\":[{\"\"Protocol\"\":\"\"pop\"\",\"\"Domain\"\":\"\"live.jp\"\",\"\"Server\"\":\"\"x\"\",\"\"Verdict\"\":\"\"Blocked\"\"}],\"\"NotListed\"\":0}\"\nPC4,not json\n");

        string html = Path.Combine(_folder.FullName, "r.html");
        (int code, string output) = Run($"$r = & '{Script("fleet", "New-LegacyMailAccountReport.ps1")}' -Path '{share}' -Report '{html}' -WarningAction SilentlyContinue; \"$($r.Devices) $($r.Accounts) $($r.Unread)\"");
        Assert.Equal((0, "3 6 2"), (code, output));
        string report = File.ReadAllText(html);
        Assert.Contains("<td>Blocked</td><td>4</td><td>3</td>", report, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", report, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", report, StringComparison.Ordinal);

        string csv = Path.Combine(_folder.FullName, "r.csv");
        Assert.Equal(0, Run($"$null = & '{Script("fleet", "New-LegacyMailAccountReport.ps1")}' -Path '{share}' -Report '{csv}' -WarningAction SilentlyContinue").Code);
        Assert.True(File.ReadAllBytes(csv).AsSpan().StartsWith(Encoding.UTF8.Preamble));
        Assert.Contains("\"'=cmd", File.ReadAllText(csv), StringComparison.Ordinal);
        Assert.Equal(7, File.ReadAllLines(csv).Length);
    }

    private (int Code, string Output) Detect(string discovery) => Run("& '" + Script("intune", "Detect-LegacyMailAccount.ps1") + "' -Discovery { " + discovery + " }; exit $LASTEXITCODE");

    private static string Script(string folder, string name) => Path.Combine(s_samples, folder, name);

    private (int Code, string Output) Run(string script)
    {
        (int code, string output, string errors) = RunAll(script);
        Assert.Equal("", errors);
        return (code, output);
    }

    private (int Code, string Output, string Errors) RunAll(string script)
    {
        Assert.SkipWhen(Pwsh.Path is null, Pwsh.Missing);
        string file = Path.Combine(_folder.FullName, "run.ps1");
        File.WriteAllText(file, script, new UTF8Encoding(true));
        ProcessStartInfo start = new(Pwsh.Path!) { RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8 };
        foreach (string argument in new[] { "-NoProfile", "-NonInteractive", "-File", file })
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        System.Threading.Tasks.Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }
}
