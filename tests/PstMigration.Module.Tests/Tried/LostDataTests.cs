using System.Management.Automation;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Module.Tests.Tried;

/// <summary>Rows A: what lost data. A2 is in tests/Pester.</summary>
public sealed class LostDataTests() : TriedTest("n", "y")
{
    [Theory]
    [InlineData("Import-PstItem d.pst n.pst")]
    [InlineData("Import-PstToMailbox d.pst $m")]
    [InlineData("Export-PstItem d.pst out")]
    [InlineData("Get-PstItem d.pst")]
    public void A_file_in_which_no_item_is_left_is_an_error_unless_damage_is_accepted(string script)
    {
        Connect();
        Destroy("d.pst", 0x8000);

        Assert.Equal(["NothingReadable"], Errors(script));
        Assert.False(File.Exists(At("n.pst")) || Directory.Exists(At("out")));
        PSObject[] accepted = [.. Session.InvokeClean(script + " -AcceptDamage")];
        Assert.All(accepted, r => Assert.True(Number(r, "DamageCount") > 0));
        Assert.Equal(script.StartsWith("Get", StringComparison.Ordinal) ? 0 : 1, accepted.Length);
    }

    [Fact]
    public void Damage_is_counted_on_the_result()
    {
        Destroy("d.pst", 0x4400);
        Session.Invoke("$r = Import-PstItem d.pst n.pst");
        PSObject result = Session.InvokeClean("$r").Single();

        Assert.Equal((7, 7), (Number(result, "Read"), Number(result, "Failed")));
        Assert.True(Number(result, "DamageCount") > 20);
        Assert.Contains("DamageCount", Session.Show("$r | Format-List"), StringComparison.Ordinal);
        Assert.Equal(0, Number(Result($"Import-PstItem '{Sample}' m.pst"), "DamageCount"));
    }

    [Fact]
    public void The_path_of_a_result_is_what_was_written()
    {
        Connect();
        PSObject import = Result($"Import-PstItem '{Sample}' n.pst");
        PSObject export = Result("Export-PstItem n.pst out -Format Csv");
        PSObject mailbox = Result($"Import-PstToMailbox '{Sample}' $m");
        PSObject back = Result("Export-MailboxToPst $m b.pst");

        Assert.Equal((At("n.pst"), Sample), (Text(import, "Path"), Text(import, "Source")));
        Assert.Equal((At(Path.Combine("out", "n.csv")), At("n.pst")), (Text(export, "Path"), Text(export, "Source")));
        Assert.Equal((Sample, Sample), (Text(mailbox, "Path"), Text(mailbox, "Source")));
        Assert.Equal((At("b.pst"), At("b.pst")), (Text(back, "Path"), Text(back, "Target")));
        Assert.Equal(Text(mailbox, "Target"), Text(back, "Source"));
        Assert.Equal(At("o.pst"), Text(Session.InvokeClean($"Import-PstItem '{Sample}' o.pst | Test-PstFile").Single(), "Path"));
    }

    [Fact]
    public void A1_An_export_is_never_replaced_by_less()
    {
        Connect();
        Session.InvokeClean($"$null = Import-PstToMailbox '{Sample}' $m; $null = Export-MailboxToPst $m nightly.pst");
        byte[] before = File.ReadAllBytes(At("nightly.pst"));

        Assert.Equal(["FolderNotFound"], Errors("Export-MailboxToPst $m nightly.pst -Folder Inboxx"));
        Assert.True(before.AsSpan().SequenceEqual(File.ReadAllBytes(At("nightly.pst"))));
        Session.InvokeClean("Export-MailboxToPst $m nightly.pst -Folder Drafts; Export-MailboxToPst $m nightly.pst -Folder SentItems");
        Assert.Equal(5, Items("nightly.pst"));

        // Something was added to the export, and then the mailbox is another one that was emptied: it has none of these items any more.
        string more = Copy(TestData.Path("pst/dist-list.pst"), "more.pst");
        int added = Number(Result($"Import-PstItem '{more}' nightly.pst"), "Copied");
        Session.InvokeClean("Export-MailboxToPst $m nightly.pst");
        Assert.Equal(5 + added, Items("nightly.pst"));
    }

