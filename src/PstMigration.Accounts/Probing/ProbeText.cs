using System.Globalization;

namespace PstMigration.Accounts.Probing;

/// <summary>Says in a sentence what a server offered.</summary>
internal static class ProbeText
{
    /// <summary>For people, in their language.</summary>
    public static string Describe(ServerProbe probe)
    {
        if (probe.Outcome != ProbeOutcome.Answered)
        {
            return Format(Strings.ProbeFailed, probe.Server, probe.Problem);
        }

        List<string> parts =
        [
            Format(Strings.ProbeOffers, probe.Server, probe.Mechanisms.Count == 0 ? "-" : string.Join(" ", probe.Mechanisms)),
            probe.Tls is null ? Strings.ProbeNoTls : Format(Strings.ProbeTls, probe.Tls, probe.CertificateIssuer),
        ];
        if (probe.CertificateProblem is not null)
        {
            parts.Add(Format(Strings.ProbeCertificate, probe.CertificateProblem));
        }

        if (probe.OffersPasswordUnprotected)
        {
            parts.Add(Strings.ProbeUnprotected);
        }

        return string.Join(" ", parts);
    }

    private static string Format(string text, params object?[] values) => string.Format(CultureInfo.CurrentCulture, text, values);
}
