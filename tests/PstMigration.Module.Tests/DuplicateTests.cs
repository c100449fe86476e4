using System.Globalization;
using System.Management.Automation;
using System.Text;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Module.Tests;

/// <summary>What a mailbox has from elsewhere, and what several files have in common.</summary>
public sealed class DuplicateTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pstmigration-duplicates").FullName;
    private readonly EngineSession _session = StagedModule.Import();

    public DuplicateTests() => _session.InvokeClean($"$m = Connect-MsMailbox -Sandbox '{_folder}/m.mailbox' -Address taro@example.jp -NoThrottling; $j = @{{ JournalFolder = '{_folder}/journals' }}");

    [Fact]
    public void What_several_files_have_in_common_comes_once_and_two_equal_ones_in_a_file_stay_two()
    {
        MakeFile("a", 1, 2, 3, 3);
        MakeFile("b", 2, 3, 4);

        Assert.Equal((4L, 0L), Import("a"));
        Assert.Equal((1L, 2L), Import("b"));
        Assert.Equal((0L, 0L), Import("a"));
        Assert.Equal((0L, 2L), Import("b"));
        Assert.Equal(5, _session.InvokeClean("(Get-MsMailbox).ItemCount").Single().BaseObject);

        Assert.Equal((2L, 0L), Import("b", "-AllowDuplicate"));
        Assert.Equal(7, _session.InvokeClean("(Get-MsMailbox).ItemCount").Single().BaseObject);
    }

    [Fact]
    public void A_copy_of_the_file_brings_nothing_and_a_diverged_one_what_is_new()
    {
        MakeFile("a", 1, 2);
        Import("a");
        File.Copy(Path.Combine(_folder, "a.pst"), Path.Combine(_folder, "c.pst"));
        PSObject copied = _session.InvokeClean($"Import-PstToMailbox '{_folder}/c.pst' -Mailbox $m @j").Single();
        Assert.Equal((0L, 2L), ((long)copied.Properties["Copied"].Value, (long)copied.Properties["AlreadyThere"].Value));

        MakeMail("more", 9);
        _session.InvokeClean($"$null = Import-PstItem '{_folder}/more.mbox' '{_folder}/c.pst'");
        Assert.Equal((1L, 0L), Import("c"));
    }

    [Fact]
    public void The_same_message_id_with_another_content_is_another_mail_and_the_reason_is_told()
    {
        MakeFile("a", 1);
        MakeFile("b", 1);
        MakeMail("x", 1, text: "other words");
        _session.InvokeClean($"$null = Import-PstItem '{_folder}/x.mbox' '{_folder}/x.pst'");
        Import("a");

        Assert.Equal((1L, 0L), Import("x"));
        PSObject item = _session.InvokeClean($"Import-PstToMailbox '{_folder}/b.pst' -Mailbox $m -PassThru @j")[0];

        Assert.Equal(("AlreadyThere", "ItemDuplicate"), ((string)item.Properties["Fate"].Value, (string)item.Properties["ReasonId"].Value));
        // Undoing the second transfer leaves what it did not bring.
        _session.InvokeClean($"$null = Get-PstTransfer @j | Where-Object Source -like '*b.pst' | Undo-PstTransfer -Confirm:$false @j");
        Assert.Equal(2, _session.InvokeClean("(Get-MsMailbox).ItemCount").Single().BaseObject);
    }

    [Fact]
    public void What_lies_in_the_deleted_items_comes_back_into_them_no_second_time_and_holds_nothing_else_back()
    {
        MakeFile("a", 1, 2, 3);
        Import("a");
        _session.InvokeClean("$null = Get-PstTransfer @j | Undo-PstTransfer -Confirm:$false @j");
        _session.InvokeClean($"$null = Export-MailboxToPst $m '{_folder}/z.pst' @j");

        Assert.Equal((0L, 3L), Import("z"));
        Assert.Equal(3, _session.InvokeClean("(Get-MsMailbox).ItemCount").Single().BaseObject);
        Assert.Equal((3L, 0L), Import("a"));
        Assert.Equal(6, _session.InvokeClean("(Get-MsMailbox).ItemCount").Single().BaseObject);
    }

    [Fact]
    public void An_export_of_another_mailbox_that_was_filled_from_the_same_file_brings_nothing()
    {
        string file = TestData.Path("pst/Outlook_1.pst");
        _session.InvokeClean($"$n = Connect-MsMailbox -Sandbox '{_folder}/n.mailbox' -Address hana@example.jp -NoThrottling; $o = Connect-MsMailbox -Sandbox '{_folder}/o.mailbox' -Address jiro@example.jp -NoThrottling");
        _session.InvokeClean($"$m, $n | ForEach-Object {{ $null = Import-PstToMailbox '{file}' -Mailbox $_ @j }}; $null = Export-MailboxToPst $m '{_folder}/s/x.pst' -SplitBy Year @j; $null = Export-MailboxToPst $m '{_folder}/x.pst' @j");
        string before = Folders("$n");

        // Mail with a Message-ID, sent mail without, a contact, an appointment.
        Assert.Contains("Of these 16 are there already", _session.Show($"Import-PstToMailbox '{_folder}/x.pst' -Mailbox $n @j -WhatIf"), StringComparison.Ordinal);
        Assert.Contains("Of these 16 are there already", _session.Show($"Import-PstToMailbox '{file}' -Mailbox $n @j -WhatIf -AllowDuplicate"), StringComparison.Ordinal);
        Assert.DoesNotContain("there already", _session.Show($"Import-PstToMailbox '{_folder}/x.pst' -Mailbox $n @j -WhatIf -AllowDuplicate"), StringComparison.Ordinal);
        Assert.DoesNotContain("there already", _session.Show($"Import-PstToMailbox '{_folder}/x.pst' -Mailbox $o @j -WhatIf"), StringComparison.Ordinal);
        Assert.Equal(before, Folders("$n"));
        Assert.Equal((0L, 16L), Sum($"Import-PstToMailbox '{_folder}/s/*.pst' -Mailbox $n @j"));
        Assert.Equal((0L, 16L), Sum($"Import-PstToMailbox '{_folder}/x.pst' -Mailbox $n @j"));
        Assert.Equal((0L, 16L), Sum($"Import-PstToMailbox '{_folder}/x.pst' -Mailbox $n @j"));
        Assert.Equal(before, Folders("$n"));
        Assert.Equal((16L, 0L), Sum($"Import-PstToMailbox '{_folder}/s/*.pst' -Mailbox $o @j"));
        Assert.Equal((0L, 16L), Sum($"Import-PstToMailbox '{_folder}/x.pst' -Mailbox $o @j"));

        // What was there before the transfer is none of it.
        _session.InvokeClean("$null = Get-PstTransfer @j | Where-Object { $_.Source -like '*x*.pst' -and $_.Target -like '*hana*' } | Undo-PstTransfer -Permanent -Force -Confirm:$false @j");
        Assert.Equal(before, Folders("$n"));
        Assert.Equal((16L, 0L), Sum($"Import-PstToMailbox '{_folder}/x.pst' -Mailbox $n -AllowDuplicate @j"));

        string Folders(string mailbox) =>
            string.Join("|", _session.InvokeClean($"Get-MsMailboxFolder {mailbox} | Where-Object ItemCount | ForEach-Object {{ \"$($_.Folder)=$($_.ItemCount)\" }}"));
    }

    [Theory]
    [InlineData("Eml")]
    [InlineData("Maildir")]
    public void A_tree_of_mail_of_another_mailbox_brings_nothing_either(string format)
    {
        string file = TestData.Path("pst/Outlook_1.pst");
        _session.InvokeClean($"$n = Connect-MsMailbox -Sandbox '{_folder}/n.mailbox' -Address hana@example.jp -NoThrottling; $m, $n | ForEach-Object {{ $null = Import-PstToMailbox '{file}' -Mailbox $_ @j }}");
        _session.InvokeClean($"$null = Export-MailboxToPst $m '{_folder}/x.pst' @j; $null = Export-PstItem '{_folder}/x.pst' '{_folder}/tree' -Format {format}");

        Assert.Equal((0L, 16L), Sum($"Import-PstToMailbox '{_folder}/tree/x' -Mailbox $n @j"));
        Assert.Equal((0L, 16L), Sum($"Import-PstToMailbox '{_folder}/tree/x' -Mailbox $m @j"));
    }

    [Fact]
    public void A_file_that_is_there_from_elsewhere_is_verified_and_retired()
    {
        string file = TestData.Path("pst/Outlook_1.pst");
        _session.InvokeClean($"$null = Import-PstToMailbox '{file}' -Mailbox $m @j; $null = Import-PstItem '{file}' '{_folder}/y.pst'");
        PSObject result = _session.InvokeClean($"Import-PstToMailbox '{_folder}/y.pst' -Mailbox $m @j -Verify").Single();
        Assert.Equal(16L, result.Properties["Duplicates"].Value);
        PSObject verified = PSObject.AsPSObject(result.Properties["Verification"].Value);
        Assert.Equal((true, 16L), ((bool)verified.Properties["IsWhole"].Value, (long)verified.Properties["Same"].Value));

        foreach (string name in new[] { "a", "b" })
        {
            File.WriteAllText(Path.Combine(_folder, name + ".mbox"), "From a@example.com Thu Jan  1 00:00:00 2026\nFrom: A <a@example.com>\nTo: b@example.com\nDate: Thu, 1 Jan 2026 00:00:01 +0000\nSubject: sent\n\nText.\n\n");
            _session.InvokeClean($"$null = Import-PstItem '{_folder}/{name}.mbox' '{_folder}/{name}.pst'");
        }

        Import("a");
        Assert.Equal(1L, _session.InvokeClean($"Import-PstToMailbox '{_folder}/b.pst' -Mailbox $m @j -RetireSource 0d -Force").Single().Properties["Duplicates"].Value);
        Assert.True(File.Exists(Path.Combine(_folder, "b.pst.retired")));
        _session.InvokeClean($"Import-PstToMailbox '{_folder}/a.pst', '{_folder}/b.pst.retired' -Mailbox $m @j -RetireSource 0d -Force");
        Assert.False(File.Exists(Path.Combine(_folder, "b.pst.retired")));
    }

    public void Dispose()
    {
        _session.Invoke("Get-MsMailbox | Disconnect-MsMailbox");
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private (long Copied, long Duplicates) Sum(string command)
    {
        PSObject[] results = [.. _session.InvokeClean(command)];
        Assert.All(results, r => Assert.Equal((0L, true), ((long)r.Properties["Failed"].Value, r.Properties["AlreadyThere"].Value.Equals(r.Properties["Duplicates"].Value))));
        return (results.Sum(r => (long)r.Properties["Copied"].Value), results.Sum(r => (long)r.Properties["Duplicates"].Value));
    }

    private (long Copied, long Duplicates) Import(string name, string more = "")
    {
        PSObject result = _session.InvokeClean($"Import-PstToMailbox '{_folder}/{name}.pst' -Mailbox $m @j {more}").Single();
        Assert.Equal(0L, result.Properties["Failed"].Value);
        return ((long)result.Properties["Copied"].Value, (long)result.Properties["Duplicates"].Value);
    }

    private void MakeFile(string name, params int[] mails)
    {
        File.Delete(Path.Combine(_folder, name + ".mbox"));
        Array.ForEach(mails, m => MakeMail(name, m));
        _session.InvokeClean($"$null = Import-PstItem '{_folder}/{name}.mbox' '{_folder}/{name}.pst'");
    }

    private void MakeMail(string name, int number, string text = "Text") => File.AppendAllText(
        Path.Combine(_folder, name + ".mbox"),
        new StringBuilder().Append(
            CultureInfo.InvariantCulture,
            $"From a@example.com Thu Jan  1 00:00:00 2026\nMessage-ID: <{number}@example.com>\nFrom: A <a@example.com>\nTo: b@example.com\nDate: Thu, 1 Jan 2026 00:00:{number:D2} +0000\nSubject: mail {number}\n\n{text} of mail {number}.\n\n").ToString());
}
