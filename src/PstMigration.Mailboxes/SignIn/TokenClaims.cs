using System.Text;
using System.Text.Json;

namespace PstMigration.Mailboxes;

/// <summary>
/// What an access token says about itself (RFC 7519), as far as it can be read: those of personal accounts cannot. Nothing is verified; the service does that. It is for
/// people, and for errors before the first request.
/// </summary>
internal sealed record TokenClaims
{
    /// <summary>Microsoft Graph, as an audience.</summary>
    public const string GraphId = "00000003-0000-0000-c000-000000000000";

    /// <summary>Whom the token is for.</summary>
    public string? Audience { get; private init; }

    /// <summary>Who signed in: an address, or an application's id.</summary>
    public string? Account { get; private init; }

    public string? TenantId { get; private init; }

    public string? ClientId { get; private init; }

    /// <summary>Scopes of a person, or roles of an application.</summary>
    public IReadOnlyList<string> Rights { get; private init; } = [];

    public bool IsApplication { get; private init; }

    public DateTimeOffset? Until { get; private init; }

    /// <summary>Reads a token; null for one that cannot be read.</summary>
    public static TokenClaims? Read(string token)
    {
        string[] parts = token.Split('.');
        if (parts.Length != 3)
        {
            return null;
        }

        try
        {
            string payload = parts[1].Replace('-', '+').Replace('_', '/');
            byte[] bytes = Convert.FromBase64String(payload.PadRight((payload.Length + 3) / 4 * 4, '='));
            using JsonDocument json = JsonDocument.Parse(Encoding.UTF8.GetString(bytes));
            return json.RootElement.ValueKind == JsonValueKind.Object ? Of(json.RootElement) : null;
        }
        catch (Exception e) when (e is FormatException or JsonException or ArgumentException)
        {
            return null;
        }
    }

    private static TokenClaims Of(JsonElement claims)
    {
        string? scopes = Text(claims, "scp");
        return new TokenClaims
        {
            Audience = Text(claims, "aud"),
            Account = Text(claims, "upn") ?? Text(claims, "preferred_username") ?? Text(claims, "unique_name") ?? Text(claims, "appid"),
            TenantId = Text(claims, "tid"),
            ClientId = Text(claims, "appid") ?? Text(claims, "azp"),
            IsApplication = scopes is null && claims.TryGetProperty("roles", out _),
            Rights = scopes is not null ? scopes.Split(' ') : Texts(claims, "roles"),
            Until = claims.TryGetProperty("exp", out JsonElement end) && end.ValueKind == JsonValueKind.Number && end.TryGetInt64(out long seconds)
                && seconds is > 0 and < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null,
        };
    }

    private static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static List<string> Texts(JsonElement claims, string name)
    {
        List<string> texts = [];
        if (claims.TryGetProperty(name, out JsonElement values) && values.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement value in values.EnumerateArray())
            {
                if (value.ValueKind == JsonValueKind.String)
                {
                    texts.Add(value.GetString()!);
                }
            }
        }

        return texts;
    }
}
