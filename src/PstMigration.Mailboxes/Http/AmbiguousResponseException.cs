namespace PstMigration.Mailboxes;

/// <summary>
/// A request that must not be sent twice was sent, and nobody knows whether it was processed: the connection broke, or the
/// service failed while answering. The caller looks for what it made before doing anything else.
/// </summary>
public sealed class AmbiguousResponseException : MailboxException
{
    /// <summary>The answer was lost.</summary>
    public AmbiguousResponseException(Exception? innerException = null)
        : base(MailboxErrorIds.AnswerLost, Strings.AnswerLost, innerException)
    {
    }
}
