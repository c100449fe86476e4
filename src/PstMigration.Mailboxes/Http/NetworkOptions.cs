using System.Net;
using System.Net.Http;
using System.Runtime.InteropServices;
using System.Security.Authentication;

namespace PstMigration.Mailboxes;

/// <summary>
/// How the network is reached, for Microsoft Graph and the sign-in alike. Certificates are judged by the operating system's store alone, and nothing here can change that.
/// </summary>
/// <param name="Proxy">The proxy; null for the system's (with its PAC file), or none where the system has none.</param>
/// <param name="ProxyCredentials">What a proxy that asks gets; null for the Windows user's own.</param>
public sealed record NetworkOptions(Uri? Proxy = null, ICredentials? ProxyCredentials = null)
{
    /// <summary>Where a virtual machine asks for its own identity; nothing between the two may answer for it.</summary>
    private const string InstanceMetadata = @"^http://169\.254\.169\.254";

    // .NET Framework speaks to the first kind alone, and says so.
    private static readonly string[] s_schemes = ["http", "https", "socks4", "socks4a", "socks5"];

    /// <summary>Whether a proxy is one by its address.</summary>
    /// <exception cref="MailboxException">ProxyInvalid; what was given is not repeated, as a password may be in it.</exception>
    public static void Check(Uri? proxy)
    {
        if (proxy is not null && !(proxy.IsAbsoluteUri && s_schemes.Contains(proxy.Scheme) && proxy.Host.Length > 0))
        {
            throw new MailboxException(SignInErrorIds.ProxyInvalid, Strings.ProxyInvalid);
        }
    }

    /// <summary>What really sends. No redirects, no cookies; a proxy that asks to sign in and a server that is not trusted are errors at once.</summary>
    internal HttpMessageHandler CreateHandler()
    {
        HttpClientHandler handler = new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
            MaxConnectionsPerServer = 8,
            DefaultProxyCredentials = ProxyCredentials ?? CredentialCache.DefaultCredentials,
        };
        if (Proxy is not null)
        {
            handler.Proxy = new WebProxy(Proxy, BypassOnLocal: false, [InstanceMetadata]) { Credentials = ProxyCredentials ?? CredentialCache.DefaultCredentials };
        }

        if (RuntimeInformation.FrameworkDescription.StartsWith(".NET Framework", StringComparison.Ordinal))
        {
            // An old host process may offer less than the service takes; its own settings are not ours to change.
            handler.SslProtocols = SslProtocols.Tls12;
        }

        return new NetworkRefusalHandler { InnerHandler = handler };
    }
}
