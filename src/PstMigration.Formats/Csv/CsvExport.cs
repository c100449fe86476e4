using System.Globalization;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>Lists items in a table: one row an item, made for spreadsheets and <c>Import-Csv</c>.</summary>
public static class CsvExport
{
    /// <summary>The names of the columns, in their order. They are the same in every language.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    [
        "Folder", "Subject", "From", "FromAddress", "To", "Cc", "Bcc", "SentTime", "ReceivedTime", "Size", "IsRead", "IsDraft", "Importance",
        "FlagStatus", "Categories", "AttachmentCount", "Attachments", "MessageClass", "MessageId", "SourceKey",
        "Start", "End", "Location", "Recurrence", "Company", "JobTitle", "Phones", "EmailAddresses", "PostalAddresses", "Birthday",
    ];

    /// <summary>The cells of an item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="folder">The folder it is in.</param>
    /// <param name="key">Where it comes from.</param>
    /// <param name="timeZone">The zone times are given in, without an offset: a spreadsheet takes only such for times.</param>
    public static IReadOnlyList<string> Row(MapiItem item, FolderPath folder, ItemKey key, TimeZoneInfo timeZone)
    {
        if (item is null || folder is null || timeZone is null)
        {
            throw new ArgumentNullException(item is null ? nameof(item) : folder is null ? nameof(folder) : nameof(timeZone));
        }

        ItemHeading heading = ItemHeading.Of(item);
        return
        [
            folder.ToString(),
            heading.Subject,
            heading.Author?.ToldName is { Length: > 0 } name ? name : heading.Author?.Address ?? "",
            heading.Author?.Address ?? "",
            ItemHeading.Join(heading.To),
            ItemHeading.Join(heading.Cc),
            ItemHeading.Join(heading.Bcc),
            Time(heading.SentTime, timeZone),
            Time(heading.ReceivedTime, timeZone),
            (item.Properties.GetInt32(PropertyTags.MessageSize) ?? 0).ToString(CultureInfo.InvariantCulture),
            Boolean((item.Flags & MessageFlags.Read) != 0),
            Boolean((item.Flags & MessageFlags.Unsent) != 0),
            heading.Importance,
            heading.FlagStatus,
            string.Join("; ", heading.Categories),
            heading.Attachments.Count.ToString(CultureInfo.InvariantCulture),
            string.Join("; ", heading.Attachments.Select(a => a.Name)),
            item.MessageClass,
            heading.MessageId,
            key.ToString(),
            Time(heading.Details.Start, timeZone),
            Time(heading.Details.End, timeZone),
            heading.Details["Location"],
            heading.Details["Recurrence"],
            heading.Details["Company"],
            heading.Details["Job-Title"],
            heading.Details["Phones"],
            heading.Details["E-Mail"],
            heading.Details["Address"],
            heading.Details["Birthday"],
        ];
    }

    /// <summary>What a row does not hold of an item: its body, its files, and what formats for reading leave out.</summary>
    public static IReadOnlyList<ItemLoss> Losses(MapiItem item)
    {
        if (item is null)
        {
            throw new ArgumentNullException(nameof(item));
        }

        LossList losses = new(item);
        losses.Add(LossKind.Field, LossMeaning.BodyOfRow);
        HeadingLosses.Note(item, losses, _ => false);
        return losses.ToList();
    }

    private static string Boolean(bool value) => value ? "True" : "False";

    private static string Time(DateTimeOffset? time, TimeZoneInfo zone) => time is DateTimeOffset given ? TimeZoneInfo.ConvertTime(given, zone).ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture) : "";
}
