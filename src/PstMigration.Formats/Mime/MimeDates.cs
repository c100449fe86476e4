using System.Globalization;
using MimeKit;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// When a message was sent and received. Where it does not say when it was sent, that is guessed from what is nearest: a trace, <c>Delivery-Date</c>, what the
/// message was stored in; and told.
/// </summary>
internal static class MimeDates
{
    private static readonly string[] s_delivery = ["Delivery-Date", "X-Delivery-Date", "X-OriginalArrivalTime", "X-Original-Date", "Resent-Date", "NNTP-Posting-Date"];

    public static void Read(HeaderList headers, MimeImportOptions options, PropertyBag p, LossList losses)
    {
        DateTimeOffset? sent = First(headers, h => h.Id == HeaderId.Date, MailDate.Parse);
        DateTimeOffset? received = First(headers, h => h.Id == HeaderId.Received, MailDate.ParseTrace)
            ?? First(headers, h => h.Field.Equals("X-Received", StringComparison.OrdinalIgnoreCase), MailDate.ParseTrace);
        if (sent is null)
        {
            // An item of which this project wrote all it knows may have no time, as a draft has none; one whose date nobody can read had the one that was guessed.
            DateTimeOffset? stored = Storable(!options.IsFromOwnFile || !OwnHeaders.IsCopy(headers) ? options.StoredTime
                : headers.Contains(HeaderId.Date) ? OwnHeaders.ParseTime(headers[OwnHeaders.Received]) : null);
            (DateTimeOffset? time, string place) = received is not null ? (received, "Received")
                : Delivery(headers) is DateTimeOffset delivered ? (delivered, "Delivery-Date")
                : (stored, "Stored");
            sent = time;
            received ??= time;
            if (time is not null)
            {
                losses.Add(LossKind.Guessed, "Date: " + place);
            }
        }

        Set(p, PropertyTags.ClientSubmitTime, sent);
        Set(p, PropertyTags.MessageDeliveryTime, received ?? sent);
        Set(p, PropertyTags.CreationTime, received ?? sent);
    }

    /// <summary>The first of several that is one.</summary>
    private static DateTimeOffset? First(HeaderList headers, Func<Header, bool> isOne, Func<string, DateTimeOffset?> parse) =>
        headers.Where(isOne).Select(h => Storable(parse(h.Value))).FirstOrDefault(t => t is not null);

    private static DateTimeOffset? Delivery(HeaderList headers)
    {
        foreach (string field in s_delivery)
        {
            // Exchange puts a number behind it: 03 Mar 2015 01:20:30.0123 (UTC) FILETIME=[01D05512:3A0B5F90]
            if (headers[field] is string text && Storable(MailDate.Parse(text.Split(["FILETIME"], StringSplitOptions.None)[0])) is DateTimeOffset time)
            {
                return time;
            }
        }

        return null;
    }

    /// <summary>A date as headers have it (RFC 5322 3.3).</summary>
    public static string Format(DateTimeOffset time) => time.ToString("ddd, dd MMM yyyy HH:mm:ss ", CultureInfo.InvariantCulture) + time.ToString("zzz", CultureInfo.InvariantCulture).Remove(3, 1);

    private static DateTimeOffset? Storable(DateTimeOffset? time) => time is DateTimeOffset known && MapiTime.CanHold(known) ? known : null;

    private static void Set(PropertyBag p, PropertyTag tag, DateTimeOffset? time)
    {
        if (time is DateTimeOffset known)
        {
            p.Set(tag, known);
        }
    }
}
