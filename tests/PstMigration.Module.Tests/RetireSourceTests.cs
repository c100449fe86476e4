using System.Management.Automation;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Module.Tests;

/// <summary>Import-PstToMailbox -RetireSource, and what -WhatIf warns of.</summary>
public sealed class RetireSourceTests : IDisposable
{
    private static readonly string s_sample = Path.Combine(StagedModule.Repository, "samples", "rehearsal.pst");
    private readonly string _folder = Directory.CreateTempSubdirectory("pstmigration-retire").FullName;
    private readonly EngineSession _session = StagedModule.Import();

    public RetireSourceTests()
    {
        foreach (string name in (string[])["m", "n"])
        {
            _session.InvokeClean($"${name} = Connect-MsMailbox -Sandbox '{_folder}/{name}.mailbox' -Address {name}@example.jp -NoThrottling");
        }

        File.Copy(s_sample, Source);
    }

    private string Source => Path.Combine(_folder, "a.pst");

    private string Journals => $"-JournalFolder '{_folder}/journals'";

    private string Retired => Source + ".retired";

    [Fact]
    public void What_has_arrived_whole_is_renamed_and_deleted_by_a_later_run_alone()
    {
        PSObject result = _session.InvokeClean($"Import-PstToMailbox '{Source}' $m -RetireSource 0d").Single();

        Assert.Equal((Retired, null), (Value<string>(result, "RetiredPath"), Value<string?>(result, "RetireReason")));
        Assert.True(Value<bool>(PSObject.AsPSObject(result.Properties["Verification"].Value), "IsWhole"));
        Assert.False(File.Exists(Source));
        Assert.Equal(File.ReadAllBytes(s_sample), File.ReadAllBytes(Retired));

        // The mailbox is a rehearsal: the file may hold the only copy there is.
        Assert.Contains("-Force", Warning($"Import-PstToMailbox '{Source}' $m -RetireSource 0d"), StringComparison.Ordinal);
        Assert.Empty(_session.InvokeClean($"Import-PstToMailbox '{Source}' $m -RetireSource 0d -Force -WhatIf"));
        Assert.True(File.Exists(Retired));
        Assert.Empty(_session.InvokeClean($"Import-PstToMailbox '{_folder}/*.pst' $m -RetireSource 0d -Force"));
        Assert.Empty(Directory.EnumerateFiles(_folder, "a.pst*"));
    }

    [Fact]
    public void Nothing_is_deleted_before_the_time_that_was_promised()
    {
        _session.InvokeClean($"$null = Import-PstToMailbox '{Source}' $m -RetireSource 30d; Import-PstToMailbox '{Source}' $m -RetireSource 0d -Force");
        Assert.True(File.Exists(Retired));

        // Without its note it is a file like any other.
        File.Delete(Retired + ".json");
        _session.Invoke($"Import-PstToMailbox '{_folder}/*.pst' $m -RetireSource 0d -Force");
        Assert.True(File.Exists(Retired));
    }

    [Fact]
    public void What_was_changed_since_stays()
    {
        _session.InvokeClean($"$null = Import-PstToMailbox '{Source}' $m -RetireSource 0d");
        File.AppendAllText(Retired, "x");

        Assert.Contains(Retired, Warning($"Import-PstToMailbox '{Source}' $m -RetireSource 0d -Force"), StringComparison.Ordinal);
        Assert.True(File.Exists(Retired));
    }

