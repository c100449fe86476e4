using System.Net.Http;

namespace PstMigration.Mailboxes;

/// <summary>
/// Makes an error of every redirect but one: following it could carry mail or a token to a host nobody chose. The one is that of an archive that grew into another
/// mailbox of its own: 308, on the same host, to the same path below /admin/exchange/mailboxes under another id (Microsoft Graph, "Handle archive mailbox redirects").
/// </summary>
internal sealed class RedirectHandler : DelegatingHandler
{
    private const int MostSteps = 3;
    private const int PermanentRedirect = 308;

    // Of /v1.0/admin/exchange/mailboxes/{id}/folders/{id}, split at slashes.
    private const int FirstName = 2;
    private const int FirstId = 5;
    private static readonly string[] s_mailboxes = ["admin", "exchange", "mailboxes"];

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        for (int step = 0; ; step++)
        {
            HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            int status = (int)response.StatusCode;
            if (status is < 300 or > 399 or 304)
            {
                return response;
            }

            Uri? location = response.Headers.Location;
            response.Dispose();
            Uri from = request.RequestUri!;
            if (status != PermanentRedirect || step == MostSteps || location is null || !Uri.TryCreate(from, location, out Uri? to) || !IsSamePlace(from, to))
            {
                throw MailboxException.RedirectRefused(status, from.Host);
            }

            // The body is in memory and goes along, and so does whatever the handlers below add.
            request.RequestUri = to;
        }
    }

    // Names are compared without case, as the service writes them as it likes; ids may be others.
    internal static bool IsSamePlace(Uri from, Uri to)
    {
        string[] before = from.AbsolutePath.Split('/');
        string[] after = to.AbsolutePath.Split('/');
        return Uri.Compare(from, to, UriComponents.SchemeAndServer | UriComponents.UserInfo, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0
            && before.Length > FirstId
            && before.Length == after.Length
            && s_mailboxes.SequenceEqual(before.Skip(FirstName).Take(s_mailboxes.Length), StringComparer.OrdinalIgnoreCase)
            && Enumerable.Range(0, before.Length).All(i => IsId(i)
                ? after[i].Length > 0 == before[i].Length > 0
                : string.Equals(before[i], after[i], StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsId(int segment) => segment >= FirstId && (segment - FirstId) % 2 == 0;
}
