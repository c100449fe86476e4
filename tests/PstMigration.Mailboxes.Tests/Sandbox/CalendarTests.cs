#if NET
using PstMigration.Mapi;
using PstMigration.Sandbox;
using Xunit;

namespace PstMigration.Mailboxes.Tests.Sandbox;

/// <summary>Calendar items and tasks go into the mailbox and come back. On systems without Windows' names of time zones (mono) there is no service to ask.</summary>
public sealed class CalendarTests
{
    private static readonly DateTime s_first = new(2026, 3, 2, 9, 30, 0);

    [Theory]
    [InlineData("Tokyo Standard Time")]
    [InlineData("W. Europe Standard Time")]
    [InlineData("UTC")]
    public async Task An_appointment_comes_back_as_it_was(string zone)
    {
        using SandboxFixture sandbox = new();
        MapiItem sent = Appointment(zone);

        WriteResult result = await ImportAsync(sandbox, sent);
        AppointmentDetails back = (await ReadAsync(sandbox)).Details;

        Assert.Empty(result.Losses);
        AppointmentDetails was = (AppointmentDetails)ItemDetails.Read(sent);
        Assert.Equal((was.Start, was.End, was.IsAllDay, was.BusyStatus, was.Location, was.Subject), (back.Start, back.End, back.IsAllDay, back.BusyStatus, back.Location, back.Subject));
        Assert.Equal((was.TimeZone?.Name, was.Reminder, was.Sensitivity, was.Importance), (back.TimeZone?.Name, back.Reminder, back.Sensitivity, back.Importance));
        Assert.Equal(was.Categories, back.Categories);
        Assert.Equal(0, sandbox.Mailbox.InvitationsSent);
    }

