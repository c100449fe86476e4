namespace PstMigration.Mailboxes;

/// <summary>The service said yes, and then something that is not what it should be.</summary>
internal sealed class BadAnswerException(Exception inner) : MailboxException(MailboxErrorIds.BadAnswer, Strings.BadAnswer, inner);
