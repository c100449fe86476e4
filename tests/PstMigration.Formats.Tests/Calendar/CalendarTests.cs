using System.Text;
using MimeKit;
using PstMigration.Formats.Tests.Mime;
using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Formats.Tests.Calendar;

public sealed class CalendarTests
{
    private static readonly TimeZoneStruct s_pacific = new(480, 0, -60, new SystemTimeRule(0, 11, 0, 1, 2, 0), new SystemTimeRule(0, 3, 0, 2, 2, 0));
    private static readonly DateTimeOffset s_start = new(2026, 3, 2, 17, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("IPM.Schedule.Meeting.Request", "REQUEST")]
    [InlineData("IPM.Schedule.Meeting.Canceled", "CANCEL")]
    [InlineData("IPM.Schedule.Meeting.Resp.Pos", "REPLY")]
    [InlineData("IPM.Schedule.Meeting.Resp.Neg", "REPLY")]
    [InlineData("IPM.Schedule.Meeting.Resp.Tent", "REPLY")]
    public void Mail_about_a_meeting_comes_back(string messageClass, string method)
    {
        MapiItem item = Meeting(messageClass);

        byte[] bytes = Mail.Bytes(item);
        MapiItem back = MimeImport.Read(bytes);

        TextPart part = Mail.Parse(bytes).BodyParts.OfType<TextPart>().Single(t => t.ContentType.IsMimeType("text", "calendar"));
        Assert.Equal(method, part.ContentType.Parameters["method"]);
        string[] lines = part.Text.Replace("\r\n", "\n").Split('\n');
        Assert.Contains("METHOD:" + method, lines);
        Assert.All(lines, l => Assert.InRange(Encoding.UTF8.GetByteCount(l), 0, 75));
        Assert.Equal(messageClass, back.MessageClass);
        Assert.Empty(back.Attachments);
        Assert.Equal(s_start, back.Properties.GetTime(CalendarNames.Start));
        Assert.Equal(s_start.AddHours(1), back.Properties.GetTime(CalendarNames.End));
        Assert.Equal("会議室; A, B\\C", back.Properties.GetString(CalendarNames.Location));
        Assert.Equal(item.Properties.GetBinary(CalendarNames.CleanGlobalId), back.Properties.GetBinary(CalendarNames.CleanGlobalId));
        Assert.Equal(3, back.Properties.GetInt32(CalendarNames.Sequence));
        Assert.Equal(messageClass.EndsWith("Request", StringComparison.Ordinal) ? 1 : back.Properties.GetInt32(CalendarNames.BusyStatus), back.Properties.GetInt32(CalendarNames.BusyStatus));
        Assert.Equal(15, back.Properties.GetInt32(CalendarNames.ReminderMinutes));
    }

    [Fact]
    public void A_calendar_tells_when_it_was_made_and_changed()
    {
        MapiItem item = Meeting("IPM.Schedule.Meeting.Request");
        item.Properties.Set(PropertyTags.CreationTime, s_start);
        item.Properties.Set(PropertyTags.LastModificationTime, s_start.AddMinutes(1));

        string text = Mail.Write(item).BodyParts.OfType<TextPart>().Single(t => t.ContentType.IsMimeType("text", "calendar")).Text;

        Assert.Contains("\nCREATED:20260302T170000Z", text, StringComparison.Ordinal);
        Assert.Contains("\nLAST-MODIFIED:20260302T170100Z", text, StringComparison.Ordinal);
    }

    /// <summary>However its item is known ([MS-OXOCAL] 2.2.10), the calendar has it already; as a message it would be one more appointment.</summary>
    [Theory]
    [InlineData("flag")]
    [InlineData("time")]
    [InlineData("class")]
    public void A_changed_occurrence_is_no_attached_message(string mark)
    {
        MapiItem occurrence = Mail.Item();
        occurrence.Properties.Set(PropertyTags.MessageClass, OccurrenceItems.MessageClass);
        MapiAttachment attachment = Mail.Embedded(occurrence);
        switch (mark)
        {
            case "flag":
                attachment.Properties.Set(PropertyTags.AttachmentFlags, OccurrenceItems.AttachmentFlag | 8);
                break;
            case "time":
                attachment.Properties.Set(OccurrenceItems.Replaced, s_start);
                break;
            default:
                attachment.Properties.Set(PropertyTags.AttachmentHidden, true);
                break;
        }

        MapiItem item = Meeting("IPM.Appointment");
        item.Attachments.Add(attachment);

        Assert.Empty(Mail.Write(item).BodyParts.OfType<MessagePart>());
    }

