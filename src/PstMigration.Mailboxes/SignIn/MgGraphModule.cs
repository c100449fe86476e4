using System.Net.Http;
using System.Reflection;

namespace PstMigration.Mailboxes;

/// <summary>
/// What of the module Microsoft.Graph.Authentication is loaded in this process, wherever: PowerShell 7 keeps modules in contexts of their own, so it is found by name and used
/// by reflection. Only its public surface: <c>HttpHelpers.GetGraphHttpClient</c> and <c>GraphSession</c>.
/// </summary>
internal sealed class MgGraphModule
{
    private const string Name = "Microsoft.Graph.Authentication";
    private const string Namespace = "Microsoft.Graph.PowerShell.Authentication";

    private readonly Type _helpers;
    private readonly object _session;
    private readonly object _context;

    private MgGraphModule(Type helpers, object session, object context)
    {
        _helpers = helpers;
        _session = session;
        _context = context;
    }

    /// <summary>The rights of the session.</summary>
    public IReadOnlyList<string> Scopes => Property(_context, "Scopes") as string[] ?? [];

    /// <summary>Where the session's Microsoft Graph is; null where it does not say, which is the global cloud.</summary>
    public string? GraphEndpoint => Property(_session, "Environment") is object environment ? Property(environment, "GraphEndpoint") as string : null;

    /// <summary>Finds the module and its session.</summary>
    /// <exception cref="MailboxException">MgGraphNotLoaded, MgGraphNotConnected.</exception>
    public static MgGraphModule Find()
    {
        Type helpers = FindType(Namespace + ".Helpers.HttpHelpers");
        Type sessions = FindType(Namespace + ".GraphSession");
        object? session = Call(() => sessions.GetProperty("Instance", BindingFlags.Public | BindingFlags.Static)?.GetValue(null));
        object? context = session is null ? null : Property(session, "AuthContext");
        return context is not null ? new MgGraphModule(helpers, session!, context) : throw NotConnected("AuthContext");
    }

    /// <summary>A text of the session; empty where it has none.</summary>
    public string Text(string property) => Property(_context, property) as string ?? "";

    /// <summary>The session's client. It belongs to the session.</summary>
    /// <exception cref="MailboxException">MgGraphNotLoaded: another shape than is known.</exception>
    public HttpClient Client()
    {
        // It was renamed and got parameters over the years, all of which may be left out.
        MethodInfo method = _helpers.GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Where(m => m.Name == "GetGraphHttpClient" && typeof(HttpClient).IsAssignableFrom(m.ReturnType) && m.GetParameters().All(IsOptional))
            .OrderBy(m => m.GetParameters().Length)
            .FirstOrDefault() ?? throw NotLoaded("GetGraphHttpClient");
        object?[] arguments = [.. method.GetParameters().Select(p => p.ParameterType.IsInstanceOfType(_context) ? _context : null)];
        return Call(() => method.Invoke(null, arguments)) as HttpClient ?? throw NotLoaded("GetGraphHttpClient");

        bool IsOptional(ParameterInfo parameter) => parameter.IsOptional || parameter.ParameterType.IsInstanceOfType(_context);
    }

    /// <summary>The session is none, or broken.</summary>
    internal static MailboxException NotConnected(string why) =>
        new(SignInErrorIds.MgGraphNotConnected, MailboxException.Format(Strings.MgGraphNotConnected, Redaction.Clean(why)));

    /// <summary>The module is not there, or is not one that is known here.</summary>
    internal static MailboxException NotLoaded(string what) => new(SignInErrorIds.MgGraphNotLoaded, MailboxException.Format(Strings.MgGraphNotLoaded, what));

    private static Type FindType(string name) =>
        AppDomain.CurrentDomain.GetAssemblies()
            .Where(a => !a.IsDynamic && a.GetName().Name is string assembly && (assembly == Name || assembly.StartsWith(Name + ".", StringComparison.Ordinal)))
            .Select(a => a.GetType(name, throwOnError: false))
            .LastOrDefault(t => t is not null) ?? throw NotLoaded(name);

    private static object? Property(object of, string name) => Call(() => of.GetType().GetProperty(name)?.GetValue(of));

    private static object? Call(Func<object?> call)
    {
        try
        {
            return call();
        }
        catch (TargetInvocationException e)
        {
            throw NotConnected((e.InnerException ?? e).Message);
        }
    }
}
