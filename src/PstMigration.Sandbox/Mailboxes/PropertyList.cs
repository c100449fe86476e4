using PstMigration.Formats;
using PstMigration.Mapi;
using PstMigration.Storage;

namespace PstMigration.Sandbox;

/// <summary>Properties of a recipient or an attachment as one value of a column: a FastTransfer stream of an item that has nothing else.</summary>
internal static class PropertyList
{
    public static byte[] OfRecipient(PropertyBag properties) => Write(new MapiItem(recipients: [new MapiRecipient(properties)]));

    public static byte[] OfAttachment(PropertyBag properties) => Write(new MapiItem(attachments: [new MapiAttachment(properties)]));

    /// <summary>Those of a recipient.</summary>
    /// <exception cref="StorageException">FileDamaged: they cannot be read.</exception>
    public static PropertyBag ReadRecipient(MailboxStore store, byte[] stored) => Read(store, stored).Recipients.FirstOrDefault()?.Properties ?? throw Damaged(store);

    /// <summary>Those of an attachment.</summary>
    /// <exception cref="StorageException">FileDamaged: they cannot be read.</exception>
    public static PropertyBag ReadAttachment(MailboxStore store, byte[] stored) => Read(store, stored).Attachments.FirstOrDefault()?.Properties ?? throw Damaged(store);

    private static byte[] Write(MapiItem item)
    {
        using MemoryStream stream = new();
        FastTransfer.Write(item, stream);
        return stream.ToArray();
    }

    private static MapiItem Read(MailboxStore store, byte[] stored)
    {
        try
        {
            return FastTransfer.Read(stored);
        }
        catch (MailDataException e) when (e.Error == FormatErrorIds.FastTransferUnreadable)
        {
            throw Damaged(store);
        }
    }

    private static StorageException Damaged(MailboxStore store) => StorageException.Damaged(store.Database.Path, Strings.DamagedProperty);
}
