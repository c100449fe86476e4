using System.Management.Automation;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Module.Tests;

/// <summary>The cmdlets of mailboxes and transfers, on the sample.</summary>
public sealed class MailboxCmdletTests : IDisposable
{
    private static readonly string s_sample = Path.Combine(StagedModule.Repository, "samples", "rehearsal.pst");
    private readonly string _folder = Directory.CreateTempSubdirectory("pstmigration-cmdlets").FullName;
    private readonly EngineSession _session = StagedModule.Import();

    public MailboxCmdletTests() =>
        _session.InvokeClean($"$m = Connect-MsMailbox -Sandbox '{_folder}/m.mailbox' -Address taro@example.jp -Culture ja-JP -NoThrottling");

    [Fact]
    public void WhatIf_tells_sizes_and_which_are_not_known()
    {
        _session.InvokeClean($"$null = Import-PstToMailbox '{s_sample}' $m");

        string mail = _session.Show($"Export-MailboxToPst $m '{_folder}/x.pst' -Folder SentItems -WhatIf");
        string contacts = _session.Show($"Export-MailboxToPst $m '{_folder}/x.pst' -Folder Contacts -WhatIf");
        string all = _session.Show($"Export-MailboxToPst $m '{_folder}/x.pst' -WhatIf");

        Assert.Matches("At most [1-9] item\\(s\\), [1-9][0-9.]* KB, of", mail);
        Assert.Contains("1 item(s), of a size the source does not tell, of", contacts, StringComparison.Ordinal);
        Assert.Matches("5 item\\(s\\), [1-9][0-9.]* KB and the size of 1 of them", all);
    }

    [Fact]
    public void WhatIf_writes_nothing()
    {
        Assert.Empty(_session.InvokeClean($"Import-PstToMailbox '{s_sample}' -Mailbox $m -WhatIf"));
        Assert.Empty(_session.InvokeClean($"Export-MailboxToPst $m -Path '{_folder}/x.pst' -WhatIf"));

        Assert.Equal(0, _session.InvokeClean("(Get-MsMailbox).ItemCount").Single().BaseObject);
        Assert.Equal(["m.mailbox"], Directory.EnumerateFiles(_folder).Select(Path.GetFileName).Where(n => !n!.Contains('-', StringComparison.Ordinal)));
        Assert.Contains("taro@example.jp", _session.Shown, StringComparison.Ordinal);
    }

    [Fact]
    public void An_archive_mailbox_is_exported_whole_and_once()
    {
        _session.InvokeClean($"$a = Connect-MsMailbox -Sandbox '{_folder}/old.archive.mailbox' -NoThrottling; $null = Import-PstToMailbox '{s_sample}' $a; Disconnect-MsMailbox $a");
        _session.InvokeClean($"$o = Connect-MsMailbox -Sandbox '{_folder}/old.mailbox' -NoThrottling");

        Assert.Equal(0, Number(_session.InvokeClean($"Export-MailboxToPst $o '{_folder}/primary.pst'").Single(), "Copied"));
        PSObject first = _session.InvokeClean($"Export-MailboxToPst $o '{_folder}/x.pst' -Archive").Single();
        Assert.Equal(5, Number(first, "Copied"));
        Assert.Equal(0, Number(first, "LossCount"));
        Assert.Equal(5, Number(_session.InvokeClean($"Export-MailboxToPst $o '{_folder}/x.pst' -Archive").Single(), "AlreadyThere"));

        // Folders know that they are the archive's.
        Assert.Equal(5, Number(_session.InvokeClean($"Get-MsMailboxFolder $o -Archive | Export-MailboxToPst -Path '{_folder}/y.pst'").Single(), "Copied"));
        Assert.Contains(_session.InvokeClean("Get-MsMailboxFolder $o -Archive"), f => (int)f.Properties["ItemCount"].Value > 0 && (bool)f.Properties["IsArchive"].Value);
        Assert.Empty(_session.InvokeClean($"Test-PstFile '{_folder}/x.pst' | Where-Object Severity -eq Error"));
    }

