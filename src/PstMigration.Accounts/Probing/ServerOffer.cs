namespace PstMigration.Accounts.Probing;

/// <summary>What a server said at one point of the connection.</summary>
/// <param name="Capabilities">Its words in upper case.</param>
/// <param name="Mechanisms">Sign-in mechanisms.</param>
/// <param name="StartTls">Whether it offers STARTTLS.</param>
internal sealed record ServerOffer(IReadOnlyList<string> Capabilities, IReadOnlyList<string> Mechanisms, bool StartTls)
{
    private static readonly char[] s_blanks = [' ', '\t'];

    /// <summary>Of IMAP, from "* CAPABILITY ...".</summary>
    public static ServerOffer OfImap(IEnumerable<string> words)
    {
        string[] capabilities = Words(words);
        List<string> mechanisms = [.. capabilities.Where(c => c.StartsWith("AUTH=", StringComparison.Ordinal)).Select(c => c.Substring(5)).Distinct()];

        // Without any mechanism the LOGIN command is what is left, unless it is said not to be.
        if (mechanisms.Count == 0 && capabilities.Contains("IMAP4REV1") && !capabilities.Contains("LOGINDISABLED"))
        {
            mechanisms.Add("LOGIN");
        }

        return new ServerOffer(capabilities, mechanisms, capabilities.Contains("STARTTLS"));
    }

    /// <summary>Of POP3, from the lines after CAPA. A server without CAPA takes USER and PASS.</summary>
    public static ServerOffer OfPop(IReadOnlyList<string>? lines, string greeting)
    {
        if (lines is null)
        {
            return new ServerOffer([], HasTimestamp(greeting) ? ["USER", "APOP"] : ["USER"], false);
        }

        string[] capabilities = [.. lines.Select(l => l.Trim().ToUpperInvariant())];
        List<string> mechanisms = [.. capabilities.Where(c => c.StartsWith("SASL ", StringComparison.Ordinal)).SelectMany(c => c.Substring(5).Split(s_blanks, StringSplitOptions.RemoveEmptyEntries)).Distinct()];
        if (capabilities.Contains("USER"))
        {
            mechanisms.Add("USER");
        }

        if (HasTimestamp(greeting))
        {
            mechanisms.Add("APOP");
        }

        return new ServerOffer(capabilities, mechanisms, capabilities.Contains("STLS"));
    }

    /// <summary>Of SMTP, from the lines after EHLO without their numbers.</summary>
    public static ServerOffer OfSmtp(IReadOnlyList<string> lines)
    {
        string[] capabilities = [.. lines.Select(l => l.Trim().ToUpperInvariant())];

        // AUTH=LOGIN is an old spelling that is still sent beside the right one.
        string[] mechanisms = [.. capabilities.Where(c => c.StartsWith("AUTH ", StringComparison.Ordinal) || c.StartsWith("AUTH=", StringComparison.Ordinal))
            .SelectMany(c => c.Substring(5).Split(s_blanks, StringSplitOptions.RemoveEmptyEntries)).Distinct()];
        return new ServerOffer(capabilities, mechanisms, capabilities.Contains("STARTTLS"));
    }

    private static string[] Words(IEnumerable<string> words) => [.. words.Select(w => w.ToUpperInvariant())];

    // RFC 1939: <process.clock@host>.
    private static bool HasTimestamp(string greeting)
    {
        int open = greeting.IndexOf('<');
        return open >= 0 && greeting.IndexOf('@', open) > open && greeting.IndexOf('>', open) > open;
    }
}
