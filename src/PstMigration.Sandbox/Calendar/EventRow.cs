using System.Globalization;

namespace PstMigration.Sandbox;

/// <summary>A calendar item as an answer shows it: a single item, a series, or one occurrence of a series.</summary>
/// <param name="Item">What has its properties: the item itself, a changed occurrence, or for an occurrence as the series has it the series.</param>
/// <param name="Master">The series of an occurrence; null for others.</param>
/// <param name="Day">The day the series has the occurrence on.</param>
internal sealed record EventRow(MailItem Item, MailItem? Master = null, DateTime? Day = null)
{
    public static readonly DateTime Epoch = new(1601, 1, 1);

    public bool IsOccurrence => Master is not null;

    public bool IsException => Item.Kind == ItemKind.Occurrence;

    public SeriesRule? Rule => Item.Properties.GetString(EventTags.Recurrence) is string text && !IsOccurrence ? SeriesRule.Stored(text) : null;

    public bool IsAllDay => Item.Properties.GetNumber(EventTags.IsAllDay) == 1;

    public string Type => IsException ? "exception" : IsOccurrence ? "occurrence" : Item.Properties.Contains(EventTags.Recurrence) ? "seriesMaster" : "singleInstance";

    public ZonedTime? Start => Shift(ZonedTime.Stored(Item.Properties.GetString(EventTags.LocalStart), Item.Properties.GetString(EventTags.StartZone)));

    public ZonedTime? End => Shift(ZonedTime.Stored(Item.Properties.GetString(EventTags.LocalEnd), Item.Properties.GetString(EventTags.EndZone)));

    /// <summary>When the series has an occurrence start.</summary>
    public ZonedTime? OriginalStart => Master is not null && Day is DateTime day
        && ZonedTime.Stored(Master.Properties.GetString(EventTags.LocalStart), Master.Properties.GetString(EventTags.StartZone)) is ZonedTime first
        ? first with { Local = day + first.Local.TimeOfDay }
        : null;

    /// <summary>The occurrence of a day; null where the series has none.</summary>
    public static EventRow? Occurrence(MailboxStore store, MailItem master, DateTime day)
    {
        if (master.Properties.GetString(EventTags.Recurrence) is not string rule || Cancelled(master).Contains(day))
        {
            return null;
        }

        return Changed(store, master).Find(e => e.Day == day)
            ?? (SeriesRule.Stored(rule).Days().TakeWhile(d => d <= day).Contains(day) ? new EventRow(master, master, day) : null);
    }

    /// <summary>All occurrences, changed ones where they are now, by the days of the series.</summary>
    public static IEnumerable<EventRow> Occurrences(MailboxStore store, MailItem master)
    {
        if (master.Properties.GetString(EventTags.Recurrence) is not string rule)
        {
            yield break;
        }

        HashSet<DateTime> cancelled = Cancelled(master);
        Dictionary<DateTime, EventRow> changed = Changed(store, master).ToDictionary(e => e.Day!.Value);
        foreach (DateTime day in SeriesRule.Stored(rule).Days().Where(d => !cancelled.Contains(d)))
        {
            yield return changed.TryGetValue(day, out EventRow? row) ? row : new EventRow(master, master, day);
        }
    }

    /// <summary>The changed occurrences of a series.</summary>
    public static List<EventRow> Changed(MailboxStore store, MailItem master) =>
    [
        .. store.Items.Select("i.kind = 4 AND i.number IN (SELECT p.item FROM property p WHERE p.tag = @0 AND p.value = @1)", "i.number", 0, int.MaxValue, EventTags.Master.Tag, master.Number)
            .Select(i => new EventRow(i, master, ParseDay(i.Properties.GetString(EventTags.Day)))),
    ];

    /// <summary>The days that are left out.</summary>
    public static HashSet<DateTime> Cancelled(MailItem master) => [.. master.Properties.GetStrings(EventTags.Cancelled).Select(ParseDay)];

    private ZonedTime? Shift(ZonedTime? time)
    {
        if (time is null || !IsOccurrence || IsException)
        {
            return time;
        }

        DateTime first = ZonedTime.Stored(Item.Properties.GetString(EventTags.LocalStart), "")!.Local.Date;
        return time with { Local = time.Local + (Day!.Value - first) };
    }

    private static DateTime ParseDay(string? text) => DateTime.ParseExact(text ?? "1601-01-01", "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
