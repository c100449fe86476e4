using System.Text.Json;

namespace PstMigration.Accounts.Discovery;

/// <summary>The answer of Autodiscover in JSON: {"Protocol": "...", "Url": "..."}.</summary>
internal static class AutodiscoverDocument
{
    /// <summary>The service it names, as an Exchange server; none where the document is something else.</summary>
    public static IReadOnlyList<MailServer> Read(byte[] document)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(document, new JsonDocumentOptions { MaxDepth = 8 });
            string? url = json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("Url", out JsonElement value)
                && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
            return Uri.TryCreate(url, UriKind.Absolute, out Uri? address) && address.Scheme == "https" && HostName.Normalize(address.Host) is string host
                ? [new MailServer { Protocol = MailProtocol.Exchange, Host = host, Port = address.Port, Security = MailSecurity.ImplicitTls, Authentication = MailAuthentication.Unknown }]
                : [];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // No JSON, or no text inside the quotes.
        {
            return [];
        }
    }
}
