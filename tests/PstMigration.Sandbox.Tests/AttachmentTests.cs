using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text.Json;
using Xunit;
using static PstMigration.Sandbox.Tests.Fixture;

namespace PstMigration.Sandbox.Tests;

public sealed class AttachmentTests
{
    private const int ThreeMegabytes = 3 * 1024 * 1024;

    [Fact]
    public async Task Attachments_of_the_create_request_come_back()
    {
        using Fixture f = new();
        JsonElement made = await f.ImportAsync(more: """
            ,"attachments":[
             {"@odata.type":"#microsoft.graph.fileAttachment","name":"a.txt","contentType":"text/plain","contentBytes":"aGVsbG8="},
             {"@odata.type":"#microsoft.graph.fileAttachment","name":"i.png","contentType":"image/png","isInline":true,"contentId":"img1@x","contentBytes":"iVBORw0="},
             {"@odata.type":"#microsoft.graph.itemAttachment","name":"Fwd","item":{"@odata.type":"#microsoft.graph.message","subject":"Inner",
               "body":{"contentType":"html","content":"<p>in</p>"},"toRecipients":[{"emailAddress":{"address":"b@example.com"}}]}},
             {"@odata.type":"#microsoft.graph.itemAttachment","name":"Card","item":{"@odata.type":"#microsoft.graph.contact","displayName":"Anna"}}]
            """);
        string path = $"me/messages/{Id(made)}/attachments";

        Assert.True((await f.GetAsync("me/messages/" + Id(made))).GetProperty("hasAttachments").GetBoolean());
        JsonElement[] list = (await f.GetAsync(path)).GetProperty("value").EnumerateArray().ToArray();
        Assert.Equal(["a.txt", "i.png", "Fwd", "Card"], list.Select(a => a.GetProperty("name").GetString()));
        Assert.Equal("aGVsbG8=", list[0].GetProperty("contentBytes").GetString());
        Assert.Equal(5, list[0].GetProperty("size").GetInt32());
        Assert.True(list[1].GetProperty("isInline").GetBoolean());
        Assert.Equal("img1@x", list[1].GetProperty("contentId").GetString());
        Assert.False(list[2].TryGetProperty("item", out _));
        JsonElement item = (await f.GetAsync($"{path}/{Id(list[2])}?$expand=microsoft.graph.itemattachment/item")).GetProperty("item");
        Assert.Equal("Inner", item.GetProperty("subject").GetString());
        Assert.Contains("<p>in</p>", item.GetProperty("body").GetProperty("content").GetString());
        JsonElement card = (await f.GetAsync($"{path}/{Id(list[3])}?$expand=microsoft.graph.itemattachment/item")).GetProperty("item");
        Assert.Equal("Anna", card.GetProperty("displayName").GetString());
        using HttpResponseMessage value = await f.SendAsync("GET", $"{path}/{Id(list[0])}/$value");
        Assert.Equal("hello", await value.Content.ReadAsStringAsync());
        JsonElement expanded = await f.GetAsync($"me/messages/{Id(made)}?$select=subject&$expand=attachments($select=id,name)");
        Assert.Equal(4, expanded.GetProperty("attachments").GetArrayLength());
        Assert.False(expanded.GetProperty("attachments")[0].TryGetProperty("contentBytes", out _));
    }

    [Fact]
    public async Task Adding_and_deleting_keeps_count()
    {
        using Fixture f = new();
        string id = Id(await f.PostAsync("me/messages", """{"subject":"x"}"""));
        JsonElement added = await f.PostAsync($"me/messages/{id}/attachments", """{"@odata.type":"#microsoft.graph.fileAttachment","name":"a","contentBytes":"AQ=="}""");
        await f.PostAsync($"me/messages/{id}/attachments", """{"@odata.type":"#microsoft.graph.fileAttachment","name":"b","isInline":true,"contentBytes":"AQ=="}""");

        Assert.True((await f.GetAsync("me/messages/" + id)).GetProperty("hasAttachments").GetBoolean());
        await f.JsonAsync(HttpStatusCode.NoContent, "DELETE", $"me/messages/{id}/attachments/{Id(added)}");

        // Inline attachments alone do not count.
        Assert.False((await f.GetAsync("me/messages/" + id)).GetProperty("hasAttachments").GetBoolean());
        Assert.Equal("1", await (await f.SendAsync("GET", $"me/messages/{id}/attachments/$count")).Content.ReadAsStringAsync());
        await f.ErrorAsync(HttpStatusCode.NotFound, "GET", $"me/messages/{id}/attachments/{Id(added)}");
    }

