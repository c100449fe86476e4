namespace PstMigration.Mailboxes;

/// <summary>A mailbox at a glance.</summary>
/// <param name="Address">Its SMTP address.</param>
/// <param name="DisplayName">What people call it; the address where the service does not say.</param>
/// <param name="Id">The service's id of it.</param>
/// <param name="Kind">What stands behind it.</param>
/// <param name="FolderCount">Mail and contact folders people see.</param>
/// <param name="ItemCount">Items in them, as the service counts.</param>
/// <param name="Size">Bytes in the mail folders; null where the service does not say.</param>
public sealed record MailboxInfo(string Address, string DisplayName, string Id, MailboxKind Kind, int FolderCount, int ItemCount, long? Size);
