using System.Net;
using System.Net.Http;

namespace PstMigration.Fuzz;

/// <summary>Of so many requests in a hundred something goes wrong: refused, broken off before or after it was done, throttled.</summary>
internal sealed class FaultyNetwork(HttpMessageHandler service, int percent, int seed) : DelegatingHandler(service)
{
    private readonly Random _random = new(seed);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        int kind;
        lock (_random)
        {
            kind = _random.Next(100) < percent ? _random.Next(6) : -1;
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
            default:
                HttpResponseMessage answer = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
                if (kind < 4)
                {
                    return answer;
                }

                answer.Dispose();
                return kind == 4 ? Answer(request, HttpStatusCode.GatewayTimeout) : throw new HttpRequestException("The connection broke.", new IOException());
        }
    }

    private static HttpResponseMessage Answer(HttpRequestMessage request, HttpStatusCode status)
    {
        HttpResponseMessage answer = new(status) { RequestMessage = request, Content = new StringContent("") };
        answer.Headers.TryAddWithoutValidation("Retry-After", "1");
        return answer;
    }
}
