using MimeKit;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>Reads MIME messages (.eml) as items by [MS-OXCMAIL].</summary>
public static class MimeImport
{
    /// <summary>Parts in parts and items in items are followed this far; deeper ones stay as they are, as one attachment.</summary>
    internal const int MaximumDepth = 64;

    /// <summary>
    /// Reads a message. Attachments stay in <paramref name="mime"/> and are read from there when asked for.
    /// </summary>
    /// <exception cref="MailDataException">MimeNotAMessage: the bytes are no message at all. MimeUnreadable: nobody thought of what is in it.</exception>
    public static MapiItem Read(BinarySource mime, MimeImportOptions? options = null)
    {
        if (mime is null)
        {
            throw new ArgumentNullException(nameof(mime));
        }

        return Guard(() =>
        {
            MimeMessageParser parser = new();
            MimeMessage message;
            try
            {
                message = parser.ParseMessage(mime);
            }
            catch (Exception e) when (e is FormatException or EndOfStreamException)
            {
                throw new MailDataException(FormatErrorIds.MimeNotAMessage, Strings.MimeNotAMessage, e);
            }

            MapiItem item = new MimeItemReader(parser.Offsets, options ?? new MimeImportOptions()).Read(message);
            item.IsAsCopied = options?.IsFromOwnFile == true && message.Headers[OwnHeaders.Seal]?.Trim() is { Length: > 0 } seal && seal == FileSeal.Of(mime);
            return item;
        });
    }

    /// <summary>Reads a message from bytes in memory.</summary>
    /// <exception cref="MailDataException">MimeNotAMessage, MimeUnreadable.</exception>
    public static MapiItem Read(byte[] mime, MimeImportOptions? options = null) => Read(BinarySource.FromBytes(mime), options);

    /// <summary>Mail is not trusted: whatever a message makes a library or this project throw is told as the message's fault, with the cause inside.</summary>
    internal static T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is not (MailDataException or IOException or UnauthorizedAccessException or OutOfMemoryException or OperationCanceledException))
        {
            throw Unexpected(FormatErrorIds.MimeUnreadable, Strings.MimeUnreadable, e);
        }
    }

    /// <summary>A fault of ours, or of a library: told in a way that can be looked for.</summary>
    internal static MailDataException Unexpected(ErrorId id, string message, Exception e) => new(id, string.Format(Strings.Culture, message, e.Message, e.GetType().Name), e);
}
