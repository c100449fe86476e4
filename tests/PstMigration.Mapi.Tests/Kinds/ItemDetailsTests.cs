using System.Text;
using Xunit;

namespace PstMigration.Mapi.Tests.Kinds;

public sealed class ItemDetailsTests
{
    private static readonly DateTimeOffset s_start = new(2026, 3, 5, 1, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("IPM.Note", ItemKind.Message)]
    [InlineData("ipm.note.SMIME.MultipartSigned", ItemKind.Message)]
    [InlineData("", ItemKind.Message)]
    [InlineData("IPM", ItemKind.Message)]
    [InlineData("REPORT.IPM.Note.NDR", ItemKind.Report)]
    [InlineData("IPM.Schedule.Meeting.Request", ItemKind.MeetingMessage)]
    [InlineData("IPM.Appointment.Custom", ItemKind.Appointment)]
    [InlineData("IPM.OLE.CLASS.{00061055-0000-0000-C000-000000000046}", ItemKind.Appointment)]
    [InlineData("IPM.Contact", ItemKind.Contact)]
    [InlineData("IPM.DistList", ItemKind.DistributionList)]
    [InlineData("IPM.Task", ItemKind.Task)]
    [InlineData("IPM.TaskRequest.Accept", ItemKind.TaskMessage)]
    [InlineData("IPM.StickyNote", ItemKind.StickyNote)]
    [InlineData("IPM.Activity", ItemKind.Journal)]
    [InlineData("IPM.Post.Rss", ItemKind.Post)]
    [InlineData("IPM.Document.Word.Document.8", ItemKind.Document)]
    [InlineData("IPM.Configuration.UMOLK", ItemKind.Other)]
    [InlineData("IPM.Notebook", ItemKind.Other)]
    public void Classes_tell_kinds(string messageClass, ItemKind kind)
    {
        Assert.Equal(kind, ItemKinds.Of(messageClass));
        ItemDetails details = ItemDetails.Read(Item(messageClass.Length == 0 ? "IPM.Note" : messageClass));
        Assert.Equal(messageClass.Length == 0 ? ItemKind.Message : kind, details.Kind);
    }

    [Fact]
    public void What_every_item_has()
    {
        ItemDetails details = ItemDetails.Read(Item(
            "IPM.Configuration",
            (PropertyTags.Subject, PropertyValue.FromString("設定")),
            (PropertyNames.Keywords, PropertyValue.FromMultiple(PropertyType.MultipleString, new[] { "赤", "" })),
            (PropertyTags.Importance, PropertyValue.FromInt32(2)),
            (PropertyTags.Sensitivity, PropertyValue.FromInt32(3)),
            (PropertyTags.CreationTime, PropertyValue.FromTime(s_start))));

        Assert.Equal("設定", details.Subject);
        Assert.Equal(["赤"], details.Categories);
        Assert.Equal((ItemImportance.High, ItemSensitivity.Confidential, s_start), (details.Importance, details.Sensitivity, details.Created!.Value));
        Assert.Null(details.LastModified);
    }

    [Fact]
    public void A_message()
    {
        MessageDetails details = Read<MessageDetails>(Item(
            "IPM.Note",
            (PropertyTags.SentRepresentingName, PropertyValue.FromString("Boss")),
            (PropertyTags.SentRepresentingSmtpAddress, PropertyValue.FromString("boss@example.jp")),
            (PropertyTags.SenderName, PropertyValue.FromString("Secretary")),
            (PropertyTags.InternetReferences, PropertyValue.FromString("<1@x>\r\n <2@x>")),
            (PropertyTags.MessageFlags, PropertyValue.FromInt32(9)),
            (PropertyTags.FlagStatus, PropertyValue.FromInt32(2)),
            (PropertyNames.FlagRequest, PropertyValue.FromString("Follow up")),
            (Lid(PropertySets.Common, 0x8503), PropertyValue.FromBoolean(true)),
            (Lid(PropertySets.Common, 0x8560), PropertyValue.FromTime(s_start))));

        Assert.Equal(("Boss", "boss@example.jp", "Secretary"), (details.From.Name, details.From.Smtp, details.Sender.Name));
        Assert.Equal(["<1@x>", "<2@x>"], details.References);
        Assert.True(details.IsRead && details.IsDraft && details.IsFlagged && !details.IsFlagComplete);
        Assert.Equal(("Follow up", s_start), (details.FlagText, details.Reminder!.Signal));
    }

