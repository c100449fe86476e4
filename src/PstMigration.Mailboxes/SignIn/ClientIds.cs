namespace PstMigration.Mailboxes;

/// <summary>Which app registration asks.</summary>
internal static class ClientIds
{
    /// <summary>
    /// The project's own registration: public client, work and personal accounts, <c>http://localhost</c>, no secret. Empty until one is registered; what that takes is in
    /// docs/app-registration.md.
    /// </summary>
    public const string Project = "";

    /// <summary>Names another registration where the project has none, or an organisation wants its own.</summary>
    public const string Variable = "PSTMIGRATION_CLIENT_ID";

    /// <summary>The registration people sign in to.</summary>
    /// <exception cref="MailboxException">ClientIdMissing, ClientIdInvalid.</exception>
    public static string OfPeople(SignInRequest request)
    {
        string? own = request.Variable(Variable);
        string clientId = request.ClientId ?? (string.IsNullOrWhiteSpace(own) ? Project : own!.Trim());
        return clientId.Length > 0 ? Check(clientId) : throw new MailboxException(SignInErrorIds.ClientIdMissing, Strings.ClientIdMissing);
    }

    /// <summary>The registration of an application, which has to be named.</summary>
    /// <exception cref="MailboxException">ClientIdMissing, ClientIdInvalid.</exception>
    public static string OfApplication(string? clientId) =>
        Check(clientId ?? throw new MailboxException(SignInErrorIds.ClientIdMissing, Strings.ClientIdMissing));

    private static string Check(string clientId) => Guid.TryParse(clientId, out Guid id)
        ? id.ToString()
        : throw new MailboxException(SignInErrorIds.ClientIdInvalid, MailboxException.Format(Strings.ClientIdInvalid, clientId));
}
