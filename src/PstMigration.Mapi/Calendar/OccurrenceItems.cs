namespace PstMigration.Mapi;

/// <summary>
/// The items a series keeps among its attachments, one for each changed occurrence ([MS-OXOCAL] 2.2.10). What such an item has besides a body and attachments, the value of the series
/// (<see cref="AppointmentRecurrence"/>) has as well.
/// </summary>
public static class OccurrenceItems
{
    /// <summary>The message class of such an item ([MS-OXOCAL] 2.2.10).</summary>
    public const string MessageClass = "IPM.OLE.CLASS.{00061055-0000-0000-C000-000000000046}";

    /// <summary>The bit of PidTagAttachmentFlags that says so: afException.</summary>
    public const int AttachmentFlag = 2;

    /// <summary>PidTagExceptionStartTime: when the occurrence starts, in local time as if it were UTC ([MS-OXOCAL] 2.2.10.1.2).</summary>
    public static PropertyTag Start { get; } = new(0x7FFB, PropertyType.Time);

    /// <summary>PidTagExceptionEndTime: when it ends, in local time as if it were UTC ([MS-OXOCAL] 2.2.10.1.3).</summary>
    public static PropertyTag End { get; } = new(0x7FFC, PropertyType.Time);

    /// <summary>PidTagExceptionReplaceTime: when it would have started, in UTC.</summary>
    public static PropertyTag Replaced { get; } = new(0x7FF9, PropertyType.Time);

    /// <summary>Whether an attachment is one of an occurrence.</summary>
    public static bool IsOne(MapiAttachment attachment) => attachment is null ? throw new ArgumentNullException(nameof(attachment)) : attachment.HasEmbeddedItem
        && (((attachment.Properties.GetInt32(PropertyTags.AttachmentFlags) ?? 0) & AttachmentFlag) != 0
            || attachment.Properties.Contains(Replaced)
            || (attachment.Properties.GetBoolean(PropertyTags.AttachmentHidden) == true && MessageClasses.IsOfClass(attachment.OpenEmbedded().MessageClass, MessageClass)));

    /// <summary>Those whose body is shown, which is where the series says so: an item may hold a body that is not.</summary>
    internal static IEnumerable<MapiItem> WithOwnBody(MapiItem series, IEnumerable<MapiAttachment> occurrences)
    {
        if (series.Properties.GetBinary(CalendarNames.Recurrence) is not byte[] value || !AppointmentRecurrence.TryRead(value, out AppointmentRecurrence? recurrence))
        {
            return [];
        }

        // Where the start fits none, as in files of programs that take the time for UTC, the body counts if one of the series does.
        bool HasOwn(MapiAttachment occurrence) =>
            (recurrence.Exceptions.FirstOrDefault(e => e.Start == occurrence.Properties.GetTime(Start)?.UtcDateTime) ?? recurrence.Exceptions.FirstOrDefault(e => e.HasOwnBody))?.HasOwnBody == true;
        return occurrences.Where(HasOwn).Select(o => o.OpenEmbedded());
    }
}
