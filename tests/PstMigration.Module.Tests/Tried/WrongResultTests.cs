using System.Management.Automation;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Module.Tests.Tried;

/// <summary>Rows B: what gave a wrong result.</summary>
public sealed class WrongResultTests : TriedTest
{
    [Fact]
    public void B1_An_address_is_never_taken_for_the_file_of_a_sandbox_and_a_rehearsal_says_so()
    {
        Assert.Single(Errors("Connect-MsMailbox taro@outlook.com -MgGraph"));
        Assert.False(File.Exists(At("taro@outlook.com")));
        Assert.Empty(Session.InvokeClean("(Get-Command Connect-MsMailbox).Parameters['Sandbox'].ParameterSets.Values | Where-Object { $_.Position -ge 0 }"));

        Connect();
        PSObject result = Result($"Import-PstToMailbox '{Sample}' $m");
        Assert.Equal(true, result.Properties["IsRehearsal"].Value);
        Assert.Contains("rehearsal in", Session.Show($"Import-PstToMailbox '{Sample}' $m"), StringComparison.Ordinal);
    }

    [Fact]
    public void B2_Items_and_folders_piped_into_an_import_are_all_that_comes()
    {
        string file = Outlook();
        Connect();

        Assert.Equal((2, 2), Read($"@(Get-PstItem '{file}' -Folder Inbox)[0..1] | Import-PstToMailbox -Mailbox $m"));
        Assert.Equal((8, 6), Read($"Get-PstFolder '{file}' -Folder Inbox | Import-PstToMailbox -Mailbox $m"));
        Assert.Equal((8, 8), Read($"Get-PstFolder '{file}' -Folder Inbox | Import-PstItem -Destination n.pst"));
        Assert.Equal((1, 1), Read($"@(Get-PstItem '{file}' -Folder SentItems)[0] | Import-PstItem -Destination n.pst"));
        Assert.Equal((8, 8), Read("Get-MsMailboxFolder $m -Folder Inbox | Export-MailboxToPst -Path inbox.pst"));
        Assert.Equal((8, 0), Read($"[pscustomobject]@{{ Path = '{file}'; Folder = 'Inbox' }} | Import-PstItem -Destination n.pst"));
    }

    [Fact]
    public void B3_The_folders_of_a_file_have_all_of_its_items()
    {
        string file = TestData.Path("pst/testPST.pst");

        Assert.Equal(7, Items(file));
        Assert.Equal(7, Session.InvokeClean($"Get-PstFolder '{file}' -Recurse | Get-PstItem").Count);
        Assert.Equal(7, Number(Session.InvokeClean($"Get-PstFile '{file}'").Single(), "ItemCount"));
    }

    [Fact]
    public void B4_Objects_of_tables_are_not_read_as_text()
    {
        string file = Outlook();

        PSObject verdict = Session.InvokeClean("[pscustomobject]@{ UserPrincipalName = 'taro@hotmail.co.jp'; Department = 'x' } | Test-LegacyMailAccount -Offline").Single();
        Assert.Equal("taro@hotmail.co.jp", verdict.Properties["Account"].Value);
        Assert.NotEqual("Unknown", verdict.Properties["Verdict"].Value.ToString());
        Assert.Equal(["AddressInvalid", "AddressInvalid"], Errors("Test-LegacyMailAccount 'bad address', nobody -Offline"));
        Assert.Equal(["InputObjectNotBound"], Errors("[pscustomobject]@{ Department = 'x' } | Test-LegacyMailAccount -Offline"));

        Assert.Equal(8, Session.InvokeClean($"Get-PstFolder '{file}' -Folder Inbox | Export-PstItem -Destination o -PassThru").Count);
        Assert.Equal(["InputObjectNotBound"], Errors($"[pscustomobject]@{{ Subject = 'x' }} | Export-PstItem -Destination p"));
        string table = $"Get-PstItem '{file}' -Folder Inbox | ForEach-Object {{ [pscustomobject]@{{ PstPath = $_.PstPath; Folder = $_.Folder; RecordKey = $_.RecordKey; NodeId = $_.NodeId; Version = $_.Version }} }}";
        Assert.Equal(8, Session.InvokeClean(table + " | Export-PstItem -Destination q -PassThru").Count);
    }

    [Theory]
    [InlineData("Get-PstFile '{0}'", "Items", "ItemCount")]
    [InlineData("Get-PstFile '{0}'", "Folders", "FolderCount")]
    [InlineData("Get-PstFile '{0}'", "Size", "Length")]
    [InlineData("Get-PstFolder '{0}' -Folder Inbox", "Items", "ItemCount")]
    [InlineData("Get-PstFolder '{0}' -Folder Inbox", "Class", "ContainerClass")]
    [InlineData("Test-PstFile '{0}'", "Errors", "ErrorCount")]
    [InlineData("Test-PstFile '{0}'", "Warnings", "WarningCount")]
    [InlineData("Test-PstFile '{0}'", "Valid", "IsValid")]
    public void B5_Headings_are_properties(string script, string heading, string property)
    {
        PSObject shown = Session.InvokeClean(string.Format(System.Globalization.CultureInfo.InvariantCulture, script, Sample)).Single();

        Assert.NotNull(shown.Properties[heading]?.Value);
        Assert.Equal(shown.Properties[property].Value, shown.Properties[heading].Value);
    }

