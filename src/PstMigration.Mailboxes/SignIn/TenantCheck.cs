using System.Net.Http;
using System.Text.Json;

namespace PstMigration.Mailboxes;

/// <summary>
/// Asks whether there is a tenant, and in which cloud, before a browser opens on a page that never comes back. The service describes every tenant to everybody (OpenID Connect
/// Discovery 1.0, 4).
/// </summary>
internal static class TenantCheck
{
    /// <exception cref="MailboxException">TenantUnknown, WrongCloud.</exception>
    /// <exception cref="HttpRequestException">The service cannot be reached.</exception>
    public static async Task RunAsync(SignInRequest request, SignInHttp http, CancellationToken cancellationToken)
    {
        if (request.TenantId is not string tenant)
        {
            return;
        }

        Uri address = new(request.Endpoints.Authority(tenant) + "/v2.0/.well-known/openid-configuration");
        using HttpResponseMessage response = await http.GetHttpClient().GetAsync(address, cancellationToken).ConfigureAwait(false);
        string text = await ReadAsync(response.Content).ConfigureAwait(false);
        if ((int)response.StatusCode is 400 or 404 && text.IndexOf("invalid_tenant", StringComparison.Ordinal) >= 0)
        {
            throw new MailboxException(SignInErrorIds.TenantUnknown, MailboxException.Format(Strings.TenantUnknown, "", "", "", tenant));
        }

        // A tenant of another cloud is described with that cloud's name, such as microsoftonline.us.
        if (response.IsSuccessStatusCode && CloudOf(text) is string cloud && !request.Endpoints.Login.Host.EndsWith(cloud, StringComparison.OrdinalIgnoreCase))
        {
            throw new MailboxException(SignInErrorIds.WrongCloud, MailboxException.Format(Strings.WrongCloud, cloud));
        }
    }

    // The client has the whole answer already. Whatever charset it says it has, what is looked for is ASCII.
    private static async Task<string> ReadAsync(HttpContent content)
    {
        using StreamReader reader = new(await content.ReadAsStreamAsync().ConfigureAwait(false));
        return await reader.ReadToEndAsync().ConfigureAwait(false);
    }

    private static string? CloudOf(string description)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(description);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("cloud_instance_name", out JsonElement name)
                && name.ValueKind == JsonValueKind.String ? name.GetString() : null;
        }
        catch (JsonException)
        {
            // A page of somebody in between; the sign-in itself will tell.
            return null;
        }
    }
}
