using System.Management.Automation;
using Xunit;

namespace PstMigration.Module.Tests.Tried;

/// <summary>Names that are taken as they are: -LiteralFolder beside every -Folder, -LiteralPath on what writes files, and -AsJob where there are no jobs.</summary>
public sealed class LiteralTests : TriedTest
{
    /// <summary>Every cmdlet that takes folders by name takes them literally too, and Tab offers both.</summary>
    [Fact]
    public void D6_Every_cmdlet_with_Folder_has_LiteralFolder_and_Tab_offers_both()
    {
        CmdletInfo[] cmdlets = [.. StagedModule.Cmdlets().Where(c => c.Parameters.ContainsKey("Folder"))];

        Assert.Contains("Import-PstToMailbox", cmdlets.Select(c => c.Name));
        Assert.All(cmdlets, c => Assert.Contains("LiteralFolder", c.Parameters.Keys));
        Assert.All(
            cmdlets.SelectMany(c => new[] { c.Parameters["Folder"], c.Parameters["LiteralFolder"] }),
            p => Assert.Contains(p.Attributes, a => a is ArgumentCompleterAttribute));
    }

    [Theory]
    [InlineData("Import-PstToMailbox '{0}' -LiteralFolder 受", "受信トレイ")]
    [InlineData("Get-PstItem '{0}' -LiteralFolder 受", "受信トレイ")]
    [InlineData("Compare-PstToMailbox '{0}' $m -LiteralFolder 受", "受信トレイ")]
    [InlineData("Export-MailboxToPst -LiteralPath x.pst -LiteralFolder Sent", "'Sent Items'")]
    [InlineData("Get-MsMailboxFolder -LiteralFolder Sent", "'Sent Items'")]
    [InlineData("Register-MailboxBackup n $m out -LiteralFolder Sent", "'Sent Items'")]
    public void D6_Tab_offers_folders_by_their_paths_without_roles(string line, string offer)
    {
        Connect();

        IReadOnlyList<string> offers = Session.Complete(string.Format(System.Globalization.CultureInfo.InvariantCulture, line, Sample));
        Assert.Contains(offer, offers);
        Assert.DoesNotContain("SentItems", offers);
    }

    [Theory]
    [InlineData("Get-PstItem '{0}' -LiteralFolder Inbox")]
    [InlineData("Get-PstItem '{0}' -LiteralFolder '受信トレ*'")]
    [InlineData("Import-PstItem '{0}' new.pst -LiteralFolder Inbox")]
    [InlineData("Import-PstToMailbox '{0}' $m -LiteralFolder '受信トレイ/*'")]
    [InlineData("Export-PstItem '{0}' out -LiteralFolder Inbox")]
    [InlineData("Export-MailboxToPst $m new.pst -LiteralFolder SentItems")]
    [InlineData("Get-MsMailboxFolder $m -LiteralFolder SentItems")]
    [InlineData("Compare-PstToMailbox '{0}' $m -LiteralFolder Inbox")]
    public void What_is_literal_is_neither_a_role_nor_a_pattern(string script)
    {
        Connect();

        Assert.Equal(["FolderNotFound"], Errors(string.Format(System.Globalization.CultureInfo.InvariantCulture, script, Sample)));
        Assert.False(File.Exists(At("new.pst")) || Directory.Exists(At("out")));
    }

    [Fact]
    public void A_folder_with_wildcards_in_its_name_is_that_folder_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "No directory is called so there.");
        foreach (string name in new[] { "50% *?", "50% off?" })
        {
            Directory.CreateDirectory(At(Path.Combine("mail", name)));
            File.WriteAllText(At(Path.Combine("mail", name, "1.eml")), $"From: a@example.jp\r\nSubject: {name}\r\n\r\ntext\r\n");
        }

        Session.InvokeClean("$null = Import-PstItem mail t.pst");

        Assert.Equal(["50% *?"], Session.InvokeClean("Get-PstItem t.pst -LiteralFolder '50% *?'").Select(i => i.Properties["Subject"].Value));
        Assert.Equal(1, Number(Result("Import-PstItem t.pst one.pst -LiteralFolder '50% *?'"), "Read"));
        Assert.Equal(2, Number(Result("Import-PstItem t.pst both.pst -LiteralFolder '50% *?' -Folder '*off*'"), "Read"));
        Assert.Equal(1, Number(Result("[pscustomobject]@{ Path = 't.pst'; LiteralFolder = '50% off?' } | Import-PstItem -Destination row.pst"), "Read"));
    }

    [Fact]
    public void Wildcards_in_the_name_of_a_file_to_write_are_refused_unless_they_are_literal()
    {
        Connect();

        Assert.Equal(["PathIsPattern", "PathIsPattern"], Errors("New-PstFile 'a?.pst'; Export-MailboxToPst $m 'a*.pst'"));
        Session.InvokeClean("$null = New-PstFile -LiteralPath '[a] 1.pst'; $null = Export-MailboxToPst $m -LiteralPath '[b] 2.pst'; $null = New-PstFile '[c] 3.pst'");
        Session.InvokeClean("$null = Get-MsMailboxFolder $m -Folder Inbox | Export-MailboxToPst -PSPath '[d] 4.pst'");
        Assert.Equal(["[a] 1.pst", "[b] 2.pst", "[c] 3.pst", "[d] 4.pst"], Directory.GetFiles(At("."), "*.pst").Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Import-PstToMailbox '{0}' $m -AsJob")]
    [InlineData("Export-MailboxToPst $m new.pst -AsJob")]
    [InlineData("Import-PstItem '{0}' new.pst -AsJob")]
    [InlineData("Get-PstItem '{0}' | Export-PstItem -Destination out -AsJob")]
    [InlineData("Compare-PstToMailbox '{0}' $m -AsJob")]
    public void Where_there_are_no_jobs_nothing_is_started_and_advice_is_given(string script)
    {
        Connect();

        Assert.Equal(["JobsNotAvailable"], Errors(string.Format(System.Globalization.CultureInfo.InvariantCulture, script, Sample)));
        Assert.Contains("ThreadJob", Session.Errors[0].ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.False(File.Exists(At("new.pst")) || Directory.Exists(At("out")));
        Assert.Equal(0, Number(Session.InvokeClean("Get-MsMailbox").Single(), "ItemCount"));
    }
}
