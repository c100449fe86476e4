using System.Net;
using System.Net.Http;
using System.Text.Json;
using Microsoft.OData.Edm;

namespace PstMigration.Tests;

/// <summary>
/// Checks every JSON body that goes to Graph and comes back against the service's model, those inside batches too. What the model does
/// not describe (upload URLs, bytes) passes.
/// </summary>
internal sealed class GraphModelHandler : DelegatingHandler
{
    private static readonly Lazy<GraphModel?> s_model = new(() =>
        TestData.Locate("graph-v1.0-mail.csdl.xml") is string path && File.Exists(path) ? GraphModel.Load(path) : null);

    private readonly GraphModel _model;

    private GraphModelHandler(GraphModel model, HttpMessageHandler inner)
        : base(inner) => _model = model;

    /// <summary>Whether the model is there to check against.</summary>
    public static bool IsAvailable => s_model.Value is not null;

    /// <summary>Puts the check around a handler; gives the handler itself where the model is absent.</summary>
    public static HttpMessageHandler Wrap(HttpMessageHandler inner) => s_model.Value is GraphModel model ? new GraphModelHandler(model, inner) : inner;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string[] path = request.RequestUri!.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString).ToArray();
        bool isGraph = path.Length > 1 && path[0] == "v1.0";
        JsonElement? sent = isGraph ? await ReadAsync(request.Content, cancellationToken) : null;
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
        JsonElement? answer = isGraph ? await ReadAsync(response.Content, cancellationToken) : null;
        if (isGraph && path is ["v1.0", "$batch"])
        {
            CheckBatch(sent, answer, response.StatusCode);
        }
        else if (isGraph)
        {
            Check(request.Method.Method, path[1..], sent, answer, response.StatusCode);
        }

        return response;
    }

    private static async Task<JsonElement?> ReadAsync(HttpContent? content, CancellationToken cancellationToken)
    {
        if (content?.Headers.ContentType?.MediaType != "application/json")
        {
            return null;
        }

        await content.LoadIntoBufferAsync(cancellationToken);
        byte[] bytes = await content.ReadAsByteArrayAsync(cancellationToken);
        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            // A test may send what is no JSON; the answer must be an error then.
            return null;
        }
    }

    private void CheckBatch(JsonElement? sent, JsonElement? answer, HttpStatusCode status)
    {
        if (status != HttpStatusCode.OK || sent is null || answer is null)
        {
            CheckError(answer, status, "$batch");
            return;
        }

        Dictionary<string, JsonElement> responses = answer.Value.GetProperty("responses").EnumerateArray().ToDictionary(r => r.GetProperty("id").GetString()!);
        foreach (JsonElement request in sent.Value.GetProperty("requests").EnumerateArray())
        {
            JsonElement response = responses[request.GetProperty("id").GetString()!];
            string[] path = request.GetProperty("url").GetString()!.Split('?')[0].Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString).ToArray();
            Check(
                request.GetProperty("method").GetString()!,
                path,
                Body(request),
                Body(response),
                (HttpStatusCode)response.GetProperty("status").GetInt32());
        }
    }

    private static JsonElement? Body(JsonElement part) =>
        part.TryGetProperty("body", out JsonElement body) && body.ValueKind == JsonValueKind.Object ? body : null;

    private void Check(string method, string[] path, JsonElement? sent, JsonElement? answer, HttpStatusCode status)
    {
        string at = method + " /" + string.Join('/', path);
        if ((int)status >= 300)
        {
            CheckError(answer, status, at);
            return;
        }

        GraphModelPath target = GraphModelPath.Walk(_model, path);
        if (target.Operation is IEdmOperation operation)
        {
            CheckParameters(sent, operation, at);
            CheckReturn(answer, operation, at);
        }
        else if (target.Type is IEdmEntityType type)
        {
            if (sent is JsonElement body)
            {
                _model.CheckObject(body, type, at + " request", isAnswer: false);
            }

            CheckEntities(answer, type, target.IsCollection && method == "GET", at);
        }
    }

    private void CheckEntities(JsonElement? answer, IEdmEntityType type, bool collection, string at)
    {
        if (answer is not JsonElement value)
        {
            return;
        }

        if (!collection)
        {
            _model.CheckObject(value, type, at, isAnswer: true);
            return;
        }

        string? other = value.EnumerateObject().Select(p => p.Name).FirstOrDefault(n => n is not ("value" or "@odata.context" or "@odata.count" or "@odata.nextLink" or "@odata.deltaLink"));
        if (other is not null)
        {
            throw new GraphModelException($"{at}: a collection has no '{other}'");
        }

        foreach (JsonElement element in value.GetProperty("value").EnumerateArray())
        {
            _model.CheckObject(element, type, at, isAnswer: true);
        }
    }

    private void CheckParameters(JsonElement? sent, IEdmOperation operation, string at)
    {
        if (sent is not JsonElement body)
        {
            return;
        }

        foreach (JsonProperty property in body.EnumerateObject())
        {
            IEdmOperationParameter parameter = operation.Parameters.Skip(1).FirstOrDefault(p => string.Equals(p.Name, property.Name, StringComparison.OrdinalIgnoreCase))
                ?? throw new GraphModelException($"{at}: {operation.Name} has no parameter '{property.Name}'");
            _model.CheckValue(property.Value, parameter.Type, at + "/" + property.Name, isAnswer: false);
        }
    }

    private void CheckReturn(JsonElement? answer, IEdmOperation operation, string at)
    {
        IEdmType? type = operation.GetReturn()?.Type.Definition;
        if (answer is not JsonElement value || type is null)
        {
            return;
        }

        if (type is IEdmCollectionType { ElementType.Definition: IEdmEntityType entity })
        {
            CheckEntities(value, entity, collection: true, at);
        }
        else if (type is IEdmCollectionType list)
        {
            foreach (JsonElement element in value.GetProperty("value").EnumerateArray())
            {
                _model.CheckValue(element, list.ElementType, at, isAnswer: true);
            }
        }
        else if (type is IEdmStructuredType structured)
        {
            _model.CheckObject(value, structured, at, isAnswer: true);
        }
    }

    private static void CheckError(JsonElement? answer, HttpStatusCode status, string at)
    {
        bool shaped = answer is JsonElement value && value.TryGetProperty("error", out JsonElement error)
            && error.TryGetProperty("code", out JsonElement code) && code.ValueKind == JsonValueKind.String
            && error.TryGetProperty("message", out JsonElement message) && message.ValueKind == JsonValueKind.String;
        if (!shaped)
        {
            throw new GraphModelException($"{at}: an answer of {(int)status} has an error with code and message");
        }
    }
}
