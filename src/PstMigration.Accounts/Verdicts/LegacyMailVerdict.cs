namespace PstMigration.Accounts.Verdicts;

/// <summary>What becomes of an account that is set up as it is.</summary>
public enum LegacyMailVerdict : long
{
    /// <summary>Nothing is known of the provider.</summary>
    Unknown,

    /// <summary>It works and nothing is announced.</summary>
    Supported,

    /// <summary>It works until a day that is announced.</summary>
    Retiring,

    /// <summary>The account's own password is refused; one made for the program works.</summary>
    NeedsAppPassword,

    /// <summary>Passwords are refused; this program can sign in with OAuth, once set up for it.</summary>
    NeedsModernAuth,

    /// <summary>Passwords are refused, and this program, as far as is known, has nothing else.</summary>
    Blocked,
}
