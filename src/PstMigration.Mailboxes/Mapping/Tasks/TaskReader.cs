using System.Globalization;
using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>Makes a task of To Do's task. What was kept with it comes back as far as nobody has changed it since.</summary>
internal static class TaskReader
{
    private const string TaskClass = "IPM.Task";

    /// <summary>Reads one.</summary>
    public static MapiItem Read(TodoTask task, IEnumerable<MapiAttachment> attachments)
    {
        MapiItem item = new(attachments: attachments);
        PropertyBag p = item.Properties;
        PropertyBag stored = new();
        ExtendedPropertyReader.Read(TaskExtension.Read(task), null, stored);
        foreach (KeyValuePair<PropertyKey, PropertyValue> property in KeptProperties.Read(stored.GetString(MailboxPropertyNames.Kept)))
        {
            p[property.Key] = property.Value;
        }

        p.Set(PropertyTags.MessageClass, TaskClass);
        p.Set(PropertyTags.Subject, stored.GetString(MailboxPropertyNames.Subject) ?? task.Title ?? "");
        p.Set(PropertyTags.Importance, task.Importance switch { Importance.Low => 0, Importance.High => 2, _ => 1 });
        if (task.Categories is { Count: > 0 } categories)
        {
            p.Set(PropertyNames.Keywords, categories.ToArray());
        }

        MessageReader.ReadBody(task.Body, p);
        ReadState(task, p);
        SetDay(p, task.StartDateTime, TaskNames.Start, TaskNames.CommonStart);
        SetDay(p, task.DueDateTime, TaskNames.Due, TaskNames.CommonEnd);
        SetDay(p, task.CompletedDateTime, TaskNames.Completed);
        ReadReminder(task, p);
        ReadRecurrence(task, p);
        p.SetTime(PropertyTags.CreationTime, task.CreatedDateTime);
        p.SetTime(PropertyTags.LastModificationTime, task.LastModifiedDateTime);
        p.Set(PropertyTags.HasAttachments, item.Attachments.Count > 0);
        p.Set(PropertyTags.MessageFlags, (int)(MessageFlags.Read | (item.Attachments.Count > 0 ? MessageFlags.HasAttachments : MessageFlags.None)));
        return item;
    }

    private static void ReadState(TodoTask task, PropertyBag p)
    {
        int state = Math.Max(0, (int)(task.Status ?? Microsoft.Graph.Models.TaskStatus.NotStarted));
        bool isComplete = state == (int)TaskState.Complete;
        if (p.GetInt32(TaskNames.Status) is null || (p.GetInt32(TaskNames.Status) != state && !(isComplete && p.GetBoolean(TaskNames.IsComplete) == true)))
        {
            p.Set(TaskNames.Status, state);
            p[TaskNames.PercentComplete] = PropertyValue.FromBits(PropertyType.Floating64, BitConverter.DoubleToInt64Bits(isComplete ? 1 : 0));
        }

        p.Set(TaskNames.IsComplete, isComplete);
    }

    private static void ReadReminder(TodoTask task, PropertyBag p)
    {
        bool isOn = task.IsReminderOn == true;
        p.Set(CalendarNames.IsReminderSet, isOn);
        if (isOn && Parse(task.ReminderDateTime) is DateTimeOffset time && p.GetTime(CalendarNames.ReminderTime) != time)
        {
            p.Set(CalendarNames.ReminderTime, time);
            p.Set(CalendarNames.ReminderSignal, time);
        }
    }

    private static void ReadRecurrence(TodoTask task, PropertyBag p)
    {
        Mapi.RecurrencePattern? kept = p.GetBinary(TaskNames.Recurrence) is byte[] value && Mapi.RecurrencePattern.TryRead(value, out Mapi.RecurrencePattern? known) ? known : null;
        if (EventRecurrence.Read(task.Recurrence) is not Mapi.RecurrencePattern pattern)
        {
            // One To Do could not have comes back as it was.
            return;
        }

        if (kept is null || EventRecurrence.Describe(EventRecurrence.Write(kept, null)) != EventRecurrence.Describe(task.Recurrence))
        {
            p.Set(TaskNames.Recurrence, pattern.ToArray());
        }

        p.Set(TaskNames.IsRecurring, true);
    }

    /// <summary>The day a time of the service's stands for; null where there is none.</summary>
    public static DateTime? DayOf(DateTimeTimeZone? time) => Parse(time)?.UtcDateTime.AddHours(12).Date;

    /// <summary>A day, as if its midnight were one of UTC.</summary>
    private static void SetDay(PropertyBag p, DateTimeTimeZone? time, params PropertyName[] names)
    {
        if (DayOf(time) is not DateTime known)
        {
            foreach (PropertyName name in names)
            {
                p.Remove(name);
            }

            return;
        }

        DateTimeOffset day = new(known, TimeSpan.Zero);
        foreach (PropertyName name in names.Where(n => n == names[0] || p.Contains(n)))
        {
            if (p.GetTime(name)?.UtcDateTime.Date != day.UtcDateTime)
            {
                p.Set(name, day);
            }
        }
    }

    private static DateTimeOffset? Parse(DateTimeTimeZone? time)
    {
        if (!DateTime.TryParse(time?.DateTime, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTime parsed))
        {
            return null;
        }

        EventZone zone = EventZone.Named(time!.TimeZone, EventZone.Utc) ?? EventZone.Utc;
        return zone.ToUtc(parsed);
    }
}
