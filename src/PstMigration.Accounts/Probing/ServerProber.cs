using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using PstMigration.Accounts.Compat;

namespace PstMigration.Accounts.Probing;

/// <summary>
/// Asks POP, IMAP and SMTP servers what they offer: one connection, the greeting, the question for capabilities, TLS where it is offered,
/// the question again, and goodbye. Never a name, never a password.
/// </summary>
public sealed class ServerProber
{
    private const int MaxWords = 200;

    private readonly ServerConnector _connector;
    private readonly Uri? _proxy;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _clock;

    /// <summary>A prober.</summary>
    /// <param name="timeout">For everything about one server.</param>
    /// <param name="clock">All time it knows.</param>
    /// <param name="proxy">An HTTP proxy to go through; null to connect directly, as mail programs do.</param>
    public ServerProber(TimeSpan timeout, TimeProvider clock, Uri? proxy = null)
    {
        _timeout = timeout;
        _clock = clock ?? throw new ArgumentNullException(nameof(clock));
        _proxy = proxy;
        _connector = new ServerConnector(proxy);
    }

    /// <summary>Asks one server. What goes wrong is in the result.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<ServerProbe> ProbeAsync(MailServer server, CancellationToken cancellationToken)
    {
        if (server is null)
        {
            throw new ArgumentNullException(nameof(server));
        }

        long start = _clock.GetTimestamp();
        Findings findings = new();
        using CancellationTokenSource deadline = Deadline.After(_clock, _timeout);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await ConverseAsync(server, findings, either.Token).ConfigureAwait(false);
            findings.Outcome = ProbeOutcome.Answered;
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception e) when (Classify(e, findings, deadline.IsCancellationRequested) is not null)
        {
            (findings.Outcome, findings.Problem) = Classify(e, findings, deadline.IsCancellationRequested)!.Value;
        }

