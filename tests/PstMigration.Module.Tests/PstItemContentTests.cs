using System.Management.Automation;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Module.Tests;

/// <summary>What Get-PstItem gives beyond the listing: properties, details, bodies, attachments, views.</summary>
public sealed class PstItemContentTests
{
    private static readonly string s_sample = Path.Combine(StagedModule.Repository, "samples", "rehearsal.pst");

    [Fact]
    public void Properties_are_added_under_the_names_given()
    {
        using EngineSession session = StagedModule.Import();
        PSObject[] items = [.. session.InvokeClean(
            $"Get-PstItem '{s_sample}' -Folder Inbox -Property InternetMessageId, 0x0E08, Subject, PidTagMessageDeliveryTime, 'PSETID_Common/0x8530', PidTagBody")];

        Assert.NotEmpty(items);
        Assert.All(items, i =>
        {
            Assert.Equal(Convert.ToInt64(i.Properties["Size"].Value, null), Convert.ToInt64(i.Properties["0x0E08"].Value, null));
            Assert.IsType<int>(i.Properties["0x0E08"].Value);
            Assert.Equal(i.Properties["ReceivedTime"].Value, i.Properties["PidTagMessageDeliveryTime"].Value);
            Assert.NotNull(i.Properties["PSETID_Common/0x8530"]);
            Assert.IsType<string>(i.Properties["PidTagBody"].Value);
        });
        Assert.Contains(items, i => i.Properties["InternetMessageId"].Value is string id && id.Contains('@', StringComparison.Ordinal));
    }

