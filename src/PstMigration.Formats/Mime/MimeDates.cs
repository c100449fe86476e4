using MimeKit;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// When a message was sent and received. Where it does not say when it was sent, that is guessed from what is nearest: a trace, <c>Delivery-Date</c>, what the
/// message was stored in; and told.
/// </summary>
internal static class MimeDates
{
    private static readonly string[] s_delivery = ["Delivery-Date", "X-Delivery-Date", "X-OriginalArrivalTime"];

    public static void Read(HeaderList headers, MimeImportOptions options, PropertyBag p, LossList losses)
    {
        DateTimeOffset? sent = Storable(headers[HeaderId.Date] is string date ? MailDate.Parse(date) : null);
        DateTimeOffset? received = Storable(headers[HeaderId.Received] is string trace ? MailDate.ParseTrace(trace) : null);
        if (sent is null)
        {
            // An item of which this project wrote all it knows may have no time, as a draft has none.
            DateTimeOffset? stored = options.IsFromOwnFile && OwnHeaders.IsCopy(headers) ? null : Storable(options.StoredTime);
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

    private static DateTimeOffset? Storable(DateTimeOffset? time) => time is DateTimeOffset known && MapiTime.CanHold(known) ? known : null;

    private static void Set(PropertyBag p, PropertyTag tag, DateTimeOffset? time)
    {
        if (time is DateTimeOffset known)
        {
            p.Set(tag, known);
        }
    }
}
