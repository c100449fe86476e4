using System.Net.Http;

namespace PstMigration.Mailboxes;

/// <summary>Notes on a request for the handlers it goes through.</summary>
internal static class RequestOption
{
    /// <summary>Leaves a note under a name.</summary>
    public static void Set(HttpRequestMessage request, string name, object value)
    {
#if NET
        ((IDictionary<string, object?>)request.Options)[name] = value;
#else
        request.Properties[name] = value;
#endif
    }
}
