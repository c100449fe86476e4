namespace PstMigration.Pst.Messaging;

/// <summary>
/// How subjects are stored (MS-PST 2.5.3.1.1.1; ms-pst B.3): U+0001, a character that is the length of the prefix ("Re: ") + 1,
/// then prefix and text. Subjects without prefix information may stand bare.
/// </summary>
internal static class SubjectPrefix
{
    private const char Marker = '\u0001';

    /// <summary>The subject as people see it, prefix included.</summary>
    public static string Strip(string stored) => stored.Length >= 2 && stored[0] == Marker ? stored[2..]
        : stored.Length == 1 && stored[0] == Marker ? ""
        : stored;
}