    [Fact]
    public void A_report()
    {
        MapiItem item = Item("REPORT.IPM.Note.NDR", (new PropertyKey(0x0049), PropertyValue.FromString("lost")), (new PropertyKey(0x1001), PropertyValue.FromString("no such user")));
        item.Recipients.Add(Recipient("Bob", "bob@example.com", (new PropertyKey(0x0C04), 0), (new PropertyKey(0x0C20), 511)));

        ReportDetails details = Read<ReportDetails>(item);

        Assert.Equal((ReportKind.NotDelivered, "lost", "no such user"), (details.ReportKind, details.OriginalSubject, details.Text));
        ReportRecipient recipient = Assert.Single(details.Recipients);
        Assert.Equal(("bob@example.com", 0, 511), (recipient.Smtp, recipient.Reason, recipient.Status));
        Assert.Equal(ReportKind.NotRead, Read<ReportDetails>(Item("REPORT.IPM.Note.IPNNRN")).ReportKind);
    }

    /// <summary>RFC 3464: whom it is about stands in its part; the recipients are those the report was sent to.</summary>
    [Fact]
    public void A_report_that_came_as_MIME_tells_of_those_in_its_part()
    {
        MapiItem item = Item("REPORT.IPM.Note.NDR");
        item.Recipients.Add(Recipient("Sender", "sender@example.jp"));
        item.Attachments.Add(StatusPart("message/delivery-status", """
            Reporting-MTA: dns; mx.example.jp

            Final-recipient: RFC822; bob@example.com
            Action: failed
            Status: 5.1.1 (no such user)
            Diagnostic-Code: smtp; 550 5.1.1
             no such user

            original-recipient: rfc822;<hanako@example.jp>
            X-Display-Name: 花子

            Final-Recipient: x400; /O=Example/
            Action: failed
            """));

        ReportRecipient[] recipients = [.. Read<ReportDetails>(item).Recipients];

        Assert.Equal(
            [
                new ReportRecipient("bob@example.com", "bob@example.com", null, null, 511, "550 5.1.1 no such user"),
                new ReportRecipient("花子", "hanako@example.jp", null, null, null, ""),
                new ReportRecipient("/O=Example/", null, null, null, null, ""),
            ],
            recipients);
    }

    [Theory]
    [InlineData("message/disposition-notification", "Final-Recipient: rfc822; reader@example.jp\r\nDisposition: manual-action; displayed", "reader@example.jp")]
    [InlineData("message/delivery-status", "Reporting-MTA: dns; mx.example.jp\n\nAction: failed\n", "sender@example.jp")]
    [InlineData("message/delivery-status", "\0: :\n\n \nFinal-Recipient:\n", "sender@example.jp")]
    [InlineData("text/plain", "Final-Recipient: rfc822; reader@example.jp", "sender@example.jp")]
    public void A_part_that_names_nobody_changes_nothing(string type, string text, string address)
    {
        MapiItem item = Item("REPORT.IPM.Note.IPNRN");
        item.Recipients.Add(Recipient("Sender", "sender@example.jp"));
        item.Attachments.Add(StatusPart(type, text));

        Assert.Equal(address, Assert.Single(Read<ReportDetails>(item).Recipients).Smtp);
    }

    [Fact]
    public void A_report_of_MAPI_tells_of_its_recipients()
    {
        MapiItem item = Item("REPORT.IPM.Note.NDR");
        item.Recipients.Add(Recipient("Bob", "bob@example.com", (new PropertyKey(0x0C20), 511)));
        item.Attachments.Add(StatusPart("message/delivery-status", "Final-Recipient: rfc822; other@example.jp"));

        Assert.Equal("bob@example.com", Assert.Single(Read<ReportDetails>(item).Recipients).Smtp);
    }