    [Fact]
    public void A_series_with_exceptions_comes_back()
    {
        AppointmentException moved = new() { Start = new DateTime(2026, 3, 10, 11, 0, 0), End = new DateTime(2026, 3, 10, 12, 0, 0), OriginalStart = new DateTime(2026, 3, 9, 9, 0, 0), Subject = "Moved, 移動" };
        AppointmentRecurrence recurrence = new()
        {
            Pattern = new RecurrencePattern
            {
                Frequency = RecurrenceFrequency.Weekly,
                PatternType = RecurrencePatternType.Week,
                Days = WeekDays.Monday | WeekDays.Wednesday,
                Interval = 1,
                End = RecurrenceEnd.Count,
                OccurrenceCount = 10,
                FirstDayOfWeek = DayOfWeek.Monday,
                StartDate = new DateTime(2026, 3, 2),
                EndDate = new DateTime(2026, 4, 1),
                DeletedDates = [new DateTime(2026, 3, 4), new DateTime(2026, 3, 9)],
                ModifiedDates = [new DateTime(2026, 3, 10)],
            },
            StartOffset = 9 * 60,
            EndOffset = 10 * 60,
            Exceptions = [moved],
        };
        MapiItem item = Meeting("IPM.Schedule.Meeting.Request");
        item.Properties.Set(CalendarNames.Recurrence, recurrence.ToArray());
        item.Properties.Set(CalendarNames.RecurrenceZone, new TimeZoneDefinition("Pacific Standard Time", [new TimeZoneRule(true, true, 2007, s_pacific)]).ToArray());

        byte[] bytes = Mail.Bytes(item);
        MapiItem back = MimeImport.Read(bytes);

        string text = Mail.Parse(bytes).BodyParts.OfType<TextPart>().Single(t => t.ContentType.IsMimeType("text", "calendar")).Text;
        Assert.Contains("DTSTART;TZID=\"Pacific Standard Time\":20260302T090000", text, StringComparison.Ordinal);
        Assert.Contains("RRULE:FREQ=WEEKLY;BYDAY=MO,WE;COUNT=10;WKST=MO", text, StringComparison.Ordinal);
        Assert.Contains("EXDATE;TZID=\"Pacific Standard Time\":20260304T090000", text, StringComparison.Ordinal);
        Assert.True(AppointmentRecurrence.TryRead(back.Properties.GetBinary(CalendarNames.Recurrence)!, out AppointmentRecurrence? read));
        Assert.Equal(recurrence.Occurrences().Select(o => (o.Start, o.End, o.Exception?.Subject)), read!.Occurrences().Select(o => (o.Start, o.End, o.Exception?.Subject)));
        Assert.Equal(s_start, back.Properties.GetTime(CalendarNames.Start));
        Assert.Equal(s_pacific, TimeZoneStruct.Read(back.Properties.GetBinary(CalendarNames.TimeZoneStruct)!));
        Assert.Equal(recurrence.Pattern.EndDate, read.Pattern.EndDate);
    }

