using Xunit;

namespace PstMigration.Module.Tests.Examples;

/// <summary>Every example of the help is typed as it is printed, page by page and in order, on a computer with the files it names.</summary>
[Collection(nameof(ExampleRun))]
public sealed class ExampleTests(ExampleWorld world) : IClassFixture<ExampleWorld>
{
    private const string Connected = "$mailbox = Connect-MsMailbox -Sandbox taro.mailbox -NoThrottling";
    private const string Transferred = Connected + "; $null = Import-PstToMailbox 2018.pst $mailbox";
    private const string Backup = Connected + "; $null = Register-MailboxBackup -Name nightly -Mailbox taro@example.jp -Destination Backup -Scheduler None";

    /// <summary>What ends in an error here, with the error it has to end in: one that no longer does is an example that can be run.</summary>
    private static readonly Dictionary<string, string> s_notHere = new(StringComparer.Ordinal)
    {
        // A person, an account and a registration of the application are needed.
        ["$mailbox = Connect-MsMailbox taro@outlook.com"] = "ClientIdMissing",
        ["Connect-MsMailbox taro@outlook.com -Silent"] = "ClientIdMissing",
        ["Connect-MsMailbox taro@contoso.com -TenantId contoso.com -ClientId $appId -CertificateThumbprint $thumbprint"] = "ParameterArgumentValidationError",
        ["Disconnect-MsMailbox taro@outlook.com -Forget"] = "MailboxNotConnected",
        ["Connect-MgGraph -Scopes Mail.ReadWrite"] = "CommandNotFoundException",
        ["Connect-MsMailbox -MgGraph"] = "MgGraphNotLoaded",

        // A backup that was made before that day is needed.
        ["Get-MailboxBackup nightly | Import-PstToMailbox -AsOf 2026-11-03 -Folder Inbox/Orders -TargetFolder 'As of 3 November'"] = "BackupStateNotKept",
        ["Get-MailboxBackup nightly | Import-PstToMailbox -AsOf 2026-11-03 -Folder Inbox/Orders -TargetFolder '11 月 3 日時点'"] = "BackupStateNotKept",
    };

    /// <summary>The same, but for Windows, where they run.</summary>
    private static readonly Dictionary<string, string> s_onlyOnWindows = new(StringComparer.Ordinal)
    {
        [@"reg export HKCU\Software\Microsoft\Office\16.0\Outlook outlook.reg"] = "CommandNotFoundException",
        ["Find-PstFile -Profile * -IncludeOst"] = "RegistryNotHere",
    };

    /// <summary>What asks servers of others, and what it does that with: never typed here.</summary>
    private static readonly Dictionary<string, string> s_network = new(StringComparer.Ordinal)
    {
        ["Test-MsMailboxConnection"] = "Test-MsMailboxConnection",
        ["Test-MsMailboxConnection someone@contoso.com | Where-Object Explains -match OnlyPopImapOffered | Format-List"] = "Test-MsMailboxConnection",
        ["Get-LegacyMailAccount | Test-LegacyMailAccount -Probe"] = "-Probe",
    };

    /// <summary>What finds nothing here and is right to say nothing: nothing failed, nothing is old, nobody was there.</summary>
    private static readonly HashSet<string> s_silent = new(StringComparer.Ordinal)
    {
        @"Get-PstFolder .\archive.pst -Recurse -IncludeHidden | Where-Object IsHidden | Get-PstItem -IncludeAssociated",
        "Get-PstTransfer | Where-Object Failed -gt 0 | Get-PstTransfer -Item -Fate Failed | Select-Object Folder, SourceKey, Reason",
        "Get-PstTransfer | Where-Object State -eq Running | Format-List",
        "Get-PstTransfer | Where-Object { $_.State -eq 'Completed' -and $_.Finished -lt (Get-Date).AddMonths(-6) } | Remove-PstTransfer",
        @"(Import-PstToMailbox .\archive.pst -Mailbox $mailbox -Folder Inbox).Issues",
        "$owners = @{ 'archive-ann*' = 'ann@contoso.com'; '2014.pst' = 'bo@contoso.com' }",
        "if (-not (Test-MailboxBackup -Name nightly -MaximumAge 2d -Quiet)) { 'The backup needs attention.' }",
    };

