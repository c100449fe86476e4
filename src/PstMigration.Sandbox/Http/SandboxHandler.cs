using System.Globalization;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;

namespace PstMigration.Sandbox;

/// <summary>HTTP messages to and from what the sandbox works with.</summary>
internal sealed class SandboxHandler(SandboxService service) : HttpMessageHandler
{
    private const string Version = "v1.0";
    private const string Beta = "beta";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        GraphRequest graph = await ReadAsync(request, cancellationToken).ConfigureAwait(false);
        GraphAnswer answer;
        try
        {
            await ReadBodyAsync(request, graph, cancellationToken).ConfigureAwait(false);
            answer = await service.AnswerAsync(graph, cancellationToken).ConfigureAwait(false);
        }
        catch (GraphException e)
        {
            answer = Errors.Answer(e, graph, service.Options.TimeProvider);
        }

        return Write(request, graph, answer);
    }

    private static async Task<GraphRequest> ReadAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Uri url = request.RequestUri ?? throw new InvalidOperationException("The request has no URL.");
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, IEnumerable<string>> header in request.Headers.Concat(request.Content?.Headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>()))
        {
            headers[header.Key] = string.Join(", ", header.Value);
        }

        string[] segments = GraphRequest.SplitPath(url.AbsolutePath);
        bool beta = segments.Length > 0 && string.Equals(segments[0], Beta, StringComparison.OrdinalIgnoreCase) && MailboxAccess.IsInBeta(segments);
        bool versioned = beta || (segments.Length > 0 && string.Equals(segments[0], Version, StringComparison.OrdinalIgnoreCase));
        bool upload = !versioned && UploadHandlers.IsUpload(segments);
        return new GraphRequest
        {
            Method = request.Method.Method.ToUpperInvariant(),
            BaseUrl = url.GetLeftPart(UriPartial.Authority) + "/" + (beta ? Beta : Version),
            Segments = versioned ? segments.Skip(1).ToArray() : upload ? segments : [],
            RawQuery = url.Query.TrimStart('?'),
            Headers = headers,
            BodyStream = upload && !ImportHandlers.IsImport(segments) && request.Content is not null ? await request.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false) : null,
        };
    }

    // Everything but a chunk of an upload is read whole, up to the limit for one request.
    private async Task ReadBodyAsync(HttpRequestMessage request, GraphRequest graph, CancellationToken cancellationToken)
    {
        if (graph.Segments.Count == 0)
        {
            throw GraphException.BadRequest("BadRequest", "Invalid version: the URL must begin with /" + Version + ".");
        }

        if (request.Content is null || graph.BodyStream is not null)
        {
            return;
        }

        long limit = ImportHandlers.IsImport(graph.Segments) ? service.Options.Limits.ImportBytes : service.Options.Limits.RequestBytes;
        using Stream stream = await request.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using MemoryStream body = new();
        byte[] buffer = new byte[81920];
        int read;
        while ((read = await stream.ReadAsync(buffer, 0, buffer.Length, cancellationToken).ConfigureAwait(false)) > 0)
        {
            body.Write(buffer, 0, read);
            if (body.Length > limit)
            {
                throw new GraphException(HttpStatusCode.RequestEntityTooLarge, "RequestBodyTooLarge", "The request body is too large: the maximum request length was exceeded.");
            }
        }

        graph.Body = body.ToArray();
    }

    private HttpResponseMessage Write(HttpRequestMessage request, GraphRequest graph, GraphAnswer answer)
    {
        HttpResponseMessage response = new(answer.Status) { RequestMessage = request };
        response.Headers.Date = service.Options.TimeProvider.GetUtcNow();
        response.Headers.TryAddWithoutValidation("request-id", Guid.NewGuid().ToString());
        if (graph.Header("client-request-id") is string id)
        {
            response.Headers.TryAddWithoutValidation("client-request-id", id);
        }

        if (string.Equals(graph.Preference("IdType"), "ImmutableId", StringComparison.OrdinalIgnoreCase))
        {
            response.Headers.TryAddWithoutValidation("Preference-Applied", "IdType=\"ImmutableId\"");
        }

        foreach (KeyValuePair<string, string> header in answer.Headers)
        {
            response.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        response.Content = answer.Body is not AnswerBody body ? new ByteArrayContent([]) : new StreamContent(answer.BreaksOff ? new BrokenStream(body.Open()) : body.Open());
        if (answer.Body is not null)
        {
            response.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(answer.Body.ContentType);
        }

        return response;
    }
}
