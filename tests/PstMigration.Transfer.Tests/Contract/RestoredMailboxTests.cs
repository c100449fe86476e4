using PstMigration.Formats;
using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Transfer.Tests.Contract;

/// <summary>An export that goes back into the mailbox it came from: what is still there does not come twice, whatever kind it is of, and what is gone comes back.</summary>
public sealed class RestoredMailboxTests : IDisposable
{
    private readonly ChangedMailbox _mailbox = new();
    private readonly string _message;
    private readonly string _contact;
    private readonly string _event;
    private readonly string _list;
    private readonly string _task;

    public RestoredMailboxTests()
    {
        _message = _mailbox.Send("POST", "mailFolders/inbox/messages", "{\"subject\":\"Hello\",\"internetMessageId\":\"<hello@example.jp>\",\"body\":{\"contentType\":\"text\",\"content\":\"x\"}}");
        _contact = _mailbox.Send("POST", "contacts", "{\"givenName\":\"Hanako\",\"surname\":\"Suzuki\",\"emailAddresses\":[{\"address\":\"hanako@example.jp\",\"name\":\"Hanako\"}]}");
        _event = _mailbox.Send(
            "POST", "events",
            "{\"subject\":\"Lunch\",\"start\":{\"dateTime\":\"2026-03-02T12:00:00\",\"timeZone\":\"UTC\"},\"end\":{\"dateTime\":\"2026-03-02T13:00:00\",\"timeZone\":\"UTC\"},\"body\":{\"contentType\":\"text\",\"content\":\"x\"}}");
        _list = _mailbox.Send("POST", "todo/lists", "{\"displayName\":\"Errands\"}");
        _task = _mailbox.Send("POST", "todo/lists/" + _list + "/tasks", "{\"title\":\"Buy milk\"}");
    }

    [Fact]
    public async Task What_is_still_there_does_not_come_twice()
    {
        Assert.Equal(4, (await _mailbox.ExportAsync()).Read);

        TransferSummary restored = await _mailbox.RestoreAsync();

        Assert.Equal((4L, 4L, 0L), (restored.Read, restored.Count(ItemFate.AlreadyThere), restored.Count(ItemFate.Copied)));
        Assert.Equal(4L, restored.Duplicates);
    }

    [Theory]
    [InlineData("Eml")]
    [InlineData("Mbox")]
    [InlineData("Maildir")]
    public async Task What_a_tree_does_not_hold_whole_does_not_come_twice_while_nobody_changes_it(string format)
    {
        _mailbox.Tree = MailFormats.All.Single(f => f.Id == format);
        string meeting = _mailbox.Send(
            "POST", "events",
            """
            {"subject":"Review","start":{"dateTime":"2026-03-02T12:00:00","timeZone":"UTC"},"end":{"dateTime":"2026-03-02T13:00:00","timeZone":"UTC"},
             "attendees":[{"emailAddress":{"address":"x@example.jp","name":"X"},"type":"required"}],"categories":["Red"],"body":{"contentType":"html","content":"<p>x <b>y</b></p>"}}
            """);
        Assert.Equal(5, (await _mailbox.ExportAsync()).Read);

        TransferSummary restored = await _mailbox.RestoreAsync();
        _mailbox.Send("PATCH", "events/" + meeting, "{\"subject\":\"Dinner\"}");
        TransferSummary changed = await _mailbox.RestoreAsync();

        Assert.Equal((0L, 5L), (restored.Count(ItemFate.Copied), restored.Count(ItemFate.AlreadyThere)));
        Assert.Equal((1L, 4L), (changed.Count(ItemFate.Copied), changed.Count(ItemFate.AlreadyThere)));
    }

    [Theory]
    [InlineData("Eml")]
    [InlineData("Mbox")]
    [InlineData("Maildir")]
    public async Task What_somebody_has_changed_in_a_tree_comes(string format)
    {
        _mailbox.Tree = MailFormats.All.Single(f => f.Id == format);
        await _mailbox.ExportAsync();
        _mailbox.EditTree("Subject: Lunch", "Subject: Dinner");

        TransferSummary restored = await _mailbox.RestoreAsync();

        Assert.Equal((1L, 3L), (restored.Count(ItemFate.Copied), restored.Duplicates));
    }

