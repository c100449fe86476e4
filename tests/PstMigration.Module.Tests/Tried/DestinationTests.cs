using System.Management.Automation;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Module.Tests.Tried;

/// <summary>Where people say things are to be written: a folder, a file, a place that cannot be; and what they give that cannot be read.</summary>
public sealed class DestinationTests : TriedTest
{
    [Fact]
    public void A_data_file_is_made_with_its_folder()
    {
        Assert.Equal(5, Number(Result($"Import-PstItem '{Sample}' -Destination new/folder/x.pst"), "Copied"));
        Assert.Equal(5, Items("new/folder/x.pst"));
        Connect();
        Result("Export-MailboxToPst $m another/folder/m.pst");
        Session.InvokeClean("New-PstFile third/folder/n.pst");
        Assert.True(File.Exists(At("another/folder/m.pst")) && File.Exists(At("third/folder/n.pst")));
    }

    [Theory]
    [InlineData("sub")]
    [InlineData("back")]
    [InlineData("back.txt")]
    [InlineData("back.ost")]
    public void What_is_no_name_of_a_data_file_is_one_error_with_advice(string destination)
    {
        Directory.CreateDirectory(At("sub"));
        Copy(Sample, "a.pst");
        Copy(Sample, "b.pst");
        Connect();
        foreach (string command in new[] { "Import-PstItem ?.pst {0}", "Export-MailboxToPst $m {0}", "New-PstFile {0}" })
        {
            ErrorRecord error = Single(string.Format(System.Globalization.CultureInfo.InvariantCulture, command, destination));
            Assert.StartsWith("DestinationNotPst", error.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.Contains("archive.pst", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        }

        Assert.False(File.Exists(At("back")) || File.Exists(At("back.txt")) || File.Exists(At("back.ost")));
    }

    [Fact]
    public void A_destination_that_cannot_be_written_is_one_error_for_all_files()
    {
        Copy(Sample, "a.pst");
        Copy(Sample, "b.pst");
        File.WriteAllText(At("file"), "x");

        Assert.Contains("is a file, not a folder", Single("Import-PstItem ?.pst file/x.pst").ToString(), StringComparison.Ordinal);
        Assert.Contains("is a file, not a folder", Single("Export-PstItem ?.pst file").ToString(), StringComparison.Ordinal);
        Assert.Contains("is a file, not a folder", Single("Export-PstItem ?.pst file/below -Format Csv").ToString(), StringComparison.Ordinal);
        File.WriteAllText(At("text.pst"), "no data file");
        Assert.StartsWith("PstNotAPst", Single("Import-PstItem [ab].pst text.pst").FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_is_written_where_it_is_said_and_what_is_new_beside_what_exists()
    {
        Session.InvokeClean($"$j = @{{ JournalFolder = '{At("journals")}' }}; $null = Import-PstItem '{Sample}' one.pst @j; $null = Import-PstItem '{Sample}' two.pst @j");

        // The transfers come from the pipeline, so what is typed first is the destination.
        Assert.Equal(2, Session.InvokeClean("Get-PstTransfer @j | Export-PstTransferReport rep @j").Count);
        Assert.Equal(2, Session.Invoke("Get-PstTransfer @j | Export-PstTransferReport rep -Format Html, Csv @j").Count);
        Assert.All(Session.Errors, e => Assert.StartsWith("ExportFileExists", e.FullyQualifiedErrorId, StringComparison.Ordinal));
        Assert.Equal(2, Session.Errors.Count);
        Assert.Equal(4, Session.InvokeClean("Get-PstTransfer @j | Export-PstTransferReport rep -Format Html, Csv -Force @j").Count);
        Assert.Equal(4, Directory.GetFiles(At("rep")).Length);

        string id = Session.InvokeClean("(Get-PstTransfer @j)[0].Id").Single().ToString();
        Session.InvokeClean($"Export-PstTransferReport rep/x.html {id} @j; Export-PstTransferReport -Id {id} -Destination table.csv @j");
        Assert.StartsWith("<!DOCTYPE", File.ReadAllText(At("rep/x.html")), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("rehearsal", File.ReadAllText(At("table.csv")) + Sample, StringComparison.Ordinal);

        Assert.StartsWith("DestinationIsOneFile", Single($"Export-PstTransferReport y.html {id} -Format Html, Json @j").FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.StartsWith("DestinationIsOneFile", Single("Get-PstTransfer @j | Export-PstTransferReport z.html @j").FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("is a file, not a folder", Single("Get-PstTransfer @j | Export-PstTransferReport one.pst @j").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Single_items_of_Outlook_are_told_from_what_is_read()
    {
        File.WriteAllBytes(At("a.msg"), [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
        Directory.CreateDirectory(At("many"));
        File.Copy(At("a.msg"), At("many/a.msg"));

        foreach (string path in new[] { "*.msg", "many" })
        {
            ErrorRecord error = Single($"Import-PstItem {path} -Destination x.pst");
            Assert.StartsWith("MsgNotRead", error.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.Contains(".eml", error.ToString(), StringComparison.Ordinal);
        }

        Connect();
        Assert.Contains(".msg", Single("Import-PstToMailbox a.msg $m").ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains(".msg", Single("Get-PstItem a.msg").ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.False(File.Exists(At("x.pst")));
    }

    [Theory]
    [InlineData("$null | Get-PstItem")]
    [InlineData("Get-PstItem $null")]
    [InlineData("[pscustomobject]@{ Path = $null } | Get-PstFile")]
    public void Nothing_is_called_nothing(string script) => Assert.Contains("$null", Single(script).ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("Import-PstItem S x.pst -LogPath sub", "is a folder, not a file")]
    [InlineData("Import-PstItem S x.pst -LogPath none/l.txt", "The folder '*none' does not exist")]
    [InlineData("Import-PstItem S x.pst -LogPath file/l.txt", "is a file, not a folder")]
    [InlineData("Connect-MsMailbox -Sandbox sub", "is a folder, not a file")]
    [InlineData("Connect-MsMailbox -Sandbox none/x.mailbox", "The folder '*none' does not exist")]
    [InlineData("Connect-MsMailbox -Sandbox file/x.mailbox", "is a file, not a folder")]
    [InlineData("New-PurviewImportMapping S -Mailbox taro@example.jp -Destination file/x.csv", "is a file, not a folder")]
    public void The_trouble_is_named_and_never_a_name_of_ours(string script, string text)
    {
        Directory.CreateDirectory(At("sub"));
        File.WriteAllText(At("file"), "x");

        string message = Single(script.Replace("S ", $"'{Sample}' ", StringComparison.Ordinal)).ToString();

        Assert.Matches(System.Text.RegularExpressions.Regex.Escape(text).Replace("\\*", ".*", StringComparison.Ordinal), message);
        Assert.DoesNotContain(".lock", message, StringComparison.Ordinal);
        Assert.DoesNotContain(".partial", message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(At("."), "*.lock", SearchOption.AllDirectories));
    }

    /// <summary>The only error of a script, terminating or not.</summary>
    private ErrorRecord Single(string script)
    {
        try
        {
            Session.Invoke(script);
        }
        catch (RuntimeException e)
        {
            Assert.Empty(Session.Errors);
            return e.ErrorRecord;
        }

        return Assert.Single(Session.Errors);
    }
}
