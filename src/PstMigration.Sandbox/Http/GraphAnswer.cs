using System.Net;

namespace PstMigration.Sandbox;

/// <summary>The body of an answer, opened when it is read.</summary>
internal sealed record AnswerBody(string ContentType, Func<Stream> Open)
{
    public bool IsJson => ContentType.StartsWith("application/json", StringComparison.Ordinal);

    public static AnswerBody FromBytes(string contentType, byte[] bytes) => new(contentType, () => new MemoryStream(bytes, writable: false));
}

/// <summary>An answer before it becomes an HTTP response or a part of a batch.</summary>
internal sealed record GraphAnswer(HttpStatusCode Status, AnswerBody? Body = null)
{
    public Dictionary<string, string> Headers { get; init; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the connection breaks in the middle of the body.</summary>
    public bool BreaksOff { get; init; }

    public static GraphAnswer NoContent { get; } = new(HttpStatusCode.NoContent);
}