        return findings.ToProbe(server, _clock.GetElapsedTime(start));
    }

    private async Task ConverseAsync(MailServer server, Findings findings, CancellationToken cancellationToken)
    {
        string host = HostName.Normalize(server.Host) ?? throw new SocketException((int)SocketError.HostNotFound);
        using TcpClient client = await _connector.ConnectAsync(host, server.Port, cancellationToken).ConfigureAwait(false);
        using CancellationTokenRegistration closing = cancellationToken.Register(client.Dispose);
        Stream stream = client.GetStream();
        SslStream? tls = null;
        try
        {
            bool implicitTls = server.Security == MailSecurity.ImplicitTls || (server.Security == MailSecurity.Unknown && server.Port is 993 or 995 or 465);
            if (implicitTls)
            {
                stream = tls = await StartTlsAsync(stream, host, findings).ConfigureAwait(false);
            }

            MailDialogue dialogue = new(server.Protocol);
            MailLineReader reader = new(stream);
            await dialogue.ReadGreetingAsync(reader, cancellationToken).ConfigureAwait(false);
            findings.Offer = await dialogue.AskAsync(stream, reader, cancellationToken).ConfigureAwait(false);
            if (!implicitTls)
            {
                findings.Plain = findings.Offer;
                if (findings.Offer.StartTls && await dialogue.StartTlsAsync(stream, reader, cancellationToken).ConfigureAwait(false))
                {
                    if (reader.HasMore)
                    {
                        throw new InvalidDataException();
                    }

                    stream = tls = await StartTlsAsync(stream, host, findings).ConfigureAwait(false);
                    reader = new MailLineReader(stream);
                    findings.Offer = await dialogue.AskAsync(stream, reader, cancellationToken).ConfigureAwait(false);
                }
            }

            await dialogue.QuitAsync(stream, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            tls?.Dispose();
        }
    }

    [SuppressMessage("Security", "CA5359", Justification = "A certificate is looked at, not trusted: nothing secret is ever sent.")]
    private static async Task<SslStream> StartTlsAsync(Stream stream, string host, Findings findings)
    {
        SslStream tls = new(stream, leaveInnerStreamOpen: false, (_, certificate, _, errors) =>
        {
            findings.CertificateIssuer = certificate is null ? null : IssuerName(certificate);
            findings.CertificateProblem = errors == SslPolicyErrors.None ? null : errors.ToString();
            return true;
        });
        try
        {
            findings.IsInHandshake = true;
            await tls.AuthenticateAsClientAsync(host, null, SslProtocols.None, checkCertificateRevocation: false).ConfigureAwait(false);
            findings.IsInHandshake = false;
            findings.Tls = tls.SslProtocol.ToString();
            return tls;
        }
        catch
        {
            tls.Dispose();
            throw;
        }
    }

    private static string IssuerName(X509Certificate certificate)
    {
        using X509Certificate2 full = new(certificate);
        string name = full.GetNameInfo(X509NameType.SimpleName, forIssuer: true);
        return string.IsNullOrEmpty(name) ? certificate.Issuer : name;
    }

    private (ProbeOutcome Outcome, string Problem)? Classify(Exception exception, Findings findings, bool timedOut) => exception switch
    {
        _ when timedOut => (ProbeOutcome.TimedOut, WithProxy(Text(Strings.ProbeTimedOut, _timeout.TotalSeconds))),
        ProxyRefusedException e => (ProbeOutcome.Refused, Text(Strings.ProbeProxyRefused, e.Message)),
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } => (ProbeOutcome.HostNotFound, Strings.ProbeHostNotFound),
        SocketException { SocketErrorCode: SocketError.TimedOut } => (ProbeOutcome.TimedOut, WithProxy(Strings.ProbeNoAnswer)),
        SocketException => (ProbeOutcome.Refused, WithProxy(Strings.ProbeRefused)),
        AuthenticationException e => (ProbeOutcome.TlsFailed, Text(Strings.ProbeTlsFailed, e.Message)),
        IOException e when findings.IsInHandshake => (ProbeOutcome.TlsFailed, Text(Strings.ProbeTlsFailed, e.Message)),
        TurnedAwayException e => (ProbeOutcome.TurnedAway, Text(Strings.ProbeTurnedAway, e.Message.Length > MaxWords ? e.Message.Substring(0, MaxWords) : e.Message)),
        InvalidDataException => (ProbeOutcome.NotAMailServer, Strings.ProbeNotAMailServer),
        IOException or ObjectDisposedException => (ProbeOutcome.Disconnected, Strings.ProbeDisconnected),
        _ => null,
    };

    // Where all traffic has to go through a proxy, a mail program fails in the same way.
    private string WithProxy(string problem)
    {
        IWebProxy system = WebRequest.GetSystemWebProxy();
        Uri somewhere = new("https://outlook.office365.com/");
        return _proxy is null && system.GetProxy(somewhere) is Uri found && found != somewhere && !system.IsBypassed(somewhere)
            ? problem + " " + Text(Strings.ProbeProxyExists, found.Authority)
            : problem;
    }

    private static string Text(string format, params object?[] values) => string.Format(CultureInfo.CurrentCulture, format, values);

    /// <summary>What is known so far.</summary>
    private sealed class Findings
    {
        public ProbeOutcome Outcome { get; set; }

        public string Problem { get; set; } = "";

        public ServerOffer? Plain { get; set; }

        public ServerOffer? Offer { get; set; }

        public bool IsInHandshake { get; set; }

        public string? Tls { get; set; }

        public string? CertificateIssuer { get; set; }

        public string? CertificateProblem { get; set; }

        public ServerProbe ToProbe(MailServer server, TimeSpan duration) => new()
        {
            Server = server,
            Outcome = Outcome,
            Problem = Problem,
            Capabilities = Offer?.Capabilities ?? [],
            Mechanisms = Offer?.Mechanisms ?? [],
            OffersPasswordUnprotected = Plain?.Mechanisms.Any(m => m is "PLAIN" or "LOGIN" or "USER") == true,
            OffersStartTls = Plain?.StartTls,
            Tls = Tls,
            CertificateIssuer = CertificateIssuer,
            CertificateProblem = CertificateProblem,
            Duration = duration,
        };
    }
}
