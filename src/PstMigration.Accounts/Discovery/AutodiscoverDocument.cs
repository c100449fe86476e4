using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.Serialization.Json;
using System.Xml;
using System.Xml.Linq;

namespace PstMigration.Accounts.Discovery;

/// <summary>The answer of Autodiscover in JSON: {"Protocol": "...", "Url": "..."}.</summary>
internal static class AutodiscoverDocument
{
    /// <summary>The service it names, as an Exchange server; none where the document is something else.</summary>
    public static IReadOnlyList<MailServer> Read(byte[] document)
    {
        try
        {
            using XmlDictionaryReader reader = JsonReaderWriterFactory.CreateJsonReader(document, new XmlDictionaryReaderQuotas { MaxDepth = 8, MaxStringContentLength = 16 * 1024 });
            string? url = XElement.Load(reader).Elements().FirstOrDefault(e => e.Name.LocalName == "Url")?.Value;
            return Uri.TryCreate(url, UriKind.Absolute, out Uri? address) && address.Scheme == "https" && HostName.Normalize(address.Host) is string host
                ? [new MailServer { Protocol = MailProtocol.Exchange, Host = host, Port = address.Port, Security = MailSecurity.ImplicitTls, Authentication = MailAuthentication.Unknown }]
                : [];
        }
        catch (Exception e) when (e is XmlException or FormatException)
        {
            return [];
        }
    }
}
