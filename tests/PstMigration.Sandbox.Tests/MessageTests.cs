using System.Net;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using Xunit;
using static PstMigration.Sandbox.Tests.Fixture;

namespace PstMigration.Sandbox.Tests;

public sealed class MessageTests
{
    private static readonly (string, string) s_immutable = ("Prefer", "IdType=\"ImmutableId\"");

    [Fact]
    public async Task An_imported_message_is_no_draft_and_keeps_its_times()
    {
        using Fixture f = new();
        JsonElement made = await f.ImportAsync(more: """
            ,"importance":"high","isRead":true,"categories":["Blue","赤"],"flag":{"flagStatus":"flagged"},"internetMessageId":"<a@example.com>",
            "from":{"emailAddress":{"name":"A","address":"a@example.com"}},
            "toRecipients":[{"emailAddress":{"name":"B","address":"b@example.com"}},{"emailAddress":{"name":"No address"}}],
            "ccRecipients":[],"bccRecipients":[{"emailAddress":{"address":"c@example.com"}}],"replyTo":[{"emailAddress":{"address":"r@example.com"}}]
            """);

        JsonElement read = await f.GetAsync("me/messages/" + Id(made));

        Assert.False(read.GetProperty("isDraft").GetBoolean());
        Assert.True(read.GetProperty("isRead").GetBoolean());
        Assert.Equal("2009-03-01T10:20:30Z", read.GetProperty("sentDateTime").GetString());
        Assert.Equal("2009-03-01T10:20:45Z", read.GetProperty("receivedDateTime").GetString());
        Assert.Equal("2026-11-23T12:00:00Z", read.GetProperty("createdDateTime").GetString());
        Assert.Equal("high", read.GetProperty("importance").GetString());
        Assert.Equal("<a@example.com>", read.GetProperty("internetMessageId").GetString());
        Assert.Equal("flagged", read.GetProperty("flag").GetProperty("flagStatus").GetString());
        Assert.Equal(["Blue", "赤"], read.GetProperty("categories").EnumerateArray().Select(c => c.GetString()));
        Assert.Equal("a@example.com", read.GetProperty("sender").GetProperty("emailAddress").GetProperty("address").GetString());
        Assert.Equal(2, read.GetProperty("toRecipients").GetArrayLength());
        Assert.Equal("r@example.com", read.GetProperty("replyTo")[0].GetProperty("emailAddress").GetProperty("address").GetString());
    }

    [Fact]
    public async Task Without_flags_a_message_is_a_draft_in_drafts()
    {
        using Fixture f = new();
        JsonElement made = await f.PostAsync("me/messages", """{"subject":"x"}""");
        JsonElement drafts = await f.GetAsync("me/mailFolders/drafts");

        Assert.True(made.GetProperty("isDraft").GetBoolean());
        Assert.Equal(Id(drafts), made.GetProperty("parentFolderId").GetString());
        Assert.Equal(1, drafts.GetProperty("totalItemCount").GetInt32());
    }

    [Fact]
    public async Task Flags_and_times_count_only_when_it_is_made()
    {
        using Fixture f = new();
        string id = Id(await f.PostAsync("me/messages", """{"subject":"x"}"""));

        JsonElement patched = await f.JsonAsync(HttpStatusCode.OK, "PATCH", "me/messages/" + id, """
            {"singleValueExtendedProperties":[{"id":"Integer 0x0E07","value":"1"},{"id":"SystemTime 0x0E06","value":"2001-01-01T00:00:00Z"},{"id":"String 0x3a24","value":"kept"}]}
            """);

        Assert.True(patched.GetProperty("isDraft").GetBoolean());
        Assert.Equal("2026-11-23T12:00:00Z", patched.GetProperty("receivedDateTime").GetString());
        JsonElement expanded = await f.GetAsync($"me/messages/{id}?$expand=singleValueExtendedProperties($filter=id eq 'String 0x3A24')");
        Assert.Equal("kept", expanded.GetProperty("singleValueExtendedProperties")[0].GetProperty("value").GetString());
    }

