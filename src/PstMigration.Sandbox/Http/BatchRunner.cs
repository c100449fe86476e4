using System.Net;
using System.Text;
using System.Text.Json;

namespace PstMigration.Sandbox;

/// <summary>
/// Runs the requests of a <c>$batch</c> (concepts/json-batching). Up to four that depend on nothing run side by side and take a place each of
/// those for what runs at the same time; one that depends on a request that failed is answered 424.
/// </summary>
internal sealed class BatchRunner(SandboxService service, Throttle throttle)
{
    private const int SideBySide = 4;

    public async Task<GraphAnswer> RunAsync(GraphRequest batch, CancellationToken cancellationToken)
    {
        List<Part> parts = Read(batch);
        int wide = Math.Min(SideBySide, parts.Count(p => p.DependsOn.Count == 0));
        using Throttle.Places places = throttle.TakePlaces(wide);
        Dictionary<string, HttpStatusCode> done = new(StringComparer.Ordinal);
        JsonBody body = new();
        body.Writer.WriteStartObject();
        body.Writer.WriteStartArray("responses");
        int independent = 0;
        foreach (Part part in parts)
        {
            // Of each four side by side, those beyond the places there are get none; a chain goes on in the place it began in.
            bool hasPlace = part.DependsOn.Count > 0 ? places.Count > 0 : independent++ % SideBySide < places.Count;
            GraphAnswer answer = part.DependsOn.All(d => (int)done[d] is >= 200 and < 300)
                ? await service.AnswerPartAsync(part.Request, hasPlace, cancellationToken).ConfigureAwait(false)
                : Errors.Answer(new GraphException((HttpStatusCode)424, "FailedDependency", "A request this one depends on failed."), part.Request, service.Options.TimeProvider);
            done.Add(part.Id, answer.Status);
            Write(body.Writer, part, answer);
        }

        body.Writer.WriteEndArray();
        body.Writer.WriteEndObject();
        return new GraphAnswer(HttpStatusCode.OK, body.Finish());
    }

    private List<Part> Read(GraphRequest batch)
    {
        JsonElement root = Json.Parse(batch.Body);
        JsonElement[] requests = Json.Array(Json.Find(root, "requests") ?? throw Invalid("'requests' is missing."), "requests").ToArray();
        if (requests.Length == 0 || requests.Length > service.Options.Limits.BatchRequests)
        {
            throw Invalid($"A batch has 1 to {service.Options.Limits.BatchRequests} requests.");
        }

        List<Part> parts = [];
        foreach (JsonElement request in requests)
        {
            Part part = ReadPart(batch, request);
            if (parts.Exists(p => p.Id == part.Id) || part.DependsOn.Any(d => !parts.Exists(p => p.Id == d)))
            {
                throw Invalid("The ids of a batch must differ, and 'dependsOn' must name requests that come before.");
            }

            parts.Add(part);
        }

        return parts;
    }

    private static Part ReadPart(GraphRequest batch, JsonElement element)
    {
        string? id = null;
        string? method = null;
        string? url = null;
        List<string> dependsOn = [];
        JsonElement? body = null;
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        foreach (JsonProperty property in Json.Object(element, "requests"))
        {
            switch (property.Name)
            {
                case "id":
                    id = Json.Text(property.Value, "id");
                    break;
                case "method":
                    method = Json.Text(property.Value, "method");
                    break;
                case "url":
                    url = Json.Text(property.Value, "url");
                    break;
                case "dependsOn":
                    dependsOn.AddRange(Json.Array(property.Value, "dependsOn").Select(d => Json.Text(d, "dependsOn") ?? ""));
                    break;
                case "headers":
                    foreach (JsonProperty header in Json.Object(property.Value, "headers"))
                    {
                        headers[header.Name] = Json.Text(header.Value, header.Name) ?? "";
                    }

                    break;
                case "body":
                    body = property.Value;
                    break;
                default:
                    throw Invalid($"'{property.Name}' is not part of a batch request.");
            }
        }

        if (string.IsNullOrEmpty(id) || string.IsNullOrEmpty(method) || string.IsNullOrEmpty(url))
        {
            throw Invalid("A batch request needs an id, a method and a url.");
        }

        if (batch.Header("Authorization") is string authorization && !headers.ContainsKey("Authorization"))
        {
            headers.Add("Authorization", authorization);
        }

        int question = url!.IndexOf('?');
        return new Part(id!, dependsOn, new GraphRequest
        {
            Method = method!.ToUpperInvariant(),
            BaseUrl = batch.BaseUrl,
            Segments = GraphRequest.SplitPath(question < 0 ? url : url.Substring(0, question)),
            RawQuery = question < 0 ? "" : url.Substring(question + 1),
            Headers = headers,
            Body = body is JsonElement value ? ReadBody(value, headers) : [],
        });
    }

    // A JSON body is written as it is, any other as base64.
    private static byte[] ReadBody(JsonElement body, Dictionary<string, string> headers)
    {
        if (!headers.TryGetValue("Content-Type", out string? type))
        {
            throw Invalid("A batch request with a body needs a Content-Type header.");
        }

        return type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase)
            ? Encoding.UTF8.GetBytes(body.GetRawText())
            : Json.Base64(body, "body");
    }

    private static void Write(Utf8JsonWriter writer, Part part, GraphAnswer answer)
    {
        writer.WriteStartObject();
        writer.WriteString("id", part.Id);
        writer.WriteNumber("status", (int)answer.Status);
        writer.WriteStartObject("headers");
        foreach (KeyValuePair<string, string> header in answer.Headers)
        {
            writer.WriteString(header.Key, header.Value);
        }

        if (answer.Body is not null)
        {
            writer.WriteString("Content-Type", answer.Body.ContentType);
        }

        writer.WriteEndObject();
        if (answer.Body is not null)
        {
            using Stream stream = answer.Body.Open();
            using MemoryStream copy = new();
            stream.CopyTo(copy);
            writer.WritePropertyName("body");
            if (answer.Body.IsJson)
            {
                writer.WriteRawValue(copy.ToArray());
            }
            else
            {
                writer.WriteBase64StringValue(copy.ToArray());
            }
        }

        writer.WriteEndObject();
    }

    private static GraphException Invalid(string message) => GraphException.BadRequest("BadRequest", "Invalid batch payload format: " + message);

    private sealed record Part(string Id, IReadOnlyList<string> DependsOn, GraphRequest Request);
}
