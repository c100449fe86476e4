using System.Globalization;
using System.Text.Json;

namespace PstMigration.Sandbox;

/// <summary>Errors as answers (concepts/errors).</summary>
internal static class Errors
{
    public static GraphAnswer Answer(GraphException error, GraphRequest request, TimeProvider time)
    {
        JsonBody body = new();
        Utf8JsonWriter writer = body.Writer;
        writer.WriteStartObject();
        writer.WriteStartObject("error");
        writer.WriteString("code", error.Code);
        writer.WriteString("message", error.Message);
        writer.WriteStartObject("innerError");
        writer.WriteString("date", time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
        writer.WriteString("request-id", Guid.NewGuid().ToString());
        writer.WriteString("client-request-id", request.Header("client-request-id") ?? Guid.NewGuid().ToString());
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
        GraphAnswer answer = new(error.Status, body.Finish());
        if (error.RetryAfter is TimeSpan wait)
        {
            answer.Headers["Retry-After"] = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        return answer;
    }
}
