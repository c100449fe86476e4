using System.Management.Automation;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Module.Tests;

/// <summary>Journals of transfers, through the cmdlets.</summary>
public sealed class TransferJournalTests : IDisposable
{
    private static readonly string s_sample = Path.Combine(StagedModule.Repository, "samples", "rehearsal.pst");
    private readonly string _folder = Directory.CreateTempSubdirectory("pstmigration-journal").FullName;
    private readonly EngineSession _session = StagedModule.Import();

    public TransferJournalTests() => _session.InvokeClean(
        $"$m = Connect-MsMailbox -Sandbox '{_folder}/m.mailbox' -Address taro@example.jp -Culture ja-JP -NoThrottling; $j = @{{ JournalFolder = '{_folder}/journals' }}");

    private string Journals => Path.Combine(_folder, "journals");

    [Fact]
    public void A_transfer_has_one_journal_that_is_found_again_and_read_in_counts_and_items()
    {
        _session.InvokeClean($"$null = Import-PstToMailbox '{s_sample}' -Mailbox $m @j; $null = Import-PstToMailbox '{s_sample}' -Mailbox $m @j");

        PSObject transfer = _session.InvokeClean("Get-PstTransfer @j").Single();
        Assert.Equal(
            ("Completed", 2, 5L, 0L, 5L, s_sample, "taro@example.jp"),
            ((string)Value(transfer, "State")!, (int)Value(transfer, "Runs")!, (long)Value(transfer, "Items")!, (long)Value(transfer, "Copied")!, (long)Value(transfer, "AlreadyThere")!,
                (string)Value(transfer, "DataFile")!, (string)Value(transfer, "Mailbox")!));
        Assert.True((double)Value(transfer, "ItemsPerSecond")! > 0);
        Assert.Equal([Value(transfer, "Id") + ".transfer"], Directory.EnumerateFiles(Journals).Select(Path.GetFileName));
        PSObject[] items = [.. _session.InvokeClean("Get-PstTransfer @j | Get-PstTransfer -Item @j")];
        Assert.Equal(5, items.Length);
        Assert.All(items, i => Assert.Equal(("AlreadyThere", ""), ((string)Value(i, "Fate")!, (string)Value(i, "Subject")!)));
        Assert.Empty(_session.InvokeClean("Get-PstTransfer -Item -Fate Failed, Unsure @j"));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode((string)Value(transfer, "JournalPath")!));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Journals));
        }
    }

    [Fact]
    public void Every_direction_has_its_own_and_subjects_are_kept_where_asked_for()
    {
        _session.InvokeClean($"$null = Import-PstToMailbox '{s_sample}' -Mailbox $m -IncludeSubject @j");
        _session.InvokeClean($"$null = Export-MailboxToPst $m '{_folder}/out.pst' @j; $null = Import-PstItem '{s_sample}' '{_folder}/in.pst' @j");
        _session.InvokeClean($"$null = Export-PstItem '{s_sample}' -Destination '{_folder}/eml' @j; $null = Export-PstItem '{s_sample}' -Destination '{_folder}/text' -Format Text @j");

        PSObject[] all = [.. _session.InvokeClean("Get-PstTransfer @j")];
        Assert.Equal(4, all.Length);
        Assert.All(all, t => Assert.Equal(("Completed", 5L), ((string)Value(t, "State")!, (long)Value(t, "Items")!)));
        Assert.Equal(
            [null, null, "taro@example.jp", "taro@example.jp"], all.Select(t => (string?)Value(t, "Mailbox")).Order(StringComparer.Ordinal));
        string[] subjects = [.. _session.InvokeClean("Get-PstTransfer -Item @j").Select(i => (string)Value(i, "Subject")!)];
        Assert.Equal((20, 5), (subjects.Length, subjects.Count(s => s.Length > 0)));
    }

    [Fact]
    public void The_one_begun_last_is_listed_last()
    {
        string[] targets = [.. Enumerable.Range(0, 6).Select(i => $"{_folder}/{i}.pst")];
        foreach (string target in targets)
        {
            _session.InvokeClean($"$null = Import-PstItem '{s_sample}' '{target}' @j");
        }

        Assert.Equal(targets, _session.InvokeClean("(Get-PstTransfer @j).Target").Select(t => t.ToString()));
        _session.InvokeClean($"$null = Import-PstItem '{s_sample}' '{targets[2]}' @j");
        Assert.Equal([.. targets.Where((_, i) => i != 2), targets[2]], _session.InvokeClean("(Get-PstTransfer * @j).Target").Select(t => t.ToString()));
        Assert.Equal(targets.Length * 5, _session.InvokeClean("Get-PstTransfer -Item @j").Count);

        // A damaged one does not stand in the way of the others.
        File.WriteAllText(Path.Combine(Journals, new string('f', 32) + ".transfer"), "no journal");
        Assert.Equal(targets.Length, _session.Invoke("Get-PstTransfer @j").Count);
        Assert.StartsWith("TransferJournalInvalid", Assert.Single(_session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void A_result_is_taken_by_the_cmdlets_about_its_transfer()
    {
        _session.InvokeClean($"$null = Import-PstItem '{s_sample}' '{_folder}/other.pst' @j; $r = Import-PstToMailbox '{s_sample}' -Mailbox $m @j; $id = $r.TransferId");

        PSObject transfer = _session.InvokeClean("$r | Get-PstTransfer @j").Single();
        Assert.Equal(("taro@example.jp", Value(transfer, "Id")), ((string)Value(transfer, "Target")!, _session.InvokeClean("$id").Single().BaseObject));
        Assert.Single(_session.InvokeClean($"$r | Export-PstTransferReport -Destination '{_folder}/report' @j"));
        Assert.Equal(5L, Value(_session.InvokeClean("$r | Undo-PstTransfer -Confirm:$false @j").Single(), "Removed"));
        Assert.Equal("Undone", _session.InvokeClean("($r | Get-PstTransfer @j).State").Single().ToString());
        _session.InvokeClean("$r | Remove-PstTransfer @j");
        Assert.Equal($"{_folder}/other.pst", _session.InvokeClean("(Get-PstTransfer @j).Target").Single().ToString());
    }

    [Fact]
    public void A_result_without_a_journal_is_of_no_transfer_and_that_is_said()
    {
        File.WriteAllText(Path.Combine(_folder, "file"), "in the way of journals");
        _session.InvokeClean($"$r = @(Export-PstItem '{s_sample}' -Destination '{_folder}/text' -Format Text; Import-PstToMailbox '{s_sample}' -Mailbox $m -JournalFolder '{_folder}/file' -WarningAction Ignore)");
        Assert.Equal([null, null], _session.InvokeClean("foreach ($one in $r) { ,$one.TransferId }").Select(t => t?.BaseObject));

        foreach (string cmdlet in new[] { "Get-PstTransfer", "Undo-PstTransfer", "Remove-PstTransfer", $"Export-PstTransferReport -Destination '{_folder}/none'" })
        {
            Assert.Empty(_session.Invoke($"$r | {cmdlet} @j"));
            Assert.Equal(2, _session.Errors.Count);
            Assert.All(_session.Errors, e => Assert.Contains("There is no id of a transfer", e.ToString(), StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Where_no_journal_can_be_kept_that_is_said_and_the_transfer_goes_on()
    {
        File.WriteAllText(Journals, "a file in the way");

        _session.InvokeClean($"$r = Import-PstToMailbox '{s_sample}' -Mailbox $m @j -WarningVariable w -WarningAction SilentlyContinue");

        Assert.Equal(5L, _session.InvokeClean("$r.Copied").Single().BaseObject);
        Assert.Contains("journal", _session.InvokeClean("$w[0].Message").Single().ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_second_run_at_the_same_time_says_so()
    {
        _session.InvokeClean($"$null = Import-PstToMailbox '{s_sample}' -Mailbox $m @j");
        string journal = (string)Value(_session.InvokeClean("Get-PstTransfer @j").Single(), "JournalPath")!;
        using FileStream held = new(journal + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

        _session.Invoke($"Import-PstToMailbox '{s_sample}' -Mailbox $m @j; Remove-PstTransfer * @j");

        Assert.Equal(["TransferInUse", "TransferInUse"], _session.Errors.Select(Id));
        Assert.True(File.Exists(journal));
    }

    [Fact]
    public void A_journal_that_was_lost_or_damaged_is_made_anew_from_the_target()
    {
        _session.InvokeClean($"$null = Import-PstToMailbox '{s_sample}' -Mailbox $m @j; $null = Import-PstItem '{s_sample}' '{_folder}/in.pst' @j");
        _session.InvokeClean("Remove-PstTransfer * @j");
        Assert.Empty(_session.InvokeClean("Get-PstTransfer @j"));

        // A run that meets one folder alone: what the others hold is known from the targets.
        string again = $"$null = Import-PstToMailbox '{s_sample}' -Mailbox $m -Folder SentItems @j @s; $null = Import-PstItem '{s_sample}' '{_folder}/in.pst' -Folder SentItems @j @s";
        _session.InvokeClean("$s = @{ WarningVariable = 'w'; WarningAction = 'SilentlyContinue' };" + again);
        Assert.Equal([5L, 5L], _session.InvokeClean("(Get-PstTransfer @j).Items").Select(o => o.BaseObject));

        foreach (string journal in Directory.GetFiles(Journals, "*.transfer"))
        {
            File.WriteAllText(journal, new string('x', 50_000));
        }

        _session.Invoke("Get-PstTransfer @j");
        Assert.Equal(["TransferJournalInvalid", "TransferJournalInvalid"], _session.Errors.Select(Id));
        _session.InvokeClean(again);
        Assert.Equal([5L, 5L], _session.InvokeClean("(Get-PstTransfer @j).Items").Select(o => o.BaseObject));
        Assert.Equal(2, Directory.GetFiles(Journals, "*.damaged").Length);
    }

    [Fact]
    public void Ids_are_completed_shortened_and_must_be_of_one()
    {
        _session.InvokeClean($"$null = Import-PstToMailbox '{s_sample}' -Mailbox $m @j; $null = Export-MailboxToPst $m '{_folder}/out.pst' @j");
        string[] ids = [.. _session.InvokeClean("(Get-PstTransfer @j).Id").Select(o => (string)o.BaseObject)];

        Assert.Equal(ids.Order(StringComparer.Ordinal), _session.Complete($"Get-PstTransfer -JournalFolder '{Journals}' -Id ").Order(StringComparer.Ordinal));
        Assert.Equal([ids[1]], _session.InvokeClean($"(Get-PstTransfer {ids[1][..31]} @j).Id").Select(o => o.BaseObject));
        _session.Invoke("Get-PstTransfer zz @j; Get-PstTransfer zz* @j; Remove-PstTransfer nothing @j");
        Assert.Equal(["TransferNotFound", "TransferNotFound"], _session.Errors.Select(Id));
        _session.InvokeClean("Remove-PstTransfer * -WhatIf @j");
        Assert.Equal(2, Directory.GetFiles(Journals).Length);
        _session.InvokeClean($"Remove-PstTransfer {ids[0]} @j");
        Assert.Equal([ids[1]], _session.InvokeClean("(Get-PstTransfer @j).Id").Select(o => o.BaseObject));
        string shown = _session.Show("Get-PstTransfer @j; Get-PstTransfer @j | Format-List");
        Assert.Contains(ids[1][..8], shown, StringComparison.Ordinal);
        Assert.Contains("Completed", shown, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _session.Invoke("Get-MsMailbox | Disconnect-MsMailbox");
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static object? Value(PSObject item, string property) => item.Properties[property].Value;

    private static string Id(ErrorRecord error) => error.FullyQualifiedErrorId.Split(',')[0];
}
