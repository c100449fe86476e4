namespace PstMigration.Mailboxes;

/// <summary>Where sign-ins of people are kept, so that a later process needs nobody.</summary>
public enum TokenCacheKind
{
    /// <summary>Encrypted by the system: DPAPI on Windows, the keychain on macOS, the secret service (libsecret) on Linux.</summary>
    Encrypted,

    /// <summary>In a file that only its owner can read, and nothing else protects.</summary>
    Plain,

    /// <summary>In this process alone.</summary>
    None,
}
