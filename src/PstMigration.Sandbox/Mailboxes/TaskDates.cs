using PstMigration.Mapi;

namespace PstMigration.Sandbox;

/// <summary>Days of a task: properties in a stream ([MS-OXOTASK] 2.2.2.2), times on the clock of UTC in To Do.</summary>
internal static class TaskDates
{
    private static readonly PropertyName s_isRecurring = new(PropertySets.Task, 0x8126);

    private static readonly (PropertyName Name, ExtendedPropertyId Stored)[] s_dates =
    [
        (new PropertyName(PropertySets.Task, 0x8104), TaskTags.Start),
        (new PropertyName(PropertySets.Task, 0x8105), TaskTags.Due),
        (new PropertyName(PropertySets.Task, 0x810F), TaskTags.Completed),
        (new PropertyName(PropertySets.Common, 0x8502), TaskTags.Reminder),
    ];

    /// <summary>Whether it is one of a series.</summary>
    public static bool IsSeries(MapiItem item) => item.Properties.GetBoolean(s_isRecurring) == true;

    /// <summary>Sets those To Do shows.</summary>
    public static void Take(MapiItem source, MailItem item)
    {
        if (item.Kind == ItemKind.Task)
        {
            foreach ((PropertyName name, ExtendedPropertyId stored) in s_dates)
            {
                item.Properties.Set(stored, source.Properties.GetTime(name) is DateTimeOffset time ? new ZonedTime(DateTime.SpecifyKind(time.UtcDateTime, DateTimeKind.Unspecified), "UTC").Text : null);
            }
        }
    }

    /// <summary>Gives those To Do keeps.</summary>
    public static void Give(MailItem item, PropertyBag properties)
    {
        if (item.Kind == ItemKind.Task)
        {
            foreach ((PropertyName name, ExtendedPropertyId stored) in s_dates)
            {
                if (ZonedTime.Stored(item.Properties.GetString(stored), "UTC") is ZonedTime time)
                {
                    properties.Set(name, new DateTimeOffset(DateTime.SpecifyKind(time.Local, DateTimeKind.Utc)));
                }
            }
        }
    }
}
