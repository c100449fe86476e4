using System.Net.Http;
using System.Reflection;

namespace PstMigration.Mailboxes;

/// <summary>
/// Keeps the handlers in somebody else's client from sending a request again: a create that is sent twice is an item too many. The retry and redirect handlers of Microsoft's
/// libraries (Kiota, and Microsoft.Graph.Core before it) look for an option on each request, under the full name of the option's type.
/// </summary>
internal static class ForeignHandlers
{
    /// <summary>The options that go onto each request, by name.</summary>
    /// <exception cref="MailboxException">MgGraphNotLoaded: a handler that may send again is not one that is known.</exception>
    public static IReadOnlyList<KeyValuePair<string, object>> SendOnce(HttpClient client)
    {
        List<KeyValuePair<string, object>> options = [];
        foreach (HttpMessageHandler handler in Chain(client))
        {
            string name = handler.GetType().Name;
            if (name == "RetryHandler")
            {
                options.Add(Option(handler, "RetryHandlerOption", ("MaxRetry", 0)));
            }
            else if (name == "RedirectHandler")
            {
                Func<HttpResponseMessage, bool> never = _ => false;
                options.Add(Option(handler, "RedirectHandlerOption", ("MaxRedirect", 0), ("ShouldRedirect", never)));
            }
            else if (name.IndexOf("retry", StringComparison.OrdinalIgnoreCase) >= 0 || name.IndexOf("redirect", StringComparison.OrdinalIgnoreCase) >= 0)
            {
                throw MgGraphModule.NotLoaded(handler.GetType().FullName!);
            }
        }

        return options;
    }

    private static IEnumerable<HttpMessageHandler> Chain(HttpClient client)
    {
        // By its type: the field has had several names.
        FieldInfo field = Array.Find(
            typeof(HttpMessageInvoker).GetFields(BindingFlags.NonPublic | BindingFlags.Instance), f => f.FieldType == typeof(HttpMessageHandler))
            ?? throw MgGraphModule.NotLoaded(nameof(HttpMessageInvoker));
        for (HttpMessageHandler? handler = (HttpMessageHandler?)field.GetValue(client); handler is not null; handler = (handler as DelegatingHandler)?.InnerHandler)
        {
            yield return handler;
        }
    }

    private static KeyValuePair<string, object> Option(HttpMessageHandler handler, string name, params (string Property, object Value)[] values)
    {
        Type type = Array.Find(handler.GetType().Assembly.GetExportedTypes(), t => t.Name == name) ?? throw MgGraphModule.NotLoaded(name);
        object option = Activator.CreateInstance(type)!;
        bool isSet = false;
        foreach ((string property, object value) in values)
        {
            PropertyInfo? found = type.GetProperty(property);
            if (found?.SetMethod?.IsPublic == true && found.PropertyType.IsInstanceOfType(value))
            {
                found.SetValue(option, value);
                isSet = true;
            }
        }

        return isSet ? new KeyValuePair<string, object>(type.FullName!, option) : throw MgGraphModule.NotLoaded(name);
    }
}
