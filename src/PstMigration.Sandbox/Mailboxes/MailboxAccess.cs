using System.Net;

namespace PstMigration.Sandbox;

/// <summary>Who may import and export what: the mailbox an address names, by the kind of account and the permissions of the token.</summary>
internal sealed class MailboxAccess(MailboxStore store, SandboxOptions options)
{
    private static readonly string[] s_root = ["admin", "exchange", "mailboxes"];

    /// <summary>Whether a path below the version is one of import and export.</summary>
    public static bool IsBelow(IReadOnlyList<string> segments) => StartsWith(segments, 0, s_root);

    /// <summary>Whether a path with its version is answered in the beta too: what knows archives there.</summary>
    public static bool IsInBeta(IReadOnlyList<string> segments) => StartsWith(segments, 1, s_root)
        || (segments.Count > 2 && string.Equals(segments[segments.Count - 2], "settings", StringComparison.OrdinalIgnoreCase) && string.Equals(segments[segments.Count - 1], "exchange", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether archives are answered for: in the beta, and in v1.0 where it has them.</summary>
    public static bool KnowsArchives(GraphRequest request, SandboxBehaviour behaviour) => behaviour.ServesArchivesInV1 || request.BaseUrl.EndsWith("/beta", StringComparison.Ordinal);

    /// <summary>The mailbox a request is for.</summary>
    /// <exception cref="GraphException">403 without permission or for a personal account, 404 for another mailbox.</exception>
    public MailboxStore Open(GraphRequest request, Route route, Dictionary<string, string> parameters)
    {
        if (route.Permissions.Count > 0)
        {
            Check(route);
        }

        return parameters.TryGetValue("importing", out string? session) ? OfSession(session)
            : parameters.TryGetValue("mailbox", out string? id) ? Find(request, id) ?? throw NotFound(id)
            : store;
    }

    /// <summary>The mailbox itself.</summary>
    public static GraphAnswer Get(GraphCall call)
    {
        JsonBody body = new();
        body.Writer.WriteStartObject();
        body.Writer.WriteString("@odata.context", call.Request.BaseUrl + "/$metadata#admin/exchange/mailboxes/$entity");
        body.Writer.WriteString("id", MailboxHandlers.MailboxId(call.Store));
        body.Writer.WriteEndObject();
        return new GraphAnswer(HttpStatusCode.OK, body.Finish());
    }

    private static bool StartsWith(IReadOnlyList<string> segments, int at, string[] names) =>
        segments.Count > at + names.Length && !names.Where((name, i) => !string.Equals(segments[at + i], name, StringComparison.OrdinalIgnoreCase)).Any();

    private static GraphException NotFound(string id) => new(HttpStatusCode.NotFound, "ErrorMailboxNotFound", $"The mailbox '{id}' was not found.");

    private void Check(Route route)
    {
        if (options.IsPersonalAccount)
        {
            throw new GraphException(HttpStatusCode.Forbidden, "ErrorAccessDenied", "This API is not supported for personal Microsoft accounts.");
        }

        if (options.Permissions is IReadOnlyCollection<string> granted && !granted.Any(g => route.Permissions.Any(p => g == p || g == p + ".All")))
        {
            throw new GraphException(HttpStatusCode.Forbidden, "ErrorAccessDenied", "Access is denied. Check credentials and try again.");
        }
    }

    private MailboxStore? Find(GraphRequest request, string id)
    {
        MailboxStore? archive = KnowsArchives(request, options.Behaviour) ? options.Archive?.Store : null;
        return new[] { store, archive }.FirstOrDefault(s => s is not null && Is(s, id))
            ?? (options.Behaviour.TakesAddressAsMailboxId && string.Equals(id, store.Address, StringComparison.OrdinalIgnoreCase) ? store : null);
    }

    // MBX:guid@guid; a GUID means the same in either case.
    private static bool Is(MailboxStore mailbox, string id) => string.Equals(id, MailboxHandlers.MailboxId(mailbox), StringComparison.OrdinalIgnoreCase);

    // What the address of a session names, Mailboxes('MBX:…'): the session was asked for where archives are known or it would not be.
    private MailboxStore OfSession(string segment)
    {
        string id = segment.StartsWith("Mailboxes('", StringComparison.OrdinalIgnoreCase) && segment.EndsWith("')", StringComparison.Ordinal)
            ? segment.Substring(11, segment.Length - 13)
            : "";
        return Is(store, id) ? store : options.Archive is SandboxMailbox archive && Is(archive.Store, id) ? archive.Store : throw NotFound(id);
    }
}