    private static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> s_english = HelpExamples.Commands("en-US");
    private static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> s_japanese = HelpExamples.Commands("ja-JP");

    /// <summary>All pages in English; those in Japanese that print something else.</summary>
    public static IEnumerable<TheoryDataRow<string, string>> Pages =>
    [
        .. s_english.Keys.Select(p => new TheoryDataRow<string, string>(p, "en-US")),
        .. s_japanese.Keys.Where(p => !s_japanese[p].SequenceEqual(s_english[p])).Select(p => new TheoryDataRow<string, string>(p, "ja-JP")),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Examples_do_what_they_say_in_the_order_they_are_printed(string page, string language)
    {
        Enter(page, language);
        List<string> wrong = [];
        foreach (string command in (language == "ja-JP" ? s_japanese : s_english)[page].Where(c => !s_network.ContainsKey(c)))
        {
            string? expected = s_notHere.GetValueOrDefault(command) ?? (OperatingSystem.IsWindows() ? null : s_onlyOnWindows.GetValueOrDefault(command));
            (bool answers, string[] errors, string[] warnings) = world.Type(command);
            bool isRight = answers || s_silent.Contains(command);
            if (expected is not null ? !errors.SequenceEqual([expected]) : errors.Length > 0 || !isRight || warnings.Any(w => !SaysWhatWasLost(w)))
            {
                wrong.Add($"{command}: {(isRight ? "" : "no answer, ")}errors: {string.Join(", ", errors)}, warnings: {string.Join(", ", warnings)}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void What_is_not_typed_is_printed_and_could_not_be()
    {
        string[] printed = [.. s_english.Values.Concat(s_japanese.Values).SelectMany(c => c)];

        Assert.Equal([], s_notHere.Keys.Concat(s_onlyOnWindows.Keys).Concat(s_network.Keys).Concat(s_silent).Except(printed));
        Assert.All(s_network, n => Assert.Contains(n.Value, n.Key, StringComparison.Ordinal));
    }

    /// <summary>A translated page has the same examples; only texts in them are in the reader's language.</summary>
    [Fact]
    public void Both_languages_print_as_many_commands() =>
        Assert.Equal(s_english.Select(p => (p.Key, p.Value.Count)).Order(), s_japanese.Select(p => (p.Key, p.Value.Count)).Order());

    private static bool SaysWhatWasLost(string warning) => warning.Contains("See Issues", StringComparison.Ordinal);

    private void Enter(string page, string language)
    {
        world.Enter(page + "-" + language);
        world.Prepare(page switch
        {
            "Connect-MsMailbox" or "Register-MailboxBackup" => "",
            "Compare-PstToMailbox" => Connected + "; $null = Import-PstItem tree/Inbox/1.eml -Destination taro@example.jp.ost -TargetFolder New",
            "Disconnect-MsMailbox" => Connected + "; $null = Connect-MsMailbox -Sandbox hana.mailbox -Address hana@example.jp",
            "Get-MailboxBackup" or "Start-MailboxBackup" or "Unregister-MailboxBackup" => Backup,
            "Test-MailboxBackup" => Backup + "; $null = Start-MailboxBackup nightly",
            "Import-PstToMailbox" => Backup + "; $null = Start-MailboxBackup nightly",
            "Get-PstItem" => "$null = Get-PstItem archive.pst -Folder DeletedItems -Recurse | Remove-PstItem -Permanent -Confirm:$false",
            "Get-PstTransfer" or "Export-PstTransferReport" or "Remove-PstTransfer" => Transferred,
            "Undo-PstTransfer" => Connected + "; $null = Connect-MsMailbox -Sandbox hana.mailbox -Address hana@example.jp -NoThrottling; $null = Import-PstToMailbox 2018.pst, 2019.pst -Mailbox hana@example.jp",
            _ => s_english[page].Any(c => c.Contains("mailbox", StringComparison.OrdinalIgnoreCase)) ? Connected : "",
        });
        if (page == "Test-PstFile")
        {
            world.Damage("archive.pst");
            world.Damage("D/Mail/taro.pst");
        }
    }
}

/// <summary>Environment variables belong to the process: nothing else runs meanwhile.</summary>
[CollectionDefinition(nameof(ExampleRun), DisableParallelization = true)]
public sealed class ExampleRun;
