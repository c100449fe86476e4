using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace PstMigration.Sandbox;

/// <summary>An answer that is an error: status, code and message as the service has them. Always English, as the service is.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Made by its factories only.")]
internal sealed class GraphException : Exception
{
    public GraphException(HttpStatusCode status, string code, string message, TimeSpan? retryAfter = null)
        : base(message)
    {
        Status = status;
        Code = code;
        RetryAfter = retryAfter;
    }

    public HttpStatusCode Status { get; }

    public string Code { get; }

    public TimeSpan? RetryAfter { get; }

    public static GraphException BadRequest(string code, string message) => new(HttpStatusCode.BadRequest, code, message);

    /// <summary>A query option or URL the sandbox does not know.</summary>
    public static GraphException Query(string message) => BadRequest("RequestBroker--ParseUri", message);

    /// <summary>JSON that does not fit its type.</summary>
    public static GraphException Json(string message) => BadRequest("RequestBodyRead", message);

    /// <summary>A value the mailbox does not take.</summary>
    public static GraphException Property(string message) => BadRequest("ErrorInvalidProperty", message);

    public static GraphException ItemNotFound() =>
        new(HttpStatusCode.NotFound, "ErrorItemNotFound", "The specified object was not found in the store.");

    public static GraphException Denied(string message) => new(HttpStatusCode.Forbidden, "ErrorAccessDenied", message);
}
