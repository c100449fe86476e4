using System.Globalization;
using System.Text;
using PstMigration.Formats.Tests.Mime;
using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Formats.Tests.ForeignMail;

/// <summary>Invitations as calendar programs and services write them.</summary>
public sealed class CalendarFileTests
{
    private static readonly TimeZoneInfo s_tokyo = TimeZoneInfo.CreateCustomTimeZone("Asia/Tokyo", TimeSpan.FromHours(9), "Tokyo", "Tokyo");
    private static readonly MimeImportOptions s_inTokyo = new() { TimeZone = s_tokyo };

    [Fact]
    public void The_description_is_the_text_where_there_is_no_other()
    {
        MapiItem item = Corpus.Read("B09-ics-desc.eml");

        Assert.Equal("Dial in: https://example.com/j/123\r\nPIN 9876", Corpus.Text(item));
        Assert.Equal("IPM.Schedule.Meeting.Request", item.MessageClass);
        Assert.Empty(item.Attachments);
    }

    [Fact]
    public void A_text_of_the_message_is_better()
    {
        MapiItem item = Corpus.ReadText(
            "From: a@b.c\r\nSubject: x\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n--a\r\n\r\nwritten\r\n--a\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\n"
            + Event("DTSTART:20150710T000000Z\r\nDESCRIPTION:said\r\n") + "--a--\r\n");

        Assert.Equal("written", Corpus.Text(item));
    }

    [Fact]
    public void Html_of_the_calendar_is_read_too()
    {
        MapiItem item = Invitation("DTSTART:20150710T000000Z\r\nX-ALT-DESC;FMTTYPE=text/html:<b>Dial\\, in</b>\r\n");

        Assert.Equal("<b>Dial, in</b>", Corpus.Html(item));
        Assert.Equal("Dial, in", Corpus.Text(item));
    }

    [Fact]
    public void Organizer_and_attendees_are_those_of_the_calendar()
    {
        MapiItem item = Corpus.Read("B09-ics-desc.eml");

        Assert.Equal(("Org Anizer", "org@example.jp"), (ItemParty.Author(item.Properties).Name, ItemParty.Author(item.Properties).Smtp));
        Assert.Equal("a@example.jp", ItemParty.Sender(item.Properties).Smtp);
        Assert.Equal(["b@example.com", "carol@example.com"], item.Recipients.Select(r => r.SmtpAddress));
        Assert.Equal([null, 3], item.Recipients.Select(r => r.Properties.GetInt32(CalendarNames.TrackStatus)));
        Assert.Equal("b@example.com; Carol", item.Properties.GetString(PropertyTags.DisplayTo));
    }

    [Fact]
    public void Attendees_have_their_places()
    {
        MapiItem item = Invitation(
            "DTSTART:20150710T000000Z\r\nORGANIZER:MAILTO:a@b.c\r\nATTENDEE;ROLE=OPT-PARTICIPANT;CN=\"Foo, Ben\":mailto:ben@b.c\r\nATTENDEE;CUTYPE=ROOM:mailto:room@b.c\r\n"
            + "ATTENDEE;CN=No Address:invalid:nomail\r\nATTENDEE;EMAIL=e@b.c;CN=E:urn:uuid:1\r\nATTENDEE:mailto:a@b.c\r\n");

        Assert.Equal(
            [(RecipientKind.Cc, "Foo, Ben", "ben@b.c"), (RecipientKind.Bcc, "room@b.c", "room@b.c"), (RecipientKind.To, "E", "e@b.c")],
            item.Recipients.Select(r => (r.Kind, r.DisplayName, r.SmtpAddress ?? "")));
        Assert.Equal("a@b.c", ItemParty.Author(item.Properties).Smtp);
    }

    [Fact]
    public void An_answer_keeps_who_sent_it()
    {
        MapiItem item = Corpus.ReadText(
            "From: ben@b.c\r\nTo: boss@b.c\r\nSubject: x\r\nContent-Type: text/calendar; method=REPLY\r\n\r\n"
            + Event("DTSTART:20150710T000000Z\r\nORGANIZER:mailto:boss@b.c\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:ben@b.c\r\n").Replace("REQUEST", "REPLY"));

        Assert.Equal("IPM.Schedule.Meeting.Resp.Pos", item.MessageClass);
        Assert.Equal("ben@b.c", ItemParty.Author(item.Properties).Smtp);
        Assert.Equal(["boss@b.c"], item.Recipients.Select(r => r.SmtpAddress));
    }

