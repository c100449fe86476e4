using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>What the service says about the mailbox as a whole, by its codes (those of Exchange Web Services, which Microsoft Graph hands on) and words.</summary>
internal sealed record MailboxState(ErrorId Error, string Text)
{
    /// <summary>The state an answer tells of; null where it is about something else.</summary>
    public static MailboxState? Of(string code, string text) => code switch
    {
        "MailboxNotEnabledForRESTAPI" when Says(text, "inactive") || Says(text, "soft-deleted") => new(MailboxErrorIds.MailboxInactive, Strings.MailboxInactive),
        "ErrorMailboxMoveInProgress" => new(MailboxErrorIds.MailboxOnHold, Strings.MailboxOnHold),
        "ErrorQuotaExceeded" or "QuotaExceeded" when Says(text, "recoverable items") => new(MailboxErrorIds.MailboxOnHold, Strings.MailboxOnHold),
        _ => null,
    };

    private static bool Says(string text, string words) => text.IndexOf(words, StringComparison.OrdinalIgnoreCase) >= 0;
}