    [Fact]
    public void A_property_nobody_knows_is_an_error()
    {
        using EngineSession session = StagedModule.Import();

        Assert.Empty(session.Invoke($"Get-PstItem '{s_sample}' -Property NoSuchProperty"));
        Assert.StartsWith("PropertyUnknown", Assert.Single(session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void Tab_offers_property_names()
    {
        using EngineSession session = StagedModule.Import();

        Assert.Contains("PidTagSubject", session.Complete("Get-PstItem nowhere.pst -Property PidTagSub"));
        Assert.Contains("PidLidTaskDueDate", session.Complete("Get-PstItem nowhere.pst -Property TaskDue"));
    }

    [Fact]
    public void Content_opens_on_demand_after_the_cmdlet_has_ended()
    {
        using EngineSession session = StagedModule.Import();
        PSObject with = session.InvokeClean($"$item = @(Get-PstItem '{s_sample}' -HasAttachment)[0]; $item").Single();

        Assert.NotEqual("", session.InvokeClean("$item.GetBody().Text").Single().ToString());
        Assert.NotEmpty(session.InvokeClean("$item.GetRecipients()"));
        Assert.Equal(with.Properties["Subject"].Value, session.InvokeClean("$item.GetDetails().Subject").Single().BaseObject);
        Assert.Equal(
            ["True"],
            session.InvokeClean("""
                $a = @($item.GetAttachments() | Where-Object { -not $_.IsItem })[0]
                $s = $a.OpenRead(); $m = [IO.MemoryStream]::new(); $s.CopyTo($m); $s.Dispose()
                ($m.Length -eq $a.Length) -and [Linq.Enumerable]::SequenceEqual([byte[]]$a.ReadAllBytes(), $m.ToArray())
                """).Select(r => r.ToString()));
    }

    [Fact]
    public void Content_is_refused_where_the_item_changed()
    {
        string folder = Directory.CreateTempSubdirectory("pstmigration").FullName;
        try
        {
            string file = Path.Combine(folder, "a.pst");
            File.Copy(s_sample, file);
            using EngineSession session = StagedModule.Import();
            session.InvokeClean($"$item = @(Get-PstItem '{file}')[0]; $null = $item.GetBody()");

            // Another change of the file is of no matter.
            Assert.Single(session.InvokeClean($"$others = @(Get-PstItem '{file}'); $others[1] | Remove-PstItem -Permanent -Confirm:$false; $null = $item.GetBody()"));
            session.InvokeClean("$null = $others[0] | Remove-PstItem -Permanent -Confirm:$false");

            session.Invoke("$item.GetBody()");
            Exception cause = Assert.Single(session.Errors).Exception.InnerException!;
            Assert.Equal("PstChanged", cause.GetType().GetProperty("Id")!.GetValue(cause));
            Assert.NotEqual("", session.InvokeClean($"(@(Get-PstItem '{file}' -WarningAction Ignore)[0]).GetBody().Format").Single().ToString());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("pst/dist-list.pst", "Calendar", @"Start\s+End\s+Again\s+Location\s+Subject", "2016-08-0")]
    [InlineData("pst/dist-list.pst", "Contacts", @"Name\s+Company\s+Email\s+Phone", "contact1@rjohnson.id.au")]
    [InlineData("pst/MapiNoteToPST_out.pst", "*Notes*", @"Changed\s+Color\s+Text", "This is a blue color note")]
    public void Folders_of_one_kind_have_their_view(string relative, string selected, string header, string text)
    {
        string file = TestData.Path(relative);
        using EngineSession session = StagedModule.Import();
        string shown = session.Show($"Get-PstItem '{file}' -Folder '{selected}'");

        Assert.Matches(header, shown);
        Assert.Contains(text, shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Tasks", "[pscustomobject]@{ DueDate = [datetime]'2026-04-01'; State = 'Waiting'; PercentComplete = 25; Owner = \"o$([char]27)[2J\" }", @"Due\s+Status\s+Percent\s+Owner\s+Subject", "2026-04-01 Waiting +25 o␛\\[2J")]
    [InlineData("Journal", "[pscustomobject]@{ Start = $null; Duration = [timespan]'01:30'; EntryType = 'Phone call' }", @"Start\s+Duration\s+Type\s+Subject", "01:30:00 +Phone call +subject")]
    [InlineData("Calendar", "[pscustomobject]@{ Meeting = [pscustomobject]@{ Start = [datetimeoffset]'2026-04-01T00:00Z'; End = $null }; Location = 'here' }", @"Start\s+End\s+Again\s+Location", "2026-0[34].* here")]
    public void Views_show_the_details(string view, string details, string header, string row)
    {
        using EngineSession session = StagedModule.Import();
        string shown = session.Show(
            $"$o = [pscustomobject]@{{ PSTypeName = 'PstMigration.PstItemInfo#{view}'; Subject = 'subject'; Folder = 'f' }}; "
            + $"$o.PSObject.Methods.Add([psscriptmethod]::new('GetDetails', {{ {details} }})); $o");

        Assert.Matches(header, shown);
        Assert.Matches(row, shown);
    }

    [Fact]
    public void Folders_that_are_piped_in_share_the_general_view()
    {
        string file = TestData.Path("pst/dist-list.pst");
        using EngineSession session = StagedModule.Import();
        string shown = session.Show($"Get-PstFolder '{file}' -Recurse | Get-PstItem");

        Assert.Matches(@"Time\s+SizeKB\s+Sender\s+Subject", shown);
        Assert.DoesNotContain("RecordKey", shown, StringComparison.Ordinal);
        Assert.Matches(@"Start\s+End\s+Again", session.Show($"Get-PstItem '{file}' -Folder Calendar -Property Location | Format-Table -View Calendar"));
    }

    [Fact]
    public void Details_are_shown_safely()
    {
        string file = TestData.Path("pst/dist-list.pst");
        using EngineSession session = StagedModule.Import();
        string shown = session.Show($"Get-PstItem '{file}' -Folder Calendar, Contacts | ForEach-Object {{ $_.GetDetails() | Format-List }}");

        Assert.Contains("every Tuesday from 8:00 AM to 8:30 AM", shown, StringComparison.Ordinal);
        Assert.Contains("test dist list", shown, StringComparison.Ordinal);
        Assert.Matches(@"Start\s+: 2016-08-0", shown);
    }

    [Fact]
    public void Files_tell_their_dates_writer_and_health()
    {
        using EngineSession session = StagedModule.Import();
        PSObject own = session.InvokeClean($"Get-PstFile '{s_sample}'").Single();
        PSObject[] items = [.. session.InvokeClean($"Get-PstItem '{s_sample}'")];
        List<DateTime> times = [.. items.Select(i => i.Properties["Time"].Value).OfType<DateTime>()];

        Assert.Equal(times.Min(), own.Properties["OldestItem"].Value);
        Assert.Equal(times.Max(), own.Properties["NewestItem"].Value);
        Assert.Equal("NothingFound", own.Properties["Health"].Value.ToString());
        string real = TestData.Path("pst/dist-list.pst");
        Assert.Equal("Outlook 12.0 15.0", session.InvokeClean($"Get-PstFile '{real}' | ForEach-Object {{ \"$($_.Writer) $($_.ItemVersions)\" }}").Single().ToString());
    }

    [Fact]
    public void Folders_are_counted_under_verbose()
    {
        using EngineSession session = StagedModule.Import();
        string[] lines = [.. session.InvokeClean($"Get-PstItem '{s_sample}' -Folder Inbox -Verbose 4>&1").Select(o => o.BaseObject).OfType<VerboseRecord>().Select(v => v.Message)];

        Assert.Contains(lines, l => l.Contains("expected", StringComparison.Ordinal) && l.Contains("0 damaged", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_left_of_deleted_items_is_told_for_what_it_is_and_not_as_damage_to_the_file()
    {
        using EngineSession session = StagedModule.Import();
        string real = TestData.Path("pst/SampleOstFile.ost");
        PSObject[] found = [.. session.InvokeClean($"Get-PstItem '{real}' -IncludeDeleted -WarningVariable w -WarningAction SilentlyContinue | Where-Object IsRecovered")];
        string[] warnings = [.. session.InvokeClean("$w | ForEach-Object Message").Select(w => w.ToString())];

        Assert.All(found, i => Assert.Equal(("Fragment", true), ((string)i.Properties["Recovery"].Value, (bool)i.Properties["IsDamaged"].Value)));
        Assert.Contains("The file itself is not damaged", Assert.Single(warnings, w => w.Contains("recovered", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.DoesNotContain(warnings, w => w.Contains("place(s)", StringComparison.Ordinal));
        // Of one nothing is left to show.
        Assert.Contains("(IsDamaged)", session.Show($"Get-PstItem '{real}' -IncludeDeleted -WarningAction Ignore | Where-Object IsRecovered"), StringComparison.Ordinal);
        Assert.All(session.InvokeClean($"Get-PstItem '{s_sample}'"), i => Assert.Null(i.Properties["Recovery"].Value));
    }
}
