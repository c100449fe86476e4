using System.Net;
using System.Net.Http;
using System.Text.Json;
using Xunit;
using static PstMigration.Sandbox.Tests.Fixture;

namespace PstMigration.Sandbox.Tests;

public sealed class LimitTests
{
    [Fact]
    public async Task Too_many_requests_wait_until_the_window_lets_them()
    {
        using Fixture f = new(options: new SandboxOptions { Limits = new SandboxLimits { Requests = 3 } });
        for (int i = 0; i < 3; i++)
        {
            await f.GetAsync("me/mailFolders/inbox");
            f.Time.Advance(TimeSpan.FromMinutes(1));
        }

        using HttpResponseMessage refused = await f.SendAsync("GET", "me/mailFolders/inbox");
        Assert.Equal((HttpStatusCode)429, refused.StatusCode);
        Assert.Contains("ApplicationThrottled", await refused.Content.ReadAsStringAsync());
        Assert.Equal(TimeSpan.FromMinutes(8), refused.Headers.RetryAfter!.Delta);

        // The refused one counted too, but who waits gets in.
        f.Time.Advance(TimeSpan.FromMinutes(8));
        await f.GetAsync("me/mailFolders/inbox");
    }

    [Fact]
    public async Task Uploaded_bytes_are_counted_in_five_minutes()
    {
        using Fixture f = new(options: new SandboxOptions { Limits = new SandboxLimits { UploadBytes = 10_000 } });
        string json = $$$"""{"subject":"x","body":{"contentType":"text","content":"{{{new string('x', 6000)}}}"}}""";
        await f.PostAsync("me/messages", json);
        f.Time.Advance(TimeSpan.FromMinutes(2));

        using HttpResponseMessage refused = await f.SendAsync("POST", "me/messages", json);
        Assert.Equal((HttpStatusCode)429, refused.StatusCode);
        Assert.Contains("IncomingBytes", await refused.Content.ReadAsStringAsync());
        Assert.Equal(TimeSpan.FromMinutes(3), refused.Headers.RetryAfter!.Delta);
        await f.GetAsync("me/messages");
        f.Time.Advance(TimeSpan.FromMinutes(3));
        await f.PostAsync("me/messages", json);
        Assert.Equal("2", await (await f.SendAsync("GET", "me/messages/$count")).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_single_body_above_the_window_is_taken_alone()
    {
        using Fixture f = new(options: new SandboxOptions { Limits = new SandboxLimits { UploadBytes = 10 } });

        await f.PostAsync("me/messages", """{"subject":"longer than ten bytes"}""");
    }

    [Fact]
    public async Task More_than_four_at_a_time_are_refused()
    {
        using Fixture f = new(options: new SandboxOptions { Latency = TimeSpan.FromSeconds(1) });
        Task<HttpResponseMessage>[] five = Enumerable.Range(0, 5).Select(_ => f.SendAsync("GET", "me/mailFolders/inbox")).ToArray();
        HttpResponseMessage refused = await await Task.WhenAny(five);
        Assert.Equal((HttpStatusCode)429, refused.StatusCode);
        Assert.Contains("MailboxConcurrency", await refused.Content.ReadAsStringAsync());
        Assert.NotNull(refused.Headers.RetryAfter);

        f.Time.Advance(TimeSpan.FromSeconds(1));
        HttpResponseMessage[] all = await Task.WhenAll(five);
        Assert.Equal(4, all.Count(r => r.StatusCode == HttpStatusCode.OK));
        Task<HttpResponseMessage> next = f.SendAsync("GET", "me/mailFolders/inbox");
        f.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await next).StatusCode);
    }

    [Fact]
    public async Task A_request_over_four_megabytes_is_refused()
    {
        using Fixture f = new();
        string json = $$$"""{"subject":"x","body":{"contentType":"text","content":"{{{new string('x', 4 * 1024 * 1024)}}}"}}""";

        Assert.Equal("RequestBodyTooLarge", await f.ErrorAsync(HttpStatusCode.RequestEntityTooLarge, "POST", "me/messages", json));
        Assert.Equal("RequestBodyTooLarge", await f.ErrorAsync(HttpStatusCode.RequestEntityTooLarge, "POST", "$batch", json));
    }

    [Fact]
    public void Limits_scale()
    {
        SandboxLimits half = SandboxLimits.Scaled(0.5);

        Assert.Equal((5000, 2, 75L * 1024 * 1024), (half.Requests, half.Concurrency, half.UploadBytes));
        Assert.Equal(4 * 1024 * 1024, half.RequestBytes);
    }