    [Theory]
    [InlineData("Romance", "Romance Standard Time")]
    [InlineData("Central European", "Central European Standard Time")]
    [InlineData("Amsterdam, Berlin, Bern, W.", "W. Europe Standard Time")]
    public void Of_zones_with_the_same_clocks_the_description_chooses(string description, string name)
    {
        TimeZoneStruct rules = ZoneRules.Of(TimeZoneInfo.FindSystemTimeZoneById("W. Europe Standard Time"), 2026);

        Assert.Equal(name, WindowsZones.ByRules(rules, description, 2026));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_whole_day_stays_that_day(bool isMidnight)
    {
        using SandboxFixture sandbox = new(new SandboxBehaviour { AnswersDaysAsMidnight = isMidnight });
        MapiItem sent = Appointment("Tokyo Standard Time");
        PropertyBag p = sent.Properties;
        p.Set(CalendarNames.IsAllDay, true);
        p.Set(CalendarNames.Start, new DateTimeOffset(2026, 3, 1, 15, 0, 0, TimeSpan.Zero));
        p.Set(CalendarNames.End, new DateTimeOffset(2026, 3, 2, 15, 0, 0, TimeSpan.Zero));

        WriteResult result = await ImportAsync(sandbox, sent);
        AppointmentDetails back = (await ReadAsync(sandbox)).Details;

        Assert.Empty(result.Losses);
        Assert.True(back.IsAllDay);
        Assert.Equal(p.GetTime(CalendarNames.Start), back.Start);
        Assert.Equal(p.GetTime(CalendarNames.End), back.End);
    }

    public static TheoryData<string> Patterns => new(s_patterns.Keys);

    [Theory]
    [MemberData(nameof(Patterns))]
    public async Task A_series_comes_back_with_its_left_out_and_changed_days(string name)
    {
        using SandboxFixture sandbox = new();
        AppointmentRecurrence series = Series(s_patterns[name]);
        MapiItem sent = Appointment("W. Europe Standard Time", series);

        WriteResult result = await ImportAsync(sandbox, sent);
        (MapiItem item, AppointmentDetails back) = await ReadAsync(sandbox);

        Assert.Empty(result.Losses);
        Assert.Equal(sent.Properties.GetBinary(CalendarNames.Recurrence), item.Properties.GetBinary(CalendarNames.Recurrence));
        Assert.Equal(
            ((AppointmentDetails)ItemDetails.Read(sent)).Occurrences().Take(40).Select(o => (o.Start, o.End, o.Subject)),
            back.Occurrences().Take(40).Select(o => (o.Start, o.End, o.Subject)));
        // Each changed day is an item of its own among the attachments too.
        Assert.Equal(series.Exceptions.Count, item.Attachments.Count);
    }

    [Fact]
    public async Task What_people_change_in_the_mailbox_counts()
    {
        using SandboxFixture sandbox = new();
        AppointmentRecurrence series = Series(s_patterns["weekly"]);
        await ImportAsync(sandbox, Appointment("W. Europe Standard Time", series));
        using System.Net.Http.HttpClient other = new(sandbox.Mailbox.CreateHandler());
        string list = await other.GetStringAsync(new Uri("https://sandbox.invalid/v1.0/me/events"));
        string id = System.Text.Json.JsonDocument.Parse(list).RootElement.GetProperty("value")[0].GetProperty("id").GetString()!;
        const string Change = """{"start":{"dateTime":"2026-03-02T11:00:00","timeZone":"W. Europe Standard Time"},"end":{"dateTime":"2026-03-02T12:00:00","timeZone":"W. Europe Standard Time"}}""";
        using System.Net.Http.StringContent body = new(Change, System.Text.Encoding.UTF8, "application/json");

        using System.Net.Http.HttpResponseMessage answer = await other.PatchAsync(new Uri("https://sandbox.invalid/v1.0/me/events/" + id), body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        AppointmentDetails back = (await ReadAsync(sandbox)).Details;

        Assert.Equal(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero), back.Start);
        Assert.Equal(11 * 60, back.Recurrence!.StartOffset);
        Assert.Equal(series.Pattern.DeletedDates, back.Recurrence.Pattern.DeletedDates);
    }

    [Fact]
    public async Task Nobody_is_invited_and_everybody_comes_back()
    {
        using SandboxFixture sandbox = new();
        MapiItem sent = Appointment("Tokyo Standard Time");
        sent.Properties.Set(CalendarNames.StateFlags, 3);
        sent.Properties.Set(PropertyTags.Body, "Bring the figures.");
        Items.Author(sent.Properties, "Anna", "anna@contoso.example");
        sent.Recipients.Add(Items.Recipient(RecipientKind.To, "Bernd", "bernd@contoso.example"));
        sent.Recipients.Add(Items.Recipient(RecipientKind.Cc, "千尋", "chihiro@contoso.example"));

        WriteResult result = await ImportAsync(sandbox, sent);
        (MapiItem item, AppointmentDetails back) = await ReadAsync(sandbox);

        Assert.Equal(0, sandbox.Mailbox.InvitationsSent);
        Assert.Equal(["Field: Attendees", "Field: Organizer"], Items.Losses(result.Losses));
        Assert.Equal(["bernd@contoso.example", "chihiro@contoso.example"], back.Attendees.Select(a => a.Smtp));
        Assert.Equal("anna@contoso.example", back.Organizer.Smtp);
        Assert.True(back is { IsMeeting: true, IsReceived: true });
        Assert.Equal("Bring the figures.", item.Properties.GetString(PropertyTags.Body));
        using System.Net.Http.HttpClient other = new(sandbox.Mailbox.CreateHandler());
        string seen = await other.GetStringAsync(new Uri("https://sandbox.invalid/v1.0/me/events"));
        Assert.Contains("bernd@contoso.example", seen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(300, false)]
    [InlineData(300, true)]
    [InlineData(1500, false)]
    public async Task Everybody_of_a_large_meeting_comes_back_so_that_it_counts_as_unchanged(int count, bool isHtml)
    {
        using SandboxFixture sandbox = new();
        MapiItem sent = LargeMeeting(count);
        if (isHtml)
        {
            sent.Properties.Set(PropertyTags.BodyHtml, System.Text.Encoding.UTF8.GetBytes("<html><body><p>Figures of the quarter</p></body></html>"));
            sent.Properties.Set(PropertyTags.InternetCodepage, 65001);
        }

        WriteResult result = await ImportAsync(sandbox, sent);
        (MapiItem item, AppointmentDetails back) = await ReadAsync(sandbox);

        // Of so many not everything else is kept, and that is said.
        Assert.Equal(count < 1000 ? ["Field: Attendees"] : ["Field: Attendees", "Field: AttendeeDetails"], Items.Losses(result.Losses));
        Assert.Equal(((AppointmentDetails)ItemDetails.Read(sent)).Attendees.Select(a => (a.Role, a.Name, a.Smtp, a.IsOrganizer)), back.Attendees.Select(a => (a.Role, a.Name, a.Smtp, a.IsOrganizer)));
        Assert.Equal(MeetingResponse.Accepted, back.Attendees[1].Response);
        Assert.Equal(ItemDigester.Content(sent, TestContext.Current.CancellationToken).Hex, ItemDigester.Content(item, TestContext.Current.CancellationToken).Hex);
    }

    [Fact]
    public async Task Whoever_does_not_fit_is_said()
    {
        using SandboxFixture sandbox = new();

        WriteResult result = await ImportAsync(sandbox, LargeMeeting(5000));
        (_, AppointmentDetails back) = await ReadAsync(sandbox);

        Assert.Contains("Field: AttendeesLeftOut", Items.Losses(result.Losses));
        Assert.InRange(back.Attendees.Count, 2000, 4999);
    }

    private static MapiItem LargeMeeting(int count)
    {
        MapiItem item = Appointment("Tokyo Standard Time");
        item.Properties.Set(CalendarNames.StateFlags, 1);
        Items.Author(item.Properties, "Anna", "anna@contoso.example");
        for (int i = 0; i < count; i++)
        {
            // As Exchange has them: an address within the organisation, and the other beside it.
            string alias = "participant" + i.ToString("00000", System.Globalization.CultureInfo.InvariantCulture);
            MapiRecipient recipient = Items.Recipient(i % 3 == 2 ? RecipientKind.Cc : RecipientKind.To, "参加者 \"" + alias + "\"", "/o=ExchangeLabs/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn=" + alias, "EX");
            recipient.Properties.Set(PropertyTags.SmtpAddress, alias + "@contoso.example");
            recipient.Properties.Set(CalendarNames.TrackStatus, 3);
            recipient.Properties.Set(PropertyTags.RecipientFlags, i == 0 ? 3 : 1);
            item.Recipients.Add(recipient);
        }

        return item;
    }

    [Fact]
    public async Task A_run_that_was_killed_among_the_changed_days_is_completed()
    {
        using SandboxFixture sandbox = new();
        AppointmentRecurrence series = Series(s_patterns["weekly"]);
        MapiItem sent = Appointment("W. Europe Standard Time", series);
        sandbox.Mailbox.Faults.Add(new SandboxFault { Method = "PATCH", StatusCode = 507, Code = "ErrorQuotaExceeded" });
        IItemTarget target = await sandbox.TargetAsync();
        TargetFolder folder = await sandbox.OpenAsync(target, "Calendar", FolderRole.Calendar, "IPF.Appointment");
        await Assert.ThrowsAsync<MailboxException>(() => sandbox.WriteAsync(target, folder, sent, Items.Provenance()));

        WriteResult again = await ImportAsync(sandbox, sent);
        List<(SourceFolder Folder, SourceItem Listed, MapiItem Item)> all = await sandbox.ExportAsync();

        Assert.Empty(again.Losses);
        MapiItem item = Assert.Single(all).Item;
        Assert.Equal(sent.Properties.GetBinary(CalendarNames.Recurrence), item.Properties.GetBinary(CalendarNames.Recurrence));
    }

    [Fact]
    public async Task A_create_whose_answer_was_lost_is_found_and_not_sent_again()
    {
        using SandboxFixture sandbox = new();
        sandbox.Mailbox.Faults.Add(new SandboxFault { Method = "POST", Path = "/events", StatusCode = 504, Point = SandboxFaultPoint.AfterCommit });
        sandbox.Mailbox.Faults.Add(new SandboxFault { Method = "POST", Path = "/tasks", StatusCode = null, Point = SandboxFaultPoint.AfterCommit });

        await ImportAsync(sandbox, Appointment("Tokyo Standard Time"));
        await sandbox.ImportAsync(Work(), Items.Provenance("0x200044"), "Tasks", FolderRole.Tasks, "IPF.Task");

        Assert.Equal(2, (await sandbox.ExportAsync()).Count);
    }

    [Fact]
    public async Task A_task_comes_back_with_what_To_Do_has_no_place_for()
    {
        using SandboxFixture sandbox = new();
        MapiItem sent = Work();

        WriteResult result = await sandbox.ImportAsync(sent, path: "Tasks", role: FolderRole.Tasks, containerClass: "IPF.Task");
        (_, SourceItem listed, MapiItem item) = Assert.Single(await sandbox.ExportAsync());
        TaskDetails was = (TaskDetails)ItemDetails.Read(sent);
        TaskDetails back = (TaskDetails)ItemDetails.Read(item);

        Assert.Equal(["Field: PercentComplete", "Field: TotalWork", "Field: Owner"], Items.Losses(result.Losses));
        Assert.Equal((was.Subject, was.State, was.PercentComplete, was.StartDate, was.DueDate), (back.Subject, back.State, back.PercentComplete, back.StartDate, back.DueDate));
        Assert.Equal((was.Owner, was.EstimatedEffort, was.Importance, was.Reminder), (back.Owner, back.EstimatedEffort, back.Importance, back.Reminder));
        Assert.Equal("Pack", item.Properties.GetString(PropertyTags.Body));
        Assert.Equal(Items.Bytes(1000), Assert.Single(item.Attachments).Content!.ToArray());
        Assert.Equal("IPM.Task", listed.Summary.MessageClass);
    }

    [Fact]
    public async Task A_second_run_finds_everything()
    {
        using SandboxFixture sandbox = new();
        IItemTarget target = await sandbox.TargetAsync();
        TargetFolder calendar = await sandbox.OpenAsync(target, "Team/Travel", FolderRole.None, "IPF.Appointment");
        TargetFolder tasks = await sandbox.OpenAsync(target, "Team/Duties", FolderRole.None, "IPF.Task");
        Assert.Equal("Team - Travel", calendar.Path.Name);
        foreach (IItemTarget run in new[] { target, await sandbox.TargetAsync() })
        {
            Assert.Equal(run == target ? ItemFate.Copied : ItemFate.AlreadyThere, (await sandbox.WriteAsync(run, calendar, Appointment("Tokyo Standard Time", Series(s_patterns["daily"])), Items.Provenance())).Fate);
            Assert.Equal(run == target ? ItemFate.Copied : ItemFate.AlreadyThere, (await sandbox.WriteAsync(run, tasks, Work(), Items.Provenance("0x200044"))).Fate);
        }

        Assert.Equal(["Team - Travel", "Team - Duties"], (await sandbox.ExportAsync()).Select(i => i.Folder.Path.Name));
    }

    /// <summary>Each differing occurrence takes two requests and a model of its own: 60,000 took half a gigabyte, a million no end.</summary>
    [Theory]
    [InlineData(1_000_000, 0)]
    [InlineData(500, 60_000)]
    [InlineData(600, 400)]
    public void Of_very_many_differing_occurrences_the_last_are_taken(int deleted, int changed)
    {
        DateTime first = s_first.Date;
        AppointmentRecurrence series = new()
        {
            Pattern = new RecurrencePattern { StartDate = first, DeletedDates = [.. Enumerable.Range(0, deleted).Select(i => first.AddDays(i))] },
            EndOffset = 60,
            Exceptions = [.. Enumerable.Range(deleted, changed).Select(i => first.AddDays(i)).Select(d => new AppointmentException { OriginalStart = d, Start = d.AddHours(1), End = d.AddHours(2), Subject = "Moved" })],
        };
        MapiItem item = Appointment("UTC", series);
        long before = GC.GetAllocatedBytesForCurrentThread();

        EventPlan plan = EventPlan.Create(item, Items.Provenance(), MessageDetail.Full, _ => 0);

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(1000, plan.Exceptions.Count);
        Assert.Equal(first.AddDays(deleted + changed - 1), plan.Exceptions[^1].Original);
        Assert.Equal(deleted + changed > 1000, plan.Losses.Contains(new ItemLoss(LossKind.TooLarge, "Occurrences")));
        Assert.InRange(allocated, 0, 200_000_000);
    }

    internal static readonly Dictionary<string, RecurrencePattern> s_patterns = new()
    {
        ["daily"] = new() { Frequency = RecurrenceFrequency.Daily, PatternType = RecurrencePatternType.Day, Interval = 2, StartDate = s_first.Date, End = RecurrenceEnd.Count, OccurrenceCount = 20, EndDate = s_first.Date.AddDays(38) },
        ["weekly"] = new() { Frequency = RecurrenceFrequency.Weekly, PatternType = RecurrencePatternType.Week, Days = WeekDays.Monday | WeekDays.Thursday, Interval = 2, FirstDayOfWeek = DayOfWeek.Monday, StartDate = s_first.Date },
        ["monthly"] = new() { Frequency = RecurrenceFrequency.Monthly, PatternType = RecurrencePatternType.Month, DayOfMonth = 2, StartDate = s_first.Date, End = RecurrenceEnd.Date, EndDate = new DateTime(2028, 3, 2), OccurrenceCount = 25 },
        ["monthly nth"] = new() { Frequency = RecurrenceFrequency.Monthly, PatternType = RecurrencePatternType.MonthNth, Days = WeekDays.Monday, Nth = 1, StartDate = s_first.Date },
        ["yearly"] = new() { Frequency = RecurrenceFrequency.Yearly, PatternType = RecurrencePatternType.Month, DayOfMonth = 2, Interval = 12, StartDate = s_first.Date },
        ["yearly nth"] = new() { Frequency = RecurrenceFrequency.Yearly, PatternType = RecurrencePatternType.MonthNth, Days = WeekDays.Monday, Nth = 1, Interval = 12, StartDate = s_first.Date },
    };

    internal static AppointmentRecurrence Series(RecurrencePattern pattern)
    {
        DateTime[] days = [.. RecurrenceCalculator.Days(pattern).Take(4)];
        return new AppointmentRecurrence
        {
            Pattern = pattern with { DeletedDates = [days[1], days[2]], ModifiedDates = [days[2]] },
            StartOffset = (9 * 60) + 30,
            EndOffset = (10 * 60) + 30,
            Exceptions =
            [
                new AppointmentException { OriginalStart = days[2].AddHours(9.5), Start = days[2].AddHours(14), End = days[2].AddHours(16), Subject = "Moved", Location = "京都", BusyStatus = 3, Reminder = false },
            ],
        };
    }

    internal static MapiItem Appointment(string zone, AppointmentRecurrence? series = null)
    {
        TimeZoneInfo info = TimeZoneInfo.FindSystemTimeZoneById(zone);
        TimeZoneStruct rules = ZoneRules.Of(info, 2026);
        byte[] definition = new TimeZoneDefinition(zone, [new TimeZoneRule(true, true, 1601, rules)]).ToArray();
        MapiItem item = new();
        PropertyBag p = item.Properties;
        p.Set(PropertyTags.MessageClass, "IPM.Appointment");
        p.Set(PropertyTags.Subject, "Review");
        p.Set(PropertyTags.MessageFlags, 1);
        p.Set(PropertyTags.Body, "Figures of the quarter");
        p.Set(PropertyTags.Importance, 2);
        p.Set(PropertyTags.Sensitivity, 2);
        p.Set(PropertyNames.Keywords, ["Work", "四半期"]);
        p.Set(CalendarNames.Location, "Room 5");
        p.Set(CalendarNames.BusyStatus, 3);
        p.Set(CalendarNames.Start, new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(s_first, info), TimeSpan.Zero));
        p.Set(CalendarNames.End, new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(s_first.AddHours(1), info), TimeSpan.Zero));
        p.Set(CalendarNames.IsReminderSet, true);
        p.Set(CalendarNames.ReminderMinutes, 45);
        p.Set(CalendarNames.StartZone, definition);
        p.Set(CalendarNames.EndZone, definition);
        if (series is not null)
        {
            p.Set(CalendarNames.Recurrence, series.ToArray());
            p.Set(CalendarNames.IsRecurring, true);
            p.Set(CalendarNames.RecurrenceZone, definition);
            p.Set(CalendarNames.TimeZoneStruct, rules.ToArray());
        }

        return item;
    }

