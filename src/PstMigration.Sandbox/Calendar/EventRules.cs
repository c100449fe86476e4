using System.Globalization;

namespace PstMigration.Sandbox;

/// <summary>What the service makes of a calendar item, and what it refuses.</summary>
internal static class EventRules
{
    /// <summary>Sets what the service computes for a new item.</summary>
    public static void Complete(GraphCall call, EventRow row)
    {
        MailItem item = row.Item;
        long now = call.Store.Now;
        item.Flags = MailItem.ReadFlag;
        item.Created = item.Modified = now;
        item.VisibleFrom = now + (call.Behaviour.DelaysVisibilityInFilters ? call.Options.VisibilityDelay.Ticks : 0);
        item.Properties.Set(Tags.MessageClass, "IPM.Appointment");
        Check(call, row);
    }

    /// <summary>An occurrence as an item of its own, as the series has it.</summary>
    public static EventRow Detach(GraphCall call, EventRow occurrence)
    {
        MailItem master = occurrence.Master!;
        MailItem item = new()
        {
            Kind = ItemKind.Occurrence,
            Folder = master.Folder,
            Flags = master.Flags,
            Created = master.Created,
            Modified = master.Modified,
            VisibleFrom = master.VisibleFrom,
        };
        foreach (KeyValuePair<string, StoredProperty> property in master.Properties.All)
        {
            ExtendedPropertyId id = new(property.Value.Type, property.Value.IsMultiple, property.Key);
            if (property.Key != EventTags.Recurrence.Tag && property.Key != EventTags.Cancelled.Tag
                && (call.Behaviour.OccurrencesInheritExtendedProperties || EventTags.IsOfField(property.Key)))
            {
                item.Properties.SetAll(id, property.Value.Values);
            }
        }

        item.Properties.Set(EventTags.Master, master.Number);
        item.Properties.Set(EventTags.Day, occurrence.Day!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        item.Properties.Set(EventTags.LocalStart, occurrence.Start!.Text);
        item.Properties.Set(EventTags.LocalEnd, occurrence.End!.Text);
        return new EventRow(item, master, occurrence.Day);
    }

    /// <summary>Refuses times and series that make no sense, and completes what follows from them.</summary>
    public static void Check(GraphCall call, EventRow row)
    {
        MailItem item = row.Item;
        if (item.Properties.GetString(Tags.Subject)?.Length > call.Options.Limits.SubjectLength)
        {
            throw GraphException.Property("The subject is longer than 255 characters.");
        }

        ZonedTime start = row.Start ?? throw Failure("The Event.Start property is required.");
        ZonedTime end = row.End ?? throw Failure("The Event.End property is required.");
        if (end.Utc < start.Utc)
        {
            throw GraphException.BadRequest("ErrorCalendarEndDateIsEarlierThanStartDate", "The end date of the event is earlier than its start date.");
        }

        if (row.IsAllDay)
        {
            CheckDays(start, end);
        }

        if (row.Rule is SeriesRule rule)
        {
            CheckSeries(rule, start, end);
        }

        if (row.Master is not null)
        {
            CheckNeighbours(call, row, start, end);
        }

        item.Properties.Set(EventTags.Start, start.Utc.ToFileTimeUtc());
        item.Properties.Set(EventTags.End, end.Utc.ToFileTimeUtc());
        MessageCreation.NormaliseBody(item, call.Behaviour);
    }

    private static void CheckDays(ZonedTime start, ZonedTime end)
    {
        if (start.Local.TimeOfDay != TimeSpan.Zero || end.Local.TimeOfDay != TimeSpan.Zero)
        {
            throw Failure("The Event.Start and Event.End properties of an all-day event need to be set to midnight.");
        }

        if (!string.Equals(start.Zone, end.Zone, StringComparison.OrdinalIgnoreCase))
        {
            throw Failure("The Event.Start and Event.End properties of an all-day event need to be in the same time zone.");
        }

        if (end.Local <= start.Local)
        {
            throw Failure("The duration of an event marked as All day must be at least 24 hours.");
        }
    }

    private static void CheckSeries(SeriesRule rule, ZonedTime start, ZonedTime end)
    {
        if (rule.StartDate != start.Local.Date)
        {
            throw Failure("The range.startDate of a recurrence must be the day of the event's start.");
        }

        DateTime[] first = [.. rule.Days().Take(2)];
        if (first.Length == 0)
        {
            throw GraphException.BadRequest("ErrorRecurrenceHasNoOccurrence", "The recurrence pattern has no occurrences.");
        }

        if (first.Length == 2 && end.Local - start.Local > first[1] - first[0])
        {
            throw GraphException.BadRequest("ErrorOccurrenceTimeSpanTooBig", "An occurrence lasts longer than the time to the next one.");
        }
    }

    /// <summary>An occurrence may not be moved to the day of a neighbour nor beyond it.</summary>
    private static void CheckNeighbours(GraphCall call, EventRow row, ZonedTime start, ZonedTime end)
    {
        DateTime own = row.Day!.Value;
        List<EventRow> all = [.. EventRow.Occurrences(call.Store, row.Master!).TakeWhile(o => o.Day <= own.AddYears(1))];
        int index = all.FindIndex(o => o.Day == own);
        EventRow? before = index > 0 ? all[index - 1] : null;
        EventRow? after = index >= 0 && index + 1 < all.Count ? all[index + 1] : null;
        if (before?.Start!.Local.Date >= start.Local.Date || after?.Start!.Local.Date <= start.Local.Date || after?.Start!.Utc < end.Utc)
        {
            throw GraphException.BadRequest("ErrorOccurrenceCrossingBoundary", "An occurrence cannot cross or overlap an adjacent one.");
        }
    }

    private static GraphException Failure(string text) => GraphException.BadRequest("ErrorPropertyValidationFailure", text);
}
