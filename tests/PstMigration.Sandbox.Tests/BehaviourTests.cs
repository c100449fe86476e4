using System.Net;
using System.Net.Http;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Xunit;
using static PstMigration.Sandbox.Tests.Fixture;

namespace PstMigration.Sandbox.Tests;

/// <summary>Every switch of <see cref="SandboxBehaviour"/>, both ways. A test is named after its switch.</summary>
public sealed class BehaviourTests
{
    [Fact]
    public void Every_switch_has_its_test()
    {
        string[] switches = typeof(SandboxBehaviour).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(p => p.Name).ToArray();
        string[] tests = new[] { typeof(BehaviourTests), typeof(Mailboxes.MailboxBehaviourTests) }.SelectMany(t => t.GetMethods()).Where(m => m.GetCustomAttributes<InlineDataAttribute>().Count() == 2).Select(m => m.Name).ToArray();

        Assert.Equal(switches.OrderBy(s => s, StringComparer.Ordinal), tests.OrderBy(s => s, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ListsRecoverableItems(bool on)
    {
        using Fixture f = new(new SandboxBehaviour { ListsRecoverableItems = on });
        string id = (await f.ImportAsync()).GetProperty("id").GetString()!;
        await f.PostAsync($"me/messages/{id}/move", """{ "destinationId": "recoverableitemsdeletions" }""");

        Assert.Equal(on ? 1 : 0, (await f.GetAsync("me/messages")).GetProperty("value").GetArrayLength());
        Assert.Equal(1, (await f.GetAsync("me/mailFolders/recoverableitemsdeletions/messages")).GetProperty("value").GetArrayLength());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task HonoursFlagsAtCreate(bool on)
    {
        using Fixture f = new(new SandboxBehaviour { HonoursFlagsAtCreate = on });

        Assert.Equal(!on, (await f.ImportAsync()).GetProperty("isDraft").GetBoolean());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task HonoursZeroFlags(bool on)
    {
        using Fixture f = new(new SandboxBehaviour { HonoursZeroFlags = on });
        JsonElement zero = await WithAsync(f, "Integer 0x0E07", "0");
        JsonElement four = await WithAsync(f, "Integer 0x0E07", "4");

        Assert.Equal((!on, !on), (zero.GetProperty("isDraft").GetBoolean(), zero.GetProperty("isRead").GetBoolean()));
        Assert.Equal((false, false), (four.GetProperty("isDraft").GetBoolean(), four.GetProperty("isRead").GetBoolean()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task IsReadWinsOverFlags(bool on)
    {
        using Fixture f = new(new SandboxBehaviour { IsReadWinsOverFlags = on });

        Assert.Equal(!on, (await f.ImportAsync(more: ",\"isRead\":false")).GetProperty("isRead").GetBoolean());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task HonoursTimesAtCreate(bool on)
    {
        using Fixture f = new(new SandboxBehaviour { HonoursTimesAtCreate = on });
        JsonElement made = await f.ImportAsync();

        Assert.Equal(on ? "2009-03-01T10:20:30Z" : "2026-11-23T12:00:00Z", made.GetProperty("sentDateTime").GetString());
        Assert.Equal(on ? "2009-03-01T10:20:45Z" : "2026-11-23T12:00:00Z", made.GetProperty("receivedDateTime").GetString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task HonoursCreationTime(bool on)
    {
        using Fixture f = new(new SandboxBehaviour { HonoursCreationTime = on });
        JsonElement made = await f.PostAsync("me/messages", """
            {"subject":"x","singleValueExtendedProperties":[{"id":"SystemTime 0x3007","value":"2001-01-01T00:00:00Z"},{"id":"SystemTime 0x3008","value":"2001-01-01T00:00:00Z"}]}
            """);

        Assert.Equal(on ? "2001-01-01T00:00:00Z" : "2026-11-23T12:00:00Z", made.GetProperty("createdDateTime").GetString());
        Assert.Equal("2026-11-23T12:00:00Z", made.GetProperty("lastModifiedDateTime").GetString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RefusesTopLevelTimes(bool on)
    {
        using Fixture f = new(new SandboxBehaviour { RefusesTopLevelTimes = on });
        const string Json = """{"subject":"x","sentDateTime":"2001-01-01T00:00:00Z","receivedDateTime":"2001-01-01T00:00:00Z"}""";
        if (on)
        {
            await f.ErrorAsync(HttpStatusCode.BadRequest, "POST", "me/messages", Json);
        }
        else
        {
            Assert.Equal("2026-11-23T12:00:00Z", (await f.PostAsync("me/messages", Json)).GetProperty("receivedDateTime").GetString());
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task HonoursSenderAtCreate(bool on)
    {
        using Fixture f = new(new SandboxBehaviour { HonoursSenderAtCreate = on });
        JsonElement made = await f.ImportAsync(more: ",\"from\":{\"emailAddress\":{\"name\":\"A\",\"address\":\"a@example.com\"}}");

        Assert.Equal(on ? "a@example.com" : f.Mailbox.Address, made.GetProperty("from").GetProperty("emailAddress").GetProperty("address").GetString());
        Assert.Equal(on ? "a@example.com" : f.Mailbox.Address, made.GetProperty("sender").GetProperty("emailAddress").GetProperty("address").GetString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task HonoursInternetMessageId(bool on)
    {
        using Fixture f = new(new SandboxBehaviour { HonoursInternetMessageId = on });
        string id = (await f.ImportAsync(more: ",\"internetMessageId\":\"<a@b>\"")).GetProperty("internetMessageId").GetString()!;

        Assert.Equal(on, id == "<a@b>");
        Assert.StartsWith("<", id);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task HonoursTransportHeaders(bool on)
    {
        using Fixture f = new(new SandboxBehaviour { HonoursTransportHeaders = on });
        string id = Id(await WithAsync(f, "String 0x007D", "Received: from x\\r\\n\\tby y\\r\\nDate: now\\r\\n", ",\"internetMessageHeaders\":[{\"name\":\"X-Mine\",\"value\":\"1\"}]"));
        JsonElement headers = (await f.GetAsync($"me/messages/{id}?$select=internetMessageHeaders")).GetProperty("internetMessageHeaders");

        string[] expected = on ? ["Received=from x by y", "Date=now", "X-Mine=1"] : ["X-Mine=1"];
        Assert.Equal(expected, headers.EnumerateArray().Select(h => h.GetProperty("name").GetString() + "=" + h.GetProperty("value").GetString()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task HonoursMessageClass(bool on)
    {
        using Fixture f = new(new SandboxBehaviour { HonoursMessageClass = on });

        Assert.Equal(on ? "IPM.Note.Custom" : "IPM.Note", await ReadAsync(f, Id(await WithAsync(f, "String 0x001A", "IPM.Note.Custom")), "String 0x001A"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task HonoursConversation(bool on)
    {
        using Fixture f = new(new SandboxBehaviour { HonoursConversation = on });
        string index = Convert.ToBase64String(new byte[27]);
        JsonElement one = await WithAsync(f, "Binary 0x0071", index);
        JsonElement two = await WithAsync(f, "Binary 0x0071", index);

        Assert.Equal(on, one.GetProperty("conversationIndex").GetString() == index);
        Assert.Equal(on, one.GetProperty("conversationId").GetString() == two.GetProperty("conversationId").GetString());
        Assert.Equal(on ? "Other" : "x", await ReadAsync(f, Id(await WithAsync(f, "String 0x0070", "Other")), "String 0x0070"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task HonoursLastVerb(bool on)
    {
        using Fixture f = new(new SandboxBehaviour { HonoursLastVerb = on });

        Assert.Equal(on ? "102" : null, await ReadAsync(f, Id(await WithAsync(f, "Integer 0x1081", "102")), "Integer 0x1081"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ComputesFromMe(bool on)
    {
        using Fixture f = new(new SandboxBehaviour { ComputesFromMe = on });
        string mine = Id(await f.ImportAsync(more: $",\"from\":{{\"emailAddress\":{{\"address\":\"{f.Mailbox.Address}\"}}}}"));
        string given = Id(await WithAsync(f, "Integer 0x0E07", "33"));

        Assert.Equal(on ? "33" : "1", await ReadAsync(f, mine, "Integer 0x0E07"));
        Assert.Equal(on ? "1" : "33", await ReadAsync(f, given, "Integer 0x0E07"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AcceptsMimeInFolders(bool on)
    {
        using Fixture f = new(new SandboxBehaviour { AcceptsMimeInFolders = on });
        using StringContent content = new(Convert.ToBase64String(Encoding.ASCII.GetBytes("Subject: x\r\n\r\nt")), Encoding.ASCII, "text/plain");
        using HttpResponseMessage response = await f.SendAsync("POST", "me/mailFolders/inbox/messages", content);

        Assert.Equal(on ? HttpStatusCode.Created : HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(on ? 1 : 0, (await f.GetAsync("me/mailFolders/inbox")).GetProperty("totalItemCount").GetInt32());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AllowsAttachmentsOnSentItems(bool on)
    {
        using Fixture f = new(new SandboxBehaviour { AllowsAttachmentsOnSentItems = on });
        const string File = """{"@odata.type":"#microsoft.graph.fileAttachment","name":"a","contentBytes":"AQ=="}""";
        string sent = Id(await f.ImportAsync());
        string draft = Id(await f.PostAsync("me/messages", """{"subject":"x"}"""));

        await f.JsonAsync(on ? HttpStatusCode.Created : HttpStatusCode.Forbidden, "POST", $"me/messages/{sent}/attachments", File);
        await f.JsonAsync(on ? HttpStatusCode.Created : HttpStatusCode.Forbidden, "POST", $"me/messages/{sent}/attachments/createUploadSession", AttachmentTests.Item(5_000_000));
        await f.PostAsync($"me/messages/{draft}/attachments", File);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RefusesChangesToSentItems(bool on)
    {
        using Fixture f = new(new SandboxBehaviour { RefusesChangesToSentItems = on });
        string sent = Id(await f.ImportAsync());
        string draft = Id(await f.PostAsync("me/messages", """{"subject":"x"}"""));
        foreach (string json in new[] { """{"subject":"y"}""", """{"body":{"contentType":"html","content":"<p>y"}}""", """{"toRecipients":[]}""", """{"singleValueExtendedProperties":[{"id":"String 0x0037","value":"y"}]}""" })
        {
            await f.JsonAsync(on ? HttpStatusCode.Forbidden : HttpStatusCode.OK, "PATCH", "me/messages/" + sent, json);
            await f.JsonAsync(HttpStatusCode.OK, "PATCH", "me/messages/" + draft, json);
        }

        Assert.Equal(on ? "Hello" : "y", (await f.GetAsync("me/messages/" + sent)).GetProperty("subject").GetString());
        await f.JsonAsync(HttpStatusCode.OK, "PATCH", "me/messages/" + sent, """{"isRead":true,"categories":["A"],"flag":{"flagStatus":"flagged"}}""");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RefusesNestedAttachments(bool on)
    {
        using Fixture f = new(new SandboxBehaviour { RefusesNestedAttachments = on });
        const string Json = """
            {"subject":"x","attachments":[{"@odata.type":"#microsoft.graph.itemAttachment","name":"Fwd","item":{"@odata.type":"#microsoft.graph.message","subject":"in",
             "attachments":[{"@odata.type":"#microsoft.graph.fileAttachment","name":"a","contentBytes":"AQ=="}]}}]}
            """;
        if (on)
        {
            await f.ErrorAsync(HttpStatusCode.BadRequest, "POST", "me/messages", Json);
            return;
        }

        string id = Id(await f.PostAsync("me/messages", Json));
        string attachment = Id((await f.GetAsync($"me/messages/{id}/attachments")).GetProperty("value")[0]);
        JsonElement item = (await f.GetAsync($"me/messages/{id}/attachments/{attachment}?$expand=microsoft.graph.itemattachment/item")).GetProperty("item");
        Assert.False(item.GetProperty("hasAttachments").GetBoolean());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RefusesSmallUploadSessions(bool on)
    {
        using Fixture f = new(new SandboxBehaviour { RefusesSmallUploadSessions = on });
        string id = Id(await f.ImportAsync());

        await f.JsonAsync(on ? HttpStatusCode.BadRequest : HttpStatusCode.Created, "POST", $"me/messages/{id}/attachments/createUploadSession", AttachmentTests.Item(3 * 1024 * 1024 - 1));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AnswersUploadStatus(bool on)
    {
        using Fixture f = new(new SandboxBehaviour { AnswersUploadStatus = on });
        string url = (await AttachmentTests.SessionAsync(f, Id(await f.ImportAsync()), 5_000_000)).GetProperty("uploadUrl").GetString()!;

        Assert.Equal(on ? HttpStatusCode.OK : HttpStatusCode.MethodNotAllowed, (await f.SendAsync("GET", url)).StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task NormalisesHtml(bool on)
    {
        using Fixture f = new(new SandboxBehaviour { NormalisesHtml = on });
        const string Html = "<P onclick=x>Hi<script>bad()</script>";
        JsonElement made = await f.PostAsync("me/messages", $$$"""{"subject":"x","body":{"contentType":"html","content":"{{{Html}}}"}}""");

        Assert.Equal(
            on ? "<html><head>\r\n<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\"></head><body><p>Hi</body></html>" : Html,
            made.GetProperty("body").GetProperty("content").GetString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AnswersWholeSeconds(bool on)
    {
        using Fixture f = new(new SandboxBehaviour { AnswersWholeSeconds = on });
        JsonElement made = await WithAsync(f, "SystemTime 0x0039", "2009-03-01T10:20:30.1234567Z");

        Assert.Equal(on ? "2009-03-01T10:20:30Z" : "2009-03-01T10:20:30.1234567Z", made.GetProperty("sentDateTime").GetString());
        Assert.Equal(on ? "2009-03-01T10:20:30Z" : "2009-03-01T10:20:30.1234567Z", await ReadAsync(f, Id(made), "SystemTime 0x0039"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task OmitsLargeBinaryProperties(bool on)
    {
        using Fixture f = new(new SandboxBehaviour { OmitsLargeBinaryProperties = on });
        string large = Convert.ToBase64String(new byte[65 * 1024]);

        Assert.Equal(on ? null : large, await ReadAsync(f, Id(await WithAsync(f, "Binary 0x6001", large)), "Binary 0x6001"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task DelaysVisibilityInFilters(bool on)
    {
        using Fixture f = new(new SandboxBehaviour { DelaysVisibilityInFilters = on });
        await f.ImportAsync("find me");

        Assert.Equal(on ? 0 : 1, await FoundAsync());
        Assert.Equal(1, (await f.GetAsync("me/mailFolders/inbox/messages")).GetProperty("value").GetArrayLength());
        f.Time.Advance(f.Options.VisibilityDelay);
        Assert.Equal(1, await FoundAsync());

        async Task<int> FoundAsync() => (await f.GetAsync("me/messages?$filter=subject eq 'find me'")).GetProperty("value").GetArrayLength();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RefusesUnfilteredSort(bool on)
    {
        using Fixture f = new(new SandboxBehaviour { RefusesUnfilteredSort = on });

        await f.JsonAsync(on ? HttpStatusCode.BadRequest : HttpStatusCode.OK, "GET", "me/messages?$filter=isRead eq false&$orderby=receivedDateTime desc");
        await f.GetAsync("me/messages?$filter=receivedDateTime ge 1900-01-01 and isRead eq false&$orderby=receivedDateTime desc");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task HasArchiveFolder(bool on)
    {
        using Fixture f = new(new SandboxBehaviour { HasArchiveFolder = on });

        await f.JsonAsync(on ? HttpStatusCode.OK : HttpStatusCode.NotFound, "GET", "me/mailFolders/archive");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AnswersDaysAsMidnight(bool on)
    {
        using Fixture f = new(new SandboxBehaviour { AnswersDaysAsMidnight = on });
        const string Day = """{"subject":"x","isAllDay":true,"start":{"dateTime":"2026-03-02T00:00:00","timeZone":"Asia/Tokyo"},"end":{"dateTime":"2026-03-03T00:00:00","timeZone":"Asia/Tokyo"}}""";

        JsonElement made = await f.PostAsync("me/events", Day);

        Assert.Equal(on ? "2026-03-02T00:00:00.0000000" : "2026-03-01T15:00:00.0000000", made.GetProperty("start").GetProperty("dateTime").GetString());
        Assert.Equal("Asia/Tokyo", made.GetProperty("originalStartTimeZone").GetString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task OccurrencesInheritExtendedProperties(bool on)
    {
        using Fixture f = new(new SandboxBehaviour { OccurrencesInheritExtendedProperties = on });
        const string Id = "String {00020329-0000-0000-c000-000000000046} Name Mine";
        string series = (await f.PostAsync("me/events", $$$"""
            {"subject":"x","start":{"dateTime":"2026-03-02T09:00:00","timeZone":"UTC"},"end":{"dateTime":"2026-03-02T09:30:00","timeZone":"UTC"},
             "location":{"displayName":"Room 5"},"categories":["Blue"],"singleValueExtendedProperties":[{"id":"{{{Id}}}","value":"1"}],
             "recurrence":{"pattern":{"type":"daily","interval":1},"range":{"type":"numbered","startDate":"2026-03-02","numberOfOccurrences":3}}
            }
            """)).GetProperty("id").GetString()!;
        JsonElement instances = await f.GetAsync($"me/events/{series}/instances?startDateTime=2026-03-01T00:00:00&endDateTime=2026-05-01T00:00:00");
        string second = instances.GetProperty("value")[1].GetProperty("id").GetString()!;

        await f.JsonAsync(HttpStatusCode.OK, "PATCH", "me/events/" + second, """{"subject":"y"}""");
        JsonElement changed = await f.GetAsync($"me/events/{second}?$expand=singleValueExtendedProperties($filter=id eq '{Id}')");

        Assert.Equal(on, changed.TryGetProperty("singleValueExtendedProperties", out _));
        Assert.Equal(("exception", "y", "Room 5", "Blue"), (changed.GetProperty("type").GetString(), changed.GetProperty("subject").GetString(), changed.GetProperty("location").GetProperty("displayName").GetString(), changed.GetProperty("categories")[0].GetString()));
    }

    private static Task<JsonElement> WithAsync(Fixture f, string id, string value, string more = "") =>
        f.PostAsync("me/messages", $$"""{"subject":"x","singleValueExtendedProperties":[{"id":"{{id}}","value":"{{value}}"}]{{more}}}""");

    private static async Task<string?> ReadAsync(Fixture f, string item, string id)
    {
        JsonElement answer = await f.GetAsync($"me/messages/{item}?$expand=singleValueExtendedProperties($filter=id eq '{id}')");
        return answer.TryGetProperty("singleValueExtendedProperties", out JsonElement list) ? list[0].GetProperty("value").GetString() : null;
    }
}