    [Theory]
    [InlineData("Import-PstItem '{0}' new.pst -Folder NoSuch")]
    [InlineData("Import-PstToMailbox '{0}' $m -Folder NoSuch")]
    [InlineData("Export-MailboxToPst $m new.pst -Folder NoSuch")]
    [InlineData("Get-MsMailboxFolder $m -Folder NoSuch")]
    [InlineData("Export-PstItem '{0}' out -Folder NoSuch")]
    [InlineData("Get-PstItem '{0}' -Folder NoSuch")]
    public void B6_A_folder_that_does_not_exist_is_an_error_and_nothing_is_made(string script)
    {
        Connect();

        Assert.Equal(["FolderNotFound"], Errors(string.Format(System.Globalization.CultureInfo.InvariantCulture, script, Sample)));
        Assert.False(File.Exists(At("new.pst")) || Directory.Exists(At("out")));
    }

    [Theory]
    [InlineData(@"Old\2018", "Old/2018")]
    [InlineData(@"\Old\2018\", "Old/2018")]
    [InlineData("Old￥2018", "Old/2018")]
    [InlineData("Old/2018", "Old/2018")]
    [InlineData("Inbox\\Old", "受信トレイ/Old")]
    [InlineData("Archive", "アーカイブ")]
    public void B7_A_backslash_separates_and_a_default_folder_is_the_default_folder(string typed, string expected)
    {
        Connect(culture: "ja-JP");
        Session.InvokeClean($"$null = Import-PstToMailbox '{Sample}' $m -Folder Inbox -TargetFolder '{typed}'");

        Assert.Contains(expected, Session.InvokeClean("Get-MsMailboxFolder $m").Select(f => f.ToString()));
        Assert.DoesNotContain(Session.InvokeClean("Get-MsMailboxFolder $m"), f => f.ToString().Contains('\\', StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(@"受信トレイ\請求書")]
    [InlineData("受信トレイ￥請求書")]
    [InlineData(@"\受信トレイ\請求書")]
    [InlineData(@"Inbox\請求書")]
    public void B7_Folders_are_found_with_backslashes(string typed) =>
        Assert.Equal("受信トレイ/請求書", Session.InvokeClean($"Get-PstFolder '{Sample}' -Folder '{typed}'").Single().ToString());

    [Fact]
    public void B7_Wildcards_are_no_names_of_target_folders()
    {
        Assert.Equal(["FolderNameInvalid"], Errors($"Import-PstItem '{Sample}' n.pst -TargetFolder '*'"));
        Assert.False(File.Exists(At("n.pst")));
    }

    [Fact]
    public void B8_Two_connections_with_one_address_are_told_apart()
    {
        Session.InvokeClean("$a = Connect-MsMailbox -Sandbox s1.mailbox -NoThrottling; $b = Connect-MsMailbox -Sandbox s2.mailbox -NoThrottling");
        Assert.Equal("s1@sandbox.invalid s2@sandbox.invalid", Session.InvokeClean("\"$a $b\"").Single().ToString());

        Session.InvokeClean("Disconnect-MsMailbox $b; $b = Connect-MsMailbox -Sandbox s3.mailbox -Address s1@sandbox.invalid");
        Assert.Equal(["MailboxAmbiguous"], Errors($"Import-PstToMailbox '{Sample}' s1@sandbox.invalid"));
        Assert.Contains("s3.mailbox", Session.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Equal(2, Warnings("Connect-MsMailbox -Sandbox s1.mailbox -Address other@example.jp -Culture ja-JP").Length);
        Assert.Single(Warnings("Connect-MsMailbox -Sandbox s4.mailbox -Culture fr-FR"));
        Assert.Equal(["AddressInvalid"], Errors("Connect-MsMailbox -Sandbox s5.mailbox -Address 'not an address'"));
    }

    [Fact]
    public void B9_A_copy_of_a_file_brings_nothing_into_it()
    {
        string original = Outlook("a.pst");
        string copy = Outlook("a - Copy.pst");
        int before = Items(original);

        Assert.Equal((16, 0), Read($"Import-PstItem '{copy}' '{original}'"));
        Assert.Equal(before, Items(original));
    }

    [Fact]
    public void B10_Brackets_are_brackets_and_text_is_contained()
    {
        string file = Outlook();

        Assert.Empty(Session.InvokeClean($"Get-PstItem '{file}' -Subject '[bracket]*'"));
        Assert.Equal(
            Session.InvokeClean($"Get-PstItem '{file}' -Subject '*message*'").Count, Session.InvokeClean($"Get-PstItem '{file}' -Subject message").Count);
        Assert.NotEmpty(Session.InvokeClean($"Get-PstItem '{file}' -Subject message"));
    }

    private (int Read, int Copied) Read(string script)
    {
        PSObject result = Result(script);
        return (Number(result, "Read"), Number(result, "Copied"));
    }
}
