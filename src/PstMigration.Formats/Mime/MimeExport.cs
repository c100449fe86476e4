using MimeKit;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// Writes items as MIME messages (.eml) by [MS-OXCMAIL]. The same item gives the same bytes. Attachments are streamed.
/// </summary>
public static class MimeExport
{
    /// <summary>Writes an item with CRLF line ends. The stream stays open.</summary>
    /// <returns>What MIME could not carry.</returns>
    /// <exception cref="MailDataException">A value of the item cannot be read. MimeUnwritable: nobody thought of what is in it.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static IReadOnlyList<ItemLoss> Write(MapiItem item, Stream target, MimeExportOptions? options = null)
    {
        if (item is null || target is null)
        {
            throw new ArgumentNullException(item is null ? nameof(item) : nameof(target));
        }

        LossList losses = new();
        MimeItemWriter writer = new(options ?? new MimeExportOptions(), losses);
        try
        {
            writer.Write(item, target);
        }
        catch (Exception e) when (e is not (MailDataException or IOException or UnauthorizedAccessException or OutOfMemoryException or OperationCanceledException))
        {
            throw MimeImport.Unexpected(FormatErrorIds.MimeUnwritable, Strings.MimeUnwritable, e);
        }

        return losses.ToList();
    }

    /// <summary>How every message of this project is formatted.</summary>
    internal static FormatOptions Format()
    {
        FormatOptions format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        format.EnsureNewLine = true;
        return format;
    }
}
