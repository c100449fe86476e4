#if NET
using System.Globalization;
using PstMigration.Mapi;
using PstMigration.Sandbox;
using PstMigration.Transfer;
using PstMigration.Transfer.Tests;
using Xunit;

namespace PstMigration.Mailboxes.Tests.Sandbox;

/// <summary>What a mailbox has from elsewhere of items without a Message-ID. On systems without Windows' names of time zones (mono) there is no service to ask.</summary>
public sealed class ElsewhereTests
{
    private const string Contact = """
        {"displayName":"Anna Müller","givenName":"Anna","surname":"Müller","companyName":"Contoso","businessPhones":["+49 30 1","+49 30 2"],"mobilePhone":"+49 170 1","birthday":"1980-05-17T00:00:00Z",
        "personalNotes":"Met in Kyoto.","emailAddresses":[{"name":"Anna M","address":"anna@contoso.example"}],"businessAddress":{"city":"Berlin"},"yomiSurname":"ミュラー","categories":["Friends"],
        "singleValueExtendedProperties":[{"id":"String 0x3A24","value":"+49 30 9"},{"id":"String {00062004-0000-0000-c000-000000000046} Id 0x804F","value":"mine"}]}
        """;

    private const string Event = """
        {"subject":"Review","body":{"contentType":"html","content":"<html><body><p>Figures  of the quarter</p></body></html>"},"importance":"high","sensitivity":"private","categories":["Work","四半期"],
        "location":{"displayName":"Room 5"},"showAs":"oof","isReminderOn":true,"reminderMinutesBeforeStart":45,
        "start":{"dateTime":"2026-03-02T09:30:00","timeZone":"Tokyo Standard Time"},"end":{"dateTime":"2026-03-02T10:30:00","timeZone":"Tokyo Standard Time"}}
        """;

    private const string Series = """
        {"subject":"Review","body":{"contentType":"text","content":"Figures of the quarter"},"importance":"high","sensitivity":"private","categories":["Work","四半期"],
        "location":{"displayName":"Room 5"},"showAs":"oof","isReminderOn":true,"reminderMinutesBeforeStart":45,
        "start":{"dateTime":"2026-03-02T09:30:00","timeZone":"W. Europe Standard Time"},"end":{"dateTime":"2026-03-02T10:30:00","timeZone":"W. Europe Standard Time"},
        "recurrence":{"pattern":{"type":"weekly","interval":2,"daysOfWeek":["monday","thursday"],"firstDayOfWeek":"monday"},"range":{"type":"noEnd","startDate":"2026-03-02","recurrenceTimeZone":"W. Europe Standard Time"}}}
        """;

    private const string Task = """
        {"title":"Move house","body":{"contentType":"text","content":"Pack"},"importance":"high","status":"inProgress","startDateTime":{"dateTime":"2026-04-01T00:00:00","timeZone":"UTC"},
        "dueDateTime":{"dateTime":"2026-04-30T00:00:00","timeZone":"UTC"},"isReminderOn":true,"reminderDateTime":{"dateTime":"2026-04-29T08:00:00","timeZone":"UTC"}}
        """;

    private const string Sent = """
        {"subject":"Hello","body":{"contentType":"html","content":"<html><head><style>p{}</style></head><body><p>Guten Tag, こんにちは &amp; <b>hello</b></p></body></html>"},"isRead":true,
        "from":{"emailAddress":{"name":"Anna","address":"anna@contoso.example"}},"sender":{"emailAddress":{"name":"Anna","address":"anna@contoso.example"}},
        "toRecipients":[{"emailAddress":{"name":"Bernd","address":"bernd@contoso.example"}}],"ccRecipients":[{"emailAddress":{"name":"千尋","address":"chihiro@contoso.example"}}],
        "singleValueExtendedProperties":[{"id":"Integer 0x0E07","value":"1"},{"id":"SystemTime 0x0039","value":"2009-03-01T10:20:30Z"},{"id":"SystemTime 0x0E06","value":"2009-03-01T10:20:45Z"}]}
        """;

