using System.Globalization;

namespace PstMigration.Accounts;

/// <summary>A server as a mail program is set up for it, or as a provider publishes it.</summary>
public sealed class MailServer
{
    /// <summary>POP, IMAP or SMTP; for other accounts what they are.</summary>
    public MailProtocol Protocol { get; init; }

    /// <summary>Host name or address, as written.</summary>
    public string Host { get; init; } = "";

    /// <summary>TCP port; 0 where none is known.</summary>
    public int Port { get; init; }

    /// <summary>Protection of the connection.</summary>
    public MailSecurity Security { get; init; }

    /// <summary>Sign-in.</summary>
    public MailAuthentication Authentication { get; init; }

    /// <summary>The user name that is sent; null where none is known.</summary>
    public string? UserName { get; init; }

    /// <summary>Host and port.</summary>
    public override string ToString() =>
        Port == 0 ? Host : string.Format(CultureInfo.InvariantCulture, "{0}:{1}", Host, Port);
}
