using System.Globalization;
using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>The follow-up flag: PidTagFlagStatus and the dates of its task half ([MS-OXOFLAG]).</summary>
internal static class MessageFlag
{
    private const int Complete = 1;
    private const int Flagged = 2;
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff";
    private static readonly PropertyName s_start = new(PropertySets.Task, 0x8104);
    private static readonly PropertyName s_due = new(PropertySets.Task, 0x8105);
    private static readonly PropertyName s_completed = new(PropertySets.Task, 0x810F);

    /// <summary>The flag of an item; null where it has none.</summary>
    public static FollowupFlag? Write(PropertyBag item)
    {
        int status = item.GetInt32(PropertyTags.FlagStatus) ?? 0;
        if (status is not (Complete or Flagged))
        {
            return null;
        }

        FollowupFlag flag = new() { FlagStatus = status == Complete ? FollowupFlagStatus.Complete : FollowupFlagStatus.Flagged };
        if (status == Complete)
        {
            if ((item.GetTime(PropertyTags.FlagCompleteTime) ?? item.GetTime(s_completed)) is DateTimeOffset completed)
            {
                flag.CompletedDateTime = Write(completed);
            }
        }
        else if (item.GetTime(s_due) is DateTimeOffset due)
        {
            // The service takes a due date only together with a start date.
            flag.DueDateTime = Write(due);
            flag.StartDateTime = Write(item.GetTime(s_start) ?? due);
        }

        return flag;
    }

    /// <summary>Sets the flag's properties.</summary>
    public static void Read(FollowupFlag? flag, PropertyBag item)
    {
        if (flag?.FlagStatus is not (FollowupFlagStatus.Complete or FollowupFlagStatus.Flagged))
        {
            return;
        }

        item.Set(PropertyTags.FlagStatus, flag.FlagStatus == FollowupFlagStatus.Complete ? Complete : Flagged);
        Set(item, PropertyTags.FlagCompleteTime, flag.CompletedDateTime);
        Set(item, s_start, flag.StartDateTime);
        Set(item, s_due, flag.DueDateTime);
    }

    private static DateTimeTimeZone Write(DateTimeOffset time) => new()
    {
        DateTime = time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture),
        TimeZone = "UTC",
    };

    private static void Set(PropertyBag item, PropertyKey key, DateTimeTimeZone? time)
    {
        // We write UTC and the service answers in UTC unless asked otherwise.
        if (time is not null && DateTimeOffset.TryParse(time.DateTime, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset value)
            && value.Year >= 1601)
        {
            item.Set(key, value);
        }
    }
}