    public static TheoryData<string, string, string, string> Natives => new()
    {
        { "contact", "contacts", Contact, """{"mobilePhone":"+49 170 2"}""" },
        { "event", "events", Event, """{"location":{"displayName":"Room 6"}}""" },
        { "series", "events", Series, """{"showAs":"busy"}""" },
        { "sent", "mailFolders/sentitems/messages", Sent, """{"categories":["Mine"]}""" },
    };

    [Theory]
    [MemberData(nameof(Natives))]
    public async Task What_a_person_has_in_the_mailbox_does_not_come_again_and_what_they_have_changed_does(string kind, string path, string json, string change)
    {
        using SandboxFixture sandbox = new();
        string id = System.Text.Json.JsonDocument.Parse(await sandbox.SendAsync("POST", path, json)).RootElement.GetProperty("id").GetString()!;
        MemorySource file = File(Item(kind));

        Assert.Equal((0L, 1L), await CopyAsync(sandbox, file));
        Assert.Equal((0L, 1L), await CopyAsync(sandbox, file));
        Assert.Single(await sandbox.ExportAsync());

        await sandbox.SendAsync("PATCH", path.Split('/')[^1] + "/" + id, change);
        Assert.Equal((1L, 0L), await CopyAsync(sandbox, file));
        Assert.Equal((0L, 0L), await CopyAsync(sandbox, file));
        Assert.Equal(2, (await sandbox.ExportAsync()).Count);
    }

    [Fact]
    public async Task Of_mail_to_oneself_what_was_received_is_not_what_was_sent()
    {
        using SandboxFixture sandbox = new();
        await sandbox.SendAsync("POST", "mailFolders/inbox/messages", Sent.Replace("\"singleValueExtendedProperties\":[", "\"singleValueExtendedProperties\":[{\"id\":\"String 0x007D\",\"value\":\"Received: by x\"},", StringComparison.Ordinal));
        MapiItem received = Items.Mail(messageId: "<1@contoso.example>");
        Assert.Equal((1L, 0L), await CopyAsync(sandbox, File("memory:1", received)));

        Assert.Equal((2L, 0L), await CopyAsync(sandbox, File("memory:2", Item("sent"), Item("sent"))));
        Assert.Equal((0L, 3L), await CopyAsync(sandbox, File("memory:3", Item("sent"), received, Item("sent"))));
    }

    [Theory]
    [InlineData("Inbox", "Sent Items")] // mail to oneself
    [InlineData("Sent Items", "Inbox")]
    [InlineData("Inbox", "Projects")] // a copy filed beside the original
    [InlineData("Projects", "Inbox")]
    public async Task Of_equal_mail_in_two_folders_that_one_is_there_which_lies_in_the_same_folder(string first, string second)
    {
        using SandboxFixture sandbox = new();
        MemorySource Two(string store) => In(In(new MemorySource(store), first), second);
        await sandbox.ImportAsync(In(new MemorySource("memory:0"), second));

        TransferSummary summary = await sandbox.ImportNewAsync(Two("memory:1"));

        Assert.Equal((2L, 1L, 1L), (summary.Read, summary.Count(ItemFate.Copied), summary.Duplicates));
        Assert.Equal([.. new[] { first, second }.OrderBy(f => f, StringComparer.Ordinal)], await FoldersAsync(sandbox));
        Assert.Equal(2L, (await sandbox.ImportNewAsync(Two("memory:1"))).Count(ItemFate.AlreadyThere));
        Assert.Equal(2L, (await sandbox.ImportNewAsync(Two("memory:2"))).Duplicates);
        Assert.Equal(2, (await FoldersAsync(sandbox)).Count);
    }

    [Fact]
    public async Task Mail_that_was_filed_elsewhere_in_the_mailbox_is_there_though_the_file_has_both_folders()
    {
        using SandboxFixture sandbox = new();
        await sandbox.ImportAsync(In(new MemorySource("memory:0"), "Projects"));

        TransferSummary summary = await sandbox.ImportNewAsync(In(new MemorySource("memory:1").Folder("Projects").Item("another"), "Inbox"));

        Assert.Equal((2L, 1L, 1L), (summary.Read, summary.Count(ItemFate.Copied), summary.Duplicates));
        Assert.Equal(["Projects", "Projects"], await FoldersAsync(sandbox));
    }