    [Fact]
    public void Any_pattern_that_is_written_is_read_as_the_same_days()
    {
        Random random = new(19);
        for (int i = 0; i < 3000; i++)
        {
            DateTime start = new DateTime(2026, 1, 1).AddDays(random.Next(700));
            RecurrencePatternType type = (RecurrencePatternType)random.Next(5);
            bool isYearly = type > RecurrencePatternType.Week && random.Next(3) == 0;
            RecurrencePattern raw = new()
            {
                Frequency = RecurrenceFrequency.Daily,
                PatternType = type,
                Days = type == RecurrencePatternType.Week ? (WeekDays)random.Next(1, 128) | (WeekDays)(1 << (int)start.DayOfWeek) : (WeekDays)random.Next(1, 128),
                DayOfMonth = type == RecurrencePatternType.MonthEnd ? 31 : random.Next(1, 32),
                Nth = random.Next(1, 6),
                Interval = isYearly ? 12 * random.Next(1, 3) : random.Next(1, 5),
                FirstDayOfWeek = (DayOfWeek)random.Next(7),
                StartDate = start,
                End = random.Next(2) == 0 ? RecurrenceEnd.Count : RecurrenceEnd.Never,
                OccurrenceCount = random.Next(1, 20),
            };
            DateTime first = RecurrenceCalculator.Days(raw).First();
            string rule = CalendarRule.Write(raw, "")!;

            RecurrencePattern? back = CalendarRule.Read(rule, first.AddHours(9), t => t.UtcDateTime);

            Assert.True(back is not null, rule);
            bool isRoomy = raw.PatternType != RecurrencePatternType.Week || first == start;
            Assert.True(!isRoomy || RecurrenceCalculator.Days(raw).Take(15).SequenceEqual(RecurrenceCalculator.Days(back!).Take(15)), rule + " from " + first);
        }
    }

    [Fact]
    public void An_appointment_is_published_and_read_from_our_own_files_alone()
    {
        MapiItem item = Meeting("IPM.Appointment");
        item.Properties.Set(CalendarNames.IsAllDay, true);
        item.Properties.Set(CalendarNames.Start, new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));
        item.Properties.Set(CalendarNames.End, new DateTimeOffset(2026, 3, 3, 8, 0, 0, TimeSpan.Zero));
        item.Properties.Set(CalendarNames.StartZone, new TimeZoneDefinition("Pacific Standard Time", [new TimeZoneRule(false, true, 2007, s_pacific)]).ToArray());
        byte[] bytes = Mail.Bytes(item);

