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
    public void What_an_export_of_another_mailbox_has_without_a_message_id_comes_again_with_a_warning_only_where_the_rest_is_there()
    {
        string file = TestData.Path("pst/Outlook_1.pst");
        _session.InvokeClean($"$n = Connect-MsMailbox -Sandbox '{_folder}/n.mailbox' -Address hana@example.jp -NoThrottling; $o = Connect-MsMailbox -Sandbox '{_folder}/o.mailbox' -Address jiro@example.jp -NoThrottling");
        _session.InvokeClean($"$m, $n | ForEach-Object {{ $null = Import-PstToMailbox '{file}' -Mailbox $_ @j }}; $null = Export-MailboxToPst $m '{_folder}/x.pst' @j");

        Assert.Contains(Warnings("$n"), w => w.Contains("may be there twice", StringComparison.Ordinal) && w.Contains(" 2 others", StringComparison.Ordinal));
        Assert.DoesNotContain(Warnings("$m"), w => w.Contains("twice", StringComparison.Ordinal));
        Assert.DoesNotContain(Warnings("$o"), w => w.Contains("twice", StringComparison.Ordinal));

        string[] Warnings(string mailbox) =>
            [.. _session.InvokeClean($"Import-PstToMailbox '{_folder}/x.pst' -Mailbox {mailbox} @j 3>&1").Select(o => o.BaseObject).OfType<WarningRecord>().Select(w => w.Message)];
    }

    public void Dispose()
    {
        _session.Invoke("Get-MsMailbox | Disconnect-MsMailbox");
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
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
