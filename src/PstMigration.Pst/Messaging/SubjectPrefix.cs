namespace PstMigration.Pst.Messaging;

/// <summary>
/// How subjects are stored ([MS-PST] 2.5.3.1.1.1): U+0001, a character that is the length of the prefix ("Re: ") + 1,
/// then prefix and text. Subjects without prefix information may stand bare.
/// </summary>
internal static class SubjectPrefix
{
    private const char Marker = '\u0001';
    private const int MaxLetters = 3;

    /// <summary>The subject as people see it, prefix included.</summary>
    public static string Strip(string stored) => stored.Length >= 2 && stored[0] == Marker ? stored[2..]
        : stored.Length == 1 && stored[0] == Marker ? ""
        : stored;

    /// <summary>Puts the marker before a subject that is not empty and has none yet.</summary>
    /// <param name="subject">The whole subject.</param>
    /// <param name="prefix">PR_SUBJECT_PREFIX, where known.</param>
    /// <param name="normalized">PR_NORMALIZED_SUBJECT, where known.</param>
    public static string Encode(string subject, string? prefix, string? normalized) =>
        subject.Length == 0 || subject[0] == Marker
            ? subject
            : string.Concat(Marker.ToString(), ((char)(Length(subject, prefix, normalized) + 1)).ToString(), subject);

    private static int Length(string subject, string? prefix, string? normalized)
    {
        if (prefix is not null && prefix.Length < char.MaxValue && subject.StartsWith(prefix, StringComparison.Ordinal))
        {
            return prefix.Length;
        }

        if (normalized is not null && subject.Length - normalized.Length < char.MaxValue && subject.EndsWith(normalized, StringComparison.Ordinal))
        {
            return subject.Length - normalized.Length;
        }

        return Guess(subject);
    }

    // [MS-OXCMSG] 3.2.5.2: one to three characters that are no digits, a colon and a blank.
    private static int Guess(string subject)
    {
        int colon = subject.IndexOf(':');
        if (colon is < 1 or > MaxLetters || colon + 1 >= subject.Length || subject[colon + 1] != ' ')
        {
            return 0;
        }

        for (int i = 0; i < colon; i++)
        {
            if (char.IsDigit(subject[i]) || char.IsWhiteSpace(subject[i]))
            {
                return 0;
            }
        }

        return colon + 2;
    }
}
