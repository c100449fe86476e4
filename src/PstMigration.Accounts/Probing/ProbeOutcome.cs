namespace PstMigration.Accounts.Probing;

/// <summary>How asking a server ended.</summary>
public enum ProbeOutcome
{
    /// <summary>It said what it offers.</summary>
    Answered,

    /// <summary>Its name has no address.</summary>
    HostNotFound,

    /// <summary>Nothing listens at the port, or something refuses for it.</summary>
    Refused,

    /// <summary>No answer, or not a whole one, within the time.</summary>
    TimedOut,

    /// <summary>TLS could not be agreed on.</summary>
    TlsFailed,

    /// <summary>It answered, but not as a mail server does.</summary>
    NotAMailServer,

    /// <summary>The connection broke.</summary>
    Disconnected,

    /// <summary>It turned the connection away with its first words, before anybody could sign in.</summary>
    TurnedAway,
}