    [Fact]
    public void A_single_appointment_occurs_once()
    {
        AppointmentDetails details = Read<AppointmentDetails>(Appointment());

        Assert.Equal(("会議室 A", BusyStatus.OutOfOffice, true), (details.Location, details.BusyStatus, details.IsMeeting));
        CalendarOccurrence one = Assert.Single(details.Occurrences());
        Assert.Equal((s_start, s_start.AddHours(1)), (one.Start, one.End));
        Assert.Null(details.Recurrence);
        Assert.Equal(TimeSpan.FromMinutes(15), details.Reminder!.Before);
    }

    [Fact]
    public void Attendees_and_their_answers()
    {
        MapiItem item = Appointment();
        item.Recipients.Add(Recipient("Org", "org@example.jp", (PropertyTags.RecipientFlags, 3)));
        item.Recipients.Add(Recipient("花子", "hanako@example.jp", (PropertyTags.RecipientType, 2), (new PropertyKey(0x5FFF), 3)));

        IReadOnlyList<MeetingAttendee> attendees = Read<AppointmentDetails>(item).Attendees;

        Assert.Equal((true, MeetingResponse.Organizer), (attendees[0].IsOrganizer, attendees[0].Response));
        Assert.Equal((RecipientKind.Cc, false, MeetingResponse.Accepted), (attendees[1].Role, attendees[1].IsOrganizer, attendees[1].Response));
        Assert.Equal("花子 <hanako@example.jp>", attendees[1].ToString());
    }