    [Fact]
    public void A3_Contacts_and_appointments_keep_what_they_say()
    {
        string file = Outlook();
        foreach ((string format, string extension) in new[] { ("Html", "html"), ("Text", "txt"), ("Eml", "eml") })
        {
            PSObject[] written = [.. Session.InvokeClean($"Export-PstItem '{file}' 'out{format}' Contacts, Calendar -Format {format} -PassThru")];
            string all = string.Concat(written.Select(f => File.ReadAllText(f.BaseObject.ToString()!)));
            foreach (string told in new[] { "Aspose", "2011" })
            {
                Assert.Contains(told, all, StringComparison.Ordinal);
            }

            Assert.Equal(2, written.Count(f => f.BaseObject.ToString()!.EndsWith(")." + extension, StringComparison.Ordinal)));
        }

        // And back again, out of the .eml.
        PSObject contact = Session.InvokeClean("$null = Import-PstItem outEml/O/Contacts -Destination back.pst; (Get-PstItem back.pst).GetDetails()").Single(d => d.Properties["Kind"].Value.ToString() == "Contact");
        Assert.Contains("Aspose", contact.Properties["Company"].Value.ToString(), StringComparison.Ordinal);
        Assert.NotEmpty((System.Collections.IEnumerable)contact.Properties["Phones"].Value);
        Assert.NotEmpty((System.Collections.IEnumerable)contact.Properties["Emails"].Value);
    }

    [Fact]
    public void A3_Losses_are_in_the_table_and_warned_of()
    {
        string file = Outlook();

        Assert.Contains("LossCount", Session.Show($"Export-PstItem '{file}' text -Format Text -WarningAction Ignore"), StringComparison.Ordinal);
        Assert.Contains(Warnings($"Export-PstItem '{file}' csv -Format Csv"), w => w.Contains("IPM.Note (", StringComparison.Ordinal) && w.StartsWith("8 item(s)", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Eml")]
    [InlineData("Mbox")]
    public void A3_What_nobody_would_miss_is_counted_and_not_warned_of(string format)
    {
        string file = Copy(TestData.Path("pst/testPST.pst"), "plain.pst");
        foreach (string run in new[] { "first", "second" })
        {
            string[] warnings = Warnings($"$script:r = Export-PstItem '{file}' {format} -Format {format}");
            PSObject result = Session.InvokeClean("$script:r").Single();

            Assert.Equal(7L, ((IReadOnlyDictionary<string, long>)result.Properties["Losses"].Value)["NamedProperties"]);
            Assert.DoesNotContain(warnings, w => w.Contains("named properties", StringComparison.Ordinal));
            // One has a sender without an address: that is warned of, and of no more items.
            Assert.Single(warnings, w => w.StartsWith("1 item(s)", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A4_What_is_skipped_is_said_each_time()
    {
        string file = Copy(TestData.Path("pst/dist-list.pst"), "lists.pst");
        Connect();
        foreach (string run in new[] { "first", "second" })
        {
            string[] warnings = Warnings($"$script:r = Import-PstToMailbox '{file}' $m");
            PSObject result = Session.InvokeClean("$script:r").Single();
            Assert.True(Number(result, "Skipped") > 0, run);
            Assert.Contains(warnings, w => w.Contains(Number(result, "Skipped").ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal) && w.Contains("IPM.", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A5_A_file_full_of_mail_is_not_emptied_unasked()
    {
        string file = Copy(Sample, "full.pst");

        Session.InvokeClean($"New-PstFile '{file}' -Force");
        Assert.Contains("full.pst", Session.Shown, StringComparison.Ordinal);
        Assert.Equal(5, Items(file));
        Session.InvokeClean($"New-PstFile '{file}' -Force");
        Assert.Equal(0, Items(file));
        Session.InvokeClean($"New-PstFile '{file}' -Force; New-PstFile '{Copy(Sample, "other.pst")}' -Force -Confirm:$false");
        Assert.Equal(0, Items("other.pst"));
    }

    /// <summary>A real file of which 60 KB are zeros.</summary>
    private void Destroy(string name, int offset)
    {
        byte[] bytes = File.ReadAllBytes(TestData.Path("pst/testPST.pst"));
        bytes.AsSpan(offset, 61_440).Clear();
        File.WriteAllBytes(At(name), bytes);
    }

    private static string Text(PSObject result, string property) => (string)result.Properties[property].Value;
}
