using System.Net;
using System.Text.Json;
using Xunit;

namespace PstMigration.Sandbox.Tests;

/// <summary>Calendars, series and their occurrences, tasks, by the pages of the reference each route names.</summary>
public sealed class EventTests
{
    private const string Weekly = """
        {"subject":"Standup","start":{"dateTime":"2026-03-02T09:00:00","timeZone":"Europe/Berlin"},"end":{"dateTime":"2026-03-02T09:30:00","timeZone":"Europe/Berlin"},
         "recurrence":{"pattern":{"type":"weekly","interval":1,"daysOfWeek":["monday"]},"range":{"type":"numbered","startDate":"2026-03-02","numberOfOccurrences":6}}}
        """;

    [Fact]
    public async Task A_series_has_occurrences_that_can_be_changed_and_left_out()
    {
        using Fixture f = new();
        string id = (await f.PostAsync("me/events", Weekly)).GetProperty("id").GetString()!;
        string instances = $"me/events/{id}/instances?startDateTime=2026-03-01T00:00:00&endDateTime=2026-05-01T00:00:00&$top=100";
        JsonElement[] all = [.. (await f.GetAsync(instances)).GetProperty("value").EnumerateArray()];
        Assert.Equal(6, all.Length);
        // Summer time begins on 2026-03-29.
        Assert.Equal(["2026-03-02T08:00:00.0000000", "2026-04-06T07:00:00.0000000"], new[] { all[0], all[5] }.Select(o => o.GetProperty("start").GetProperty("dateTime").GetString()));

        string second = all[1].GetProperty("id").GetString()!;
        await f.JsonAsync(HttpStatusCode.OK, "PATCH", "me/events/" + second, """{"subject":"Moved","start":{"dateTime":"2026-03-10T10:00:00","timeZone":"UTC"},"end":{"dateTime":"2026-03-10T11:00:00","timeZone":"UTC"}}""");
        using (await f.SendAsync("DELETE", "me/events/" + all[2].GetProperty("id").GetString()))
        {
        }

        JsonElement[] after = [.. (await f.GetAsync(instances)).GetProperty("value").EnumerateArray()];
        JsonElement series = await f.GetAsync($"me/events/{id}?$select=id,cancelledOccurrences&$expand=exceptionOccurrences");
        Assert.Equal(["occurrence", "exception", "occurrence", "occurrence", "occurrence"], after.Select(o => o.GetProperty("type").GetString()));
        Assert.EndsWith(".2026-03-16", Assert.Single(series.GetProperty("cancelledOccurrences").EnumerateArray().ToArray()).GetString(), StringComparison.Ordinal);
        JsonElement changed = Assert.Single(series.GetProperty("exceptionOccurrences").EnumerateArray().ToArray());
        Assert.Equal(("Moved", second, "2026-03-09T08:00:00Z"), (changed.GetProperty("subject").GetString(), changed.GetProperty("id").GetString(), changed.GetProperty("originalStart").GetString()));
        Assert.Single((await f.GetAsync("me/events")).GetProperty("value").EnumerateArray());
    }

