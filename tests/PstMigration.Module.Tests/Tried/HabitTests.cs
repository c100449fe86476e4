using System.Management.Automation;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Module.Tests.Tried;

/// <summary>Rows D: what people type. D7 is in tests/Pester. D11 (Get-Help -Online) has to wait for an address the module is published at.</summary>
public sealed class HabitTests : TriedTest
{
    [Fact]
    public void D1_A_map_of_files_and_mailboxes_can_be_piped()
    {
        Session.InvokeClean("$null = Connect-MsMailbox -Sandbox a.mailbox -NoThrottling; $null = Connect-MsMailbox -Sandbox b.mailbox -NoThrottling");
        PSObject[] results = [.. Session.InvokeClean(
            $"[pscustomobject]@{{ Path = '{Sample}'; Mailbox = 'a@sandbox.invalid' }}, [pscustomobject]@{{ Path = '{Sample}'; Mailbox = 'b@sandbox.invalid'; TargetFolder = 'Old' }} | Import-PstToMailbox")];

        Assert.Equal([5, 5], results.Select(r => Number(r, "Copied")));
        Assert.Equal(["a@sandbox.invalid", "b@sandbox.invalid"], results.Select(r => r.Properties["Mailbox"].Value.ToString()).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Import-PstToMailbox")]
    [InlineData("Import-PstItem")]
    [InlineData("Export-PstItem")]
    [InlineData("Export-MailboxToPst")]
    public void D2_Every_transfer_filters(string cmdlet)
    {
        string[] parameters = [.. Session.InvokeClean($"(Get-Command {cmdlet}).Parameters.Keys").Select(p => p.ToString())];

        Assert.All(new[] { "Since", "Before", "MessageClass", "Subject", "From", "HasAttachment", "Folder" }, p => Assert.Contains(p, parameters));
    }

    [Fact]
    public void D2_Ages_have_hours() => Assert.Equal(5, Session.InvokeClean($"Get-PstItem '{Sample}' -Before 24h").Count);

    [Fact]
    public void D3_The_destination_is_positional() => Assert.Equal(5, Session.InvokeClean($"Export-PstItem '{Sample}' out -PassThru").Count);

    [Theory]
    [InlineData("Get-PstItem", "HasAttachments Sender FilePath FullName Class")]
    [InlineData("Get-PstFile", "FilePath FullName DataFile")]
    [InlineData("Test-LegacyMailAccount", "Address EmailAddress UserPrincipalName PrimarySmtpAddress Mail")]
    [InlineData("Test-MsMailboxConnection", "Account EmailAddress UserPrincipalName PrimarySmtpAddress Mail")]
    [InlineData("Import-PstToMailbox", "TargetRootFolder FilePath FullName UserPrincipalName")]
    [InlineData("Import-PstItem", "DestinationPath TargetRootFolder")]
    [InlineData("Export-PstItem", "DestinationPath HasAttachments")]
    [InlineData("Export-MailboxToPst", "DestinationPath FilePath FullName Destination")]
    public void D4_Names_that_people_type_are_names(string cmdlet, string names)
    {
        PSObject[] parameters = [.. Session.InvokeClean($"(Get-Command {cmdlet} -ArgumentList x).Parameters.Values")];
        string[] aliases = [.. parameters.SelectMany(p => (IEnumerable<string>)p.Properties["Aliases"].Value)];

        Assert.All(names.Split(' '), n => Assert.Contains(n, aliases));
    }

    [Fact]
    public void D5_The_only_connection_need_not_be_named()
    {
        Connect();

        Assert.NotEmpty(Session.InvokeClean("Get-MsMailboxFolder"));
        Assert.Equal(5, Number(Result($"Import-PstToMailbox '{Sample}'"), "Copied"));
        Assert.Equal(5, Number(Result("Export-MailboxToPst -Path out.pst"), "Copied"));
        Session.InvokeClean("Disconnect-MsMailbox");
        Assert.Equal(["MailboxNotConnected"], Errors("Disconnect-MsMailbox"));
        Session.InvokeClean("$null = Connect-MsMailbox -Sandbox 1.mailbox; $null = Connect-MsMailbox -Sandbox 2.mailbox");
        Assert.Equal(["MailboxAmbiguous"], Errors("Disconnect-MsMailbox"));
    }

    [Theory]
    [InlineData("Import-PstToMailbox '{0}' -Folder 受", "受信トレイ")]
    [InlineData("Import-PstItem '{0}' -Folder 受", "受信トレイ")]
    [InlineData("Import-PstItem x.pst -Destination '{0}' -TargetFolder 受", "受信トレイ")]
    [InlineData("Export-PstItem '{0}' out -Folder 受", "受信トレイ")]
    [InlineData("Get-MsMailboxFolder -Folder Sent", "'Sent Items'")]
    [InlineData("Export-MailboxToPst -Path x.pst -Folder Sent", "'Sent Items'")]
    [InlineData("Import-PstToMailbox x.pst -TargetFolder Sent", "'Sent Items'")]
    [InlineData("Compare-PstToMailbox x.pst -TargetFolder Sent", "'Sent Items'")]
    [InlineData("Register-MailboxBackup n $m out -Folder Sent", "'Sent Items'")]
    [InlineData("Import-PstToMailbox x.pst -Mailbox m", "'m@sandbox.invalid'")]
    [InlineData("Get-MsMailbox m", "'m@sandbox.invalid'")]
    [InlineData("New-PstFile x.pst -Language ja", "ja-JP")]
    [InlineData("Connect-MsMailbox -Sandbox x -Culture ja", "ja-JP")]
    [InlineData("Get-PstItem '{0}' -MessageClass IPM.App", "IPM.Appointment")]
    [InlineData("Get-PstItem '{0}' -Since 30", "30d")]
    [InlineData("Test-LegacyMailAccount a@b.jp -Client Thun", "Thunderbird")]
    public void D6_Tab_offers_what_there_is(string line, string offer)
    {
        Connect();

        Assert.Contains(offer, Session.Complete(string.Format(System.Globalization.CultureInfo.InvariantCulture, line, Sample)));
    }

    [Theory]
    [InlineData("受信トレイ", "Inbox")]
    [InlineData("送信済みアイテム", "Sent Items")]
    public void D8_Default_folders_are_found_by_names_of_other_languages(string typed, string folder) =>
        Assert.Equal(folder, Session.InvokeClean($"Get-PstFolder '{Outlook()}' -Folder {typed}").Single().ToString());

    [Fact]
    public void D8_What_may_have_been_meant_is_said()
    {
        Assert.Equal(["FolderNotFound", "FolderNotFound"], Errors($"Get-PstItem '{Sample}' -Folder 請求書; Export-PstItem '{Sample}' out -Folder 受信トレー"));
        Assert.All(Session.Errors, e => Assert.Contains("受信トレイ", e.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void D9_A_file_that_was_cut_off_can_be_migrated()
    {
        string cut = At("cut.pst");
        byte[] whole = File.ReadAllBytes(Outlook());
        File.WriteAllBytes(cut, whole[..(whole.Length / 2)]);

        Assert.Equal(["PstTruncated"], Errors($"Import-PstItem '{cut}' n.pst"));
        Session.Invoke($"$script:r = Import-PstItem '{cut}' n.pst -AcceptDamage -CodePage 932 -WarningAction Ignore");
        Assert.True(Number(Session.InvokeClean("$script:r").Single(), "Read") > 0);
    }

    [Fact]
    public void D10_Files_of_all_users_can_be_found() =>
        Assert.Contains("AllUsers", Session.InvokeClean("(Get-Command Find-PstFile).Parameters.Keys").Select(p => p.ToString()));

    [Fact]
    public void Removing_the_module_disconnects()
    {
        Connect();
        Assert.False((bool)Session.InvokeClean("Remove-Module PstMigration; $m.IsConnected").Single().BaseObject);
        Session.InvokeClean($"Import-Module '{StagedModule.Manifest}'");
    }
}
