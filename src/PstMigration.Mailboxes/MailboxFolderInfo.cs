using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>A folder of a mailbox.</summary>
/// <param name="Id">The service's id; not immutable, unlike those of items.</param>
/// <param name="Path">Its names from the root people see.</param>
/// <param name="Role">What it is for.</param>
/// <param name="ContainerClass">IPF.Note or IPF.Contact.</param>
/// <param name="ItemCount">Items directly in it.</param>
/// <param name="UnreadCount">Unread items among them; null for contact folders.</param>
/// <param name="Size">Bytes directly in it; null where the service does not say.</param>
public sealed record MailboxFolderInfo(
    string Id, FolderPath Path, FolderRole Role, string ContainerClass, int ItemCount, int? UnreadCount, long? Size);
