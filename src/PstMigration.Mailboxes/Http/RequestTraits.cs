using System.Net.Http;

namespace PstMigration.Mailboxes;

/// <summary>What the chain must know about a request before it is sent.</summary>
internal static class RequestTraits
{
    /// <summary>Export of mailbox items: a POST that changes nothing.</summary>
    private const string ExportAction = "/exportItems";

    /// <summary>Actions that do no harm when they are done twice.</summary>
    private static readonly string[] s_repeatableActions = ["/createUploadSession", "/permanentDelete", ExportAction];

    /// <summary>Whether sending it twice has the effect of sending it once.</summary>
    public static bool IsRepeatable(HttpRequestMessage request)
    {
        if (request.Method == HttpMethod.Post)
        {
            string path = request.RequestUri!.AbsolutePath;
            return Array.Exists(s_repeatableActions, a => path.EndsWith(a, StringComparison.OrdinalIgnoreCase));
        }

        // An item that is deleted twice is gone permanently: the first time it goes to the deleted items. A piece of an upload that has arrived is out of order the second time.
        return request.Method == HttpMethod.Get || request.Method == HttpMethod.Head || (request.Method == HttpMethod.Put && request is not SessionRequest)
            || string.Equals(request.Method.Method, "PATCH", StringComparison.OrdinalIgnoreCase)
            || (request.Method == HttpMethod.Delete && request is SessionRequest);
    }

    /// <summary>Whether the answer is the bytes of an attachment or of an item, which are read as they come and not held. The picture of a contact is small.</summary>
    public static bool IsStreamed(HttpRequestMessage request) => request.RequestUri!.AbsolutePath is string path
        && (request.Method == HttpMethod.Get
            ? path.EndsWith("/$value", StringComparison.Ordinal) && !path.EndsWith("/photo/$value", StringComparison.OrdinalIgnoreCase)
            : path.EndsWith(ExportAction, StringComparison.OrdinalIgnoreCase));
}
