using System;
using System.Collections.Generic;
using System.Linq;
using PstMigration.Mapi;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Pst.Tests.Reading;

/// <summary>The typed details of real items. What is expected was read with other programs (pffexport, pypff).</summary>
public class KindTests
{
    public static IEnumerable<TheoryDataRow<string?>> Files => TestData.Files("pst", ".pst", ".ost");

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_item_of_every_file_has_details(string? name)
    {
        using PstFile file = PstFile.Open(TestData.Path(name ?? ""));
        foreach (MapiItem item in Items(file))
        {
            ItemDetails details = ItemDetails.Read(item);
            Assert.Equal(item.Subject, details.Subject);
            Assert.Equal(ItemKinds.Of(item.MessageClass), details.Kind);
            if (details is AppointmentDetails { Start: not null } appointment && item.IsOfClass("IPM.Appointment"))
            {
                Assert.NotNull(appointment.End);
                Assert.NotEmpty(appointment.Occurrences().Take(3));
            }
        }
    }

    [Fact]
    public void A_series_with_deleted_and_moved_occurrences()
    {
        // Every Tuesday at 8:00 in Los Angeles from 2016-08-02; one left out; those of the 23rd and 30th of August moved to 9:00 and 10:00.
        AppointmentDetails series = Only<AppointmentDetails>("pst/dist-list.pst", d => d.Subject == "Test appointment");

        Assert.Equal(DateTimeOffset.Parse("2016-08-02T15:00Z", null), series.Start);
        Assert.Equal((RecurrenceFrequency.Weekly, WeekDays.Tuesday), (series.Recurrence!.Pattern.Frequency, series.Recurrence.Pattern.Days));
        Assert.Equal("every Tuesday from 8:00 AM to 8:30 AM", series.RecurrenceText);
        CalendarOccurrence[] occurrences = [.. series.Occurrences().Take(20)];
        Assert.Equal(
            [DateTimeOffset.Parse("2016-08-23T16:00Z", null), DateTimeOffset.Parse("2016-08-30T17:00Z", null)],
            occurrences.Where(o => o.Exception is not null).Select(o => o.Start));
        Assert.All(occurrences, o => Assert.Equal(TimeSpan.FromMinutes(30), o.End - o.Start));

        // The clock goes back on the sixth of November.
        Assert.Contains(occurrences, o => o.Start.UtcDateTime == new DateTime(2016, 11, 1, 15, 0, 0));
        Assert.Contains(occurrences, o => o.Start.UtcDateTime == new DateTime(2016, 11, 8, 16, 0, 0));

        // 22 Tuesdays; one of the three deleted dates is gone for good, the other two are those that were moved.
        Assert.Equal(21, series.Occurrences().TakeWhile(o => o.Start.Year == 2016).Count());
    }

    [Fact]
    public void Series_of_an_offline_store_begin_when_they_say()
    {
        using PstFile file = PstFile.Open(TestData.Path("pst/outlook-com-4k.ost"));
        AppointmentDetails[] series = [.. Items(file).Where(i => ItemKinds.Of(i) == ItemKind.Appointment).Select(ItemDetails.Read)
            .OfType<AppointmentDetails>().Where(a => a.Recurrence is not null)];

        Assert.NotEmpty(series);
        foreach (AppointmentDetails one in series)
        {
            Assert.NotNull(one.TimeZone);
            DateTime pattern = one.Recurrence!.Pattern.StartDate.AddMinutes(one.Recurrence.StartOffset);
            bool isFirstLeftOut = one.Recurrence.Pattern.DeletedDates.Contains(one.Recurrence.Pattern.StartDate);
            if (!isFirstLeftOut)
            {
                Assert.Equal(one.Start!.Value.UtcDateTime, one.Occurrences().First().Start.UtcDateTime);
                Assert.Equal(pattern, one.Occurrences().First().Start.DateTime);
            }
        }
    }

    [Fact]
    public void A_distribution_list_and_its_member()
    {
        DistributionListDetails list = Only<DistributionListDetails>("pst/dist-list.pst", d => d.Kind == ItemKind.DistributionList);

        Assert.Equal("test dist list", list.Name);
        Assert.Equal("contact1@rjohnson.id.au", Assert.Single(list.Members, m => m.Kind == WrappedEntryKind.Contact).Smtp);
    }

    [Fact]
    public void Contacts()
    {
        ContactDetails contact = Only<ContactDetails>("pst/dist-list.pst", d => d.Subject == "contact name 1");
        Assert.Equal(("contact", "1", "1, contact name"), (contact.GivenName, contact.Surname, contact.FileAs));
        Assert.Equal("contact1@rjohnson.id.au", Assert.Single(contact.Emails).Smtp);

        using PstFile file = PstFile.Open(TestData.Path("pst/PersonalStorageFile1.pst"));
        ContactDetails[] all = [.. Items(file).Select(ItemDetails.Read).OfType<ContactDetails>()];
        Assert.Equal(72, all.Length);
        Assert.All(all, c => Assert.NotEqual("", c.DisplayName + c.Company));
    }

    [Fact]
    public void Notes_tasks_and_journal_of_another_writer()
    {
        StickyNoteDetails note = Only<StickyNoteDetails>("pst/MapiNoteToPST_out.pst", d => d.Kind == ItemKind.StickyNote);
        Assert.Equal(("This is a blue color note", StickyNoteColor.Blue), (note.Text, note.Color));
        Assert.NotNull(Only<TaskDetails>("pst/TaskPST.pst", d => d.Kind == ItemKind.Task));
        Assert.NotNull(Only<JournalDetails>("pst/JournalPST.pst", d => d.Kind == ItemKind.Journal));
    }

    private static T Only<T>(string path, Func<ItemDetails, bool> which)
        where T : ItemDetails
    {
        using PstFile file = PstFile.Open(TestData.Path(path));
        return Assert.IsType<T>(Items(file).Select(ItemDetails.Read).First(which));
    }

    private static IEnumerable<MapiItem> Items(PstFile file)
    {
        Stack<PstFolder> open = new([file.Root]);
        while (open.Count > 0)
        {
            PstFolder folder = open.Pop();
            foreach (PstFolder child in folder.EnumerateFolders().Where(f => !f.IsSearchFolder))
            {
                open.Push(child);
            }

            foreach (PstItemSummary summary in folder.EnumerateItems())
            {
                yield return file.OpenItem(summary.NodeId);
            }
        }
    }
}
