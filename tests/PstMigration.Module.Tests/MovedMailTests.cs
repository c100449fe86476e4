using System.Globalization;
using System.Management.Automation;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Module.Tests;

/// <summary>Files of mail that were moved or renamed in their tree between two imports, in a real engine.</summary>
public sealed class MovedMailTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pstmigration-moved").FullName;
    private readonly EngineSession _session = StagedModule.Import();

    public MovedMailTests() => _session.InvokeClean($"$m = Connect-MsMailbox -Sandbox '{_folder}/m.mailbox' -Address taro@example.jp -NoThrottling; $j = @{{ JournalFolder = '{_folder}/journals' }}");

    public void Dispose()
    {
        _session.Invoke("Get-MsMailbox | Disconnect-MsMailbox");
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_file_that_was_moved_or_renamed_does_not_come_again(bool isMailbox)
    {
        Write("Inbox/1.eml", 1);
        Write("Inbox/2.eml", 2);
        Write("受信/が/3.eml", 3);
        Assert.Equal((3L, 0L), Import(isMailbox));

        Move("Inbox/1.eml", "Sub/1.eml");
        Move("Inbox/2.eml", "Inbox/renamed.eml");
        Directory.Move(In("受信"), In("Kept"));
        Assert.Equal((0L, 3L), Import(isMailbox));
        Assert.Equal(["Inbox=2", "が=1"], Folders(isMailbox));

        // The new places are remembered.
        Assert.Equal((0L, 3L), Import(isMailbox));
        Move("Sub/1.eml", "Inbox/1.eml");
        Move("Inbox/1.eml", "Inbox/0.eml");
        Assert.Equal((0L, 3L), Import(isMailbox));
        Assert.Equal(["Inbox=2", "が=1"], Folders(isMailbox));
        Assert.Equal(3L, _session.InvokeClean("(Get-PstTransfer @j | Where-Object Source -like '*tree').Items").Single().BaseObject);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Copies_in_the_tree_stay_copies_and_what_was_moved_and_edited_is_new(bool isMailbox)
    {
        Write("Inbox/1.eml", 1);
        Write("Inbox/2.eml", 2);
        Assert.Equal((2L, 0L), Import(isMailbox));

        // A real copy: both are there.
        File.Copy(In("Inbox/1.eml"), In("Inbox/1b.eml"));
        Assert.Equal((1L, 2L), Import(isMailbox));

        // Two copies of one that is gone are one more than there was.
        File.Copy(In("Inbox/2.eml"), Path.Combine(_folder, "kept"));
        File.Delete(In("Inbox/2.eml"));
        File.Copy(Path.Combine(_folder, "kept"), In("Inbox/2a.eml"));
        File.Copy(Path.Combine(_folder, "kept"), In("Inbox/2b.eml"));
        Assert.Equal((1L, 3L), Import(isMailbox));

        File.Delete(In("Inbox/1.eml"));
        Write("Sub/1.eml", 1, "edited");
        Assert.Equal((1L, 3L), Import(isMailbox));
        Assert.Equal(["Inbox=4", "Sub=1"], Folders(isMailbox));

        // One that took the name of another.
        Move("Inbox/1b.eml", "Inbox/2b.eml");
        Assert.Equal((0L, 3L), Import(isMailbox));
    }

    [Fact]
    public void What_was_away_for_a_while_comes_when_it_is_back()
    {
        Write("Inbox/1.eml", 1);
        Write("Away/Deep/2.eml", 2);
        Assert.Equal((2L, 0L), Import(isMailbox: true));

        // While it was away a copy counts as what was moved: when it comes back, both are there.
        Directory.Move(In("Away"), Path.Combine(_folder, "Away"));
        Write("Inbox/2.eml", 2);
        Assert.Equal((0L, 2L), Import(isMailbox: true));
        Directory.Move(Path.Combine(_folder, "Away"), In("Away"));
        Assert.Equal((1L, 2L), Import(isMailbox: true));
        Assert.Equal((0L, 3L), Import(isMailbox: true));
    }

    [Fact]
    public void What_would_be_done_is_told_compared_verified_and_taken_back()
    {
        Write("Inbox/1.eml", 1);
        Write("Inbox/2.eml", 2);
        Import(isMailbox: true);
        Move("Inbox/1.eml", "Sub/1.eml");

        Assert.Contains("Of these 2 are there already", _session.Show($"Import-PstToMailbox '{_folder}/tree' -Mailbox $m @j -WhatIf"), StringComparison.Ordinal);
        PSObject result = _session.InvokeClean($"Import-PstToMailbox '{_folder}/tree' -Mailbox $m @j -AllowDuplicate -Verify").Single();
        PSObject verified = PSObject.AsPSObject(result.Properties["Verification"].Value);
        Assert.Equal((0L, 2L, 2L), (Count(result, "Copied"), Count(result, "AlreadyThere"), Count(verified, "Same")));

        PSObject compared = _session.InvokeClean($"Compare-PstToMailbox '{_folder}/tree' -Mailbox $m").Single();
        Assert.Equal((1L, 1L, 0L, 0L), (Count(compared, "Same"), Count(compared, "Different"), Count(compared, "Missing"), Count(compared, "Extra")));
        Assert.Equal("Folder", _session.InvokeClean($"(Compare-PstToMailbox '{_folder}/tree' -Mailbox $m -PassThru | Where-Object Outcome -eq Different).Differences").Single().ToString());

        PSObject undone = _session.InvokeClean("Get-PstTransfer @j | Undo-PstTransfer -Confirm:$false @j").Single();
        Assert.Equal(2L, Count(undone, "Removed"));
        Assert.Equal((2L, 0L), Import(isMailbox: true));
    }

    [Theory]
    [InlineData("Maildir")]
    [InlineData("Mbox")]
    public void A_maildir_file_with_another_name_and_a_renamed_mbox_do_not_come_again(string format)
    {
        Write("Inbox/1.eml", 1);
        Write("Sub/2.eml", 2);
        _session.InvokeClean($"$null = Import-PstItem '{_folder}/tree' '{_folder}/t.pst'; $null = Export-PstItem '{_folder}/t.pst' '{_folder}/out' -Format {format}");
        Directory.Delete(In(""), recursive: true);
        Directory.Move(Path.Combine(_folder, "out", "t"), In(""));
        Assert.Equal((2L, 0L), Import(isMailbox: true));

        foreach (string file in Directory.GetFiles(In(""), "*", SearchOption.AllDirectories).Where(f => format == "Mbox" ? f.EndsWith("Sub.mbox", StringComparison.Ordinal) : Path.GetFileName(Path.GetDirectoryName(f)) is "cur" or "new"))
        {
            File.Move(file, Path.Combine(Path.GetDirectoryName(file)!, format == "Mbox" ? "Other.mbox" : "9" + Path.GetFileName(file)));
        }

        Assert.Equal((0L, 2L), Import(isMailbox: true));
        Assert.Equal((0L, 2L), Import(isMailbox: true));
    }

    private string In(string path) => Path.Combine(_folder, "tree", path);

    private void Move(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(In(to))!);
        File.Move(In(from), In(to), overwrite: true);
    }

    private void Write(string path, int number, string text = "Text")
    {
        Directory.CreateDirectory(Path.GetDirectoryName(In(path))!);
        File.WriteAllText(In(path), string.Create(CultureInfo.InvariantCulture, $"Message-ID: <{number}@example.com>\nFrom: a@example.com\nTo: b@example.com\nDate: Thu, {number} Jan 2026 00:00:00 +0000\nSubject: number {number}\n\n{text} {number}\n"));
    }

    private (long Copied, long AlreadyThere) Import(bool isMailbox, string arguments = "")
    {
        PSObject result = _session.InvokeClean(isMailbox ? $"Import-PstToMailbox '{_folder}/tree' -Mailbox $m @j {arguments}" : $"Import-PstItem '{_folder}/tree' '{_folder}/target.pst' @j {arguments}").Single();
        return (Count(result, "Copied"), Count(result, "AlreadyThere"));
    }

    private string[] Folders(bool isMailbox) =>
        [.. _session.InvokeClean((isMailbox ? "Get-MsMailboxFolder $m" : $"Get-PstFolder '{_folder}/target.pst' -Recurse") + " | Where-Object ItemCount | ForEach-Object { \"$($_.Name)=$($_.ItemCount)\" }").Select(f => f.ToString()).Order(StringComparer.Ordinal)];

    private static long Count(PSObject result, string name) => Convert.ToInt64(result.Properties[name].Value, CultureInfo.InvariantCulture);
}
