namespace PstMigration.Accounts;

/// <summary>How a mail program proves who it is.</summary>
public enum MailAuthentication : long
{
    /// <summary>Not known. An account of classic Outlook does not say.</summary>
    Unknown,

    /// <summary>Not at all.</summary>
    None,

    /// <summary>The password as it is ("basic authentication").</summary>
    Password,

    /// <summary>The password in a challenge and response such as CRAM-MD5 or APOP. Still a password.</summary>
    EncryptedPassword,

    /// <summary>NTLM, which Outlook calls secure password authentication. Still a password.</summary>
    Ntlm,

    /// <summary>Kerberos.</summary>
    Kerberos,

    /// <summary>A client certificate.</summary>
    Certificate,

    /// <summary>OAuth 2.0 ("modern authentication"): a token instead of the password.</summary>
    OAuth2,
}
