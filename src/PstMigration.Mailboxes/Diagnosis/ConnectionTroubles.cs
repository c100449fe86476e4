namespace PstMigration.Mailboxes.Diagnosis;

/// <summary>What users see that a step may explain.</summary>
[Flags]
public enum ConnectionTroubles
{
    /// <summary>None in particular.</summary>
    None = 0,

    /// <summary>Outlook offers only POP and IMAP when the account is added.</summary>
    OnlyPopImapOffered = 1,

    /// <summary>The password is asked for again and again.</summary>
    RepeatedPrompts = 2,

    /// <summary>What was changed offline does not reach the server.</summary>
    ChangesNotSynchronized = 4,
}
