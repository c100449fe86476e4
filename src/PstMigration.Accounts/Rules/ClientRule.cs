namespace PstMigration.Accounts.Rules;

/// <summary>Which tokens a mail program can sign in with.</summary>
internal sealed class ClientRule
{
    /// <summary>The program.</summary>
    public MailClientKind Kind { get; init; }

    /// <summary>The first version this is about; null for all.</summary>
    public Version? MinVersion { get; init; }

    /// <summary>The last version this is about; null for all.</summary>
    public Version? MaxVersion { get; init; }

    /// <summary>Whether it is about editions by subscription, about others, or about both (null).</summary>
    public bool? Subscription { get; init; }

    /// <summary>Issuers, with the protocols each works by.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<MailProtocol>> OAuth { get; init; } = new Dictionary<string, IReadOnlyList<MailProtocol>>();

    /// <summary>Where it is written.</summary>
    public string Source { get; init; } = "";

    /// <summary>What it means, for people.</summary>
    public LocalizedText Reason { get; init; } = new("", null);

    /// <summary>Whether it is about this program. A version nobody knows is none of those with bounds, except for programs that keep themselves current.</summary>
    public bool AppliesTo(MailClient client) => client.Kind == Kind
        && (client.Version is null
            ? Kind != MailClientKind.OutlookClassic && MaxVersion is null
            : (MinVersion is null || client.Version >= MinVersion) && (MaxVersion is null || client.Version <= MaxVersion)
                && (Subscription is null || Subscription == client.IsSubscription));

    /// <summary>Whether the program can get a token for this.</summary>
    public bool CanSignIn(string? issuer, MailProtocol protocol) => issuer is not null && OAuth.TryGetValue(issuer, out IReadOnlyList<MailProtocol>? protocols)
        && (protocol == MailProtocol.Any ? protocols.Contains(MailProtocol.Imap) : protocols.Contains(protocol));

    /// <summary>Reads one.</summary>
    public static ClientRule Read(JsonField field)
    {
        field.AllowOnly("kind", "minVersion", "maxVersion", "subscription", "oauth", "source", "reason");
        Dictionary<string, IReadOnlyList<MailProtocol>> oauth = new(StringComparer.Ordinal);
        foreach (JsonField entry in field.List("oauth"))
        {
            entry.AllowOnly("issuer", "protocols");
            oauth[entry.Required("issuer").Text()] = [.. entry.Required("protocols").Items().Select(p => p.Choice<MailProtocol>())];
        }

        return new ClientRule
        {
            Kind = field.Required("kind").Choice<MailClientKind>(),
            MinVersion = field.Optional("minVersion")?.Version(),
            MaxVersion = field.Optional("maxVersion")?.Version(),
            Subscription = field.Optional("subscription")?.Flag(),
            OAuth = oauth,
            Source = field.Required("source").Text(),
            Reason = LocalizedText.Read(field.Required("reason")),
        };
    }
}