    [Fact]
    public void Files_in_a_calendar_are_attachments()
    {
        MapiItem item = Invitation(
            "DTSTART:20150710T000000Z\r\nATTACH;VALUE=BINARY;ENCODING=BASE64;FMTTYPE=text/plain;X-FILENAME=a.txt:SGVs\r\n bG8=\r\n"
            + "ATTACH:http://example.com/dir/agenda.pdf?x=1\r\nATTACH:file://server/share/x\r\nATTACH:cid:part@x\r\nATTACH;ENCODING=BASE64:damaged!\r\n");

        Assert.Equal(["a.txt", "agenda.pdf.url", "link.txt", "ATT00001.txt"], item.Attachments.Select(a => a.Name));
        Assert.Equal("Hello", Corpus.ContentOf(item.Attachments[0]));
        Assert.Equal("[InternetShortcut]\r\nURL=http://example.com/dir/agenda.pdf?x=1\r\n", Corpus.ContentOf(item.Attachments[1]));
        Assert.Equal("file://server/share/x", Corpus.ContentOf(item.Attachments[2]));
    }

    [Theory]
    [InlineData("B09-ics-rdate.eml")]
    [InlineData("B09-ics-two-events.eml")]
    [InlineData("C4-cal-year1.eml")]
    [InlineData("C4-cal-9999.eml")]
    public void What_no_item_holds_stays_an_attachment_in_files(string file) => AssertAttachment(Corpus.Read(file));

    [Theory]
    [InlineData("DTSTART;TZID=Tokyo Standard Time:16010101T000000\r\n")]
    [InlineData("DTSTART:20150710T000000Z\r\nDTEND:99991231T235959Z\r\n")]
    [InlineData("DTSTART:20150710T000000Z\r\nRECURRENCE-ID:15000101T000000Z\r\n")]
    [InlineData("DTSTART:20150710T000000Z\r\nRRULE:FREQ=DAILY;COUNT=3\r\nEXDATE:00010101T000000Z\r\n")]
    [InlineData("DTSTART:20150710T000000Z\r\nRRULE:FREQ=DAILY;COUNT=3\r\nRRULE:FREQ=WEEKLY;COUNT=3\r\n")]
    [InlineData("DTSTART:20150710T000000Z\r\nRRULE:FREQ=DAILY;COUNT=3\r\nEXRULE:FREQ=WEEKLY;COUNT=3\r\n")]
    [InlineData("DTSTART:20150710T000000Z\r\nRECURRENCE-ID;RANGE=THISANDFUTURE:20150709T000000Z\r\n")]
    [InlineData("DTSTART:20150710T000000Z\r\nRECURRENCE-ID:20150709T000000Z\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:u\r\nDTSTART:20150717T000000Z\r\nRECURRENCE-ID:20150716T000000Z\r\n")]
    [InlineData("DTSTART:20150710T000000Z\r\nEND:VEVENT\r\nBEGIN:VTODO\r\nUID:t\r\nEND:VTODO\r\nBEGIN:VEVENT\r\nUID:u2\r\nDTSTART:20150711T000000Z\r\n")]
    public void What_no_item_holds_stays_an_attachment(string lines) => AssertAttachment(Invitation(lines));

    [Fact]
    public void A_year_only_the_zone_has_does_not_matter()
    {
        MapiItem item = Corpus.ReadText("From: a@b.c\r\nSubject: x\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\n" + Event("DTSTART;TZID=X:20150710T090000\r\n").Replace(
            "BEGIN:VEVENT",
            "BEGIN:VTIMEZONE\r\nTZID:X\r\nBEGIN:STANDARD\r\nDTSTART:00010101T000000\r\nTZOFFSETFROM:+0900\r\nTZOFFSETTO:+0900\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT"));

        Assert.Equal(Time("2015-07-10T00:00:00Z"), item.Properties.GetTime(CalendarNames.Start));
    }

    [Fact]
    public void The_last_year_a_program_knows_means_without_end()
    {
        MapiItem item = Invitation("DTSTART:20150710T000000Z\r\nRRULE:FREQ=DAILY;UNTIL=99991231T235959Z\r\n");

        Assert.True(AppointmentRecurrence.TryRead(item.Properties.GetBinary(CalendarNames.Recurrence)!, out AppointmentRecurrence? recurrence));
        Assert.Equal(RecurrenceEnd.Never, recurrence!.Pattern.End);
    }

