using System.Globalization;
using System.Text;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// Writes items as plain text: the lines of the heading, an empty line, the body, made from HTML or RTF where there is no plain one.
/// UTF-8 with a byte order mark and CRLF, which every editor and Windows PowerShell read right. Escape sequences are disarmed.
/// </summary>
public static class TextExport
{
    /// <summary>Writes an item. The stream stays open.</summary>
    /// <returns>What the text does not hold.</returns>
    /// <exception cref="MailDataException">A value of the item cannot be read.</exception>
    public static IReadOnlyList<ItemLoss> Write(MapiItem item, Stream target, TextExportOptions? options = null)
    {
        if (item is null || target is null)
        {
            throw new ArgumentNullException(item is null ? nameof(item) : nameof(target));
        }

        options ??= new TextExportOptions();
        LossList losses = new(item);
        ItemHeading heading = ItemHeading.Of(item);
        StringBuilder text = new();
        foreach (KeyValuePair<string, string> line in heading.Lines(options.TimeZone))
        {
            text.Append(line.Key).Append(": ").Append(line.Value).Append("\r\n");
        }

        foreach (ShownAttachment attachment in heading.Attachments)
        {
            text.Append("Attachment: ").Append(attachment.Name).Append(" (")
                .Append(attachment.Size.ToString("N0", CultureInfo.InvariantCulture)).Append(")\r\n");
        }

        ItemBody body = BodyText.Read(item, new RtfToHtmlOptions { EmbedPictures = false });
        text.Append("\r\n");
        using StreamWriter writer = new(target, new UTF8Encoding(true), 16 * 1024, leaveOpen: true);
        writer.Write(text.ToString());
        bool isChanged;
        if (body.LargeText is BinarySource large)
        {
            isChanged = WriteLarge(large, writer);
        }
        else
        {
            writer.Write(ShownText.Lines(body.ToPlainText(), out isChanged));
            losses.AddLarge(body);
        }

        NoteLosses(item, body, isChanged, losses);
        return losses.ToList();
    }

    /// <summary>A text that is too large to be held as a whole, piece by piece.</summary>
    private static bool WriteLarge(BinarySource utf16, StreamWriter writer)
    {
        bool isChanged = false;
        foreach (string lines in TextPieces.Of(utf16))
        {
            writer.Write(ShownText.Lines(lines, out bool isPieceChanged));
            isChanged |= isPieceChanged;
        }

        return isChanged;
    }

    private static void NoteLosses(MapiItem item, ItemBody body, bool isChanged, LossList losses)
    {
        HeadingLosses.Note(item, losses, _ => false);
        losses.AddAll(body);
        if (body.Native == BodyFormat.Rtf)
        {
            losses.Add(LossKind.RtfFidelity);
        }
        else if (body.Native == BodyFormat.Html)
        {
            losses.Add(LossKind.Field, LossMeaning.HtmlMarkup);
        }

        if (isChanged)
        {
            losses.Add(LossKind.TextChanged, "Body");
        }
    }
}
