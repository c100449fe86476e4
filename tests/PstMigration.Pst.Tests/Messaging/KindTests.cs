using PstMigration.Mapi;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Pst.Tests.Messaging;

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

    /// <summary>Read with pypff: its part, details.txt, says <c>Final-recipient: RFC822; asposeemail.test33@aspose.com</c>.</summary>
    [Fact]
    public void A_report_that_came_as_MIME_is_about_the_recipient_in_its_part()
    {
        using PstFile file = PstFile.Open(TestData.Path("pst/passwordprotectedPST.pst"));
        ReportDetails report = Assert.IsType<ReportDetails>(ItemDetails.Read(file.OpenItem(new NodeId(0x00200144))));

        ReportRecipient recipient = Assert.Single(report.Recipients);
        Assert.Equal(("asposeemail.test33@aspose.com", 511), (recipient.Smtp, recipient.Status));
        Assert.Contains("RESOLVER.ADR.RecipNotFound", recipient.Text, StringComparison.Ordinal);
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
    public void Sticky_notes_of_another_writer()
    {
        using PstFile file = PstFile.Open(TestData.Path("pst/MapiNoteToPST_out.pst"));
        StickyNoteDetails[] notes = [.. Items(file).Select(ItemDetails.Read).OfType<StickyNoteDetails>()];
        Assert.All(notes, n => Assert.Equal("This is a blue color note", n.Text));
        Assert.Equal([StickyNoteColor.Pink, StickyNoteColor.Blue, StickyNoteColor.Pink], notes.Select(n => n.Color));
        Assert.Equal((500, 300), (notes[0].Width, notes[0].Top));
    }

    [Fact]
    public void Kinds_no_real_file_has_come_back_from_a_file_of_ours()
    {
        DateTimeOffset start = SampleItems.Start;
        RecurrencePattern daily = new() { Interval = 2, StartDate = start.Date, End = RecurrenceEnd.Count, OccurrenceCount = 3 };
        MapiItem[] items =
        [
            Item("IPM.Task", (Lid(PropertySets.Task, 0x8101), PropertyValue.FromInt32(2)), (Lid(PropertySets.Task, 0x8116), PropertyValue.FromBinary(daily.ToArray()))),
            Item("IPM.Activity", (Lid(PropertySets.Log, 0x8706), PropertyValue.FromTime(start)), (Lid(PropertySets.Log, 0x8700), PropertyValue.FromString("電話"))),
            Item("IPM.Post", (PropertyTags.ConversationTopic, PropertyValue.FromString("topic"))),
            Item("IPM.Document.txtfile", (new PropertyName(PropertySets.PublicStrings, "Title"), PropertyValue.FromString("報告"))),
            Item("REPORT.IPM.Note.NDR", (new PropertyKey(0x1001), PropertyValue.FromString("no such user"))),
            Item("IPM.DistList", (Lid(PropertySets.Address, 0x8055), PropertyValue.FromMultiple(PropertyType.MultipleBinary, new[] { new OneOffEntryId("花子", "SMTP", "hanako@example.jp").ToArray() }))),
            Item("IPM.Appointment", (Lid(PropertySets.Appointment, 0x820D), PropertyValue.FromTime(start)), (Lid(PropertySets.Appointment, 0x8216), PropertyValue.FromBinary(new AppointmentRecurrence { Pattern = daily, StartOffset = 510, EndOffset = 540 }.ToArray()))),
            Item("IPM.Contact", (Lid(PropertySets.Address, 0x802D), PropertyValue.FromString("スズキ")), (PropertyTags.Surname, PropertyValue.FromString("鈴木"))),
        ];
        items[3].Attachments.Add(SampleItems.File("報告.txt", [1, 2, 3]));
        using TemporaryFolder folder = new();
        string path = folder.File("kinds.pst");
        using (PstFileBuilder builder = PstFileBuilder.Create(path, SampleFile.Options()))
        {
            foreach (MapiItem item in items)
            {
                builder.AddItem(builder.RootFolder, item);
            }

            builder.Complete();
        }

        using PstFile file = PstFile.Open(path);
        ItemDetails[] details = [.. Items(file).Select(ItemDetails.Read)];

        TaskDetails task = Assert.IsType<TaskDetails>(details[0]);
        Assert.True(task.IsComplete);
        Assert.Equal(3, RecurrenceCalculator.Days(task.Recurrence!).Count());
        Assert.Equal(("電話", start), (Assert.IsType<JournalDetails>(details[1]).EntryType, ((JournalDetails)details[1]).Start));
        Assert.Equal("topic", Assert.IsType<PostDetails>(details[2]).ConversationTopic);
        Assert.Equal(("報告", "報告.txt"), (Assert.IsType<DocumentDetails>(details[3]).Title, ((DocumentDetails)details[3]).FileName));
        Assert.Equal("no such user", Assert.IsType<ReportDetails>(details[4]).Text);
        Assert.Equal("花子 <hanako@example.jp>", Assert.Single(Assert.IsType<DistributionListDetails>(details[5]).Members).ToString());
        Assert.Equal([start, start.AddDays(2), start.AddDays(4)], Assert.IsType<AppointmentDetails>(details[6]).Occurrences().Select(o => o.Start));
        Assert.Equal(("鈴木", "スズキ"), (Assert.IsType<ContactDetails>(details[7]).Surname, ((ContactDetails)details[7]).YomiSurname));
    }

    private static PropertyKey Lid(Guid set, uint lid) => new PropertyName(set, lid);

    private static MapiItem Item(string messageClass, params (PropertyKey Key, PropertyValue Value)[] properties)
    {
        PropertyBag bag = new();
        bag.Set(PropertyTags.MessageClass, messageClass);
        foreach ((PropertyKey key, PropertyValue value) in properties)
        {
            bag[key] = value;
        }

        return new MapiItem(bag);
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
