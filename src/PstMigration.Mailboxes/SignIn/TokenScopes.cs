namespace PstMigration.Mailboxes;

/// <summary>
/// The rights a person is asked for. Mail first and alone: personal accounts refuse a first request for more, and never take <c>.default</c>. Everything
/// else is asked for afterwards and can be refused.
/// </summary>
internal sealed class TokenScopes(CloudEndpoints endpoints, bool isShared, bool mailOnly)
{
    private static readonly string[] s_others = ["Contacts.ReadWrite", "Calendars.ReadWrite", "Tasks.ReadWrite"];

    /// <summary>What is asked for first.</summary>
    public IReadOnlyList<string> Mail { get; } =
        [.. isShared ? [endpoints.Scope("Mail.ReadWrite"), endpoints.Scope("Mail.ReadWrite.Shared")] : (string[])[endpoints.Scope("Mail.ReadWrite")]];

    /// <summary>What is asked for afterwards.</summary>
    public IReadOnlyList<string> Others { get; } =
        [.. mailOnly ? [] : s_others.Concat(isShared ? s_others.Select(s => s + ".Shared") : []).Select(endpoints.Scope)];

    /// <summary>The names of rights without the service they are for.</summary>
    public static IReadOnlyList<string> Names(IEnumerable<string> scopes) =>
        [.. scopes.Select(s => s.Substring(s.LastIndexOf('/') + 1)).Where(s => s is not ("openid" or "profile" or "offline_access" or "email" or ""))
            .Distinct(StringComparer.OrdinalIgnoreCase).OrderBy(s => s, StringComparer.OrdinalIgnoreCase)];
}