    [Fact]
    public async Task Read_state_categories_and_flag_may_be_changed()
    {
        using Fixture f = new();
        JsonElement made = await f.ImportAsync(more: ",\"isRead\":false");
        f.Time.Advance(TimeSpan.FromMinutes(1));

        JsonElement patched = await f.JsonAsync(HttpStatusCode.OK, "PATCH", "me/messages/" + Id(made), """
            {"isRead":true,"categories":["A"],"flag":{"flagStatus":"complete","startDateTime":{"dateTime":"2026-01-02T00:00:00","timeZone":"UTC"},
             "dueDateTime":{"dateTime":"2026-01-03T09:00:00","timeZone":"UTC"},"completedDateTime":{"dateTime":"2026-01-04T00:00:00","timeZone":"UTC"}}}
            """);

        Assert.True(patched.GetProperty("isRead").GetBoolean());
        Assert.Equal("complete", patched.GetProperty("flag").GetProperty("flagStatus").GetString());
        Assert.StartsWith("2026-01-03T09:00:00", patched.GetProperty("flag").GetProperty("dueDateTime").GetProperty("dateTime").GetString());
        Assert.NotEqual(made.GetProperty("changeKey").GetString(), patched.GetProperty("changeKey").GetString());
        Assert.Equal("2026-11-23T12:01:00Z", patched.GetProperty("lastModifiedDateTime").GetString());
    }

    [Fact]
    public async Task Moving_changes_an_ordinary_id_and_keeps_an_immutable_one()
    {
        using Fixture f = new();
        JsonElement made = await f.ImportAsync();
        JsonElement immutable = await f.GetAsync("me/messages/" + Id(made), s_immutable);

        JsonElement moved = await f.PostAsync($"me/messages/{Id(made)}/move", """{"destinationId":"archive"}""");

        Assert.NotEqual(Id(made), Id(moved));
        Assert.Equal("ErrorItemNotFound", await f.ErrorAsync(HttpStatusCode.NotFound, "GET", "me/messages/" + Id(made)));
        JsonElement again = await f.GetAsync("me/messages/" + Id(immutable), s_immutable);
        Assert.Equal(Id(immutable), Id(again));
        Assert.Equal(Id(moved), Id(await f.GetAsync("me/messages/" + Id(immutable))));
        Assert.Equal(Id(await f.GetAsync("me/mailFolders/archive")), again.GetProperty("parentFolderId").GetString());
        await f.ErrorAsync(HttpStatusCode.NotFound, "GET", $"me/mailFolders/inbox/messages/{Id(moved)}");
        await f.ErrorAsync(HttpStatusCode.BadRequest, "GET", "me/messages/" + Id(moved).ToUpperInvariant());
    }

    [Fact]
    public async Task Ids_translate_both_ways()
    {
        using Fixture f = new();
        string id = Id(await f.ImportAsync());

        JsonElement there = await f.JsonAsync(HttpStatusCode.OK, "POST", "me/translateExchangeIds", $$"""{"inputIds":["{{id}}","x"],"targetIdType":"restImmutableEntryId","sourceIdType":"restId"}""");
        string immutable = there.GetProperty("value")[0].GetProperty("targetId").GetString()!;

        Assert.Equal(Id(await f.GetAsync("me/messages/" + id, s_immutable)), immutable);
        Assert.Equal("ErrorItemNotFound", there.GetProperty("value")[1].GetProperty("errorDetails").GetProperty("code").GetString());
    }

    [Fact]
    public async Task Deleting_goes_by_way_of_deleted_items()
    {
        using Fixture f = new();
        string id = Id(await f.ImportAsync(headers: s_immutable));

        await f.JsonAsync(HttpStatusCode.NoContent, "DELETE", "me/messages/" + id);
        Assert.Equal(1, (await f.GetAsync("me/mailFolders/deleteditems")).GetProperty("totalItemCount").GetInt32());
        await f.JsonAsync(HttpStatusCode.NoContent, "DELETE", "me/messages/" + id);
        Assert.Equal(1, (await f.GetAsync("me/mailFolders/recoverableitemsdeletions")).GetProperty("totalItemCount").GetInt32());
        await f.JsonAsync(HttpStatusCode.NoContent, "POST", $"me/messages/{id}/permanentDelete");
        await f.ErrorAsync(HttpStatusCode.NotFound, "GET", "me/messages/" + id);
    }

