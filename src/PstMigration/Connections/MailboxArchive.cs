using PstMigration.Mailboxes;

namespace PstMigration;

/// <summary>The archive of a connected mailbox.</summary>
internal static class MailboxArchive
{
    /// <summary>What reaches it.</summary>
    /// <exception cref="MailboxException">ArchiveNotReachable: nothing does.</exception>
    public static IHasArchive Of(MsMailbox mailbox) => mailbox.Connection as IHasArchive ?? throw MailboxException.ArchiveNotReachable();
}
