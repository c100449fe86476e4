using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// Items as the import and export of mailbox items in Microsoft Graph passes them (exportItems, importItem; ExportItems and UploadItems of EWS): a FastTransfer stream of one message
/// ([MS-OXCFXICS] 2.2.4) in a few records. It holds items of all classes with all their properties.
/// </summary>
/// <remarks>Microsoft describes the stream as opaque and does not promise that one it did not make is taken.</remarks>
public static class FastTransfer
{
    /// <summary>Reads an item. Large values stay in <paramref name="blob"/> and are read from there when asked for.</summary>
    /// <exception cref="MailDataException">FastTransferUnreadable: it breaks the rules at some place, or names a type nobody knows; nothing of it can be trusted then.</exception>
    public static MapiItem Read(BinarySource blob) => FastTransferReader.Read(FastTransferFrames.Read(blob ?? throw new ArgumentNullException(nameof(blob))));

    /// <summary>Reads an item from bytes in memory; they are not copied.</summary>
    /// <exception cref="MailDataException">FastTransferUnreadable.</exception>
    public static MapiItem Read(byte[] blob) => Read(BinarySource.FromBytes(blob));

    /// <summary>Of which server a stream says to be.</summary>
    /// <exception cref="MailDataException">FastTransferUnreadable.</exception>
    public static FastTransferVersion ReadVersion(BinarySource blob) => FastTransferFrames.Read(blob ?? throw new ArgumentNullException(nameof(blob))).Version;

    /// <summary>Writes an item. Attachments are streamed.</summary>
    /// <param name="item">The item.</param>
    /// <param name="target">Where it goes.</param>
    /// <param name="version">Of which server it is said to be; null for <see cref="FastTransferVersion.Published"/>.</param>
    /// <returns>What could not be written. What belongs to the store the item was in, and what each store makes for itself, is left out and no loss.</returns>
    public static IReadOnlyList<ItemLoss> Write(MapiItem item, Stream target, FastTransferVersion? version = null)
    {
        if (item is null || target is null)
        {
            throw new ArgumentNullException(item is null ? nameof(item) : nameof(target));
        }

        FastTransferOutput output = new(target);
        output.Begin(version ?? FastTransferVersion.Published);
        FastTransferWriter writer = new(output);
        writer.WriteItem(item);
        output.End();
        return writer.Losses;
    }
}
