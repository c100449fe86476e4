using System.Net.Http;
using System.Text.Json;

namespace PstMigration.Tests;

/// <summary>Shows every request to Graph to the <see cref="ODataJudge"/>, those inside batches too. Requests whose addresses the service gave out, of uploads, are no OData.</summary>
internal sealed class ODataJudgeHandler : DelegatingHandler
{
    private const string Version = "/v1.0/";

    private readonly ODataJudge _judge;

    private ODataJudgeHandler(ODataJudge judge, HttpMessageHandler inner)
        : base(inner) => _judge = judge;

    /// <summary>Puts the judge before a handler; gives the handler itself where there is no judge.</summary>
    public static HttpMessageHandler Wrap(HttpMessageHandler inner) => ODataJudge.Default is ODataJudge judge ? new ODataJudgeHandler(judge, inner) : inner;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string address = request.RequestUri!.PathAndQuery;
        if (address.StartsWith(Version, StringComparison.Ordinal))
        {
            string? body = request.Content is HttpContent content && content.Headers.ContentType?.MediaType == "application/json"
                ? await ReadAsync(content, cancellationToken)
                : null;
            Check(request.Method.Method, address[Version.Length..], body);
        }

        return await base.SendAsync(request, cancellationToken);
    }

    private static async Task<string> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await content.LoadIntoBufferAsync(cancellationToken);
        return await content.ReadAsStringAsync(cancellationToken);
    }

    private void Check(string method, string address, string? body)
    {
        if (address != "$batch")
        {
            _judge.Check(method, address, body);
            return;
        }

        using JsonDocument batch = JsonDocument.Parse(body!);
        foreach (JsonElement part in batch.RootElement.GetProperty("requests").EnumerateArray())
        {
            _judge.Check(
                part.GetProperty("method").GetString()!,
                part.GetProperty("url").GetString()!.TrimStart('/'),
                part.TryGetProperty("body", out JsonElement inner) ? inner.GetRawText() : null);
        }
    }
}
