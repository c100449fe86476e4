using System.Management.Automation;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Module.Tests;

/// <summary>Undo-PstTransfer.</summary>
public sealed class UndoTests : IDisposable
{
    private static readonly string s_sample = Path.Combine(StagedModule.Repository, "samples", "rehearsal.pst");
    private readonly string _folder = Directory.CreateTempSubdirectory("pstmigration-undo").FullName;
    private readonly EngineSession _session = StagedModule.Import();

    public UndoTests() => _session.InvokeClean(
        $"$m = Connect-MsMailbox -Sandbox '{_folder}/m.mailbox' -Address taro@example.jp -Culture ja-JP -NoThrottling; $s = '{s_sample}'; $j = @{{ JournalFolder = '{_folder}/journals' }}");

    [Fact]
    public void An_import_is_taken_back_with_the_folders_it_made_and_can_be_done_again()
    {
        string folders = string.Join("\n", _session.InvokeClean("(Get-MsMailboxFolder $m).Folder"));
        _session.InvokeClean("$null = Import-PstToMailbox $s -Mailbox $m -TargetFolder 'PST import/old' @j");
        Assert.Contains(_session.InvokeClean("(Get-MsMailboxFolder $m).Folder"), f => f.ToString() == "PST import/old/受信トレイ/請求書");

        // From another session, as days later.
        using (EngineSession later = StagedModule.Import())
        {
            _session.InvokeClean("Disconnect-MsMailbox $m");
            later.InvokeClean($"$m = Connect-MsMailbox -Sandbox '{_folder}/m.mailbox' -NoThrottling; $j = @{{ JournalFolder = '{_folder}/journals' }}");
            Assert.Empty(later.InvokeClean("Get-PstTransfer @j | Undo-PstTransfer @j -WhatIf"));
            PSObject result = later.InvokeClean("Get-PstTransfer @j | Undo-PstTransfer @j -Confirm:$false").Single();
            Assert.Equal((5L, 5L, 0L, 0L), (Value(result, "Items"), Value(result, "Removed"), Value(result, "Failed"), Value(result, "FoldersKept")));
            Assert.Equal("Undone 0 2", later.InvokeClean("Get-PstTransfer @j | ForEach-Object { $_.State, $_.Items, $_.Runs -join ' ' }").Single().ToString());
            Assert.Equal(5L, Value(later.InvokeClean("Undo-PstTransfer * @j -Confirm:$false").Append(PSObject.AsPSObject(new { Gone = 5L })).Last(), "Gone"));
            later.InvokeClean("Disconnect-MsMailbox $m");
        }

        _session.InvokeClean($"$m = Connect-MsMailbox -Sandbox '{_folder}/m.mailbox' -NoThrottling");
        string[] now = [.. _session.InvokeClean("(Get-MsMailboxFolder $m).Folder").Select(f => f.ToString())];
        Assert.Equal(folders, string.Join("\n", now.Where(f => !f.StartsWith("削除済みアイテム/", StringComparison.Ordinal))));
        Assert.Equal(5L, Value(_session.InvokeClean("Import-PstToMailbox $s -Mailbox $m -TargetFolder 'PST import/old' @j").Single(), "Copied"));
        Assert.Equal("Completed", _session.InvokeClean("(Get-PstTransfer @j).State").Single().ToString());
    }

    [Theory]
    [InlineData("n")]
    [InlineData("")] // Enter alone.
    public void Permanently_is_asked_about_and_leaves_nothing(string answer)
    {
        using EngineSession session = StagedModule.Import(120, answer);
        session.InvokeClean($"$m = Connect-MsMailbox -Sandbox '{_folder}/p.mailbox' -Address hana@example.jp -NoThrottling; $j = @{{ JournalFolder = '{_folder}/journals' }}");
        session.InvokeClean($"$null = Import-PstToMailbox '{s_sample}' -Mailbox $m @j");

        Assert.Empty(session.InvokeClean("Undo-PstTransfer * -Permanent -Confirm:$false @j"));
        Assert.Equal(5, session.InvokeClean("(Get-MsMailbox).ItemCount").Single().BaseObject);
        Assert.Equal(0, session.Input.Left);
        PSObject[] all = [.. session.InvokeClean("Undo-PstTransfer * -Permanent -Force -Confirm:$false -PassThru @j")];

        Assert.Equal(5, all.Count(i => i.Properties["Subject"] is not null && Equals(i.Properties["Outcome"].Value, "Removed") && Equals(i.Properties["IsFolder"].Value, false)));
        Assert.Equal(0, session.InvokeClean("(Get-MsMailbox).ItemCount").Single().BaseObject);
        session.Invoke("Disconnect-MsMailbox $m");
    }