    [Fact]
    public void A_whole_day_of_exchange_is_one()
    {
        MapiItem item = Corpus.Read("B09-ics-exch-allday.eml", s_inTokyo);

        Assert.True(item.Properties.GetBoolean(CalendarNames.IsAllDay));
        Assert.Equal(Time("2015-07-09T22:00:00Z"), item.Properties.GetTime(CalendarNames.Start));
        Assert.Equal(Time("2015-07-10T22:00:00Z"), item.Properties.GetTime(CalendarNames.End));
        Assert.Equal(3, item.Properties.GetInt32(CalendarNames.IntendedBusyStatus));
    }

    [Fact]
    public void A_day_without_a_zone_is_a_day_where_it_is_read()
    {
        MapiItem item = Corpus.Read("B09-ics-gmail-allday.eml", s_inTokyo);

        Assert.True(item.Properties.GetBoolean(CalendarNames.IsAllDay));
        Assert.Equal(Time("2015-07-09T15:00:00Z"), item.Properties.GetTime(CalendarNames.Start));
        Assert.Equal(Time("2015-07-10T15:00:00Z"), item.Properties.GetTime(CalendarNames.End));
        TimeZoneDefinition zone = TimeZoneDefinition.Read(item.Properties.GetBinary(CalendarNames.StartZone)!)!;
        Assert.Equal(-540, zone.Effective!.Zone.Bias);
        Assert.Equal("2015-07-10", TimeZoneInfo.ConvertTime(item.Properties.GetTime(CalendarNames.Start)!.Value, zone.ToTimeZoneInfo()!).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("DTSTART:20150710T090000\r\nDTEND:20150710T100000\r\n", "2015-07-10T00:00:00Z", false)]
    [InlineData("DTSTART:20150710T000000\r\nDTEND:20150711T000000\r\n", "2015-07-09T15:00:00Z", true)]
    [InlineData("DTSTART:20150709T150000Z\r\nDTEND:20150710T150000Z\r\nX-MICROSOFT-CDO-ALLDAYEVENT:TRUE\r\n", "2015-07-09T15:00:00Z", true)]
    [InlineData("DTSTART:20150709T150000Z\r\nDTEND:20150710T150000Z\r\nX-MICROSOFT-CDO-ALLDAYEVENT:FALSE\r\n", "2015-07-09T15:00:00Z", false)]
    [InlineData("DTSTART;VALUE=DATE:20150710\r\nDURATION:P2D\r\n", "2015-07-09T15:00:00Z", true)]
    public void Floating_times_are_those_of_the_reader(string lines, string start, bool isAllDay)
    {
        MapiItem item = Invitation(lines, s_inTokyo);

        Assert.Equal(Time(start), item.Properties.GetTime(CalendarNames.Start));
        Assert.Equal(isAllDay, item.Properties.GetBoolean(CalendarNames.IsAllDay));
    }

    [Fact]
    public void Days_left_out_of_a_series_are_in_its_zone()
    {
        MapiItem item = Invitation("DTSTART;TZID=Europe/Berlin:20150706T090000\r\nRRULE:FREQ=DAILY;COUNT=3\r\nEXDATE:20150707T090000\r\n", s_inTokyo);

        Assert.True(AppointmentRecurrence.TryRead(item.Properties.GetBinary(CalendarNames.Recurrence)!, out AppointmentRecurrence? recurrence));
        Assert.Equal([new DateTime(2015, 7, 6, 9, 0, 0), new DateTime(2015, 7, 8, 9, 0, 0)], recurrence!.Occurrences().Select(o => o.Start));
    }

    [Theory]
    [InlineData("Europe/Berlin", 2015, -60, -60, "0/10/0/5/3", "0/3/0/5/2")]
    [InlineData("America/New_York", 2015, 300, -60, "0/11/0/1/2", "0/3/0/2/2")]
    [InlineData("Australia/Sydney", 2015, -600, -60, "0/4/0/1/3", "0/10/0/1/2")]
    [InlineData("Asia/Tokyo", 2015, -540, 0, "0/0/0/0/0", "0/0/0/0/0")]
    public void A_zone_of_this_computer_has_its_rules(string id, int year, int bias, int daylight, string toStandard, string toDaylight)
    {
        TimeZoneStruct rules = ZoneRules.Of(TimeZoneInfo.FindSystemTimeZoneById(id), year);

        Assert.Equal((bias, daylight, toStandard, toDaylight), (rules.Bias, rules.DaylightBias, Show(rules.StandardDate), Show(rules.DaylightDate)));
    }

    [Fact]
    public void What_an_occurrence_has_of_its_own_and_no_place_for_is_told()
    {
        MapiItem item = Invitation(
            "DTSTART:20150706T090000Z\r\nRRULE:FREQ=DAILY;COUNT=3\r\nDESCRIPTION:all\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:u\r\nRECURRENCE-ID:20150707T090000Z\r\nDTSTART:20150707T100000Z\r\nDESCRIPTION:one\r\n");

        Assert.Equal(["Field: RecurrenceException: DESCRIPTION"], item.Losses.Select(l => l.ToString()));
    }

    [Fact]
    public void Appointments_without_an_id_get_one_of_their_own()
    {
        HashSet<string> ids = [];
        for (int i = 0; i < 5; i++)
        {
            MapiItem item = Mail.Item("Lunch", "t");
            item.Properties.Set(PropertyTags.MessageClass, "IPM.Appointment");
            item.Properties.Remove(PropertyTags.InternetMessageId);
            item.Properties.Remove(PropertyTags.ClientSubmitTime);
            item.Properties.Set(CalendarNames.Start, Mail.Sent.AddDays(i));
            item.Properties.Set(CalendarNames.End, Mail.Sent.AddDays(i).AddHours(1));
            string mime = Encoding.ASCII.GetString(Mail.Bytes(item));
            ids.Add(mime.Substring(mime.IndexOf("\nUID:", StringComparison.Ordinal), 40));
            Assert.Equal(mime, Encoding.ASCII.GetString(Mail.Bytes(item)));
        }

        Assert.Equal(5, ids.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_end_of_time_can_be_written(bool isAllDay)
    {
        MapiItem item = Mail.Item("Lunch", "t");
        item.Properties.Set(PropertyTags.MessageClass, "IPM.Appointment");
        item.Properties.Set(CalendarNames.IsAllDay, isAllDay);
        item.Properties.Set(CalendarNames.Start, new DateTimeOffset(9999, 12, 31, 23, 59, 59, TimeSpan.Zero));
        item.Properties.Set(CalendarNames.End, new DateTimeOffset(9999, 12, 31, 23, 59, 59, TimeSpan.Zero));
        foreach (TimeZoneStruct zone in new[] { new TimeZoneStruct(-840, 0, -60, new SystemTimeRule(0, 10, 0, 5, 3, 0), new SystemTimeRule(0, 3, 0, 5, 2, 0)), new TimeZoneStruct(-540, 0, 0, default, default) })
        {
            item.Properties.Set(CalendarNames.StartZone, new TimeZoneDefinition("X", [new TimeZoneRule(false, true, 2007, zone)]).ToArray());

            Assert.NotEmpty(Mail.Bytes(item));
        }
    }

    /// <summary>A calendar with a time nobody takes is refused as a whole, here too: the message goes without one, and says so.</summary>
    [Theory]
    [InlineData("7016-01-02T02:32:55Z", "7016-01-02T02:32:55Z", false)]
    [InlineData("2026-01-02T02:32:55Z", "4501-01-01T00:00:00Z", false)]
    [InlineData("1601-01-01T00:00:00Z", "1601-01-01T00:00:00Z", false)]
    [InlineData("2026-01-02T02:32:55Z", "2026-01-02T03:32:55Z", true)]
    public void A_time_no_calendar_takes_is_not_written(string start, string end, bool isWritten)
    {
        MapiItem item = Mail.Item("Lunch", "t");
        item.Properties.Set(PropertyTags.MessageClass, "IPM.Schedule.Meeting.Request");
        item.Properties.Set(CalendarNames.Start, Time(start));
        item.Properties.Set(CalendarNames.End, Time(end));

        Assert.Equal(isWritten, Encoding.ASCII.GetString(Mail.Bytes(item)).Contains("text/calendar", StringComparison.Ordinal));
        Assert.Equal(!isWritten, Mail.Losses(item).Contains(nameof(LossKind.Field), StringComparison.Ordinal));
        Assert.Empty(MimeImport.Read(Mail.Bytes(item)).Attachments);
    }

    private static void AssertAttachment(MapiItem item)
    {
        Assert.Equal("IPM.Note", item.MessageClass);
        Assert.Contains("BEGIN:VCALENDAR", Corpus.ContentOf(Assert.Single(item.Attachments)), StringComparison.Ordinal);
        Assert.False(item.Properties.Contains(CalendarNames.Start));
    }

    private static MapiItem Invitation(string lines, MimeImportOptions? options = null) =>
        Corpus.ReadText("From: a@b.c\r\nSubject: x\r\nContent-Type: text/calendar; charset=utf-8; method=REQUEST\r\n\r\n" + Event(lines), options);

    private static string Event(string lines) =>
        "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:u\r\n" + lines + "SUMMARY:S\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

    private static string Show(SystemTimeRule rule) => $"{rule.Year}/{rule.Month}/{rule.DayOfWeek}/{rule.Day}/{rule.Hour}";

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
