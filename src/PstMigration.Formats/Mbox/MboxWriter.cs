using System.Globalization;
using System.Text;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>Writes messages one behind another as mboxrd (RFC 4155 with quotes that can be taken back), lines ending with line feeds.</summary>
public static class MboxWriter
{
    private const string NoSender = "MAILER-DAEMON";

    /// <summary>Writes one item. The stream stays open.</summary>
    /// <returns>What MIME could not carry.</returns>
    /// <exception cref="MailDataException">A value of the item cannot be read; part of the message may have been written.</exception>
    public static IReadOnlyList<ItemLoss> Write(MapiItem item, Stream target, MimeExportOptions? options = null)
    {
        if (item is null || target is null)
        {
            throw new ArgumentNullException(item is null ? nameof(item) : nameof(target));
        }

        byte[] line = Encoding.ASCII.GetBytes(FromLine(item));
        target.Write(line, 0, line.Length);
        MboxQuotingStream quoting = new(target);
        IReadOnlyList<ItemLoss> losses;
        using (LineFeedStream lines = new(quoting))
        {
            losses = MimeExport.Write(item, lines, options);
        }

        quoting.Finish();
        byte[] ending = Encoding.ASCII.GetBytes(quoting.IsAtLineStart ? "\n" : "\n\n");
        target.Write(ending, 0, ending.Length);
        return losses;
    }

    /// <summary><c>From sender Thu Jan  1 00:00:00 1970</c>: the time the item was received, in UTC.</summary>
    private static string FromLine(MapiItem item)
    {
        ItemParty author = ItemParty.Author(item.Properties);
        string sender = author.Smtp is { Length: > 0 } smtp && smtp.All(c => c is > ' ' and < '\u007F') ? smtp : NoSender;
        DateTime time = (TreeMessage.TimeOf(item) ?? new DateTimeOffset(1970, 1, 1, 0, 0, 0, TimeSpan.Zero)).UtcDateTime;
        string day = time.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2);
        return "From " + sender + " " + time.ToString("ddd MMM ", CultureInfo.InvariantCulture) + day
            + time.ToString(" HH:mm:ss yyyy", CultureInfo.InvariantCulture) + "\n";
    }
}
