namespace PstMigration.Mailboxes;

/// <summary>Where a cloud signs in and where its Microsoft Graph is (Graph: national cloud deployments).</summary>
internal sealed record CloudEndpoints(Uri Login, Uri Graph)
{
    /// <summary>Takes accounts of every kind.</summary>
    public const string AnyTenant = "common";

    /// <summary>The tenant all personal accounts are in.</summary>
    public const string PersonalTenant = "9188040d-6c67-4c5b-b112-36a304b66dad";

    /// <summary>The endpoints of a cloud.</summary>
    public static CloudEndpoints Of(MailboxCloud cloud) => cloud switch
    {
        MailboxCloud.Global => new(new("https://login.microsoftonline.com"), new("https://graph.microsoft.com")),
        MailboxCloud.USGov => new(new("https://login.microsoftonline.us"), new("https://graph.microsoft.us")),
        MailboxCloud.USGovDoD => new(new("https://login.microsoftonline.us"), new("https://dod-graph.microsoft.us")),
        MailboxCloud.China => new(new("https://login.partner.microsoftonline.cn"), new("https://microsoftgraph.chinacloudapi.cn")),
        _ => throw new ArgumentOutOfRangeException(nameof(cloud)),
    };

    /// <summary>The cloud that has its Microsoft Graph at an address; null is the global one.</summary>
    /// <exception cref="MailboxException">MailboxHostNotAllowed: none of them.</exception>
    public static CloudEndpoints OfGraph(string? address)
    {
        if (address is null)
        {
            return Of(MailboxCloud.Global);
        }

        string host = Uri.TryCreate(address, UriKind.Absolute, out Uri? parsed) ? parsed.Host : address;
        return ((MailboxCloud[])Enum.GetValues(typeof(MailboxCloud))).Select(Of)
            .FirstOrDefault(e => string.Equals(e.Graph.Host, host, StringComparison.OrdinalIgnoreCase)) ?? throw MailboxException.HostNotAllowed(host);
    }

    /// <summary>The address of Microsoft Graph with its version.</summary>
    public Uri GraphAddress => new(Graph, "v1.0");

    /// <summary>What an application asks for: all that an administrator has granted it.</summary>
    public string DefaultScope => Graph.GetLeftPart(UriPartial.Authority) + "/.default";

    /// <summary>The authority of a tenant.</summary>
    public string Authority(string tenant) => Login.GetLeftPart(UriPartial.Authority) + "/" + tenant;

    /// <summary>
    /// A permission by its full name. In the global cloud the short name, which stands for the same and is what personal accounts were seen to take.
    /// </summary>
    public string Scope(string permission) => Graph.Host == "graph.microsoft.com" ? permission : Graph.GetLeftPart(UriPartial.Authority) + "/" + permission;

    /// <summary>Where an administrator approves an application once for everybody in a tenant.</summary>
    public Uri AdminConsent(string tenant, string clientId) =>
        new(Authority(tenant == AnyTenant ? "organizations" : tenant) + "/adminconsent?client_id=" + Uri.EscapeDataString(clientId));
}
