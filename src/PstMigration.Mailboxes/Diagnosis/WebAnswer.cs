namespace PstMigration.Mailboxes.Diagnosis;

/// <summary>What a web server answered.</summary>
/// <param name="Status">The HTTP status; null where there was no answer.</param>
/// <param name="Date">The server's clock; null where it did not say.</param>
/// <param name="Body">The beginning of the answer.</param>
/// <param name="Issuer">The organisation or name of the issuer of its certificate; null without TLS.</param>
/// <param name="CertificateProblem">What is wrong with the certificate; null where nothing is.</param>
/// <param name="Problem">Why there was no answer; null where there was one.</param>
internal sealed record WebAnswer(int? Status, DateTimeOffset? Date, string Body, string? Issuer, string? CertificateProblem, string? Problem);
