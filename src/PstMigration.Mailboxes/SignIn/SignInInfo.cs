namespace PstMigration.Mailboxes;

/// <summary>A sign-in as it is now. Holds nothing secret.</summary>
/// <param name="Method">How it was done.</param>
/// <param name="Account">Who signed in: an address, or the id of an application; empty where the token does not tell.</param>
/// <param name="TenantId">The home of the account; empty where the token does not tell.</param>
/// <param name="ClientId">The app registration the tokens are for; empty where it is not known.</param>
/// <param name="Kind">What kind of mailbox the account has.</param>
/// <param name="Scopes">The rights that were granted, by their names.</param>
/// <param name="SilentUntil">
/// Until when no person is needed, if nothing is revoked before: 90 days after the last use for people, the end of the certificate or the token otherwise. Null where
/// that is not known, or there is no end.
/// </param>
public sealed record SignInInfo(
    SignInMethod Method, string Account, string TenantId, string ClientId, MailboxKind Kind, IReadOnlyList<string> Scopes, DateTimeOffset? SilentUntil);