    [Fact]
    public async Task Lists_come_newest_first_in_pages()
    {
        using Fixture f = new();
        foreach (int day in new[] { 3, 1, 5, 2, 4 })
        {
            await f.PostAsync("me/mailFolders/inbox/messages", $$"""
                {"subject":"{{day}}","singleValueExtendedProperties":[{"id":"Integer 0x0E07","value":"1"},{"id":"SystemTime 0x0E06","value":"2010-01-0{{day}}T00:00:00Z"}]}
                """);
        }

        List<string> subjects = [];
        string? next = "me/mailFolders/inbox/messages?$select=subject&$top=2";
        while (next is not null)
        {
            JsonElement page = await f.GetAsync(next);
            Assert.All(page.GetProperty("value").EnumerateArray(), m => Assert.False(m.TryGetProperty("body", out _)));
            subjects.AddRange(Subjects(page));
            next = page.TryGetProperty("@odata.nextLink", out JsonElement link) ? link.GetString() : null;
        }

        Assert.Equal(["5", "4", "3", "2", "1"], subjects);
        Assert.Equal(["1", "2", "3", "4", "5"], Subjects(await f.GetAsync("me/mailFolders/inbox/messages?$orderby=receivedDateTime asc")));
        Assert.Equal(["5", "4"], Subjects(await f.GetAsync("me/messages", ("Prefer", "odata.maxpagesize=2"))));
        f.Time.Advance(f.Options.VisibilityDelay);
        Assert.Equal(["4", "3"], Subjects(await f.GetAsync("me/messages?$filter=receivedDateTime ge 2010-01-03T00:00:00Z and receivedDateTime lt 2010-01-05T00:00:00Z")));
        Assert.Equal("2", await (await f.SendAsync("GET", "me/mailFolders/inbox/messages/$count?$filter=receivedDateTime lt 2010-01-03T00:00:00Z")).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Mime_becomes_a_draft()
    {
        using Fixture f = new();
        const string Mime = "From: A <a@example.com>\r\nTo: b@example.com\r\nSubject: =?iso-2022-jp?B?GyRCRnxLXBsoQg==?=\r\nDate: Sun, 1 Mar 2009 10:20:30 +0000\r\n"
            + "Message-ID: <m@example.com>\r\nReceived: from x\r\nX-Mine: yes\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
            + "--b\r\nContent-Type: text/plain\r\n\r\nhello\r\n--b\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Disposition: attachment; filename=a.pdf\r\n"
            + "Content-Transfer-Encoding: base64\r\n\r\nAQID\r\n--b--\r\n";
        using StringContent content = new(Convert.ToBase64String(Encoding.ASCII.GetBytes(Mime)), Encoding.ASCII, "text/plain");
        using HttpResponseMessage response = await f.SendAsync("POST", "me/messages", content);
        JsonElement made = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.True(made.GetProperty("isDraft").GetBoolean());
        Assert.Equal("日本", made.GetProperty("subject").GetString());
        Assert.Equal("<m@example.com>", made.GetProperty("internetMessageId").GetString());
        Assert.Equal("hello", made.GetProperty("body").GetProperty("content").GetString()!.Trim());
        Assert.Equal("2026-11-23T12:00:00Z", made.GetProperty("receivedDateTime").GetString());
        Assert.Equal("a@example.com", made.GetProperty("from").GetProperty("emailAddress").GetProperty("address").GetString());
        JsonElement attachment = (await f.GetAsync($"me/messages/{Id(made)}/attachments")).GetProperty("value")[0];
        Assert.Equal(("a.pdf", "AQID"), (attachment.GetProperty("name").GetString(), attachment.GetProperty("contentBytes").GetString()));
        JsonElement headers = (await f.GetAsync($"me/messages/{Id(made)}?$select=internetMessageHeaders")).GetProperty("internetMessageHeaders");
        Assert.Equal("X-Mine", headers[0].GetProperty("name").GetString());
        Assert.Equal(1, headers.GetArrayLength());
        using StringContent wrong = new("!!", Encoding.ASCII, "text/plain");
        Assert.Equal(HttpStatusCode.BadRequest, (await f.SendAsync("POST", "me/messages", wrong)).StatusCode);
    }

    [Fact]
    public async Task A_message_comes_as_mime()
    {
        using Fixture f = new();
        string id = Id(await f.ImportAsync("日本 & more", more: """
            ,"internetMessageId":"<a@b>","from":{"emailAddress":{"name":"A","address":"a@example.com"}},"toRecipients":[{"emailAddress":{"address":"b@example.com"}}],
            "replyTo":[{"emailAddress":{"name":"R","address":"r@example.com"}}],
            "attachments":[{"@odata.type":"#microsoft.graph.fileAttachment","name":"a.bin","contentBytes":"AQIDBA=="},
             {"@odata.type":"#microsoft.graph.itemAttachment","name":"Fwd","item":{"@odata.type":"#microsoft.graph.message","subject":"Inner"}}]
            """));
        using HttpResponseMessage response = await f.SendAsync("GET", $"me/messages/{id}/$value");
        using System.IO.MemoryStream bytes = new(await response.Content.ReadAsByteArrayAsync());
        using MimeKit.MimeMessage mime = MimeKit.MimeMessage.Load(bytes);

        Assert.Equal("日本 & more", mime.Subject);
        Assert.Equal("a@b", mime.MessageId);
        Assert.Equal(new DateTimeOffset(2009, 3, 1, 10, 20, 30, TimeSpan.Zero), mime.Date);
        Assert.Equal("a@example.com", mime.From.Mailboxes.Single().Address);
        Assert.Equal("b@example.com", mime.To.Mailboxes.Single().Address);
        Assert.Equal("r@example.com", mime.ReplyTo.Mailboxes.Single().Address);
        Assert.Equal("text", mime.TextBody!.Trim());
        Assert.Equal("a.bin", mime.BodyParts.OfType<MimeKit.MimePart>().Single(p => p.IsAttachment).FileName);
        Assert.Equal("Inner", mime.BodyParts.OfType<MimeKit.MessagePart>().Single().Message!.Subject);
        JsonElement item = (await f.GetAsync($"me/messages/{id}/attachments")).GetProperty("value")[1];
        using HttpResponseMessage inner = await f.SendAsync("GET", $"me/messages/{id}/attachments/{Id(item)}/$value");
        Assert.Contains("Subject: Inner", await inner.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("""{"subject":7}""", "RequestBodyRead")]
    [InlineData("""{"colour":"red"}""", "RequestBodyRead")]
    [InlineData("""{"importance":"urgent"}""", "RequestBodyRead")]
    [InlineData("""{"isRead":"yes"}""", "RequestBodyRead")]
    [InlineData("""{"subject":"a\u0001b"}""", "ErrorInvalidProperty")]
    [InlineData("""{"subject":"a\ud800b"}""", "RequestBodyRead")]
    [InlineData("""{"body":{"contentType":"rtf","content":"x"}}""", "RequestBodyRead")]
    [InlineData("""{"replyTo":[{"emailAddress":{"address":"nobody"}}]}""", "ErrorInvalidRecipients")]
    [InlineData("""{"toRecipients":[{"emailAddress":{"address":"/O=ORG/CN=X"}}]}""", "ErrorInvalidRecipients")]
    [InlineData("""{"toRecipients":[{"emailAddress":{}}]}""", "ErrorInvalidRecipients")]
    [InlineData("""{"internetMessageHeaders":[{"name":"Received","value":"x"}]}""", "InvalidInternetMessageHeader")]
    [InlineData("""{"flag":{"startDateTime":{"dateTime":"2026-01-02T00:00:00","timeZone":"Nowhere"}}}""", "TimeZoneNotSupportedException")]
    [InlineData("""{"singleValueExtendedProperties":[{"id":"Integer 0x8001","value":"1"}]}""", "ErrorInvalidExtendedProperty")]
    [InlineData("""{"singleValueExtendedProperties":[{"id":"Integer 0x0E07","value":"one"}]}""", "ErrorInvalidExtendedPropertyValue")]
    [InlineData("""{"singleValueExtendedProperties":[{"id":"StringArray {00020329-0000-0000-C000-000000000046} Name Keywords","value":"x"}]}""", "ErrorInvalidExtendedProperty")]
    public async Task A_wrong_message_is_an_error(string json, string code)
    {
        using Fixture f = new();
        using HttpClient unchecked_ = new(f.Mailbox.CreateHandler()) { BaseAddress = f.Client.BaseAddress };
        using StringContent content = new(json, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await unchecked_.PostAsync("me/messages", content);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(code, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_long_subject_is_refused()
    {
        using Fixture f = new();

        await f.PostAsync("me/messages", $$"""{"subject":"{{new string('x', 255)}}"}""");
        Assert.Equal("ErrorInvalidProperty", await f.ErrorAsync(HttpStatusCode.BadRequest, "POST", "me/messages", $$"""{"subject":"{{new string('x', 256)}}"}"""));
    }

    [Fact]
    public async Task Bodies_come_as_text_for_who_prefers_text()
    {
        using Fixture f = new();
        string id = Id(await f.PostAsync("me/messages", """{"subject":"x","body":{"contentType":"html","content":"<p>One &amp; <b>two</b></p><p>three</p>"}}"""));

        JsonElement body = (await f.GetAsync("me/messages/" + id, ("Prefer", "outlook.body-content-type=\"text\""))).GetProperty("body");

        Assert.Equal(("text", "One & two\r\nthree"), (body.GetProperty("contentType").GetString(), body.GetProperty("content").GetString()));
    }

    private static IEnumerable<string> Subjects(JsonElement page) => page.GetProperty("value").EnumerateArray().Select(m => m.GetProperty("subject").GetString()!);
}
