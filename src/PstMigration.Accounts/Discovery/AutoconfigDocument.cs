using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace PstMigration.Accounts.Discovery;

/// <summary>Servers in a document of the form Thunderbird's autoconfiguration uses (clientConfig 1.1).</summary>
internal static class AutoconfigDocument
{
    private const int MaxServers = 20;

    /// <summary>The servers; none where the document is something else. No DTD and no entity is ever followed.</summary>
    public static IReadOnlyList<MailServer> Read(byte[] document)
    {
        XmlReaderSettings settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = 1024 * 1024 };
        try
        {
            using MemoryStream stream = new(document, writable: false);
            using XmlReader reader = XmlReader.Create(stream, settings);
            XElement? provider = XDocument.Load(reader).Root?.Element("emailProvider");
            return provider is null ? [] : [.. provider.Elements().Take(MaxServers).Select(Server).OfType<MailServer>()];
        }
        catch (XmlException)
        {
            return [];
        }
    }

    private static MailServer? Server(XElement element)
    {
        MailProtocol? protocol = (element.Name.LocalName, element.Attribute("type")?.Value) switch
        {
            ("incomingServer", "imap") => MailProtocol.Imap,
            ("incomingServer", "pop3") => MailProtocol.Pop,
            ("outgoingServer", "smtp") => MailProtocol.Smtp,
            _ => null,
        };
        string? host = HostName.Normalize(element.Element("hostname")?.Value);
        if (protocol is null || host is null
            || !int.TryParse(element.Element("port")?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int port) || port is 0 or > ushort.MaxValue)
        {
            return null;
        }

        return new MailServer
        {
            Protocol = protocol.Value,
            Host = host,
            Port = port,
            Security = element.Element("socketType")?.Value switch
            {
                "SSL" => MailSecurity.ImplicitTls,
                "STARTTLS" => MailSecurity.StartTls,
                "plain" => MailSecurity.None,
                _ => MailSecurity.Unknown,
            },
            Authentication = element.Element("authentication")?.Value switch
            {
                "OAuth2" => MailAuthentication.OAuth2,
                "password-cleartext" or "plain" => MailAuthentication.Password,
                "password-encrypted" or "secure" => MailAuthentication.EncryptedPassword,
                "NTLM" => MailAuthentication.Ntlm,
                "GSSAPI" => MailAuthentication.Kerberos,
                _ => MailAuthentication.Unknown,
            },
        };
    }
}