        Assert.Contains("DTSTART;VALUE=DATE:20260301\nDTEND;VALUE=DATE:20260303", Mail.Parse(bytes).BodyParts.OfType<TextPart>().Single(t => t.ContentType.IsMimeType("text", "calendar")).Text.Replace("\r\n", "\n"), StringComparison.Ordinal);
        Assert.Equal("IPM.Appointment", MimeImport.Read(bytes, new MimeImportOptions { IsFromOwnFile = true }).MessageClass);
        MapiItem foreign = MimeImport.Read(bytes);
        Assert.Equal("IPM.Note", foreign.MessageClass);
        Assert.Single(foreign.Attachments);
    }

    /// <summary>Tickets and newsletters come with calendars to keep; they are mail, in a file as on a server.</summary>
    [Fact]
    public void A_calendar_somebody_else_published_is_a_file_of_its_mail()
    {
        const string Mail = "Subject: x\r\nContent-Type: text/calendar; method=PUBLISH\r\n\r\nBEGIN:VCALENDAR\r\nPRODID:-//Somebody//EN\r\nMETHOD:PUBLISH\r\nBEGIN:VEVENT\r\nDTSTART:20260302T090000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

        MapiItem item = MimeImport.Read(Encoding.ASCII.GetBytes(Mail), new MimeImportOptions { IsFromOwnFile = true });

        Assert.Equal("IPM.Note", item.MessageClass);
        Assert.Single(item.Attachments);
    }

    [Theory]
    [InlineData("DTSTART;TZID=Nowhere:20260302T090000\r\n")]
    [InlineData("DTSTART:20260302T090000Z\r\nRRULE:FREQ=HOURLY\r\n")]
    [InlineData("DTSTART:20260302T090000Z\r\nRRULE:FREQ=MONTHLY;BYDAY=MO;BYSETPOS=7\r\n")]
    [InlineData("SUMMARY:no start\r\n")]
    public void What_is_not_understood_stays_an_attachment(string lines)
    {
        byte[] bytes = Encoding.UTF8.GetBytes("From: a@b.c\r\nSubject: x\r\nContent-Type: text/calendar; method=REQUEST; charset=utf-8\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\n" + lines + "END:VEVENT\r\nEND:VCALENDAR\r\n");

        MapiItem item = MimeImport.Read(bytes);

        Assert.Equal("IPM.Note", item.MessageClass);
        Assert.Single(item.Attachments);
    }

    [Fact]
    public void Calendars_of_others_are_read()
    {
        string calendar = "BEGIN:VCALENDAR\r\nPRODID:-//Google Inc//Google Calendar 70.9054//EN\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\n"
            + "BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\nBEGIN:DAYLIGHT\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nDTSTART:19700329T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nEND:DAYLIGHT\r\n"
            + "BEGIN:STANDARD\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nDTSTART:19701025T030000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
            + "BEGIN:VEVENT\r\nDTSTART;TZID=Europe/Berlin:20260701T090000\r\nDURATION:PT1H30M\r\nRRULE:FREQ=MONTHLY;BYDAY=1WE;UNTIL=20261231T225959Z\r\nUID:abc@google.com\r\nLOCATION:Ber\r\n lin\r\nSUMMARY:x\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        byte[] bytes = Encoding.UTF8.GetBytes("From: a@b.c\r\nSubject: x\r\nContent-Type: text/calendar; method=REQUEST; charset=utf-8\r\n\r\n" + calendar);

        MapiItem item = MimeImport.Read(bytes);

        Assert.Equal("IPM.Schedule.Meeting.Request", item.MessageClass);
        Assert.Equal(new DateTimeOffset(2026, 7, 1, 7, 0, 0, TimeSpan.Zero), item.Properties.GetTime(CalendarNames.Start));
        Assert.Equal(90, item.Properties.GetInt32(CalendarNames.Duration));
        Assert.Equal("Berlin", item.Properties.GetString(CalendarNames.Location));
        Assert.True(GlobalObjectId.TryRead(item.Properties.GetBinary(CalendarNames.CleanGlobalId)!, out GlobalObjectId? id) && id.Uid == "abc@google.com");
        Assert.True(AppointmentRecurrence.TryRead(item.Properties.GetBinary(CalendarNames.Recurrence)!, out AppointmentRecurrence? recurrence));
        Assert.Equal([new DateTime(2026, 7, 1, 9, 0, 0), new DateTime(2026, 8, 5, 9, 0, 0)], recurrence!.Occurrences().Take(2).Select(o => o.Start));
        Assert.Equal(6, recurrence.Occurrences().Count());
    }

    [Fact]
    public void Damaged_calendars_end_in_results()
    {
        byte[] sound = Mail.Bytes(Meeting("IPM.Schedule.Meeting.Request"));
        string text = Mail.Parse(sound).BodyParts.OfType<TextPart>().Single(t => t.ContentType.IsMimeType("text", "calendar")).Text;
        Random random = new(23);
        for (int i = 0; i < 3000; i++)
        {
            StringBuilder damaged = new(text);
            for (int j = random.Next(1, 10); j > 0; j--)
            {
                damaged[random.Next(damaged.Length)] = ":;=\r\nT9Z-\"\\"[random.Next(11)];
            }

            CalendarReader.TryRead(damaged.ToString(), "", Mail.Item(), random.Next(2) == 0, TimeZoneInfo.Utc, new LossList());
        }

        Assert.False(CalendarReader.TryRead(string.Concat(Enumerable.Repeat("BEGIN:VCALENDAR\r\n", 100_000)), "", Mail.Item(), true, TimeZoneInfo.Utc, new LossList()));
    }

    private static MapiItem Meeting(string messageClass)
    {
        MapiItem item = Mail.Item("会議: 長い件名" + new string('長', 60), "Line one\r\nLine; two, three\\");
        PropertyBag p = item.Properties;
        p.Set(PropertyTags.MessageClass, messageClass);
        p.Set(CalendarNames.Start, s_start);
        p.Set(CalendarNames.End, s_start.AddHours(1));
        p.Set(CalendarNames.Location, "会議室; A, B\\C");
        p.Set(CalendarNames.CleanGlobalId, GlobalObjectId.FromUid("uid-1@example.jp").ToArray());
        p.Set(CalendarNames.Sequence, 3);
        p.Set(CalendarNames.BusyStatus, 2);
        p.Set(CalendarNames.IsReminderSet, true);
        p.Set(CalendarNames.ReminderMinutes, 15);
        return item;
    }
}
