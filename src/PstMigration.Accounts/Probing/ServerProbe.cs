namespace PstMigration.Accounts.Probing;

/// <summary>What a mail server offers to anybody who connects. No name and no password was sent.</summary>
public sealed class ServerProbe
{
    /// <summary>The server that was asked.</summary>
    public MailServer Server { get; init; } = new();

    /// <summary>How it ended.</summary>
    public ProbeOutcome Outcome { get; init; }

    /// <summary>What went wrong, for people; empty where nothing did.</summary>
    public string Problem { get; init; } = "";

    /// <summary>The server's words: capabilities as it wrote them, in upper case.</summary>
    public IReadOnlyList<string> Capabilities { get; init; } = [];

    /// <summary>Sign-in mechanisms it offers under TLS: PLAIN, LOGIN, XOAUTH2 ...</summary>
    public IReadOnlyList<string> Mechanisms { get; init; } = [];

    /// <summary>Whether it offers to take a password.</summary>
    public bool OffersPassword => Mechanisms.Any(m => !IsOAuth(m) && m is not ("EXTERNAL" or "ANONYMOUS" or "GSSAPI"));

    /// <summary>Whether it offers to take a token.</summary>
    public bool OffersOAuth => Mechanisms.Any(IsOAuth);

    /// <summary>Whether there is such a server and it, or something before it, lets nobody in from here.</summary>
    internal bool LetsNobodyIn => Outcome is ProbeOutcome.Refused or ProbeOutcome.TimedOut or ProbeOutcome.Disconnected or ProbeOutcome.TurnedAway;

    /// <summary>Whether a password may be sent before TLS.</summary>
    public bool OffersPasswordUnprotected { get; init; }

    /// <summary>Whether it offers STARTTLS; null where TLS was there from the beginning.</summary>
    public bool? OffersStartTls { get; init; }

    /// <summary>The version of TLS, such as Tls13; null without TLS.</summary>
    public string? Tls { get; init; }

    /// <summary>Who issued its certificate; null without TLS. A company's own name here means that something looks into the connection.</summary>
    public string? CertificateIssuer { get; init; }

    /// <summary>What is wrong with the certificate; null where nothing is.</summary>
    public string? CertificateProblem { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Server + ": " + (Outcome == ProbeOutcome.Answered ? string.Join(" ", Mechanisms) : Outcome.ToString());

    private static bool IsOAuth(string mechanism) => mechanism is "XOAUTH2" or "OAUTHBEARER";
}
