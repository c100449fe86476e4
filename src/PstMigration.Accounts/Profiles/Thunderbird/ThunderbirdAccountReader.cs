namespace PstMigration.Accounts.Thunderbird;

/// <summary>From Thunderbird's settings to accounts.</summary>
internal sealed class ThunderbirdAccountReader(ThunderbirdPreferences preferences, string profileFolder, string profileName, string origin)
{
    private const int MaxAccounts = 1000;

    /// <summary>POP and IMAP accounts, in Thunderbird's order. Local folders, newsgroups and feeds are none.</summary>
    public IEnumerable<LegacyMailAccount> Read() =>
        preferences.List("mail.accountmanager.accounts").Distinct().Take(MaxAccounts).Select(ReadAccount).OfType<LegacyMailAccount>();

    private LegacyMailAccount? ReadAccount(string account)
    {
        string? server = preferences.Text("mail.account." + account + ".server");
        string prefix = "mail.server." + server + ".";
        MailProtocol? protocol = preferences.Text(prefix + "type") switch
        {
            "pop3" => MailProtocol.Pop,
            "imap" => MailProtocol.Imap,
            "ews" => MailProtocol.Ews,
            _ => null,
        };
        if (server is null || protocol is null)
        {
            return null;
        }

        string? identity = preferences.List("mail.account." + account + ".identities").FirstOrDefault();
        return new LegacyMailAccount
        {
            Client = Client(),
            Profile = profileName,
            Name = preferences.Text(prefix + "name") ?? "",
            Account = preferences.Text("mail.identity." + identity + ".useremail") ?? "",
            Protocol = protocol.Value,
            Incoming = Incoming(prefix, protocol.Value),
            Outgoing = Outgoing(identity),
            LeaveOnServer = protocol == MailProtocol.Pop ? Leave(prefix) : null,
            Folder = MailFolder(prefix),
            Origin = origin,
        };
    }

    private MailClient Client()
    {
        string text = preferences.Text("extensions.lastAppVersion") ?? "";
        string numbers = new([.. text.TakeWhile(c => c is '.' or (>= '0' and <= '9'))]);
        return new MailClient(MailClientKind.Thunderbird, Version.TryParse(numbers.IndexOf('.') < 0 ? numbers + ".0" : numbers, out Version? version) ? version : null);
    }

    private MailServer Incoming(string prefix, MailProtocol protocol)
    {
        MailSecurity security = Security(preferences.Number(prefix + "socketType"));
        bool tls = security == MailSecurity.ImplicitTls;
        return new MailServer
        {
            Protocol = protocol,
            Host = preferences.Text(prefix + "realhostname") ?? preferences.Text(prefix + "hostname") ?? "",
            Port = Port(prefix) ?? protocol switch { MailProtocol.Pop => tls ? 995 : 110, MailProtocol.Imap => tls ? 993 : 143, _ => 443 },
            Security = protocol == MailProtocol.Ews ? MailSecurity.ImplicitTls : security,
            Authentication = Authentication(preferences.Number(prefix + "authMethod")),
            UserName = preferences.Text(prefix + "realuserName") ?? preferences.Text(prefix + "userName"),
        };
    }

    private MailServer? Outgoing(string? identity)
    {
        string? server = preferences.Text("mail.identity." + identity + ".smtpServer") ?? preferences.Text("mail.smtp.defaultserver");
        string prefix = "mail.smtpserver." + server + ".";
        string? host = preferences.Text(prefix + "hostname");
        if (server is null || host is null)
        {
            return null;
        }

        MailSecurity security = Security(preferences.Number(prefix + "try_ssl"));
        return new MailServer
        {
            Protocol = MailProtocol.Smtp,
            Host = host,
            Port = Port(prefix) ?? (security == MailSecurity.ImplicitTls ? 465 : 587),
            Security = security,
            Authentication = Authentication(preferences.Number(prefix + "authMethod")),
            UserName = preferences.Text(prefix + "username"),
        };
    }

    private LeaveOnServer Leave(string prefix)
    {
        bool leaves = preferences.IsTrue(prefix + "leave_on_server");
        return new LeaveOnServer
        {
            IsEnabled = leaves,
            RemoveAfterDays = leaves && preferences.IsTrue(prefix + "delete_by_age_from_server") ? preferences.Number(prefix + "num_days_to_leave_on_server") ?? 7 : null,
            RemoveWhenDeleted = leaves && preferences.IsTrue(prefix + "delete_mail_left_on_server"),
        };
    }

    // The relative form is right for a copied profile too; the absolute one names a place on the PC it came from.
    private string? MailFolder(string prefix)
    {
        const string ProfileFolder = "[ProfD]";
        string? relative = preferences.Text(prefix + "directory-rel");
        if (relative is null || !relative.StartsWith(ProfileFolder, StringComparison.Ordinal))
        {
            return preferences.Text(prefix + "directory");
        }

        string[] parts = relative.Substring(ProfileFolder.Length).Split('/', '\\');
        return parts.Any(p => p is "" or "." or ".." || p.IndexOfAny(Path.GetInvalidFileNameChars()) >= 0) ? null : Path.Combine([profileFolder, .. parts]);
    }

    private int? Port(string prefix) => preferences.Number(prefix + "port") is int port and > 0 and <= ushort.MaxValue ? port : null;

    // nsMsgSocketType.
    private static MailSecurity Security(int? socketType) => socketType switch
    {
        1 => MailSecurity.StartTlsIfAvailable,
        2 => MailSecurity.StartTls,
        3 => MailSecurity.ImplicitTls,
        _ => MailSecurity.None,
    };

    // nsMsgAuthMethod. 8 and 9 leave the choice to the server.
    private static MailAuthentication Authentication(int? method) => method switch
    {
        1 => MailAuthentication.None,
        3 => MailAuthentication.Password,
        4 => MailAuthentication.EncryptedPassword,
        5 => MailAuthentication.Kerberos,
        6 => MailAuthentication.Ntlm,
        7 => MailAuthentication.Certificate,
        10 => MailAuthentication.OAuth2,
        _ => MailAuthentication.Unknown,
    };
}
