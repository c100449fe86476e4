using System.Collections;
using System.Management.Automation;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Module.Tests.Tried;

/// <summary>What was told in other words than people need, or not at all.</summary>
public sealed class SmallTests : TriedTest
{
    [Fact]
    public void A_folder_that_is_missing_is_told_with_the_file()
    {
        string file = Outlook();
        Connect();

        Assert.Equal(["FolderNotFound", "FolderNotFound"], Errors($"Get-PstFolder '{file}' -Folder Nowhere; Get-MsMailboxFolder $m -Folder Nowhere"));
        Assert.Contains(file, Session.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Contains("m@sandbox.invalid", Session.Errors[1].ToString(), StringComparison.Ordinal);
    }

    /// <summary>A table has room for one text: a list that is none says the name of its class there.</summary>
    [Fact]
    public void Every_list_of_an_output_says_what_is_in_it()
    {
        IEnumerable<Type> outputs = StagedModule.Cmdlets().SelectMany(c => c.OutputType).Select(o => o.Type).Where(t => t?.Namespace == "PstMigration").Distinct();
        IEnumerable<string> silent = outputs.SelectMany(t => t.GetProperties()).Where(p => p.PropertyType != typeof(string) && typeof(IEnumerable).IsAssignableFrom(p.PropertyType))
            .Where(p => p.PropertyType.IsArray || p.PropertyType.GetMethod("ToString", Type.EmptyTypes)!.DeclaringType == typeof(object))
            .Select(p => p.DeclaringType!.Name + "." + p.Name);

        Assert.Empty(silent);
    }

    [Fact]
    public void Folders_of_a_mailbox_come_out_of_a_file()
    {
        Connect();
        Session.InvokeClean($"$null = Import-PstToMailbox '{Sample}' $m; $f = Get-MsMailboxFolder $m -Folder Inbox; $count = (Get-MsMailboxFolder $m -Folder Inbox).ItemCount");
        int count = Number(Session.InvokeClean("[pscustomobject]@{ N = $count }").Single(), "N");

        Session.InvokeClean("$again = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($f))");
        Assert.Equal(count, Number(Result("$again | Export-MailboxToPst -Path two.pst"), "Copied"));
        Assert.Equal(["MailboxNotConnected"], Errors("Disconnect-MsMailbox $m; $again | Export-MailboxToPst -Path three.pst"));
    }

    [Fact]
    public void A_script_block_that_throws_is_an_error_about_its_file()
    {
        string one = Outlook("one.pst");
        string two = Outlook("two.pst");

        Assert.Equal(["PurviewRowInvalid"], Errors($"$rows = New-PurviewImportMapping '{one}', '{two}' -SkipContent -Mailbox {{ if ($_.Name -eq 'one.pst') {{ throw 'x' }}; 'taro@example.jp' }}"));
        Assert.Equal("two.pst", Session.InvokeClean("$rows.Name").Single().ToString());
    }

    [Theory]
    [InlineData(251, "")]
    [InlineData(243, "-SplitBy Year")]
    public void A_name_that_is_too_long_is_told_before_anything_is_made(int length, string split)
    {
        Connect();
        string[] before = Directory.GetFileSystemEntries(At("."));

        Assert.Equal(["PathInvalid"], Errors($"Export-MailboxToPst $m ('n' * {length} + '.pst') {split}"));
        Assert.Equal(before, Directory.GetFileSystemEntries(At(".")));
    }

    [Theory]
    [InlineData("Export-MailboxToPst $m \"a`0b.pst\"")]
    [InlineData("Import-PstToMailbox \"a`0b.pst\" $m")]
    [InlineData("Get-PstFile -LiteralPath \"a`0b.pst\"")]
    public void What_no_path_may_have_is_told_so(string command)
    {
        Connect();

        Assert.Equal(["PathInvalid"], Errors(command));
    }

    [Fact]
    public void What_is_to_be_done_about_a_file_of_Outlook_97_is_told_of_it()
    {
        string file = Copy(TestData.Path("pst/test_ansi.pst"), "ansi.pst");

        ErrorRecord error = Thrown($"Import-PstItem '{Sample}' '{file}'");
        Assert.StartsWith("PstFormatNotWritten,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.DoesNotContain("read-only", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_preview_of_an_archive_counts_what_stays()
    {
        string file = Outlook();
        Connect();
        Session.InvokeClean($"$null = Import-PstToMailbox '{file}' $m -WarningAction Ignore");

        // The contact and the appointment have no place they could be recovered from.
        Assert.Contains("Of these 2 stay in the mailbox", Flat("Export-MailboxToPst $m a.pst -OlderThan 2030-01-01 -RemoveAfterVerify -WhatIf"), StringComparison.Ordinal);
        PSObject done = Result("Export-MailboxToPst $m a.pst -OlderThan 2030-01-01 -WarningAction Ignore");
        Assert.Equal(16, Number(done, "Copied"));
        string again = Flat("Export-MailboxToPst $m a.pst -OlderThan 2030-01-01 -RemoveAfterVerify -WhatIf");
        Assert.Contains("Of these 16 are there already", again, StringComparison.Ordinal);
        Assert.Contains("Of these 2 stay in the mailbox", again, StringComparison.Ordinal);
        Assert.Equal(2, Session.InvokeClean("(Export-MailboxToPst $m a.pst -OlderThan 2030-01-01 -RemoveAfterVerify -Force -WarningAction Ignore).Kept.Values").Sum(v => Convert.ToInt32(v.BaseObject, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("'x/' * 350")]
    [InlineData("'y' * 400")]
    public void A_target_folder_that_there_cannot_be_is_told(string folder)
    {
        Connect();

        Assert.Equal(["FolderNameInvalid"], Errors($"Import-PstToMailbox '{Sample}' $m -TargetFolder ({folder})"));
    }

    [Fact]
    public void Nothing_new_makes_no_folders_elsewhere()
    {
        Connect();
        Session.InvokeClean($"$null = Import-PstToMailbox '{Outlook()}' $m; $null = Import-PstToMailbox O.pst $m -TargetFolder Empty/one");
        Assert.Empty(Session.InvokeClean("(Get-MsMailboxFolder $m).Folder -like 'Empty*'"));

        Session.InvokeClean($"$null = Import-PstToMailbox '{Sample}' $m -TargetFolder Full/one");
        Assert.NotEmpty(Session.InvokeClean("(Get-MsMailboxFolder $m).Folder -like 'Full*'"));
    }

    private ErrorRecord Thrown(string script) => (ErrorRecord)Session.Invoke($"try {{ {script} }} catch {{ $_ }}").Single().BaseObject;

    private string Flat(string script) => Session.Show(script).ReplaceLineEndings(" ");
}
