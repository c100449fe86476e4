namespace PstMigration.Accounts;

/// <summary>How a connection to a mail server is protected.</summary>
public enum MailSecurity : long
{
    /// <summary>Not known.</summary>
    Unknown,

    /// <summary>Not at all: passwords and mail cross the network readable.</summary>
    None,

    /// <summary>By STARTTLS if the server offers it; who is in between can take the offer away.</summary>
    StartTlsIfAvailable,

    /// <summary>By STARTTLS, always.</summary>
    StartTls,

    /// <summary>By TLS from the first byte.</summary>
    ImplicitTls,
}
