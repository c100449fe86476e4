using System.Net.Http;
using System.Text.RegularExpressions;

namespace PstMigration.Mailboxes;

/// <summary>Writes requests so that they can be logged: no token, no address that carries one, no mail address, no search text.</summary>
internal static class Redaction
{
    private const int LongestText = 2000;
    private static readonly Regex s_user = new("/users/[^/?]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
    private static readonly Regex s_mailbox = new("/mailboxes/[^/?]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
    private static readonly Regex s_secretAddress = new(
        @"https?://[^\s""]*authtoken[^\s""]*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static readonly Regex s_bearer = new(@"\bBearer\s+\S+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>Method and address. Of an address the service gave out, only the host; of the others, no query and no user.</summary>
    public static string Describe(HttpRequestMessage request)
    {
        Uri address = request.RequestUri!;
        string path = request is SessionRequest ? "/..." : s_mailbox.Replace(s_user.Replace(address.AbsolutePath, "/users/..."), "/mailboxes/...");
        return request.Method + " " + address.Scheme + "://" + address.Authority + path + (address.Query.Length > 0 ? "?..." : "");
    }

    /// <summary>A message of somebody else's, without tokens and addresses that carry them.</summary>
    public static string Clean(string text) =>
        s_bearer.Replace(s_secretAddress.Replace(text.Length > LongestText ? text[..LongestText] : text, "..."), "Bearer ...");
}