    [Fact]
    public async Task A_task_of_a_person_is_found_with_what_To_Do_has_no_place_for_told()
    {
        using SandboxFixture sandbox = new();
        string lists = await sandbox.SendAsync("GET", "todo/lists");
        string list = System.Text.Json.JsonDocument.Parse(lists).RootElement.GetProperty("value")[0].GetProperty("id").GetString()!;
        await sandbox.SendAsync("POST", $"todo/lists/{list}/tasks", Task);
        MapiItem task = CalendarTests.Work();
        task.Attachments.Clear();

        IItemTarget target = await sandbox.TargetAsync();
        TransferSummary summary = await sandbox.ImportNewAsync(File(task), target);

        Assert.Equal((0L, 1L), (summary.Count(ItemFate.Copied), summary.Duplicates));
        Assert.Equal(1, summary.Losses[LossKind.Field]);
        Assert.Single(await sandbox.ExportAsync());
    }

    [Theory]
    [InlineData("contact")]
    [InlineData("contact with picture")]
    [InlineData("event")]
    [InlineData("day")]
    [InlineData("daily")]
    [InlineData("weekly")]
    [InlineData("monthly nth")]
    [InlineData("task")]
    [InlineData("sent")]
    [InlineData("draft")]
    public async Task Of_equal_items_in_two_files_and_in_an_export_as_many_stay_as_the_one_with_more_has(string kind)
    {
        using SandboxFixture sandbox = new();
        Assert.Equal((2L, 0L), await CopyAsync(sandbox, File("memory:1", Item(kind), Item(kind))));
        Assert.Equal((0L, 1L), await CopyAsync(sandbox, File("memory:2", Item(kind))));

        MemorySource three = File("memory:3", Item(kind), Item(kind), Item(kind));
        Assert.Equal((1L, 2L), await CopyAsync(sandbox, three));
        Assert.Equal((0L, 2L), await CopyAsync(sandbox, three));

        // As another mailbox gives them back.
        using SandboxFixture other = new();
        Assert.Equal((3L, 0L), await CopyAsync(other, three));
        MemorySource export = File("memory:export", [.. (await other.ExportAsync()).Select(i => i.Item)]);
        Assert.Equal((0L, 3L), await CopyAsync(sandbox, export));
        Assert.Equal(3, (await sandbox.ExportAsync()).Count);
    }

    [Theory]
    [InlineData("contact", 0x3A23)] // fax at home
    [InlineData("contact", 0x1000)]
    [InlineData("sent", 0x0C1F)]
    [InlineData("sent", 0x0039)]
    [InlineData("sent", 0x1000)]
    [InlineData("sent", 0x0E07)]
    [InlineData("event", 0x820E)]
    [InlineData("weekly", 0x8216)]
    [InlineData("task", 0x8102)]
    public async Task What_differs_in_one_thing_is_another_item(string kind, int property)
    {
        using SandboxFixture sandbox = new();
        await CopyAsync(sandbox, File("memory:1", Item(kind)));
        MapiItem changed = Item(kind);
        PropertyBag p = changed.Properties;
        switch (property)
        {
            case 0x3A23:
                p.Set(new PropertyTag(0x3A23, PropertyType.String), "+49 30 77");
                break;
            case 0x1000:
                p.Remove(PropertyTags.BodyHtml);
                p.Set(PropertyTags.Body, "Other words.");
                break;
            case 0x0C1F:
                Items.Author(p, "Berta", "berta@contoso.example");
                break;
            case 0x0039:
                p.Set(PropertyTags.ClientSubmitTime, Items.Sent.AddSeconds(1));
                break;
            case 0x0E07:
                p.Set(PropertyTags.MessageFlags, (int)(MessageFlags.Read | MessageFlags.Unsent));
                break;
            case 0x820E:
                p.Set(CalendarNames.End, p.GetTime(CalendarNames.End)!.Value.AddMinutes(15));
                break;
            case 0x8216:
                AppointmentRecurrence series = CalendarTests.Series(CalendarTests.s_patterns["weekly"]);
                p.Set(
                    CalendarNames.Recurrence,
                    new AppointmentRecurrence { Pattern = series.Pattern, StartOffset = series.StartOffset, EndOffset = series.EndOffset, Exceptions = [Moved(series.Exceptions[0])] }.ToArray());
                break;
            default:
                p[TaskNames.PercentComplete] = PropertyValue.FromDouble(0.5);
                break;
        }

        Assert.Equal((1L, 0L), await CopyAsync(sandbox, File("memory:2", changed)));
        Assert.Equal((0L, 1L), await CopyAsync(sandbox, File("memory:3", Item(kind))));
        Assert.Equal(2, (await sandbox.ExportAsync()).Count);
    }

