namespace PstMigration.Mailboxes.Diagnosis;

/// <summary>What was found at a port.</summary>
/// <param name="Greeting">The server's first line; null where there was none.</param>
/// <param name="Issuer">Who issued its certificate; null without TLS.</param>
/// <param name="CertificateProblem">What is wrong with the certificate; null where nothing is.</param>
/// <param name="Problem">Why it cannot be reached; null where it can.</param>
internal sealed record PortAnswer(string? Greeting, string? Issuer, string? CertificateProblem, string? Problem);