    [Fact]
    public async Task What_people_have_with_all_it_may_have_does_not_come_twice_from_a_data_file()
    {
        _mailbox.Send("POST", "contacts", """
            {"displayName":"Anna Müller","givenName":"Anna","surname":"Müller","companyName":"Contoso","businessPhones":["+49 30 1","+49 30 2"],"homePhones":["+49 30 3"],"mobilePhone":"+49 170 1","birthday":"1980-05-17T00:00:00Z",
            "personalNotes":"Met in Kyoto.\r\nTwice.","emailAddresses":[{"name":"Anna M","address":"anna@contoso.example"},{"name":"A","address":"a@contoso.example"}],"businessAddress":{"street":"Weg 1","city":"Berlin","postalCode":"10115"},
            "homeAddress":{"city":"Potsdam"},"yomiSurname":"ミュラー","categories":["Friends","四半期"],"children":["Eva"],"spouseName":"Otto","imAddresses":["sip:anna"],"businessHomePage":"https://contoso.example",
            "singleValueExtendedProperties":[{"id":"String 0x3A24","value":"+49 30 9"},{"id":"String {00062004-0000-0000-c000-000000000046} Id 0x804F","value":"mine"}]}
            """);
        foreach (string recurrence in new[]
        {
            "", """
            ,"recurrence":{"pattern":{"type":"weekly","interval":2,"daysOfWeek":["monday","thursday"],"firstDayOfWeek":"monday"},"range":{"type":"noEnd","startDate":"2026-03-02","recurrenceTimeZone":"W. Europe Standard Time"}}
            """, """
            ,"recurrence":{"pattern":{"type":"relativeMonthly","interval":1,"daysOfWeek":["monday"],"index":"first"},"range":{"type":"numbered","startDate":"2026-03-02","numberOfOccurrences":5,"recurrenceTimeZone":"Tokyo Standard Time"}}
            """,
        })
        {
            _mailbox.Send("POST", "events", """
                {"subject":"Review","body":{"contentType":"html","content":"<html><body><p>Figures  of the <b>quarter</b></p></body></html>"},"importance":"high","sensitivity":"private","categories":["Work"],
                "location":{"displayName":"Room 5"},"showAs":"oof","isReminderOn":true,"reminderMinutesBeforeStart":45,"attendees":[{"emailAddress":{"address":"x@example.jp","name":"X"},"type":"optional"}],
                "start":{"dateTime":"2026-03-02T09:30:00","timeZone":"W. Europe Standard Time"},"end":{"dateTime":"2026-03-02T10:30:00","timeZone":"W. Europe Standard Time"}
                """ + recurrence + "}");
        }

        _mailbox.Send("POST", "events", """
            {"subject":"Holiday","isAllDay":true,"start":{"dateTime":"2026-03-02T00:00:00","timeZone":"Tokyo Standard Time"},"end":{"dateTime":"2026-03-04T00:00:00","timeZone":"Tokyo Standard Time"}}
            """);
        _mailbox.Send("POST", "todo/lists/" + _list + "/tasks", """
            {"title":"Move house","body":{"contentType":"text","content":"Pack"},"importance":"high","status":"inProgress","startDateTime":{"dateTime":"2026-04-01T00:00:00","timeZone":"UTC"},"categories":["Home"],
            "dueDateTime":{"dateTime":"2026-04-30T00:00:00","timeZone":"UTC"},"isReminderOn":true,"reminderDateTime":{"dateTime":"2026-04-29T08:00:00","timeZone":"UTC"},
            "recurrence":{"pattern":{"type":"weekly","interval":1,"daysOfWeek":["thursday"],"firstDayOfWeek":"sunday"},"range":{"type":"noEnd","startDate":"2026-04-30"}}}
            """);
        await _mailbox.ExportAsync();

        TransferSummary restored = await _mailbox.RestoreAsync();

        Assert.Equal((10L, 0L, 10L), (restored.Read, restored.Count(ItemFate.Copied), restored.Duplicates));
    }

    [Fact]
    public async Task What_is_gone_comes_back_and_what_was_changed_comes_beside_and_both_once()
    {
        await _mailbox.ExportAsync();
        _mailbox.Send("DELETE", "messages/" + _message);
        _mailbox.Send("DELETE", "contacts/" + _contact);
        _mailbox.Send("PATCH", "events/" + _event, "{\"subject\":\"Dinner\"}");
        _mailbox.Send("DELETE", "todo/lists/" + _list + "/tasks/" + _task);

        TransferSummary restored = await _mailbox.RestoreAsync();
        TransferSummary again = await _mailbox.RestoreAsync();

        Assert.Equal((4L, 0L), (restored.Count(ItemFate.Copied), restored.Count(ItemFate.Failed)));
        Assert.Equal((0L, 4L), (again.Count(ItemFate.Copied), again.Count(ItemFate.AlreadyThere)));
    }

    [Fact]
    public async Task What_was_deleted_does_not_come_twice_either()
    {
        Write("old", "deleteditems");
        Write("older", _mailbox.MakeFolder("Projects", "deleteditems"));
        // Of two equal ones each stays where it is, whichever comes first.
        Write("both", "deleteditems");
        Write("both", "inbox");
        Assert.Equal(8, (await _mailbox.ExportAsync()).Read);

        TransferSummary restored = await _mailbox.RestoreAsync();

        Assert.Equal((0L, 8L, 8L), (restored.Count(ItemFate.Copied), restored.Count(ItemFate.AlreadyThere), restored.Duplicates));
    }

    [Fact]
    public async Task What_was_deleted_since_comes_back_and_its_deleted_copy_holds_nothing_back()
    {
        string projects = _mailbox.MakeFolder("Projects");
        Write("plan", projects);
        string draft = Write("draft", "inbox");
        await _mailbox.ExportAsync();
        _mailbox.Send("POST", "mailFolders/" + projects + "/move", """{"destinationId":"deleteditems"}""");
        _mailbox.Move(draft, "deleteditems");

        TransferSummary restored = await _mailbox.RestoreAsync();

        Assert.Equal((2L, 4L), (restored.Count(ItemFate.Copied), restored.Count(ItemFate.AlreadyThere)));
        Assert.Equal(["Hello", "draft"], _mailbox.Subjects("inbox"));
    }

    [Fact]
    public async Task What_is_there_is_not_brought_into_the_deleted_items()
    {
        string message = Write("regretted", "deleteditems");
        await _mailbox.ExportAsync();
        _mailbox.Move(message, "inbox");

        TransferSummary restored = await _mailbox.RestoreAsync();

        Assert.Equal(0L, restored.Count(ItemFate.Copied));
        Assert.Empty(_mailbox.Subjects("deleteditems"));
    }

    private string Write(string subject, string folder) => _mailbox.Send(
        "POST", "mailFolders/" + folder + "/messages",
        "{\"subject\":\"" + subject + "\",\"internetMessageId\":\"<" + subject + "@example.jp>\",\"body\":{\"contentType\":\"text\",\"content\":\"x\"}}");

    public void Dispose() => _mailbox.Dispose();
}
