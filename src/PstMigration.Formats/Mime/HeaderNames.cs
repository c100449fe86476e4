namespace PstMigration.Formats;

/// <summary>Names of headers every mail has some of: by them headers are told from sentences with a colon in them.</summary>
internal static class HeaderNames
{
    private static readonly string[] s_known =
    [
        "Bcc", "Cc", "Date", "Delivered-To", "Delivery-Date", "DKIM-Signature", "Envelope-To", "From", "Importance", "In-Reply-To", "Message-ID", "MIME-Version", "Received", "References", "Reply-To",
        "Return-Path", "Sender", "Status", "Subject", "Thread-Index", "Thread-Topic", "To", "User-Agent",
    ];

    private static readonly string[] s_prefixes = ["X-", "Content-", "List-", "Resent-", "ARC-", "Authentication-"];

    /// <summary>Whether a name is one of them, or begins as those of programs and lists do.</summary>
    public static bool IsKnown(string name) =>
        s_known.Contains(name, StringComparer.OrdinalIgnoreCase) || s_prefixes.Any(p => name.StartsWith(p, StringComparison.OrdinalIgnoreCase));
}
