using System.Net;
using System.Net.Http;
using PstMigration.Sandbox;

namespace PstMigration.Fuzz;

/// <summary>Of so many requests in a hundred something goes wrong: refused, throttled, broken off before or after it was done or in the middle of the answer, late.</summary>
internal sealed class FaultyNetwork(HttpMessageHandler service, int percent, int seed) : DelegatingHandler(service)
{
    private static readonly TimeSpan s_late = TimeSpan.FromMilliseconds(300);

    private readonly Random _random = new(seed);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        int kind;
        lock (_random)
        {
            kind = _random.Next(100) < percent ? _random.Next(8) : -1;
        }

        switch (kind)
        {
            case 0:
                return Answer(request, HttpStatusCode.ServiceUnavailable);
            case 1:
                return Answer(request, HttpStatusCode.TooManyRequests);
            case 2:
                return Answer(request, HttpStatusCode.InternalServerError);
            case 3:
                throw new HttpRequestException("The connection was refused.", new IOException());
        }

        HttpResponseMessage answer = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        switch (kind)
        {
            case 4:
                answer.Dispose();
                return Answer(request, HttpStatusCode.GatewayTimeout);
            case 5:
                answer.Dispose();
                throw new HttpRequestException("The connection broke.", new IOException());
            case 6:
                byte[] body = await answer.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
                StreamContent half = new(new BrokenStream(new MemoryStream(body), body.Length / 2));
                half.Headers.ContentType = answer.Content.Headers.ContentType;
                answer.Content = half;
                return answer;
            case 7:
                await Task.Delay(s_late, cancellationToken).ConfigureAwait(false);
                return answer;
            default:
                return answer;
        }
    }

    private static HttpResponseMessage Answer(HttpRequestMessage request, HttpStatusCode status)
    {
        HttpResponseMessage answer = new(status) { RequestMessage = request, Content = new StringContent("") };
        answer.Headers.TryAddWithoutValidation("Retry-After", "1");
        return answer;
    }
}