    [Theory]
    [InlineData("""{"name":"a","contentBytes":"AQ=="}""")]
    [InlineData("""{"@odata.type":"#microsoft.graph.referenceAttachment","name":"a"}""")]
    [InlineData("""{"@odata.type":"#microsoft.graph.fileAttachment","name":"a","contentBytes":"not base64!"}""")]
    [InlineData("""{"@odata.type":"#microsoft.graph.fileAttachment","name":"a"}""")]
    [InlineData("""{"@odata.type":"#microsoft.graph.itemAttachment","name":"a","item":{"@odata.type":"#microsoft.graph.event"}}""")]
    public async Task A_wrong_attachment_is_an_error_and_stores_nothing(string attachment)
    {
        using Fixture f = new();

        await f.ErrorAsync(HttpStatusCode.BadRequest, "POST", "me/messages", $$"""{"subject":"x","attachments":[{{attachment}}]}""");

        Assert.Equal("0", await (await f.SendAsync("GET", "me/messages/$count")).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_large_attachment_goes_up_in_chunks_and_comes_down_whole()
    {
        using Fixture f = new();
        string id = Id(await f.ImportAsync());
        byte[] bytes = Bytes(ThreeMegabytes + 1234567);
        JsonElement session = await SessionAsync(f, id, bytes.Length);
        string url = session.GetProperty("uploadUrl").GetString()!;
        const int Chunk = 1_500_000;
        HttpResponseMessage last = null!;
        for (int start = 0; start < bytes.Length; start += Chunk)
        {
            last = await PutAsync(f, url, bytes, start, Math.Min(Chunk, bytes.Length - start));
            if (start + Chunk < bytes.Length)
            {
                JsonElement answer = JsonDocument.Parse(await last.Content.ReadAsStringAsync()).RootElement;
                Assert.Equal(HttpStatusCode.OK, last.StatusCode);
                Assert.Equal((start + Chunk).ToString(System.Globalization.CultureInfo.InvariantCulture), answer.GetProperty("nextExpectedRanges")[0].GetString());
            }
        }

        Assert.Equal(HttpStatusCode.Created, last.StatusCode);
        Assert.NotNull(last.Headers.Location);
        JsonElement attachment = (await f.GetAsync($"me/messages/{id}/attachments")).GetProperty("value")[0];
        Assert.Equal(bytes.Length, attachment.GetProperty("size").GetInt32());
        Assert.Equal(bytes, attachment.GetProperty("contentBytes").GetBytesFromBase64());
        using HttpResponseMessage value = await f.SendAsync("GET", $"me/messages/{id}/attachments/{Id(attachment)}/$value");
        Assert.Equal(bytes, await value.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await PutAsync(f, url, bytes, 0, Chunk)).StatusCode);
    }

    [Fact]
    public async Task Chunks_come_in_order_and_whole()
    {
        using Fixture f = new();
        string id = Id(await f.ImportAsync());
        byte[] bytes = Bytes(ThreeMegabytes);
        string url = (await SessionAsync(f, id, bytes.Length)).GetProperty("uploadUrl").GetString()!;

        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, (await PutAsync(f, url, bytes, 1000, 1000)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await PutAsync(f, url, bytes, 0, 1000)).StatusCode);
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, (await PutAsync(f, url, bytes, 0, 1000)).StatusCode);

