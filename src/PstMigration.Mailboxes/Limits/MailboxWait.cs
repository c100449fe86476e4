namespace PstMigration.Mailboxes;

/// <summary>Requests to a mailbox wait for their turn.</summary>
/// <param name="Reason">Why, for people, in their language.</param>
/// <param name="Until">Until when; null where it is over.</param>
public sealed record MailboxWait(string Reason, DateTimeOffset? Until);
