using PstMigration.Accounts.Registry;

namespace PstMigration.Accounts.Outlook;

/// <summary>Reads one account of an Outlook profile.</summary>
internal sealed class OutlookAccountReader(IRegistryKey profile, string profileName, MailClient client, string? user, string origin)
{
    private const string Pop = "{ED475411-B0D6-11D2-8C3B-00104B2A6676}";
    private const string Imap = "{ED475412-B0D6-11D2-8C3B-00104B2A6676}";
    private const string MapiService = "{ED475414-B0D6-11D2-8C3B-00104B2A6676}";
    private const string ActiveSync = "{ED475415-B0D6-11D2-8C3B-00104B2A6676}";
    private const string HotmailConnector = "{4DB5CBF0-3B77-4852-BC8E-BB81908861F3}";

    /// <summary>The account; null for an address book, a data file and other entries that hold no mailbox.</summary>
    public LegacyMailAccount? Read(IRegistryKey key)
    {
        MailProtocol? protocol = Text(key, "clsid")?.ToUpperInvariant() switch
        {
            Pop => MailProtocol.Pop,
            Imap => MailProtocol.Imap,
            ActiveSync => MailProtocol.ActiveSync,
            HotmailConnector => MailProtocol.HotmailConnector,
            MapiService when string.Equals(Text(key, "Service Name"), "MSEMS", StringComparison.OrdinalIgnoreCase) => MailProtocol.Exchange,
            _ => null,
        };
        if (protocol is null)
        {
            return null;
        }

        string name = Text(key, "Account Name") ?? "";
        string address = Text(key, "Email") ?? "";
        return new LegacyMailAccount
        {
            Client = client,
            Profile = profileName,
            User = user,
            Name = name,
            Account = address.Length > 0 ? address : name.IndexOf('@') > 0 ? name : "",
            Protocol = protocol.Value,
            Incoming = Incoming(key, protocol.Value),
            Outgoing = protocol is MailProtocol.Pop or MailProtocol.Imap ? Server(key, MailProtocol.Smtp, "SMTP", 25) : null,
            LeaveOnServer = protocol == MailProtocol.Pop ? LeaveOnServer.FromOutlook(Number(key, "Leave on Server") ?? 0) : null,
            Path = DataFile(key, protocol.Value),
            Origin = origin,
        };
    }

    private static MailServer? Incoming(IRegistryKey key, MailProtocol protocol) => protocol switch
    {
        MailProtocol.Pop => Server(key, protocol, "POP3", 110),
        MailProtocol.Imap => Server(key, protocol, "IMAP", 143),
        MailProtocol.ActiveSync => ActiveSyncServer(key),
        _ => null,
    };

    private static MailServer? Server(IRegistryKey key, MailProtocol protocol, string prefix, int defaultPort)
    {
        string? host = Text(key, prefix + " Server");
        if (string.IsNullOrWhiteSpace(host))
        {
            return null;
        }

        uint port = Number(key, prefix + " Port") ?? 0;
        bool spa = Number(key, prefix + " Use Sicily") is > 0 || Number(key, prefix + " Use SPA") is > 0;
        bool anonymous = protocol == MailProtocol.Smtp && (Number(key, "SMTP Use Auth") ?? 0) == 0;
        return new MailServer
        {
            Protocol = protocol,
            Host = host!.Trim(),
            Port = port is > 0 and <= ushort.MaxValue ? (int)port : defaultPort,
            Security = Security(key, prefix),

            // Outlook does not write which accounts sign in by OAuth.
            Authentication = spa ? MailAuthentication.Ntlm : anonymous ? MailAuthentication.None : MailAuthentication.Unknown,
            UserName = Text(key, prefix + " User"),
        };
    }

    private static MailServer? ActiveSyncServer(IRegistryKey key)
    {
        string? address = Text(key, "EAS Server URL");
        if (string.IsNullOrWhiteSpace(address))
        {
            return null;
        }

        bool parsed = Uri.TryCreate(address, UriKind.Absolute, out Uri? url) && url.Host.Length > 0;
        return new MailServer
        {
            Protocol = MailProtocol.ActiveSync,
            Host = parsed ? url!.Host : address!.Trim(),
            Port = parsed ? url!.Port : 443,
            Security = parsed && url!.Scheme != "https" ? MailSecurity.None : MailSecurity.ImplicitTls,
            UserName = Text(key, "EAS User"),
        };
    }

    private static MailSecurity Security(IRegistryKey key, string prefix) => Number(key, prefix + " Secure Connection") switch
    {
        0 => MailSecurity.None,
        1 => MailSecurity.ImplicitTls,
        2 => MailSecurity.StartTls,
        3 => MailSecurity.StartTlsIfAvailable,
        _ => Number(key, prefix + " Use SSL") is > 0 ? MailSecurity.ImplicitTls : MailSecurity.None,
    };

    private string? DataFile(IRegistryKey key, MailProtocol protocol)
    {
        string? entryId = protocol switch
        {
            MailProtocol.Pop => "Delivery Store EntryID",
            MailProtocol.Imap => "IMAP Store EID",
            MailProtocol.ActiveSync => "EAS Store EID",
            _ => null,
        };
        return (entryId is not null && key.Value(entryId) is RegistryData id ? OutlookEntryId.FindPath(id.Bytes) : null)
            ?? FromService(key);
    }

    private string? FromService(IRegistryKey key)
    {
        if (key.Value("Service UID")?.Bytes is not { Length: 16 } uid || OpenSection(uid, 0) is not IRegistryKey service)
        {
            return null;
        }

        using (service)
        {
            if (OutlookSection.FilePath(service, out _) is string direct)
            {
                return direct;
            }

            byte[] stores = service.Value(OutlookRegistry.StoreProviders)?.Bytes ?? [];
            for (int i = 0; i + 16 <= stores.Length; i += 16)
            {
                using IRegistryKey? store = OpenSection(stores, i);
                if (store is not null && OutlookSection.FilePath(store, out _) is string path)
                {
                    return path;
                }
            }
        }

        return null;
    }

    private IRegistryKey? OpenSection(byte[] uid, int offset) =>
        profile.Open(BitConverter.ToString(uid, offset, 16).Replace("-", "").ToLowerInvariant());

    private static string? Text(IRegistryKey key, string name) => key.Value(name)?.AsText();

    private static uint? Number(IRegistryKey key, string name) => key.Value(name)?.AsNumber();
}
