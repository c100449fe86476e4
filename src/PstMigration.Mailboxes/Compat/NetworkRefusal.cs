using System.Globalization;
using System.Net;
using System.Net.Http;
using System.Security.Authentication;

namespace PstMigration.Mailboxes;

/// <summary>Tells by an exception what on the way refused.</summary>
internal static class NetworkRefusal
{
    /// <summary>Proxy Authentication Required (RFC 9110 15.5.8).</summary>
    public const int ProxyStatus = 407;

    /// <summary>Whether a proxy asks for a sign-in that it did not get.</summary>
    public static bool IsProxySignIn(Exception exception)
    {
        for (Exception? e = exception; e is not null; e = e.InnerException)
        {
#if NET
            // The status of a refused tunnel stands in the message alone.
            if (e is HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError }
                && e.Message.Contains(ProxyStatus.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal))
            {
                return true;
            }
#endif
            if (e is WebException { Response: HttpWebResponse { StatusCode: HttpStatusCode.ProxyAuthenticationRequired } })
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the server's certificate is not trusted.</summary>
    public static bool IsUntrusted(Exception exception)
    {
        for (Exception? e = exception; e is not null; e = e.InnerException)
        {
            if (e is AuthenticationException || e is WebException { Status: WebExceptionStatus.TrustFailure })
            {
                return true;
            }
        }

        return false;
    }
}