    [Theory]
    [InlineData("""{"subject":"x"}""", "ErrorPropertyValidationFailure")]
    [InlineData("""{"subject":"x","start":{"dateTime":"2026-03-02T09:00:00","timeZone":"Nowhere"},"end":{"dateTime":"2026-03-02T09:30:00","timeZone":"UTC"}}""", "TimeZoneNotSupportedException")]
    [InlineData("""{"subject":"x","start":{"dateTime":"2026-03-02T09:00:00","timeZone":"UTC"},"end":{"dateTime":"2026-03-02T08:30:00","timeZone":"UTC"}}""", "ErrorCalendarEndDateIsEarlierThanStartDate")]
    [InlineData("""{"subject":"x","isAllDay":true,"start":{"dateTime":"2026-03-02T09:00:00","timeZone":"UTC"},"end":{"dateTime":"2026-03-03T09:00:00","timeZone":"UTC"}}""", "ErrorPropertyValidationFailure")]
    public async Task What_the_service_refuses_is_refused(string body, string code)
    {
        using Fixture f = new();

        JsonElement answer = await f.JsonAsync(HttpStatusCode.BadRequest, "POST", "me/events", body);

        Assert.Equal(code, answer.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task An_occurrence_cannot_be_moved_beyond_its_neighbour()
    {
        using Fixture f = new();
        string id = (await f.PostAsync("me/events", Weekly)).GetProperty("id").GetString()!;
        JsonElement first = (await f.GetAsync($"me/events/{id}/instances?startDateTime=2026-03-01T00:00:00&endDateTime=2026-03-04T00:00:00")).GetProperty("value")[0];

        JsonElement answer = await f.JsonAsync(HttpStatusCode.BadRequest, "PATCH", "me/events/" + first.GetProperty("id").GetString(), """{"start":{"dateTime":"2026-03-12T10:00:00","timeZone":"UTC"},"end":{"dateTime":"2026-03-12T11:00:00","timeZone":"UTC"}}""");

        Assert.Equal("ErrorOccurrenceCrossingBoundary", answer.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_number_without_a_name_is_answered_as_the_default()
    {
        using Fixture f = new();

        JsonElement made = await f.PostAsync("me/events", """
            {"subject":"x","start":{"dateTime":"2026-03-02T09:00:00","timeZone":"UTC"},"end":{"dateTime":"2026-03-02T09:30:00","timeZone":"UTC"},
             "singleValueExtendedProperties":[{"id":"Integer 0x17","value":"9"}]}
            """);

        Assert.Equal("normal", made.GetProperty("importance").GetString());
    }

    [Fact]
    public async Task Attendees_would_be_mailed()
    {
        using Fixture f = new();
        await f.PostAsync("me/calendar/events", """{"subject":"x","start":{"dateTime":"2026-03-02T09:00:00","timeZone":"UTC"},"end":{"dateTime":"2026-03-02T09:30:00","timeZone":"UTC"},"attendees":[{"type":"required","emailAddress":{"address":"a@contoso.example"}}]}""");

        Assert.Equal(1, f.Mailbox.InvitationsSent);
    }

    [Fact]
    public async Task Tasks_have_lists_days_and_extensions()
    {
        using Fixture f = new();
        string list = (await f.GetAsync("me/todo/lists")).GetProperty("value")[0].GetProperty("id").GetString()!;
        const string Body = """{"title":"Pay","dueDateTime":{"dateTime":"2026-03-02T00:00:00","timeZone":"UTC"},"extensions":[{"@odata.type":"microsoft.graph.openTypeExtension","extensionName":"org.example.a","x":"1"}]}""";

        string id = (await f.PostAsync($"me/todo/lists/{list}/tasks", Body)).GetProperty("id").GetString()!;
        await f.JsonAsync(HttpStatusCode.OK, "PATCH", $"me/todo/lists/{list}/tasks/{id}/extensions/org.example.a", """{"@odata.type":"microsoft.graph.openTypeExtension","y":"2"}""");
        JsonElement task = await f.GetAsync($"me/todo/lists/{list}/tasks/{id}?$expand=extensions($filter=id eq 'org.example.a')");

        JsonElement extension = task.GetProperty("extensions")[0];
        Assert.Equal(("1", "2"), (extension.GetProperty("x").GetString(), extension.GetProperty("y").GetString()));
        Assert.Equal("2026-03-02T00:00:00.0000000", task.GetProperty("dueDateTime").GetProperty("dateTime").GetString());
        await f.JsonAsync(HttpStatusCode.BadRequest, "POST", $"me/todo/lists/{list}/tasks", """{"title":"x","recurrence":{"pattern":{"type":"daily","interval":1},"range":{"type":"noEnd","startDate":"2026-03-02"}}}""");
    }
}