    [Fact]
    public void A_series_follows_the_clock_of_its_zone()
    {
        // 9:00 in a zone with daylight time from the last Sunday of March: 8:00 UTC before, 7:00 after.
        TimeZoneStruct zone = new(-60, 0, -60, new SystemTimeRule(0, 10, 0, 5, 3, 0), new SystemTimeRule(0, 3, 0, 5, 2, 0));
        AppointmentRecurrence recurrence = Weekly(new DateTime(2026, 3, 20), 3, 9 * 60);
        MapiItem item = Appointment(
            (Lid(PropertySets.Appointment, 0x820D), PropertyValue.FromTime(new DateTimeOffset(2026, 3, 20, 8, 0, 0, TimeSpan.Zero))),
            (Lid(PropertySets.Appointment, 0x8216), PropertyValue.FromBinary(recurrence.ToArray())),
            (Lid(PropertySets.Appointment, 0x8233), PropertyValue.FromBinary(zone.ToArray())),
            (Lid(PropertySets.Appointment, 0x8234), PropertyValue.FromString("(GMT+1) Berlin")));

        AppointmentDetails details = Read<AppointmentDetails>(item);

        Assert.True(details.IsRecurring);
        Assert.Equal("(GMT+1) Berlin", details.TimeZone!.Name);
        Assert.Equal(
            ["2026-03-20T08:00Z", "2026-03-27T08:00Z", "2026-04-03T07:00Z"],
            details.Occurrences().Select(o => o.Start.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm'Z'", null)));
        Assert.Equal(TimeSpan.FromHours(2), details.Occurrences().Last().Start.Offset);
    }

    [Fact]
    public void Without_a_zone_the_first_occurrence_tells_the_offset()
    {
        AppointmentRecurrence recurrence = Weekly(new DateTime(2026, 3, 5), 2, 10 * 60);
        AppointmentDetails details = Read<AppointmentDetails>(Appointment((Lid(PropertySets.Appointment, 0x8216), PropertyValue.FromBinary(recurrence.ToArray()))));

        Assert.Null(details.TimeZone);
        Assert.Equal([s_start, s_start.AddDays(7)], details.Occurrences().Select(o => o.Start));
        Assert.Equal(TimeSpan.FromHours(9), details.Occurrences().First().Start.Offset);
    }

    [Fact]
    public void Changed_occurrences_carry_what_is_their_own()
    {
        DateTime first = new(2026, 3, 5, 10, 0, 0);
        AppointmentRecurrence weekly = Weekly(first.Date, 3, 10 * 60);
        AppointmentRecurrence recurrence = new()
        {
            Pattern = new RecurrencePattern
            {
                Frequency = weekly.Pattern.Frequency,
                PatternType = weekly.Pattern.PatternType,
                Days = weekly.Pattern.Days,
                StartDate = weekly.Pattern.StartDate,
                End = RecurrenceEnd.Count,
                OccurrenceCount = 3,
                DeletedDates = [first.Date, first.Date.AddDays(7)],
                ModifiedDates = [first.Date.AddDays(8)],
            },
            StartOffset = weekly.StartOffset,
            EndOffset = weekly.EndOffset,
            Exceptions =
            [
                new AppointmentException { Start = first.AddDays(8), End = first.AddDays(8).AddHours(2), OriginalStart = first.AddDays(7), Location = "別の部屋" },
            ],
        };

        CalendarOccurrence[] occurrences = [.. Read<AppointmentDetails>(Appointment(
            (Lid(PropertySets.Appointment, 0x8216), PropertyValue.FromBinary(recurrence.ToArray())))).Occurrences()];

        Assert.Equal([s_start.AddDays(8), s_start.AddDays(14)], occurrences.Select(o => o.Start));
        Assert.Equal(["別の部屋", "会議室 A"], occurrences.Select(o => o.Location));
        Assert.NotNull(occurrences[0].Exception);
    }

    [Fact]
    public void A_damaged_recurrence_leaves_the_appointment()
    {
        AppointmentDetails details = Read<AppointmentDetails>(Appointment(
            (Lid(PropertySets.Appointment, 0x8216), PropertyValue.FromBinary([4, 0x30, 4])),
            (Lid(PropertySets.Appointment, 0x8223), PropertyValue.FromBoolean(true))));

        Assert.True(details.IsRecurring);
        Assert.Null(details.Recurrence);
        Assert.Single(details.Occurrences());
    }

    [Fact]
    public void A_counter_proposal()
    {
        MapiItem item = Appointment(
            (PropertyTags.MessageClass, PropertyValue.FromString("IPM.Schedule.Meeting.Resp.Tent")),
            (Lid(PropertySets.Appointment, 0x8257), PropertyValue.FromBoolean(true)),
            (Lid(PropertySets.Appointment, 0x8250), PropertyValue.FromTime(s_start.AddDays(1))));

        MeetingMessageDetails details = Read<MeetingMessageDetails>(item);

        Assert.Equal((MeetingMessageKind.Tentative, s_start.AddDays(1), s_start), (details.MeetingKind, details.ProposedStart, details.Meeting.Start));
        Assert.Equal(MeetingMessageKind.Cancellation, Read<MeetingMessageDetails>(Item("IPM.Schedule.Meeting.Canceled")).MeetingKind);
    }

    [Fact]
    public void A_contact_with_readings()
    {
        MapiItem item = Item(
            "IPM.Contact",
            (PropertyTags.DisplayName, PropertyValue.FromString("鈴木 一郎")),
            (Lid(PropertySets.Address, 0x802C), PropertyValue.FromString("イチロウ")),
            (Lid(PropertySets.Address, 0x802D), PropertyValue.FromString("スズキ")),
            (Lid(PropertySets.Address, 0x8080), PropertyValue.FromString("鈴木 (会社)")),
            (Lid(PropertySets.Address, 0x8082), PropertyValue.FromString("SMTP")),
            (Lid(PropertySets.Address, 0x8083), PropertyValue.FromString("ichiro@example.jp")),
            (Lid(PropertySets.Address, 0x8092), PropertyValue.FromString("EX")),
            (Lid(PropertySets.Address, 0x8093), PropertyValue.FromString("/o=Org/cn=ichiro")),
            (PropertyTags.BusinessTelephone, PropertyValue.FromString("03-1234-5678")),
            (new PropertyKey(0x3A2F), PropertyValue.FromMultiple(PropertyType.MultipleString, new[] { "1", "2" })),
            (Lid(PropertySets.Address, 0x8046), PropertyValue.FromString("東京都")),
            (PropertyTags.Birthday, PropertyValue.FromTime(new DateTimeOffset(1970, 4, 30, 15, 0, 0, TimeSpan.Zero))));

        ContactDetails details = Read<ContactDetails>(item);

        Assert.Equal(("鈴木 一郎", "スズキ", "イチロウ"), (details.DisplayName, details.YomiSurname, details.YomiGivenName));
        Assert.Equal(["ichiro@example.jp", null], details.Emails.Select(e => e.Smtp));
        Assert.Equal([(PhoneKind.Business, "03-1234-5678"), (PhoneKind.Home2, "1"), (PhoneKind.Home2, "2")], details.Phones.Select(p => (p.Kind, p.Number)));
        Assert.Equal("東京都", details.BusinessAddress!.City);
        Assert.Null(details.HomeAddress);

        // Midnight of the first of May in Japan.
        Assert.Equal(new DateTime(1970, 5, 1), details.Birthday);
        Assert.False(details.HasPicture);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_distribution_list_from_lists_or_from_a_stream(bool asStream)
    {
        byte[] oneOff = new OneOffEntryId("Bob", "SMTP", "bob@example.com").ToArray();
        byte[] contact = new WrappedEntryId(0xC3, new byte[24]).ToArray();
        byte[] contactOneOff = new OneOffEntryId("花子", "SMTP", "hanako@example.jp").ToArray();
        byte[] exchange = new WrappedEntryId(0xB5, new ExchangeEntryId("/o=Org/cn=Recipients/cn=carol").ToArray()).ToArray();
        (byte[] Member, byte[] OneOff)[] members = [(oneOff, oneOff), (contact, contactOneOff), (exchange, [])];
        MapiItem item = asStream
            ? Item("IPM.DistList", (Lid(PropertySets.Address, 0x8064), PropertyValue.FromBinary(Stream(members))))
            : Item(
                "IPM.DistList",
                (Lid(PropertySets.Address, 0x8055), PropertyValue.FromMultiple(PropertyType.MultipleBinary, members.Select(m => m.Member).ToArray())),
                (Lid(PropertySets.Address, 0x8054), PropertyValue.FromMultiple(PropertyType.MultipleBinary, members.Select(m => m.OneOff).ToArray())));

        DistributionListDetails details = Read<DistributionListDetails>(item);

        Assert.Equal(["bob@example.com", "hanako@example.jp", null], details.Members.Select(m => m.Smtp));
        Assert.Equal(["Bob", "花子", "carol"], details.Members.Select(m => m.Name));
        Assert.Equal([WrappedEntryKind.OneOff, WrappedEntryKind.Contact, WrappedEntryKind.MailUser], details.Members.Select(m => m.Kind));
        Assert.Equal(24, details.Members[1].EntryId.Length);
    }

    [Fact]
    public void A_stream_that_lies_about_its_members_ends()
    {
        byte[] stream = Stream([([1, 2, 3], [])]);
        BitConverter.GetBytes(uint.MaxValue).CopyTo(stream, 12);

        Assert.InRange(Read<DistributionListDetails>(Item("IPM.DistList", (Lid(PropertySets.Address, 0x8064), PropertyValue.FromBinary(stream)))).Members.Count, 1, 3);
    }

    [Fact]
    public void A_task()
    {
        TaskDetails details = Read<TaskDetails>(Item(
            "IPM.Task",
            (Lid(PropertySets.Task, 0x8101), PropertyValue.FromInt32(1)),
            (Lid(PropertySets.Task, 0x8102), PropertyValue.FromDouble(0.25)),
            (Lid(PropertySets.Task, 0x8105), PropertyValue.FromTime(new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero))),
            (Lid(PropertySets.Task, 0x8111), PropertyValue.FromInt32(480)),
            (Lid(PropertySets.Task, 0x8116), PropertyValue.FromBinary(Weekly(new DateTime(2026, 4, 1), 2, 0).Pattern.ToArray()))));

        Assert.Equal((TaskState.InProgress, 25, false), (details.State, details.PercentComplete, details.IsComplete));
        Assert.Equal((new DateTime(2026, 4, 1), TimeSpan.FromHours(8)), (details.DueDate!.Value, details.EstimatedEffort!.Value));
        Assert.Equal(WeekDays.Wednesday, details.Recurrence!.Days);
        Assert.Null(Read<TaskDetails>(Item("IPM.Task", (Lid(PropertySets.Task, 0x8105), PropertyValue.FromTime(new DateTimeOffset(4501, 1, 1, 0, 0, 0, TimeSpan.Zero))))).DueDate);
    }

    [Fact]
    public void Notes_journal_posts_and_documents()
    {
        Assert.Equal(StickyNoteColor.Pink, Read<StickyNoteDetails>(Item("IPM.StickyNote", (Lid(PropertySets.Note, 0x8B00), PropertyValue.FromInt32(2)))).Color);
        JournalDetails journal = Read<JournalDetails>(Item(
            "IPM.Activity",
            (Lid(PropertySets.Log, 0x8712), PropertyValue.FromString("Phone call")),
            (Lid(PropertySets.Log, 0x8706), PropertyValue.FromTime(s_start)),
            (Lid(PropertySets.Log, 0x8707), PropertyValue.FromInt32(90))));
        Assert.Equal(("Phone call", s_start, TimeSpan.FromMinutes(90)), (journal.EntryType, journal.Start!.Value, journal.Duration!.Value));
        PostDetails post = Read<PostDetails>(Item("IPM.Post.Rss", (Lid(PropertySets.PostRss, 0x8904), PropertyValue.FromString("Feed"))));
        Assert.Equal("Feed", post.FeedName);
        MapiItem file = Item("IPM.Document.txtfile", (new PropertyName(PropertySets.PublicStrings, "Author"), PropertyValue.FromString("山田")));
        PropertyBag attachment = new();
        attachment.Set(PropertyTags.AttachLongFilename, "報告.txt");
        file.Attachments.Add(new MapiAttachment(attachment));
        Assert.Equal(("報告.txt", "山田"), (Read<DocumentDetails>(file).FileName, Read<DocumentDetails>(file).Author));
    }

    /// <summary>The body is where it is: text, RTF or HTML.</summary>
    [Fact]
    public void Text_of_notes_and_reports_is_that_of_the_body()
    {
        byte[] rtf = CompressedRtf.Compress(System.Text.Encoding.ASCII.GetBytes(@"{\rtf1\ansi Buy {\b milk}\par}"));
        (PropertyKey, PropertyValue)[] bodies =
        [
            (PropertyTags.Body, PropertyValue.FromString("Buy milk")),
            (PropertyTags.RtfCompressed, PropertyValue.FromBinary(rtf)),
            (PropertyTags.BodyHtml, PropertyValue.FromBinary(System.Text.Encoding.ASCII.GetBytes("<p>Buy <b>milk</b></p>"))),
        ];

        Assert.All(bodies, body =>
        {
            Assert.Equal("Buy milk", Read<StickyNoteDetails>(Item("IPM.StickyNote", body)).Text.TrimEnd());
            Assert.Equal("Buy milk", Read<ReportDetails>(Item("REPORT.IPM.Note.NDR", body)).Text.TrimEnd());
        });
        Assert.Equal("said", Read<ReportDetails>(Item("REPORT.IPM.Note.NDR", bodies[0], (new PropertyTag(0x1001, PropertyType.String), PropertyValue.FromString("said")))).Text);
    }

    [Fact]
    public void Values_of_the_wrong_type_are_absent()
    {
        foreach (string messageClass in new[] { "IPM.Note", "IPM.Appointment", "IPM.Contact", "IPM.DistList", "IPM.Task", "IPM.StickyNote", "IPM.Activity", "IPM.Post", "IPM.Document", "REPORT.IPM.Note.NDR", "IPM.Schedule.Meeting.Request" })
        {
            MapiItem item = Item(messageClass);
            foreach (Guid set in new[] { PropertySets.Common, PropertySets.Appointment, PropertySets.Task, PropertySets.Address, PropertySets.Log, PropertySets.Note, PropertySets.Meeting })
            {
                for (uint lid = 0x8000; lid < 0x8C00; lid++)
                {
                    item.Properties[Lid(set, lid)] = PropertyValue.FromGuid(set);
                }
            }

            Assert.NotNull(ItemDetails.Read(item).ToString());
        }
    }

    private static T Read<T>(MapiItem item)
        where T : ItemDetails => Assert.IsType<T>(ItemDetails.Read(item));

    private static MapiAttachment StatusPart(string type, string text)
    {
        PropertyBag p = new();
        p.Set(PropertyTags.AttachMethod, (int)AttachMethod.ByValue);
        p.Set(PropertyTags.AttachMimeTag, type);
        p.Set(PropertyTags.AttachDataBinary, Encoding.UTF8.GetBytes(text));
        return new MapiAttachment(p);
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

    private static MapiItem Appointment(params (PropertyKey Key, PropertyValue Value)[] properties) => Item(
        "IPM.Appointment",
        [
            (Lid(PropertySets.Appointment, 0x820D), PropertyValue.FromTime(s_start)),
            (Lid(PropertySets.Appointment, 0x820E), PropertyValue.FromTime(s_start.AddHours(1))),
            (Lid(PropertySets.Appointment, 0x8208), PropertyValue.FromString("会議室 A")),
            (Lid(PropertySets.Appointment, 0x8205), PropertyValue.FromInt32(3)),
            (Lid(PropertySets.Appointment, 0x8217), PropertyValue.FromInt32(1)),
            (Lid(PropertySets.Common, 0x8503), PropertyValue.FromBoolean(true)),
            (Lid(PropertySets.Common, 0x8501), PropertyValue.FromInt32(15)),
            .. properties,
        ]);

    private static MapiRecipient Recipient(string name, string address, params (PropertyKey Key, int Value)[] numbers)
    {
        PropertyBag bag = new();
        bag.Set(PropertyTags.DisplayName, name);
        bag.Set(PropertyTags.SmtpAddress, address);
        foreach ((PropertyKey key, int value) in numbers)
        {
            bag.Set(key, value);
        }

        return new MapiRecipient(bag);
    }

    private static AppointmentRecurrence Weekly(DateTime first, int count, int startMinutes) => new()
    {
        Pattern = new RecurrencePattern
        {
            Frequency = RecurrenceFrequency.Weekly,
            PatternType = RecurrencePatternType.Week,
            Days = (WeekDays)(1 << (int)first.DayOfWeek),
            StartDate = first,
            End = RecurrenceEnd.Count,
            OccurrenceCount = count,
            EndDate = first.AddDays(7 * (count - 1)),
        },
        StartOffset = startMinutes,
        EndOffset = startMinutes + 60,
    };

    private static byte[] Stream((byte[] Member, byte[] OneOff)[] members)
    {
        BlobWriter writer = new();
        writer.UInt32(1);
        writer.UInt32(0x000C1284);
        writer.UInt32(0);
        writer.Int32(members.Length);
        writer.Int32(members.Sum(m => m.Member.Length));
        writer.Int32(members.Sum(m => m.OneOff.Length));
        writer.UInt32(0);
        foreach ((byte[] member, byte[] oneOff) in members)
        {
            writer.Block(member);
            writer.Block(oneOff);
            writer.UInt32(0);
        }

        writer.Int64(0);
        return writer.ToArray();
    }
}
