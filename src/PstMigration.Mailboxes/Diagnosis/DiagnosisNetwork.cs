using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Http;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace PstMigration.Mailboxes.Diagnosis;

/// <summary>The network of this machine.</summary>
internal sealed class DiagnosisNetwork(TimeSpan timeout, TimeProvider clock, Uri? proxy) : IDiagnosisNetwork
{
    private const int MaxBody = 64 * 1024;
    private const int MaxGreeting = 512;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        try
        {
            // .NET Framework cannot cancel this; it is left to end by itself.
#pragma warning disable CA2016 // The overload with a token is not in .NET Framework.
            Task<IPAddress[]> asked = Dns.GetHostAddressesAsync(host);
#pragma warning restore CA2016
            Task first = await Task.WhenAny(asked, DelayAsync(cancellationToken)).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            return first == asked ? [.. (await asked.ConfigureAwait(false)).Select(a => a.ToString())] : [];
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            return [];
        }
    }

    /// <inheritdoc/>
    public Uri? ProxyFor(Uri address)
    {
        IWebProxy system = proxy is null ? WebRequest.GetSystemWebProxy() : new WebProxy(proxy);
        return system.IsBypassed(address) || system.GetProxy(address) is not Uri found || found == address ? null : found;
    }

    /// <inheritdoc/>
    public async Task<WebAnswer> GetAsync(Uri address, CancellationToken cancellationToken)
    {
        ConcurrentQueue<(string Issuer, string? Problem)> certificates = new();
        using HttpClientHandler handler = new() { AllowAutoRedirect = false, UseCookies = false };
        handler.ServerCertificateCustomValidationCallback = (_, certificate, _, errors) =>
        {
            certificates.Enqueue((certificate is null ? "-" : Issuer(certificate), errors == SslPolicyErrors.None ? null : errors.ToString()));
            return errors == SslPolicyErrors.None;
        };
        if (proxy is not null)
        {
            handler.Proxy = new WebProxy(proxy);
        }

        using HttpClient client = new(handler) { Timeout = Timeout.InfiniteTimeSpan };
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using ITimer deadline = clock.CreateTimer(_ => Cancel(either), null, timeout, Timeout.InfiniteTimeSpan);
        try
        {
            using HttpResponseMessage response = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            string body = await ReadAsync(response.Content, either.Token).ConfigureAwait(false);
            certificates.TryDequeue(out (string Issuer, string? Problem) certificate);
            return new WebAnswer((int)response.StatusCode, response.Headers.Date, body, certificate.Issuer, certificate.Problem, null);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or WebException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            certificates.TryDequeue(out (string Issuer, string? Problem) certificate);
            return new WebAnswer(null, null, "", certificate.Issuer, certificate.Problem, either.IsCancellationRequested ? Strings.DiagnosisTimedOut : Innermost(e).Message);
        }
    }

    /// <inheritdoc/>
    [SuppressMessage("Security", "CA5359", Justification = "The certificate is looked at and told; nothing secret is sent.")]
    public async Task<PortAnswer> ConnectAsync(string host, int port, bool tls, CancellationToken cancellationToken)
    {
        string? issuer = null;
        string? problem = null;
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using ITimer deadline = clock.CreateTimer(_ => Cancel(either), null, timeout, Timeout.InfiniteTimeSpan);
        using TcpClient client = new();
        using CancellationTokenRegistration closing = either.Token.Register(client.Dispose);
        try
        {
            await client.ConnectAsync(host, port).ConfigureAwait(false);
            if (!tls)
            {
                return Answer(await GreetingAsync(client.GetStream(), either.Token).ConfigureAwait(false));
            }

            using SslStream secured = new(client.GetStream(), leaveInnerStreamOpen: false, (_, certificate, _, errors) =>
            {
                using X509Certificate2? full = certificate is null ? null : new X509Certificate2(certificate);
                issuer = full is null ? null : Issuer(full);
                problem = errors == SslPolicyErrors.None ? null : errors.ToString();
                return true;
            });
            await secured.AuthenticateAsClientAsync(host, null, SslProtocols.None, checkCertificateRevocation: false).ConfigureAwait(false);
            return Answer(await GreetingAsync(secured, either.Token).ConfigureAwait(false));
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException or AuthenticationException or OperationCanceledException or NullReferenceException)
        {
            // NullReferenceException: what .NET Framework throws when a client is closed while it connects.
            cancellationToken.ThrowIfCancellationRequested();
            return new PortAnswer(null, issuer, problem, either.IsCancellationRequested ? Strings.DiagnosisTimedOut : e.Message);
        }

        // A stream that is closed while it is read may also just end.
        PortAnswer Answer(string greeting) =>
            new(greeting, issuer, problem, greeting.Length == 0 && either.IsCancellationRequested ? Strings.DiagnosisTimedOut : null);
    }

    private static async Task<string> GreetingAsync(Stream stream, CancellationToken cancellationToken)
    {
        byte[] one = new byte[1];
        StringBuilder line = new();
        while (line.Length < MaxGreeting && await stream.ReadAsync(one, 0, 1, cancellationToken).ConfigureAwait(false) == 1 && one[0] != '\n')
        {
            line.Append(one[0] is >= 0x20 and < 0x7F ? (char)one[0] : ' ');
        }

        return line.ToString().TrimEnd();
    }

    private async Task<string> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
#pragma warning disable CA2016 // .NET Framework has no overload with a token.
        using Stream stream = await content.ReadAsStreamAsync().ConfigureAwait(false);
#pragma warning restore CA2016
        using MemoryStream body = new();
        byte[] buffer = new byte[8192];
        int read;
        while (body.Length < MaxBody && (read = await NextAsync().ConfigureAwait(false)) > 0)
        {
            body.Write(buffer, 0, read);
        }

        return Encoding.UTF8.GetString(body.ToArray());

        // Streams of .NET Framework do not look at the token.
        Task<int> NextAsync() => stream.ReadAsync(buffer, 0, buffer.Length, cancellationToken).WaitAsync(Timeout.InfiniteTimeSpan, clock, cancellationToken);
    }

    // The organisation says who it is; a name such as "Issuing CA 01" does not.
    private static string Issuer(X509Certificate2 certificate)
    {
        string? organisation = certificate.IssuerName.Decode(X500DistinguishedNameFlags.UseNewLines).Split('\n')
            .Select(l => l.Trim()).FirstOrDefault(l => l.StartsWith("O=", StringComparison.Ordinal));
        return organisation?.Substring(2).Trim('"') ?? certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: true);
    }

    private async Task DelayAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource<bool> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using ITimer timer = clock.CreateTimer(_ => done.TrySetResult(true), null, timeout, Timeout.InfiniteTimeSpan);
        using CancellationTokenRegistration cancelled = cancellationToken.Register(() => done.TrySetResult(true));
        await done.Task.ConfigureAwait(false);
    }

    private static Exception Innermost(Exception exception)
    {
        while (exception.InnerException is Exception inner)
        {
            exception = inner;
        }

        return exception;
    }

    private static void Cancel(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The answer came just in time.
        }
    }
}
