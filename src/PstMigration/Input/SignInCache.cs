namespace PstMigration;

/// <summary>Where <c>Connect-MsMailbox</c> keeps a sign-in.</summary>
public enum SignInCache
{
    /// <summary>Encrypted by the system.</summary>
    Encrypted,

    /// <summary>In a file only its owner can read.</summary>
    Plain,

    /// <summary>In this process alone.</summary>
    None,
}
