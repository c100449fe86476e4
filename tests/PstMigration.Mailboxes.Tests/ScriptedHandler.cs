using System.Net;
using System.Net.Http;
using System.Text;

namespace PstMigration.Mailboxes.Tests;

/// <summary>Answers each request by the next line of a script, the last line for ever, and remembers what was asked.</summary>
internal sealed class ScriptedHandler(params Func<Asked, HttpResponseMessage>[] script) : HttpMessageHandler
{
    private readonly List<Asked> _asked = [];

    public IReadOnlyList<Asked> Asked
    {
        get
        {
            lock (_asked)
            {
                return _asked.ToArray();
            }
        }
    }

    /// <summary>A status with a JSON body.</summary>
    public static Func<Asked, HttpResponseMessage> Answer(int status, string json = "{}", TimeSpan? retryAfter = null, string? location = null) => _ =>
    {
        HttpResponseMessage response = new((HttpStatusCode)status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        if (retryAfter is not null)
        {
            response.Headers.TryAddWithoutValidation("Retry-After", ((int)retryAfter.Value.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        if (location is not null)
        {
            response.Headers.Location = new Uri(location);
        }

        return response;
    };

    /// <summary>An error as the service writes it.</summary>
    public static Func<Asked, HttpResponseMessage> Error(int status, string code, string message = "no") =>
        Answer(status, $$$"""{"error":{"code":"{{{code}}}","message":"{{{message}}}"}}""");

    /// <summary>The connection breaks.</summary>
    public static Func<Asked, HttpResponseMessage> Break(Exception? exception = null) => _ => throw exception ?? new HttpRequestException("broken");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string body = await ReadAsync(request.Content);
        Asked asked = new(
            request.Method.Method,
            request.RequestUri!,
            request.Headers.Authorization?.ToString(),
            request.Headers.TryGetValues("Prefer", out IEnumerable<string>? prefer) ? string.Join("; ", prefer) : "",
            body);
        int index;
        lock (_asked)
        {
            index = _asked.Count;
            _asked.Add(asked);
        }

        cancellationToken.ThrowIfCancellationRequested();
        HttpResponseMessage response = script[Math.Min(index, script.Length - 1)](asked);
        response.RequestMessage = request;
        return response;
    }

    private static Task<string> ReadAsync(HttpContent? content) => content is null ? Task.FromResult("") : content.ReadAsStringAsync();
}

/// <summary>A request as it arrived.</summary>
internal sealed record Asked(string Method, Uri Address, string? Authorization, string Prefer, string Body)
{
    public string Path => Address.AbsolutePath;
}
