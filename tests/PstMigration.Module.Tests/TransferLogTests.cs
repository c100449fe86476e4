using System.Text.RegularExpressions;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Module.Tests;

/// <summary>-LogPath of the cmdlets that copy.</summary>
public sealed partial class TransferLogTests : IDisposable
{
    private const string Evil = "Invoice =?utf-8?Q?=0D=0A2026-01-01T00:00:00.000Z=09Error=09=1B[31m?= of";
    private static readonly string s_sample = Path.Combine(StagedModule.Repository, "samples", "rehearsal.pst");
    private readonly string _folder = Directory.CreateTempSubdirectory("pstmigration-log").FullName;
    private readonly EngineSession _session = StagedModule.Import();

    public TransferLogTests() => _session.InvokeClean(
        $"$ExecutionContext.SessionState.Path.SetLocation('{_folder}'); $m = Connect-MsMailbox -Sandbox m.mailbox -Address taro@example.jp -NoThrottling; $j = @{{ JournalFolder = 'journals' }}");

    private string Log => Path.Combine(_folder, "t.log");

    [Fact]
    public void Every_transfer_says_when_it_began_what_it_did_and_how_it_ended()
    {
        _session.InvokeClean($"$null = Import-PstToMailbox '{s_sample}' $m @j -LogPath t.log; $null = Export-MailboxToPst $m o.pst @j -LogPath t.log");
        _session.InvokeClean($"$null = Import-PstItem '{s_sample}' n.pst @j -LogPath t.log; $null = Export-PstItem '{s_sample}' out -Format Text -LogPath t.log -WarningAction Ignore");
        string[] ids = [.. _session.InvokeClean("(Get-PstTransfer @j).Id").Select(i => i.ToString()[..8])];

        string[][] lines = Lines();
        Assert.Equal(
            ["Import-PstToMailbox", "Export-MailboxToPst", "Import-PstItem", "Export-PstItem"],
            lines.Where(l => l[2] == "CommandStarted").Select(l => Value(l, "command")));
        Assert.Equal([4, 4], new[] { "RunStarted", "RunEnded" }.Select(e => lines.Count(l => l[2] == e)));
        Assert.All(lines.Where(l => l[2] == "RunEnded"), l => Assert.Contains("read=5 copied=5 alreadyThere=0 skipped=0 failed=0", l[4], StringComparison.Ordinal));
        Assert.Equal(s_sample, Value(lines.First(l => l[2] == "RunStarted"), "source"));
        Assert.Equal("taro@example.jp", Value(lines.First(l => l[2] == "RunStarted"), "target"));
        Assert.Equal(ids.Order(StringComparer.Ordinal), lines.Where(l => l[2] == "RunStarted").Take(3).Select(l => l[3]).Order(StringComparer.Ordinal));
        Assert.Contains(lines, l => l[2] == "FolderStarted" && Value(l, "folder") == "受信トレイ");

        // Text has no attachments: that is a loss, said of the item and warned of.
        Assert.Contains(lines, l => l is [_, "Warning", "ItemLessened", ..] && l[4].Contains("losses=Attachment:", StringComparison.Ordinal));
        Assert.Contains(lines, l => l[2] == "Warning");
        Assert.DoesNotContain(lines, l => l[4].Contains("新年", StringComparison.Ordinal) || l[4].Contains("subject=", StringComparison.Ordinal));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Log));
        }
    }

    [Fact]
    public void A_subject_is_there_where_asked_for_and_forges_no_line()
    {
        File.WriteAllText(
            Path.Combine(_folder, "evil.eml"),
            "From: a@example.jp\r\nSubject: " + Evil + "\r\nDate: Mon, 30 Nov 2026 09:00:00 +0900\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
            + "--b\r\nContent-Type: text/plain\r\n\r\nsecret words\r\n--b\r\nContent-Type: text/csv; name=a.csv\r\nContent-Disposition: attachment; filename=a.csv\r\n\r\n1,2\r\n--b--\r\n");
        _session.InvokeClean("$null = Import-PstItem evil.eml e.pst @j -LogPath t.log");
        _session.InvokeClean("$null = Export-PstItem e.pst text -Format Text -IncludeSubject -LogPath t.log -WarningAction Ignore");

        string[] item = Lines().Single(l => l[2] == "ItemLessened");
        Assert.StartsWith("Invoice", Value(item, "subject"), StringComparison.Ordinal);
        Assert.DoesNotContain("secret words", File.ReadAllText(Log), StringComparison.Ordinal);
        Assert.DoesNotContain("\u001B", File.ReadAllText(Log), StringComparison.Ordinal);
    }

    [Fact]
    public void What_ends_a_run_and_what_is_no_log_is_said()
    {
        _session.Invoke("Import-PstItem nope.pst n.pst @j -LogPath t.log");
        Assert.Equal(["CommandStarted"], Lines().Select(l => l[2]));
        File.WriteAllBytes(Path.Combine(_folder, "bad.pst"), [1, 2, 3]);
        _session.Invoke($"Import-PstItem '{s_sample}' n.pst -Folder Nowhere @j -LogPath t.log");
        Assert.Contains(Lines(), l => l is [_, "Error", "RunFailed", ..] && l[4].Contains("error=FolderNotFound", StringComparison.Ordinal));

        _session.Invoke($"Import-PstItem '{s_sample}' n.pst @j -LogPath bad.pst");
        Assert.Equal("LogNotOurs", Assert.Single(_session.Errors).FullyQualifiedErrorId.Split(',')[0]);
        Assert.False(File.Exists(Path.Combine(_folder, "n.pst")));
        Assert.Equal(3, new FileInfo(Path.Combine(_folder, "bad.pst")).Length);
        _session.InvokeClean($"Import-PstItem '{s_sample}' n.pst -LogPath w.log -WhatIf");
        Assert.False(File.Exists(Path.Combine(_folder, "w.log")));
    }

    [Fact]
    public void A_session_can_name_one_log_for_all()
    {
        _session.InvokeClean($"$PSDefaultParameterValues['*-*Pst*:LogPath'] = '{Log}'; $null = Import-PstItem '{s_sample}' n.pst @j; $null = Get-PstItem n.pst");

        Assert.Contains(Lines(), l => l[2] == "RunEnded");
    }

    [Fact]
    public void Where_there_is_no_event_log_that_is_said()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has one.");

        Assert.Single(_session.InvokeClean($"Import-PstItem '{s_sample}' n.pst @j -EventLog -WarningVariable w 3>&1"), o => o.BaseObject is System.Management.Automation.WarningRecord);
    }

    // Each line whole: five columns, the first a time in UTC.
    private string[][] Lines()
    {
        string[] lines = File.ReadAllLines(Log);
        Assert.Equal("#Fields: time\tlevel\tevent\ttransfer\tmessage", lines[0]);
        string[][] parted = [.. lines.Skip(1).Select(l => l.Split('\t'))];
        Assert.All(parted, l => Assert.Equal(5, l.Length));
        Assert.All(parted, l => Assert.Matches(Time(), l[0]));
        return parted;
    }

    private static string Value(string[] line, string name) => Regex.Match(line[4], @"\b" + name + "='((?:[^'\\\\]|\\\\.)*)'").Groups[1].Value;

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")]
    private static partial Regex Time();

    public void Dispose()
    {
        _session.Invoke("Get-MsMailbox | Disconnect-MsMailbox");
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