        // A chunk cut short does not count, and may be sent again.
        Assert.Equal(HttpStatusCode.BadRequest, (await PutAsync(f, url, bytes, 1000, 500, says: 1000)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await PutAsync(f, url, bytes, 1000, 1500, says: 1000)).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await PutAsync(f, url, bytes, 1000, bytes.Length - 1000)).StatusCode);
        JsonElement attachment = (await f.GetAsync($"me/messages/{id}/attachments")).GetProperty("value")[0];
        Assert.Equal(bytes, attachment.GetProperty("contentBytes").GetBytesFromBase64());
    }

    [Fact]
    public async Task A_session_says_which_byte_it_expects()
    {
        using Fixture f = new();
        string id = Id(await f.ImportAsync());
        byte[] bytes = Bytes(ThreeMegabytes);
        string url = (await SessionAsync(f, id, bytes.Length)).GetProperty("uploadUrl").GetString()!;

        Assert.Equal("0", await ExpectedAsync());
        f.Mailbox.Faults.Add(new SandboxFault { Method = "PUT", CutsRequest = true, Skip = 1 });
        await PutAsync(f, url, bytes, 0, 1_000_000);
        Assert.Equal("1000000", await ExpectedAsync());
        await Assert.ThrowsAnyAsync<Exception>(() => PutAsync(f, url, bytes, 1_000_000, 500_000));
        Assert.Equal("1000000", await ExpectedAsync());

        // A reader that comes and goes changes nothing.
        f.Reopen();
        Assert.Equal("1000000", await ExpectedAsync());
        Assert.Equal(HttpStatusCode.Created, (await PutAsync(f, url, bytes, 1_000_000, bytes.Length - 1_000_000)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await f.SendAsync("GET", url)).StatusCode);
        JsonElement attachment = (await f.GetAsync($"me/messages/{id}/attachments")).GetProperty("value")[0];
        Assert.Equal(bytes, attachment.GetProperty("contentBytes").GetBytesFromBase64());

        async Task<string> ExpectedAsync() => (await f.GetAsync(url)).GetProperty("nextExpectedRanges")[0].GetString()!;
    }

    [Fact]
    public async Task A_session_expires_takes_no_bearer_and_can_be_given_up()
    {
        using Fixture f = new();
        string id = Id(await f.ImportAsync());
        byte[] bytes = Bytes(1000);
        string url = (await SessionAsync(f, id, ThreeMegabytes)).GetProperty("uploadUrl").GetString()!;

        Assert.StartsWith("https://outlook.office.com/", url);
        Assert.Equal(HttpStatusCode.Unauthorized, (await PutAsync(f, url, bytes, 0, 1000, total: ThreeMegabytes, bearer: true)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await PutAsync(f, url + "x", bytes, 0, 1000, total: ThreeMegabytes)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await PutAsync(f, url, bytes, 0, 1000, total: ThreeMegabytes)).StatusCode);
        f.Time.Advance(f.Options.UploadSessionLifetime);
        Assert.Equal(HttpStatusCode.NotFound, (await PutAsync(f, url, bytes, 1000, 1000, total: ThreeMegabytes)).StatusCode);
        string other = (await SessionAsync(f, id, ThreeMegabytes)).GetProperty("uploadUrl").GetString()!;
        Assert.Equal(HttpStatusCode.NoContent, (await f.SendAsync("DELETE", other)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await PutAsync(f, other, bytes, 0, 1000, total: ThreeMegabytes)).StatusCode);
    }

    [Fact]
    public async Task The_limits_of_size_hold()
    {
        using Fixture f = new();
        string id = Id(await f.ImportAsync());

        Assert.Equal("ErrorMessageSizeExceeded", await f.ErrorAsync(HttpStatusCode.RequestEntityTooLarge, "POST", $"me/messages/{id}/attachments/createUploadSession", Item(151L * 1024 * 1024)));
        string large = Convert.ToBase64String(new byte[ThreeMegabytes + 200_000]);
        Assert.Equal("RequestBodyTooLarge", await f.ErrorAsync(
            HttpStatusCode.RequestEntityTooLarge,
            "POST",
            $"me/messages/{id}/attachments",
            $$"""{"@odata.type":"#microsoft.graph.fileAttachment","name":"a","contentBytes":"{{large}}"}"""));
    }

    [Fact]
    public async Task On_a_socket_of_our_own_uploads_stay_there()
    {
        using Fixture f = new();
        using HttpClient local = new(f.Mailbox.CreateHandler()) { BaseAddress = new Uri("http://localhost:5000/v1.0/") };
        string id = Id(await f.ImportAsync());
        using StringContent content = new(Item(ThreeMegabytes), System.Text.Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await local.PostAsync($"me/messages/{id}/attachments/createUploadSession", content);

        Assert.StartsWith("http://localhost:5000/", JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("uploadUrl").GetString());
    }

    internal static string Item(long size) =>
        $$$"""{"AttachmentItem":{"attachmentType":"file","name":"big.bin","contentType":"application/zip","isInline":false,"size":{{{size}}}}}""";

    internal static Task<JsonElement> SessionAsync(Fixture f, string id, long size) =>
        f.PostAsync($"me/messages/{id}/attachments/createUploadSession", Item(size));

    internal static async Task<HttpResponseMessage> PutAsync(
        Fixture f, string url, byte[] bytes, int start, int count, int? says = null, long? total = null, bool bearer = false)
    {
        using ByteArrayContent content = new(bytes.Skip(total is null ? start : 0).Take(count).ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        content.Headers.TryAddWithoutValidation("Content-Range", $"bytes {start}-{start + (says ?? count) - 1}/{total ?? bytes.Length}");
        return await f.SendAsync("PUT", url, content, bearer ? [("Authorization", "Bearer x")] : []);
    }

    internal static byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        new Random(count).NextBytes(bytes);
        return bytes;
    }
}