    [Fact]
    public void What_did_not_arrive_whole_stays_with_the_reason()
    {
        string[] commands =
        [
            "-RetireSource 0d -Folder Inbox",
            "-RetireSource 0d -Since 2020-01-01",
            "-RetireSource 0d -Force -WhatIf",
        ];
        foreach (string command in commands)
        {
            PSObject? result = _session.InvokeClean($"Import-PstToMailbox '{Source}' $m {command} -WarningAction SilentlyContinue").SingleOrDefault();
            Assert.True(File.Exists(Source));
            Assert.True(result is null || Value<string>(result, "RetireReason").Length > 0);
        }

        File.WriteAllText(Retired, "somebody's own");
        Assert.NotEmpty(Value<string>(_session.InvokeClean($"Import-PstToMailbox '{Source}' $m -RetireSource 0d -WarningAction SilentlyContinue").Single(), "RetireReason"));
        Assert.True(File.Exists(Source) && File.ReadAllText(Retired) == "somebody's own");
        _session.Invoke($"Import-PstToMailbox '{Source}' $m -RetireSource 2020-01-01");
        Assert.StartsWith("AgeNotASpan", Assert.Single(_session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_for_two_mailboxes_goes_when_both_have_it_and_the_table_may_be_run_again()
    {
        File.WriteAllLines(Path.Combine(_folder, "b.csv"), ["Path,Mailbox", "a.pst,m@example.jp", "a.pst,n@example.jp"]);

        PSObject[] results = [.. _session.InvokeClean($"Import-PstToMailbox -BatchFile '{_folder}/b.csv' -RetireSource 0d")];
        Assert.Equal((2, 1), (results.Length, results.Count(r => Value<string?>(r, "RetiredPath") is not null)));
        Assert.Empty(_session.InvokeClean($"Import-PstToMailbox -BatchFile '{_folder}/b.csv' -RetireSource 0d -Force"));
        Assert.False(File.Exists(Retired));
    }

    [Fact]
    public void What_was_taken_back_comes_back_and_no_other_import_deletes_it()
    {
        _session.InvokeClean($"$null = Import-PstToMailbox '{Source}' $m -RetireSource 0d {Journals}");
        string other = Path.Combine(_folder, "b.pst");
        File.Copy(s_sample, other);
        _session.InvokeClean($"$null = Import-PstToMailbox '{other}' $n -RetireSource 30d -Force {Journals}");
        Assert.True(File.Exists(Retired));

        // Given, but into another mailbox: said, not deleted, not imported.
        Assert.Contains("m@example.jp", Warning($"Import-PstToMailbox '{Source}' $n -RetireSource 0d -Force"), StringComparison.Ordinal);
        Assert.Contains("m@example.jp", Warning($"Import-PstToMailbox '{_folder}/a*' $n -RetireSource 0d -Force"), StringComparison.Ordinal);
        Assert.True(File.Exists(Retired) && File.Exists(Retired + ".json"));

        PSObject undone = _session.InvokeClean($"Get-PstTransfer {Journals} | Where-Object Target -eq m@example.jp | Undo-PstTransfer -Permanent -Force -Confirm:$false {Journals}").Last();
        Assert.Equal(Source, Value<string?>(undone, "RestoredSource"));
        Assert.Equal(File.ReadAllBytes(s_sample), File.ReadAllBytes(Source));
        Assert.False(File.Exists(Retired) || File.Exists(Retired + ".json"));
    }

    [Fact]
    public void What_came_of_a_file_that_was_deleted_is_not_deleted_for_good()
    {
        _session.InvokeClean($"$null = Import-PstToMailbox '{Source}' $m -RetireSource 0d {Journals}");
        Assert.Contains(Retired, Warning($"Import-PstToMailbox '{Source}' $m -RetireSource 0d -Force {Journals}"), StringComparison.Ordinal);
        Assert.False(File.Exists(Source) || File.Exists(Retired));

        Assert.Empty(_session.Invoke($"Get-PstTransfer {Journals} | Undo-PstTransfer -Permanent -Force -Confirm:$false {Journals}"));
        Assert.StartsWith("UndoSourceGone", Assert.Single(_session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);

        // Another file of its name brings nothing back.
        _session.InvokeClean($"$null = New-PstFile '{Source}'");
        Assert.Empty(_session.Invoke($"Get-PstTransfer {Journals} | Undo-PstTransfer -Permanent -Force -Confirm:$false {Journals}"));
        Assert.StartsWith("UndoSourceGone", Assert.Single(_session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);

        // Contacts would not go to the deleted items but for good.
        PSObject[] all = [.. _session.InvokeClean($"Get-PstTransfer {Journals} | Undo-PstTransfer -Confirm:$false {Journals}")];
        Assert.Equal(["IPM.Contact"], all.Where(i => Equals(i.Properties["Outcome"]?.Value?.ToString(), "Kept")).Select(i => Value<string>(i, "MessageClass")));
        Assert.Equal((4L, 1L), (Value<long>(all[^1], "Removed"), Value<long>(all[^1], "Kept")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_in_the_deleted_items_is_not_there(bool isNameTaken)
    {
        _session.InvokeClean($"$null = Import-PstToMailbox '{Source}' $m -RetireSource 0d {Journals}");
        string note = File.ReadAllText(Retired + ".json");
        if (isNameTaken)
        {
            File.WriteAllText(Source, "somebody's own");
        }

        string warning = Warning($"Get-PstTransfer {Journals} | Undo-PstTransfer -Confirm:$false {Journals}");
        Assert.Equal((isNameTaken, isNameTaken), (warning.Contains(Retired, StringComparison.Ordinal), File.Exists(Retired)));
        Assert.False(File.Exists(Retired + ".json"));

        // As if nobody had struck the note.
        File.Move(isNameTaken ? Retired : Source, Retired);
        File.Delete(Source);
        File.WriteAllText(Retired + ".json", note);
        Assert.Contains(Retired, Warning($"Import-PstToMailbox '{Source}' $m -RetireSource 0d -Force"), StringComparison.Ordinal);
        Assert.True(File.Exists(Retired));
    }

    [Fact]
    public void A_deletion_is_told()
    {
        _session.InvokeClean($"$null = Import-PstToMailbox '{Source}' $m -RetireSource 0d");
        string other = Path.Combine(_folder, "b.pst");
        File.Copy(s_sample, other);

        PSObject result = _session.InvokeClean($"Import-PstToMailbox '{_folder}/*.pst' $m -RetireSource 0d -Force").Single();
        Assert.Equal([Retired], (IEnumerable<string>)result.Properties["DeletedSources"].Value);
        Assert.Contains(other + ".retired", Warning($"Import-PstToMailbox '{other}.retired' $m -RetireSource 0d -Force"), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_folder, "*.pst*"));
    }

    [Fact]
    public void Folders_too_deep_for_a_mailbox_are_warned_of()
    {
        Assert.Contains("300", Warning($"Import-PstToMailbox '{Source}' $m -TargetFolder ('a/' * 299) -WhatIf"), StringComparison.Ordinal);
        Assert.Equal("", Warning($"Import-PstToMailbox '{Source}' $m -WhatIf"));
    }

    public void Dispose()
    {
        _session.Invoke("Get-MsMailbox | Disconnect-MsMailbox");
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string Warning(string command) => string.Join("\n", _session.InvokeClean($"$null = {command} -WarningVariable w -WarningAction SilentlyContinue; $w").Select(w => w.ToString()));

    private static T Value<T>(PSObject item, string property) => (T)item.Properties[property].Value;
}