    [Fact]
    public async Task Every_file_of_a_command_finds_what_the_first_one_brought()
    {
        using SandboxFixture sandbox = new();
        IItemTarget target = await sandbox.TargetAsync();
        MapiItem[] Own() => [Item("contact"), Item("sent"), Items.Mail(messageId: "<a@contoso.example>")];
        MemorySource last = File("memory:3", Own());

        Assert.Equal(3, (await sandbox.ImportNewAsync(File("memory:1", Own()), target)).Count(ItemFate.Copied));
        Assert.Equal(3, (await sandbox.ImportNewAsync(File("memory:2", Own()), target)).Duplicates);
        Assert.Equal(3, (await sandbox.ImportNewAsync(last, target)).Duplicates);
        Assert.Equal(3, (await sandbox.ImportNewAsync(last, target)).Duplicates);
        Assert.Equal(3, (await sandbox.ImportAsync(last)).Count(ItemFate.Copied));
    }

    [Fact]
    public async Task Nothing_is_opened_that_differs_in_what_a_list_tells_and_an_empty_mailbox_costs_nothing()
    {
        MemorySource Source(string store, string names)
        {
            MapiItem[] items = [.. Enumerable.Range(0, 30).SelectMany(i => new[] { Item("contact"), Item("event"), Item("task"), Item("sent") }.Select(item =>
            {
                string name = names + i.ToString(CultureInfo.InvariantCulture);
                item.Properties.Set(PropertyTags.Subject, name);
                item.Properties.Set(PropertyTags.DisplayName, name);
                return item;
            }))];
            return File(store, items);
        }

        using SandboxFixture sandbox = new();
        await sandbox.ImportAsync(Source("memory:1", "a"));
        string[] there = [.. (await sandbox.ExportAsync()).Select(i => i.Listed.Key.Id)];
        int all = await CountAsync(sandbox, () => sandbox.ImportAsync(Source("memory:2", "b")));
        int others = await CountAsync(sandbox, () => sandbox.ImportNewAsync(Source("memory:3", "c")));
        Assert.DoesNotContain(sandbox.Trace, line => there.Any(id => line.Contains(id, StringComparison.Ordinal)));
        using SandboxFixture empty = new();
        int first = await CountAsync(empty, () => empty.ImportNewAsync(Source("memory:1", "a")));
        using SandboxFixture blank = new();
        int plain = await CountAsync(blank, () => blank.ImportAsync(Source("memory:1", "a")));

        // Creates at the same time may ask the same of the service; to open every item takes 120.
        Assert.InRange(others - all, -10, 10);
        Assert.InRange(first - plain, -10, 10);

        // One that is there is opened once, however often it is found.
        IItemTarget target = await sandbox.TargetAsync();
        int opened = await CountAsync(sandbox, () => sandbox.ImportNewAsync(Source("memory:4", "a"), target));
        int again = await CountAsync(sandbox, () => sandbox.ImportNewAsync(Source("memory:5", "a"), target));
        Assert.InRange(opened, 120, 520);
        Assert.Equal(0, again);
        Assert.Equal(360, (await sandbox.ExportAsync()).Count);
    }

    [Fact]
    public async Task What_was_written_a_moment_ago_is_found_though_no_filter_finds_it_yet()
    {
        using SandboxFixture sandbox = new(options: new SandboxOptions { VisibilityDelay = TimeSpan.FromMinutes(5) });

        Assert.Equal((4L, 0L), await CopyAsync(sandbox, File("memory:1", Item("contact"), Item("event"), Item("task"), Item("sent"))));
        Assert.Equal((0L, 4L), await CopyAsync(sandbox, File("memory:2", Item("contact"), Item("event"), Item("task"), Item("sent"))));
    }

