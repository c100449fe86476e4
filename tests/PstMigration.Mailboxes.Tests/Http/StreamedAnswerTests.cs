using System.Net;
using System.Net.Http;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Xunit;
using static PstMigration.Mailboxes.Tests.ScriptedHandler;

namespace PstMigration.Mailboxes.Tests.Http;

/// <summary>Answers that are read as they come, and those to the same requests that are not.</summary>
public sealed class StreamedAnswerTests
{
    private const string Attachment = "https://graph.microsoft.com/v1.0/users/x/messages/1/attachments/2/$value";
    private const string Export = "https://graph.microsoft.com/beta/admin/exchange/mailboxes/MBX:1/exportItems";
    private const string Picture = "https://graph.microsoft.com/v1.0/users/x/contacts/1/photo/$value";
    private static readonly TimeSpan s_step = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _clock = Clock.Create();
    private readonly List<StalledBody> _bodies = [];

    [Theory]
    [InlineData(Attachment)]
    [InlineData(Export)]
    public async Task What_stops_coming_is_given_up_and_its_connection_let_go(string url)
    {
        using HttpClient client = Connections.Client(new ScriptedHandler(Stalled(200)), _clock);
        byte[] buffer = new byte[100];

        using (HttpResponseMessage response = await SendAsync(client, url, CancellationToken.None))
        {
            Assert.Equal(("text/plain", 1000L), (response.Content.Headers.ContentType?.MediaType, response.Content.Headers.ContentLength));
            using Stream body = await response.Content.ReadAsStreamAsync();
            Assert.Equal(5, await body.ReadAsync(buffer, 0, buffer.Length, CancellationToken.None));
            DateTimeOffset begun = _clock.GetUtcNow();
            IOException e = await Assert.ThrowsAsync<IOException>(() => _clock.RunAsync(body.ReadAsync(buffer, 0, buffer.Length, CancellationToken.None), s_step));
            Assert.Contains("600", e.Message, StringComparison.Ordinal);
            Assert.InRange((_clock.GetUtcNow() - begun).TotalMinutes, 10, 12);
        }

        Assert.False(Assert.Single(_bodies).CanRead);
    }

    [Fact]
    public async Task Who_is_stopped_does_not_wait_for_what_stops_coming()
    {
        using HttpClient client = Connections.Client(new ScriptedHandler(Stalled(200)), _clock);
        using HttpResponseMessage response = await SendAsync(client, Attachment, CancellationToken.None);
        using Stream body = await response.Content.ReadAsStreamAsync();
        byte[] buffer = new byte[100];
        Assert.Equal(5, await body.ReadAsync(buffer, 0, buffer.Length, CancellationToken.None));
        using CancellationTokenSource stop = new();
        Task<int> read = body.ReadAsync(buffer, 0, buffer.Length, stop.Token);
        stop.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
    }

    [Theory]
    [InlineData(Attachment, 404)]
    [InlineData(Attachment, 429)]
    [InlineData(Attachment, 503)]
    [InlineData(Export, 403)]
    [InlineData(Export, 429)]
    [InlineData(Export, 503)]
    [InlineData(Picture, 200)]
    public async Task An_error_that_stops_coming_is_no_answer_and_is_asked_for_again(string url, int status)
    {
        ScriptedHandler service = new(Stalled(status), Answer(200));
        using HttpClient client = Connections.Client(service, _clock);

        using HttpResponseMessage response = await _clock.RunAsync(SendAsync(client, url, CancellationToken.None), s_step);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(2, service.Asked.Count);
        Assert.False(Assert.Single(_bodies).CanRead);
    }

    [Theory]
    [InlineData(Attachment, 429)]
    [InlineData(Export, 429)]
    [InlineData(Export, 403)]
    public async Task Who_is_stopped_does_not_wait_for_an_error(string url, int status)
    {
        using HttpClient client = Connections.Client(new ScriptedHandler(Stalled(status)), _clock);
        using CancellationTokenSource stop = new();
        Task<HttpResponseMessage> asked = SendAsync(client, url, stop.Token);
        Assert.False(asked.IsCompleted);
        stop.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        Assert.False(Assert.Single(_bodies).CanRead);
    }

    [Fact]
    public async Task A_piece_of_an_upload_whose_answer_stops_coming_is_in_doubt()
    {
        using HttpClient client = Connections.Client(new ScriptedHandler(Stalled(202)), _clock);
        using SessionRequest piece = new(HttpMethod.Put, new Uri("https://outlook.office.com/api/v2.0/upload"));

        await Assert.ThrowsAsync<AmbiguousResponseException>(() => _clock.RunAsync(client.SendAsync(piece), s_step));

        Assert.False(Assert.Single(_bodies).CanRead);
    }

    [Fact]
    public async Task A_charset_nobody_knows_is_no_error_of_ours()
    {
        ScriptedHandler service = new(Strange(429), Answer(200));
        using HttpClient client = Connections.Client(service, _clock);

        using HttpResponseMessage response = await _clock.RunAsync(SendAsync(client, Attachment, CancellationToken.None), s_step);

        Assert.Equal(2, service.Asked.Count);
        Assert.Equal(7, await UploadStatus.ReadAsync(Strange(200)(service.Asked[0]), 10));
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, string url, CancellationToken cancellationToken) => client.SendAsync(
        new HttpRequestMessage(url == Export ? HttpMethod.Post : HttpMethod.Get, url), HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    private static Func<Asked, HttpResponseMessage> Strange(int status) => _ =>
    {
        HttpResponseMessage response = new((HttpStatusCode)status) { Content = new ByteArrayContent(Encoding.ASCII.GetBytes("""{"nextExpectedRanges":["7"]}""")) };
        response.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json; charset=nonsense");
        return response;
    };

    private Func<Asked, HttpResponseMessage> Stalled(int status) => _ =>
    {
        StalledBody body = new("begin");
        _bodies.Add(body);
        HttpResponseMessage response = new((HttpStatusCode)status) { Content = new StreamContent(body) };
        response.Content.Headers.TryAddWithoutValidation("Content-Type", "text/plain");
        response.Content.Headers.ContentLength = 1000;
        return response;
    };
}