    [Theory]
    [InlineData("Get-MsMailboxFolder $m -Archive", "ArchiveNotFound")]
    [InlineData("Export-MailboxToPst $m '{1}/x.pst' -Archive", "ArchiveNotFound")]
    [InlineData("Export-MailboxToPst $m '{1}/x.pst' -Archive -RemoveAfterVerify -OlderThan 1y -Force", "ArchiveNotReachable")]
    [InlineData("Import-PstToMailbox '{0}' $m -Archive", "ArchiveNotReachable")]
    public void An_archive_mailbox_that_is_not_there_and_what_cannot_be_done_with_one_is_an_error_before_anything_is_done(string line, string error)
    {
        _session.Invoke("$ErrorActionPreference = 'Stop'; try { " + string.Format(System.Globalization.CultureInfo.InvariantCulture, line, s_sample, _folder) + " } catch { $said = $_ }");

        Assert.Equal(error, Assert.Single(_session.InvokeClean("$said.FullyQualifiedErrorId.Split(',')[0]")).BaseObject);
        Assert.Contains(error == "ArchiveNotFound" ? "-Folder Archive" : "New-PurviewImportMapping -IsArchive", (string)_session.InvokeClean("$said.ErrorDetails.RecommendedAction").Single().BaseObject, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder, "x.pst")));
        Assert.Equal(0, _session.InvokeClean("(Get-MsMailbox).ItemCount").Single().BaseObject);
    }

    [Fact]
    public void A_mailbox_is_known_by_its_address_in_this_session_until_it_is_disconnected()
    {
        Assert.Equal(5, Number(_session.InvokeClean($"Import-PstToMailbox '{s_sample}' -Mailbox TARO@example.jp").Single(), "Copied"));
        Assert.Equal(5, _session.InvokeClean("(Get-MsMailbox taro*).ItemCount").Single().BaseObject);

        _session.InvokeClean("Disconnect-MsMailbox taro@example.jp; Disconnect-MsMailbox $m");

        Assert.Empty(_session.InvokeClean("Get-MsMailbox"));
        _session.Invoke("Get-MsMailboxFolder taro@example.jp; Get-MsMailboxFolder $m; Get-MsMailbox nobody@example.jp");
        Assert.Equal(["MailboxNotConnected", "MailboxDisconnected", "MailboxNotConnected"], _session.Errors.Select(Id));
    }

    [Fact]
    public void What_is_wrong_with_one_file_does_not_stop_the_others()
    {
        File.WriteAllBytes(Path.Combine(_folder, "empty.pst"), []);
        File.WriteAllText(Path.Combine(_folder, "text.pst"), new string('x', 10_000));
        File.WriteAllBytes(Path.Combine(_folder, "cut.pst"), File.ReadAllBytes(s_sample)[..20_000]);
        File.Copy(s_sample, Path.Combine(_folder, "good.pst"));

        PSObject[] results = [.. _session.Invoke($"Import-PstToMailbox '{_folder}/missing.pst', '{_folder}/*.pst', '{_folder}' -Mailbox $m")];

        Assert.Equal(5, Number(Assert.Single(results), "Copied"));
        Assert.Equal(
            ["MailFilesNotRecognized", "PathNotFound", "PstEmpty", "PstNotAPst", "PstTruncated"], _session.Errors.Select(Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_locked_file_is_one_clear_error()
    {
        string locked = Path.Combine(_folder, "locked.pst");
        File.Copy(s_sample, locked);
        using FileStream held = new(locked, FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        _session.Invoke($"Import-PstToMailbox '{locked}' -Mailbox $m");

        Assert.Equal("PstInUse", Id(Assert.Single(_session.Errors)));
        Assert.Equal(locked, _session.Errors[0].TargetObject);
    }

    [Fact]
    public void A_number_that_is_none_costs_its_property_and_no_time()
    {
        string file = TestData.Path("attack/nan.pst");
        System.Diagnostics.Stopwatch watch = System.Diagnostics.Stopwatch.StartNew();

        PSObject[] all = [.. _session.InvokeClean($"Import-PstToMailbox '{file}' -Mailbox $m -PassThru")];

        Assert.Equal((5, 0, 0), (Number(all[^1], "Copied"), Number(all[^1], "Failed"), Number(all[^1], "Unsure")));
        Assert.Contains("X-Score", string.Join(" ", all[..^1].SelectMany(i => (System.Collections.IEnumerable)i.Properties["Losses"].Value switch { var l => l.Cast<object>() }).Select(l => l.ToString())), StringComparison.Ordinal);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(45), "An item waited for an answer that never comes.");
        Assert.Equal(5, Number(_session.InvokeClean($"Import-PstToMailbox '{file}' -Mailbox $m").Single(), "AlreadyThere"));
    }

    [Fact]
    public void Only_chosen_folders_go_below_the_folder_asked_for()
    {
        PSObject result = _session.InvokeClean($"Import-PstToMailbox '{s_sample}' -Mailbox $m -Folder Inbox -TargetFolder '昔のメール'").Single();

        Assert.Equal(3, Number(result, "Copied"));
        Assert.Equal(
            ["昔のメール", "昔のメール/受信トレイ", "昔のメール/受信トレイ/請求書"],
            _session.InvokeClean("Get-MsMailboxFolder $m -Folder '昔の*'").Select(f => (string)f.Properties["Folder"].Value));
    }

    [Fact]
    public void Folders_piped_into_an_export_are_all_that_comes_in_one_run()
    {
        _session.InvokeClean($"$null = Import-PstToMailbox '{s_sample}' -Mailbox $m; $all = Get-MsMailboxFolder $m");

        PSObject sent = _session.InvokeClean($"Get-MsMailboxFolder $m -Folder SentItems | Export-MailboxToPst -Path '{_folder}/s.pst'").Single();
        PSObject two = _session.InvokeClean($"Get-MsMailboxFolder $m -Folder SentItems, Inbox | Export-MailboxToPst -Path '{_folder}/t.pst' -Verify").Single();
        PSObject given = _session.InvokeClean($"Export-MailboxToPst -InputFolder ($all | Where-Object Role -eq Inbox) -Path '{_folder}/g.pst'").Single();

        int[] counts = [.. _session.InvokeClean("'SentItems', 'Inbox' | ForEach-Object { (Get-MsMailboxFolder $m -Folder $_).ItemCount }").Select(n => (int)n.BaseObject)];
        Assert.All(counts, n => Assert.InRange(n, 1, 4));
        Assert.Equal((counts[0], 1), (Number(sent, "Copied"), Number(sent, "Folders")));
        Assert.Equal((counts.Sum(), 2), (Number(two, "Copied"), Number(two, "Folders")));
        Assert.Equal(counts[1], Number(given, "Copied"));
    }

    [Fact]
    public void Folders_piped_into_an_export_whose_file_has_no_name_of_a_parameter_are_one_error_that_says_so()
    {
        _session.InvokeClean($"$null = Import-PstToMailbox '{s_sample}' -Mailbox $m");
        foreach (string command in new[] { $"Export-MailboxToPst '{_folder}/fo.pst'", "Export-MailboxToPst" })
        {
            _session.Invoke($"Get-MsMailboxFolder $m | Where-Object Items | {command}");
            ErrorRecord error = Assert.Single(_session.Errors);
            Assert.Equal("InputNotTaken", Id(error));
            Assert.Contains(command.Contains("fo.pst", StringComparison.Ordinal) ? "-Path '" + _folder + "/fo.pst'" : "-Path 'export.pst'", error.Exception.Message, StringComparison.Ordinal);
        }

        Assert.False(File.Exists(Path.Combine(_folder, "fo.pst")));
        _session.InvokeClean($"$null = Get-MsMailboxFolder $m | Where-Object Items | Export-MailboxToPst -LiteralPath '{_folder}/[fo].pst'");
        Assert.True(File.Exists(Path.Combine(_folder, "[fo].pst")));
    }

    [Fact]
    public void A_folder_that_is_gone_is_an_error_and_a_folder_stands_for_no_mailbox()
    {
        _session.InvokeClean($"$null = Import-PstToMailbox '{s_sample}' -Mailbox $m; $one = Get-MsMailboxFolder $m -Folder 'Inbox/*'");
        _session.InvokeClean($"$n = Connect-MsMailbox -Sandbox '{_folder}/n.mailbox' -Address hanako@example.jp -Culture ja-JP -NoThrottling");
        _session.InvokeClean($"$null = Import-PstToMailbox '{s_sample}' -Mailbox $n -Folder 'Inbox' -TargetFolder gone -JournalFolder '{_folder}/j'; $gone = Get-MsMailboxFolder $n -Folder gone; $null = Undo-PstTransfer * -JournalFolder '{_folder}/j' -Confirm:$false");

        _session.Invoke($"$gone | Export-MailboxToPst -Path '{_folder}/gone.pst'");

        Assert.Equal("FolderNotFound", Id(Assert.Single(_session.Errors)));
        Assert.False(File.Exists(Path.Combine(_folder, "gone.pst")));
        foreach (string cmdlet in new[] { "Get-MsMailbox", "Get-MsMailboxFolder", "Disconnect-MsMailbox" })
        {
            _session.Invoke($"$one | {cmdlet}");
            Assert.NotEmpty(_session.Errors);
            Assert.All(_session.Errors, e => Assert.Equal("InputNotTaken", Id(e)));
        }
    }

    [Fact]
    public void An_export_replaces_an_earlier_one_of_the_same_mailbox_and_no_other_file()
    {
        string target = Path.Combine(_folder, "export.pst");
        string other = Path.Combine(_folder, "other.pst");
        string foreign = Path.Combine(_folder, "foreign.txt");
        File.Copy(s_sample, other);
        File.WriteAllText(foreign, "mine");
        _session.InvokeClean($"$null = Export-MailboxToPst $m -Path '{target}'; $null = Import-PstToMailbox '{s_sample}' -Mailbox $m");

        PSObject again = _session.InvokeClean($"Export-MailboxToPst $m -Path '{target}'").Single();
        _session.Invoke($"Export-MailboxToPst $m -Path '{other}'; Export-MailboxToPst $m -Path '{foreign}'");

        Assert.Equal(["PstExists", "PstExists"], _session.Errors.Select(Id));
        Assert.Equal(5, Number(again, "Copied"));
        Assert.Equal(5, _session.InvokeClean($"Get-PstItem -LiteralPath '{target}'").Count);
        Assert.Equal("mine", File.ReadAllText(foreign));
        Assert.True(File.ReadAllBytes(other).AsSpan().SequenceEqual(File.ReadAllBytes(s_sample)));
        Assert.Empty(Directory.EnumerateFiles(_folder, "*.partial"));
    }

    [Fact]
    public void PassThru_tells_each_item_before_the_whole()
    {
        PSObject[] all = [.. _session.InvokeClean($"Import-PstToMailbox '{s_sample}' -Mailbox $m -PassThru")];

        Assert.Equal(6, all.Length);
        Assert.All(all[..5], i => Assert.Equal("Copied", i.Properties["Fate"].Value));
        Assert.Equal(5, Number(all[5], "Read"));
    }

    public void Dispose()
    {
        _session.Invoke("Get-MsMailbox | Disconnect-MsMailbox");
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Id(ErrorRecord error) => error.FullyQualifiedErrorId.Split(',')[0];

    private static int Number(PSObject result, string property) => Convert.ToInt32(result.Properties[property].Value, System.Globalization.CultureInfo.InvariantCulture);
}