    [Fact]
    public void What_the_service_cannot_move_to_the_deleted_items_is_told()
    {
        string file = Path.Combine(StagedModule.Repository, "..", "shared", "data", "pst", "dist-list.pst");
        Assert.SkipUnless(File.Exists(file), "The file is no part of the project.");
        _session.InvokeClean($"$null = Import-PstToMailbox '{file}' -Mailbox $m @j -WarningAction SilentlyContinue");

        PSObject[] said = [.. _session.InvokeClean("Undo-PstTransfer * -Confirm:$false @j 3>&1")];

        Assert.StartsWith("2 contact(s), appointment(s) and task(s)", Assert.Single(said, o => o.BaseObject is WarningRecord).ToString(), StringComparison.Ordinal);
        Assert.Equal(2L, Value(said[^1], "Removed"));
    }

    [Fact]
    public void An_import_into_a_data_file_is_taken_back_and_what_was_there_stays()
    {
        _session.InvokeClean($"$null = Export-PstItem $s -Destination '{_folder}/eml' @j; $null = Import-PstItem '{_folder}/eml' '{_folder}/a.pst' -TargetFolder mine");
        _session.InvokeClean($"$null = Import-PstItem $s '{_folder}/a.pst' @j");
        string[] before = [.. _session.InvokeClean($"Get-PstItem '{_folder}/a.pst' | ForEach-Object {{ $_.Folder + ': ' + $_.Subject }}").Select(o => o.ToString())];
        Assert.Equal(10, before.Length);

        PSObject result = _session.InvokeClean($"Get-PstTransfer @j | Where-Object Target -eq '{_folder}/a.pst' | Undo-PstTransfer @j -Confirm:$false").Single();

        Assert.Equal((5L, 5L), (Value(result, "Items"), Value(result, "Removed")));
        string[] after = [.. _session.InvokeClean($"Get-PstItem '{_folder}/a.pst' | Where-Object {{ $_.Folder -notlike '*Deleted*' }} | ForEach-Object {{ $_.Folder + ': ' + $_.Subject }}").Select(o => o.ToString())];
        Assert.Equal(before.Where(b => b.StartsWith("mine", StringComparison.Ordinal)), after);
        Assert.Equal(5L, Value(_session.InvokeClean($"Import-PstItem $s '{_folder}/a.pst' @j").Single(), "Copied"));
        Assert.Empty(_session.InvokeClean($"(Test-PstFile '{_folder}/a.pst').Findings"));
        _session.Invoke($"Get-PstTransfer @j | Where-Object Target -like '{_folder}/eml*' | Undo-PstTransfer @j -Confirm:$false");
        Assert.StartsWith("UndoNotSupported", Assert.Single(_session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_a_copy_has_lost_on_the_way_it_is_taken_back_while_nobody_has_touched_it()
    {
        string files = TestData.Path("pst");
        _session.InvokeClean($"$l = Connect-MsMailbox -Sandbox '{_folder}/l.mailbox' -Address hana@example.jp -NoThrottling");

        // One file after the other, so that none is a duplicate of what another one brought.
        PSObject[] kept = [.. _session.InvokeClean($$"""
            foreach ($f in [IO.Directory]::GetFiles('{{files}}', '*.?st')) {
                $journals = '{{_folder}}/' + [IO.Path]::GetFileName($f)
                $null = Import-PstToMailbox $f -Mailbox $l -JournalFolder $journals -WarningAction Ignore
                Undo-PstTransfer * -Mailbox $l -JournalFolder $journals -Permanent -Force -Confirm:$false | Where-Object { $_.Outcome -notin $null, 'Removed', 'Gone' }
            }
            """)];

        Assert.Empty(kept.Select(k => $"{Text(k, "MessageClass")} {Text(k, "Outcome")} {Text(k, "Folder")}"));
        Assert.Equal(0, _session.InvokeClean("(Get-MsMailbox hana@example.jp).ItemCount").Single().BaseObject);
    }

    public void Dispose()
    {
        _session.Invoke("Get-MsMailbox | Disconnect-MsMailbox");
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Text(PSObject item, string property) => (string)item.Properties[property].Value;

    private static long Value(PSObject item, string property) => (long)item.Properties[property].Value;
}
