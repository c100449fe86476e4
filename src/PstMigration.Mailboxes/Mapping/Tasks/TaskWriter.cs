using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>
/// Makes To Do's task of a task. What To Do has no place for is a loss, though it is kept with the task and comes back with it: how far it is, the work, whose it is.
/// </summary>
internal sealed class TaskWriter(MapiItem item, MessageDetail detail, LossList losses)
{
    private const int LongestTitle = 255;

    private readonly PropertyBag _p = item.Properties;
    private readonly TaskDetails _details = (TaskDetails)ItemDetails.Read(item);

    public TodoTask Write(ExtendedPropertyList stored)
    {
        MessageBody body = MessageBody.Read(item, canAttach: false, losses);
        TodoTask task = new()
        {
            Title = Title(stored),
            Body = body.Model,
            Status = (Microsoft.Graph.Models.TaskStatus)Math.Min(4, Math.Max(0, _details.IsComplete ? (int)TaskState.Complete : (int)_details.State)),
            Importance = (Importance)Math.Min(2, Math.Max(0, (int)_details.Importance)),
            IsReminderOn = _details.Reminder is not null && ReminderTime is not null,
        };
        if (_details.StartDate is DateTime start)
        {
            task.StartDateTime = EventTimes.Model(start, "UTC");
        }

        if (_details.DueDate is DateTime due)
        {
            task.DueDateTime = EventTimes.Model(due, "UTC");
        }

        if (_details.CompletedDate is DateTime completed && _details.IsComplete)
        {
            task.CompletedDateTime = EventTimes.Model(completed, "UTC");
        }

        if (task.IsReminderOn == true)
        {
            task.ReminderDateTime = EventTimes.Model(ReminderTime!.Value.UtcDateTime, "UTC");
        }

        if (MessageWriter.Categories(_p) is List<string> categories)
        {
            task.Categories = categories;
        }

        WriteRecurrence(task);
        AddLosses();
        WriteKept(stored);
        return task;
    }

    private DateTimeOffset? ReminderTime => _p.GetTime(CalendarNames.ReminderTime) ?? _details.Reminder?.Signal;

    private string Title(ExtendedPropertyList stored)
    {
        string title = GraphText.Clean(item.Subject);
        if (title.Length > LongestTitle)
        {
            stored.AddOwn(MailboxPropertyNames.Subject, PropertyValue.FromString(GraphText.Shorten(title, 20_000)));
            losses.Add(LossKind.TextChanged, "Subject");
        }

        return GraphText.Shorten(title, LongestTitle);
    }

    private void WriteRecurrence(TodoTask task)
    {
        if (!_details.IsRecurring && _details.Recurrence is null)
        {
            return;
        }

        // To Do reckons recurrences from the due day, and takes none without.
        PatternedRecurrence? recurrence = _details.Recurrence is Mapi.RecurrencePattern pattern ? EventRecurrence.Write(pattern, null) : null;
        if (recurrence is null || _details.DueDate is null)
        {
            losses.Add(LossKind.Field, "Recurrence");
            return;
        }

        task.Recurrence = recurrence;
    }

    private void AddLosses()
    {
        (bool IsLost, string Name)[] fields =
        [
            (_details.PercentComplete is > 0 and < 100, "PercentComplete"),
            (_details.ActualEffort > TimeSpan.Zero, "ActualWork"),
            (_details.EstimatedEffort > TimeSpan.Zero, "TotalWork"),
            (_details.Owner.Length > 0, "Owner"),
            (_details.Assigner.Length > 0, "AssignedBy"),
            (_details.Sensitivity != ItemSensitivity.Normal, "Sensitivity"),
        ];
        foreach ((_, string name) in Array.FindAll(fields, f => f.IsLost))
        {
            losses.Add(LossKind.Field, name);
        }

        if (!string.Equals(item.MessageClass, "IPM.Task", StringComparison.OrdinalIgnoreCase))
        {
            losses.Add(LossKind.MessageClass, item.MessageClass);
        }
    }

    private void WriteKept(ExtendedPropertyList stored)
    {
        List<KeyValuePair<PropertyKey, PropertyValue>> kept = [];
        List<PropertyKey> left = [];
        foreach (KeyValuePair<PropertyKey, PropertyValue> property in _p)
        {
            PropertyKey key = property.Key;
            bool isOfTask = key.Name is PropertyName name && (name.Set == PropertySets.Task || name.Set == PropertySets.Common);
            if (isOfTask || CarriedProperties.Of(key, hasHeaders: false) == PropertyCarriage.Extended)
            {
                kept.Add(property);
            }
        }

        if (detail == MessageDetail.Full)
        {
            stored.AddOwn(MailboxPropertyNames.Kept, PropertyValue.FromString(KeptProperties.Write(kept, left)));
        }
        else
        {
            kept.ForEach(p => left.Add(p.Key));
        }

        left.ForEach(stored.AddLoss);
    }
}