    [Theory]
    [InlineData("contact", "/contacts")]
    [InlineData("sent", "/messages")]
    [InlineData("event", "/events")]
    public async Task A_run_that_was_stopped_at_any_create_ends_with_as_many_as_one_that_was_not(string kind, string path)
    {
        foreach (SandboxFaultPoint point in new[] { SandboxFaultPoint.BeforeCommit, SandboxFaultPoint.AfterCommit })
        {
            for (int made = 0; made < 3; made++)
            {
                using SandboxFixture sandbox = new();
                await CopyAsync(sandbox, File("memory:1", Item(kind), Item(kind)));
                MemorySource five = File("memory:2", Item(kind), Item(kind), Item(kind), Item(kind), Item(kind));
                sandbox.Mailbox.Faults.Add(new SandboxFault { Method = "POST", Path = path, Skip = made, StatusCode = 507, Code = "ErrorQuotaExceeded", Point = point });
                await Assert.ThrowsAsync<MailboxException>(() => sandbox.ImportNewAsync(five));
                sandbox.Mailbox.Faults.Clear();

                await CopyAsync(sandbox, five);
                Assert.Equal((0L, 2L), await CopyAsync(sandbox, five));
                Assert.Equal(5, (await sandbox.ExportAsync()).Count);
            }
        }
    }