    internal static MapiItem Work()
    {
        MapiItem item = new(attachments: [Items.File("list.bin", Items.Bytes(1000))]);
        PropertyBag p = item.Properties;
        p.Set(PropertyTags.MessageClass, "IPM.Task");
        p.Set(PropertyTags.Subject, "Move house");
        p.Set(PropertyTags.Body, "Pack");
        p.Set(PropertyTags.MessageFlags, 1);
        p.Set(PropertyTags.Importance, 2);
        p.Set(TaskNames.Status, 1);
        p[TaskNames.PercentComplete] = PropertyValue.FromDouble(0.25);
        p.Set(TaskNames.Start, new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero));
        p.Set(TaskNames.Due, new DateTimeOffset(2026, 4, 30, 0, 0, 0, TimeSpan.Zero));
        p.Set(new PropertyName(PropertySets.Task, 0x8111), 600);
        p.Set(new PropertyName(PropertySets.Task, 0x811F), "Anna");
        p.Set(CalendarNames.IsReminderSet, true);
        p.Set(CalendarNames.ReminderTime, new DateTimeOffset(2026, 4, 29, 8, 0, 0, TimeSpan.Zero));
        p.Set(CalendarNames.ReminderSignal, new DateTimeOffset(2026, 4, 29, 8, 0, 0, TimeSpan.Zero));
        return item;
    }

    private static Task<WriteResult> ImportAsync(SandboxFixture sandbox, MapiItem item) =>
        sandbox.ImportAsync(item, path: "Calendar", role: FolderRole.Calendar, containerClass: "IPF.Appointment");

    private static async Task<(MapiItem Item, AppointmentDetails Details)> ReadAsync(SandboxFixture sandbox)
    {
        MapiItem item = Assert.Single(await sandbox.ExportAsync()).Item;
        return (item, (AppointmentDetails)ItemDetails.Read(item));
    }
}
#endif