    [Fact]
    public async Task A_token_is_asked_for_where_the_options_say_so()
    {
        using Fixture f = new(options: new SandboxOptions { RequiresAuthorization = true });

        Assert.Equal("InvalidAuthenticationToken", await f.ErrorAsync(HttpStatusCode.Unauthorized, "GET", "me/messages"));
        await f.GetAsync("me/messages", ("Authorization", "Bearer anything"));
    }

    [Fact]
    public async Task A_fault_before_the_commit_stores_nothing_and_one_after_stores()
    {
        using Fixture f = new();
        f.Mailbox.Faults.Add(new SandboxFault { Method = "POST", Path = "/messages" });
        Assert.Equal("ErrorServerBusy", await f.ErrorAsync(HttpStatusCode.ServiceUnavailable, "POST", "me/messages", """{"subject":"x"}"""));
        Assert.Equal("0", await CountAsync(f));

        f.Mailbox.Faults.Add(new SandboxFault { Method = "POST", Point = SandboxFaultPoint.AfterCommit, StatusCode = 504, Code = "ErrorInternalServerTransientError", RetryAfter = TimeSpan.FromSeconds(7) });
        using HttpResponseMessage response = await f.SendAsync("POST", "me/messages", """{"subject":"x"}""");
        Assert.Equal((HttpStatusCode)504, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(7), response.Headers.RetryAfter!.Delta);
        Assert.Equal("1", await CountAsync(f));
        Assert.Equal(0, f.Mailbox.Faults.Pending);
    }

    [Theory]
    [InlineData(SandboxFaultPoint.BeforeCommit, "0")]
    [InlineData(SandboxFaultPoint.AfterCommit, "1")]
    public async Task A_broken_connection_gives_no_answer(SandboxFaultPoint point, string stored)
    {
        using Fixture f = new();
        f.Mailbox.Faults.Add(new SandboxFault { Method = "POST", Point = point, StatusCode = null });

        await Assert.ThrowsAsync<HttpRequestException>(() => f.SendAsync("POST", "me/messages", """{"subject":"x"}"""));

        Assert.Equal(stored, await CountAsync(f));
    }

    [Fact]
    public async Task A_fault_may_skip_some_and_strike_more_than_once()
    {
        using Fixture f = new();
        f.Mailbox.Faults.Add(new SandboxFault { Path = "/MESSAGES", Skip = 1, Times = 2 });

        HttpStatusCode[] codes = new HttpStatusCode[5];
        for (int i = 0; i < codes.Length; i++)
        {
            codes[i] = (await f.SendAsync("GET", "me/messages")).StatusCode;
        }

        Assert.Equal([200, 503, 503, 200, 200], codes.Select(c => (int)c));
        f.Mailbox.Faults.Add(new SandboxFault());
        f.Mailbox.Faults.Clear();
        await f.GetAsync("me/messages");
    }

    [Fact]
    public async Task Statistics_tell_for_how_long_requests_were_under_way()
    {
        using Fixture f = new(options: new SandboxOptions { Latency = TimeSpan.FromSeconds(2) });
        Task<HttpResponseMessage>[] three = [f.SendAsync("GET", "me/messages"), f.SendAsync("GET", "me/messages"), f.SendAsync("GET", "me/messages")];
        f.Time.Advance(TimeSpan.FromSeconds(2));
        await Task.WhenAll(three);

        Assert.Equal((3L, 3, TimeSpan.FromSeconds(6)), (f.Mailbox.Statistics.Requests, f.Mailbox.Statistics.MostAtOnce, f.Mailbox.Statistics.UnderWay));
    }

    [Fact]
    public async Task An_upload_that_breaks_after_the_commit_goes_on_where_it_was()
    {
        using Fixture f = new();
        string id = Id(await f.ImportAsync());
        byte[] bytes = AttachmentTests.Bytes(3 * 1024 * 1024);
        string url = (await AttachmentTests.SessionAsync(f, id, bytes.Length)).GetProperty("uploadUrl").GetString()!;
        f.Mailbox.Faults.Add(new SandboxFault { Method = "PUT", Point = SandboxFaultPoint.AfterCommit, StatusCode = null });
        await Assert.ThrowsAsync<HttpRequestException>(() => AttachmentTests.PutAsync(f, url, bytes, 0, 1_000_000));

        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, (await AttachmentTests.PutAsync(f, url, bytes, 0, 1_000_000)).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await AttachmentTests.PutAsync(f, url, bytes, 1_000_000, bytes.Length - 1_000_000)).StatusCode);
    }

    private static Task<string> CountAsync(Fixture f) => Text(f.SendAsync("GET", "me/messages/$count"));

    private static async Task<string> Text(Task<HttpResponseMessage> response) => await (await response).Content.ReadAsStringAsync();
}
