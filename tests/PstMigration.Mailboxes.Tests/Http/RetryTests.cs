using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Xunit;
using static PstMigration.Mailboxes.Tests.ScriptedHandler;

namespace PstMigration.Mailboxes.Tests.Http;

public sealed class RetryTests
{
    private const string Url = "https://graph.microsoft.com/v1.0/users/x/messages";
    private readonly FakeTimeProvider _clock = Clock.Create();

    public static TheoryData<int> Failures => [408, 500, 502, 503, 504];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_get_is_sent_again_after_a_failure(int status)
    {
        ScriptedHandler service = new(Error(status, "ErrorServerBusy"), Break(), Answer(200));
        using HttpClient client = Connections.Client(service, _clock);

        using HttpResponseMessage response = await _clock.RunAsync(client.GetAsync(Url));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(3, service.Asked.Count);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_post_is_not_sent_again_after_a_failure(int status)
    {
        ScriptedHandler service = new(Error(status, "ErrorServerBusy"), Answer(201));
        using HttpClient client = Connections.Client(service, _clock);

        await Assert.ThrowsAsync<AmbiguousResponseException>(() => _clock.RunAsync(client.PostAsync(Url, Json())));

        Assert.Single(service.Asked);
    }

    [Fact]
    public async Task A_post_is_not_sent_again_when_the_connection_breaks()
    {
        ScriptedHandler service = new(Break(), Answer(201));
        using HttpClient client = Connections.Client(service, _clock);

        AmbiguousResponseException e = await Assert.ThrowsAsync<AmbiguousResponseException>(() => _clock.RunAsync(client.PostAsync(Url, Json())));

        Assert.Equal("AnswerLost", e.Id);
        Assert.Single(service.Asked);
    }

    [Fact]
    public async Task A_post_whose_answer_breaks_off_is_not_sent_again()
    {
        ScriptedHandler service = new(_ => new HttpResponseMessage(HttpStatusCode.Created) { Content = new StreamContent(new BrokenStream()) }, Answer(201));
        using HttpClient client = Connections.Client(service, _clock);

        await Assert.ThrowsAsync<AmbiguousResponseException>(() => _clock.RunAsync(client.PostAsync(Url, Json())));

        Assert.Single(service.Asked);
    }

    [Fact]
    public async Task A_post_is_sent_again_when_no_connection_was_made()
    {
        HttpRequestException refused = new("no", new SocketException((int)SocketError.ConnectionRefused));
        ScriptedHandler service = new(Break(refused), Answer(201));
        using HttpClient client = Connections.Client(service, _clock);

        using HttpResponseMessage response = await _clock.RunAsync(client.PostAsync(Url, Json()));

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal([Content, Content], service.Asked.Select(a => a.Body));
    }

    [Fact]
    public async Task A_post_is_sent_again_when_only_the_token_could_not_be_had()
    {
        ScriptedHandler service = new(Answer(201));
        using HttpClient client = Connections.Client(service, _clock, new FlakyTokens());

        using HttpResponseMessage response = await _clock.RunAsync(client.PostAsync(Url, Json()));

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("Bearer t", Assert.Single(service.Asked).Authorization);
    }

    [Fact]
    public async Task A_body_a_handler_has_used_up_is_sent_whole_again()
    {
        ScriptedHandler service = new(Answer(429), Answer(201));
        using HttpClient client = Connections.Client(new UsesUp(service), _clock);

        using HttpResponseMessage response = await _clock.RunAsync(client.PostAsync(Url, Json()));

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal([Content, Content], service.Asked.Select(a => a.Body));
    }

    [Fact]
    public async Task A_post_is_sent_again_after_throttling_and_not_before_the_pause()
    {
        List<DateTimeOffset> times = [];
        ScriptedHandler service = new(
            a => Timed(a, Answer(429, retryAfter: TimeSpan.FromSeconds(40))),
            a => Timed(a, Answer(201)));
        using HttpClient client = Connections.Client(service, _clock);

        using HttpResponseMessage response = await _clock.RunAsync(client.PostAsync(Url, Json()));

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.InRange((times[1] - times[0]).TotalSeconds, 40, 42);
        HttpResponseMessage Timed(Asked asked, Func<Asked, HttpResponseMessage> answer)
        {
            times.Add(_clock.GetUtcNow());
            return answer(asked);
        }
    }

    [Fact]
    public async Task Actions_that_may_be_repeated_are()
    {
        ScriptedHandler service = new(Error(503, "ErrorServerBusy"), Answer(200), Error(503, "ErrorServerBusy"), Answer(204));
        using HttpClient client = Connections.Client(service, _clock);

        using HttpResponseMessage session = await _clock.RunAsync(client.PostAsync(Url + "/1/attachments/createUploadSession", Json()));
        using HttpResponseMessage removal = await _clock.RunAsync(client.PostAsync(Url + "/1/permanentDelete", Json()));

        Assert.Equal(HttpStatusCode.OK, session.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, removal.StatusCode);
    }

    [Fact]
    public async Task A_delete_is_not_repeated_because_the_second_would_be_for_good()
    {
        ScriptedHandler service = new(Error(503, "ErrorServerBusy"), Answer(204));
        using HttpClient client = Connections.Client(service, _clock);

        await Assert.ThrowsAsync<AmbiguousResponseException>(() => _clock.RunAsync(client.DeleteAsync(Url + "/1")));

        Assert.Single(service.Asked);
    }

    [Fact]
    public async Task Endless_throttling_ends_with_an_error_that_says_so()
    {
        ScriptedHandler service = new(Answer(429));
        using HttpClient client = Connections.Client(service, _clock);

        MailboxException e = await Assert.ThrowsAsync<MailboxException>(() => _clock.RunAsync(client.GetAsync(Url), TimeSpan.FromSeconds(30)));

        Assert.Equal("MailboxThrottled", e.Id);
        Assert.Equal(12, service.Asked.Count);
    }

    [Fact]
    public async Task A_dead_host_ends_with_an_error_that_says_so()
    {
        ScriptedHandler service = new(Break());
        using HttpClient client = Connections.Client(service, _clock);

        MailboxException e = await Assert.ThrowsAsync<MailboxException>(() => _clock.RunAsync(client.GetAsync(Url), TimeSpan.FromSeconds(30)));

        Assert.Equal("MailboxUnreachable", e.Id);
        Assert.Equal(6, service.Asked.Count);
    }

    [Fact]
    public async Task A_request_without_an_answer_is_given_up_in_time()
    {
        TaskCompletionSource<HttpResponseMessage> never = new();
        using SilentHandler service = new();
        using HttpClient client = Connections.Client(service, _clock);

        await Assert.ThrowsAsync<AmbiguousResponseException>(() => _clock.RunAsync(client.PostAsync(Url, Json()), TimeSpan.FromMinutes(1)));

        Assert.Equal(1, service.Count);
    }

    [Fact]
    public async Task A_cancelled_request_is_cancelled_and_not_retried()
    {
        using SilentHandler service = new();
        using HttpClient client = Connections.Client(service, _clock);
        using CancellationTokenSource stop = new();
        Task<HttpResponseMessage> task = client.GetAsync(Url, stop.Token);
        stop.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
        Assert.Equal(1, service.Count);
    }

    private const string Content = """{"subject":"x"}""";

    private static StringContent Json() => new(Content, Encoding.UTF8, "application/json");

    private sealed class FlakyTokens : IAccessTokenSource
    {
        private bool _failed;

        public Task<string> GetTokenAsync(string? refused, CancellationToken cancellationToken)
        {
            bool first = !_failed;
            _failed = true;
            return first ? throw new HttpRequestException("sign-in service unreachable") : Task.FromResult("t");
        }
    }

    /// <summary>Closes the body's stream after use, as a handler may.</summary>
    private sealed class UsesUp(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
            request.Content!.Dispose();
            return response;
        }
    }

    private sealed class SilentHandler : HttpMessageHandler
    {
        public int Count { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Count++;
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException();
        }
    }

    private sealed class BrokenStream : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => 0; set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new IOException("broken off");

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