    [Theory]
    [InlineData("mail", "/messages", 45)] // found when the run asks again at its end
    [InlineData("mail", "/messages", 600)] // seen after the run
    [InlineData("sent", "/messages", 600)]
    [InlineData("contact", "/contacts", 45)]
    [InlineData("event", "/events", 600)]
    public async Task A_file_of_a_command_finds_what_an_earlier_one_brought_though_its_answer_was_lost(string kind, string path, int seconds)
    {
        using SandboxFixture sandbox = new(options: new SandboxOptions { VisibilityDelay = TimeSpan.FromSeconds(seconds) });
        IItemTarget target = await sandbox.TargetAsync();
        sandbox.Mailbox.Faults.Add(new SandboxFault { Method = "POST", Path = path, Point = SandboxFaultPoint.AfterCommit, StatusCode = null });
        MemorySource Of(string store) => kind == "mail" ? Mail(store) : File(store, Item(kind));
        MemorySource file = Of("memory:1");

        TransferSummary first = await sandbox.ImportNewAsync(file, target);
        TransferSummary second = await sandbox.ImportNewAsync(Of("memory:2"), target);
        TransferSummary again = await sandbox.ImportNewAsync(file, target);

        Assert.Equal(seconds < 100 ? (1L, 0L) : (0L, 1L), (first.Count(ItemFate.Copied), first.Count(ItemFate.Unsure)));
        Assert.Equal((0L, 1L), (second.Count(ItemFate.Copied), second.Duplicates));
        Assert.Equal((1L, 0L), (again.Count(ItemFate.AlreadyThere), again.Duplicates));
        sandbox.Time.Advance(TimeSpan.FromMinutes(11));
        Assert.Single(await sandbox.ExportAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_an_earlier_file_of_the_command_has_replaced_or_moved_to_the_deleted_items_is_not_there(bool isReplaced)
    {
        using SandboxFixture sandbox = new();
        MemorySource first = Mail("memory:1");
        await sandbox.ImportNewAsync(first);
        Change(first, isReplaced);

        // A newer state of the first file, and the second file, by one command, so by one target.
        IItemTarget target = await sandbox.TargetAsync();
        TransferSummary again = await sandbox.ImportNewAsync(first, target);
        TransferSummary second = await sandbox.ImportNewAsync(Mail("memory:2"), target);

        Assert.Equal(1, again.Replaced + again.Moved);
        Assert.Equal((1L, 0L), (second.Count(ItemFate.Copied), second.Duplicates));
        Assert.Equal(1, (await sandbox.ImportNewAsync(Mail("memory:3"), target)).Duplicates);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_stands_for_an_item_of_an_earlier_file_of_the_command_is_neither_replaced_nor_moved_to_the_deleted_items(bool isReplaced)
    {
        using SandboxFixture sandbox = new();
        MemorySource first = Mail("memory:1");
        await sandbox.ImportNewAsync(first);
        Change(first, isReplaced);

        IItemTarget target = await sandbox.TargetAsync();
        TransferSummary second = await sandbox.ImportNewAsync(Mail("memory:2"), target);
        TransferSummary again = await sandbox.ImportNewAsync(first, target);

        Assert.Equal(1, second.Duplicates);
        Assert.Equal(0, again.Replaced + again.Moved);
        (SourceFolder Folder, SourceItem Listed, MapiItem Item)[] there = [.. await sandbox.ExportAsync()];
        Assert.Equal(isReplaced ? 2 : 1, there.Length);
        Assert.All(there, i => Assert.Equal("Inbox", i.Folder.Path.Name));
    }

    [Fact]
    public async Task A_contact_an_earlier_file_of_the_command_has_replaced_is_not_there()
    {
        using SandboxFixture sandbox = new();
        MapiItem contact = Item("contact");
        MemorySource first = File("memory:1", contact);
        await CopyAsync(sandbox, first);
        contact.Properties.Set(PropertyTags.MobileTelephone, "+49 170 999");
        first.Items.Single().VersionText = "2";

        IItemTarget target = await sandbox.TargetAsync();
        Assert.Equal(1, (await sandbox.ImportNewAsync(first, target)).Replaced);
        Assert.Equal(1, (await sandbox.ImportNewAsync(File("memory:2", Item("contact")), target)).Count(ItemFate.Copied));
    }

    [Theory]
    [InlineData(0x3A1C)] // mobile telephone
    [InlineData(0x3A24)] // fax, which no digest of the content holds
    public async Task What_was_changed_in_an_export_is_not_there_already(int property)
    {
        using SandboxFixture sandbox = new();
        await sandbox.SendAsync("POST", "contacts", Contact);
        (SourceFolder, SourceItem Listed, MapiItem Item) exported = Assert.Single(await sandbox.ExportAsync());
        Stamp(exported.Item, exported.Listed);
        Assert.Equal((0L, 1L), await CopyAsync(sandbox, File("memory:export", exported.Item)));

        exported.Item.Properties.Set(new PropertyTag((ushort)property, PropertyType.String), "+49 170 999");

        Assert.Equal((1L, 0L), await CopyAsync(sandbox, File("memory:changed", exported.Item)));
    }

    [Fact]
    public async Task A_contact_made_from_a_copy_of_an_exported_one_comes_and_the_exported_one_does_not_come_again()
    {
        using SandboxFixture sandbox = new();
        await sandbox.SendAsync("POST", "contacts", Contact);
        (SourceFolder, SourceItem Listed, MapiItem Item) first = Assert.Single(await sandbox.ExportAsync());
        (SourceFolder, SourceItem Listed, MapiItem Item) second = Assert.Single(await sandbox.ExportAsync());
        Stamp(first.Item, first.Listed);
        Stamp(second.Item, first.Listed);

        // "New contact from same company": Outlook copies the item.
        first.Item.Properties.Set(PropertyTags.DisplayName, "Berta Maier");
        first.Item.Properties.Set(PropertyTags.Subject, "Berta Maier");
        first.Item.Properties.Set(PropertyTags.GivenName, "Berta");

        Assert.Equal((1L, 1L), await CopyAsync(sandbox, File("memory:export", first.Item, second.Item)));
        Assert.Equal(["Anna Müller", "Berta Maier"], (await sandbox.ExportAsync()).Select(i => i.Item.Subject).OrderBy(s => s, StringComparer.Ordinal));
    }

    /// <summary>As a data file has it: Outlook leaves these properties with what it changes, and copies them.</summary>
    private static void Stamp(MapiItem item, SourceItem listed)
    {
        item.Properties.Set(PropertyNames.SourceKey, listed.Key.ToString());
        item.Properties.Set(PropertyNames.SourceVersion, listed.Version!.Value.Value);
        item.Properties.Set(PropertyNames.SourceDigest, ItemDigester.Content(item).Hex);
    }

    private static MemorySource Mail(string store) => new MemorySource(store).Folder("Inbox", FolderRole.Inbox).Item("mail").Folder("Trash", FolderRole.DeletedItems);

    private static void Change(MemorySource source, bool isContent)
    {
        if (isContent)
        {
            source.Edit("mail", "other words");
        }
        else
        {
            source.Move("mail", "Trash");
        }
    }

    private static MemorySource In(MemorySource source, string folder) =>
        source.Folder(folder, folder switch { "Inbox" => FolderRole.Inbox, "Sent Items" => FolderRole.SentItems, _ => FolderRole.None }).Add(Items.Mail(messageId: "<both@contoso.example>"));

    private static async Task<List<string>> FoldersAsync(SandboxFixture sandbox) =>
        [.. (await sandbox.ExportAsync()).Select(i => i.Folder.Path.ToString()).OrderBy(f => f, StringComparer.Ordinal)];

    private static MemorySource File(params MapiItem[] items) => File("memory:file", items);

    private static MemorySource File(string store, params MapiItem[] items)
    {
        MemorySource source = new(store);
        foreach (IGrouping<FolderRole, MapiItem> folder in items.GroupBy(RoleOf))
        {
            source.Folder(folder.Key.ToString(), folder.Key, folder.Key switch { FolderRole.Contacts => "IPF.Contact", FolderRole.Calendar => "IPF.Appointment", FolderRole.Tasks => "IPF.Task", _ => "IPF.Note" });
            foreach (MapiItem item in folder)
            {
                source.Add(item);
            }
        }

        return source;
    }

    private static FolderRole RoleOf(MapiItem item) => item.MessageClass switch
    {
        "IPM.Contact" => FolderRole.Contacts,
        "IPM.Appointment" => FolderRole.Calendar,
        "IPM.Task" => FolderRole.Tasks,
        _ => FolderRole.SentItems,
    };

    private static AppointmentException Moved(AppointmentException day) =>
        new() { OriginalStart = day.OriginalStart, Start = day.Start.AddHours(1), End = day.End.AddHours(1), Subject = day.Subject, Location = day.Location, BusyStatus = day.BusyStatus, Reminder = day.Reminder };

    private static MapiItem Item(string kind)
    {
        switch (kind)
        {
            case "contact":
                return Items.Contact();
            case "contact with picture":
                return Items.Contact(Items.Bytes(2000));
            case "event":
                return CalendarTests.Appointment("Tokyo Standard Time");
            case "series":
                return CalendarTests.Appointment("W. Europe Standard Time", new AppointmentRecurrence { Pattern = CalendarTests.s_patterns["weekly"], StartOffset = (9 * 60) + 30, EndOffset = (10 * 60) + 30 });
            case "day":
                MapiItem day = CalendarTests.Appointment("Tokyo Standard Time");
                day.Properties.Set(CalendarNames.IsAllDay, true);
                day.Properties.Set(CalendarNames.Start, new DateTimeOffset(2026, 3, 1, 15, 0, 0, TimeSpan.Zero));
                day.Properties.Set(CalendarNames.End, new DateTimeOffset(2026, 3, 2, 15, 0, 0, TimeSpan.Zero));
                return day;
            case "task":
                return CalendarTests.Work();
            case "sent":
            case "draft":
                MapiItem mail = Items.Mail();
                mail.Properties.Remove(PropertyTags.InternetMessageId);
                if (kind == "draft")
                {
                    mail.Properties.Remove(PropertyTags.ClientSubmitTime);
                    mail.Properties.Remove(PropertyTags.MessageDeliveryTime);
                    mail.Properties.Set(PropertyTags.CreationTime, Items.Sent);
                    mail.Properties.Set(PropertyTags.MessageFlags, (int)(MessageFlags.Read | MessageFlags.Unsent));
                }

                return mail;
            default:
                return CalendarTests.Appointment("W. Europe Standard Time", CalendarTests.Series(CalendarTests.s_patterns[kind]));
        }
    }

    private static async Task<(long Copied, long Duplicates)> CopyAsync(SandboxFixture sandbox, MemorySource source)
    {
        TransferSummary summary = await sandbox.ImportNewAsync(source);
        Assert.Equal(0, summary.Count(ItemFate.Failed) + summary.Count(ItemFate.Unsure) + summary.Count(ItemFate.Skipped));
        return (summary.Count(ItemFate.Copied), summary.Duplicates);
    }

    private static async Task<int> CountAsync(SandboxFixture sandbox, Func<Task> work)
    {
        sandbox.Trace.Clear();
        await work();
        return sandbox.Trace.Count;
    }
}
#endif
