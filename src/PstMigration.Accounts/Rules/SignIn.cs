namespace PstMigration.Accounts.Rules;

/// <summary>The kind of sign-in a rule is about.</summary>
internal enum SignIn
{
    /// <summary>Whatever it is.</summary>
    Any,

    /// <summary>A password, readable or not.</summary>
    Password,

    /// <summary>OAuth 2.0.</summary>
    OAuth2,
}
