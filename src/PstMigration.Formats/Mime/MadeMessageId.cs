namespace PstMigration.Formats;

/// <summary>Message-IDs this room makes for mail that has none, because a file of mail needs one.</summary>
public static class MadeMessageId
{
    internal const string Domain = "pstmigration.invalid";

    /// <summary>Whether a Message-ID was made so. It says nothing of where the mail comes from, and is another one for each store the mail is written from.</summary>
    /// <param name="messageId">With or without the angle brackets.</param>
    public static bool Is(string? messageId) => messageId?.TrimEnd('>', ' ').EndsWith("@" + Domain, StringComparison.OrdinalIgnoreCase) == true;
}
