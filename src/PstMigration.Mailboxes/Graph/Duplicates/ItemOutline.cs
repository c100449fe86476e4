using System.Globalization;
using System.Text;
using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>
/// What of an item both a list of the mailbox and the item of a source tell: its kind, its time and its subject. Items that differ in it are different ones, and none of them is opened to find that out.
/// Folded to 64 bits; 0 where an item does not tell.
/// </summary>
internal static class ItemOutline
{
    /// <summary>The service keeps so much of a subject.</summary>
    private const int LongestSubject = 255;

    /// <summary>What a list of messages has to ask for.</summary>
    public static readonly string[] MessageFields = ["subject", "sentDateTime"];

    /// <summary>What a list of contacts has to ask for.</summary>
    public static readonly string[] ContactFields = ["displayName"];

    /// <summary>What a list of calendar items has to ask for.</summary>
    public static readonly string[] EventFields = ["subject", "start", "end", "isAllDay", "originalStartTimeZone", "originalEndTimeZone"];

    /// <summary>Of a message in a list.</summary>
    /// <param name="message">The message.</param>
    /// <param name="unstated">The note of what it did not have, see <see cref="UnstatedFields"/>.</param>
    public static long Of(Message message, string? unstated) =>
        Fold(GraphFolderKind.Mail, message.Subject, Second(UnstatedFields.HasNoSentTime(unstated) ? null : message.SentDateTime));

    /// <summary>Of a contact in a list. It has no time of its own.</summary>
    public static long Of(Contact contact) => Fold(GraphFolderKind.Contacts, contact.DisplayName, "");

    /// <summary>Of a calendar item in a list.</summary>
    public static long Of(Event item) => Of(item.Subject, EventTimes.Of(item, null));

    /// <summary>Of a task in a list: the day it is due.</summary>
    public static long Of(TodoTask task) => Fold(GraphFolderKind.Tasks, task.Title, Day(TaskReader.DayOf(task.DueDateTime)));

    /// <summary>Of an item of a source: as a list of the mailbox would show it.</summary>
    public static long Of(GraphFolderKind kind, MapiItem item)
    {
        PropertyBag p = item.Properties;
        return kind switch
        {
            GraphFolderKind.Mail => Fold(kind, WithoutPrefixLength(item.Subject), Second(p.GetTime(PropertyTags.ClientSubmitTime))),
            GraphFolderKind.Contacts => Fold(kind, Mailboxes.ContactFields.Text(p, PropertyTags.DisplayName) ?? item.Subject, ""),
            GraphFolderKind.Calendar => Of(item.Subject, EventTimes.Of(p, EventWriter.RecurrenceOf(p))),
            _ => Fold(kind, item.Subject, Day(((TaskDetails)ItemDetails.Read(item)).DueDate)),
        };
    }

    private static long Of(string? subject, EventTimes? times) => times is null ? 0
        : Fold(GraphFolderKind.Calendar, subject, times.IsAllDay ? Day(times.Start) : Second(times.StartZone.ToUtc(times.Start)));

    /// <summary>Outlook stores the length of the prefix in front: U+0001 and one more character.</summary>
    private static string WithoutPrefixLength(string subject) => subject.Length >= 2 && subject[0] == '\u0001' ? subject[2..] : subject;

    private static string Second(DateTimeOffset? time) => time?.ToUniversalTime().ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture) ?? "";

    private static string Day(DateTime? day) => day?.ToString("yyyyMMdd", CultureInfo.InvariantCulture) ?? "";

    /// <summary>Blanks may be cut off or become others on the way.</summary>
    private static long Fold(GraphFolderKind kind, string? subject, string time)
    {
        StringBuilder text = new StringBuilder().Append(kind).Append(' ').Append(time).Append(' ');
        foreach (char c in GraphText.Shorten(GraphText.Clean(subject ?? ""), LongestSubject))
        {
            _ = char.IsWhiteSpace(c) || char.IsControl(c) ? text : text.Append(c);
        }

        return Mapi.Fold.Of(text.ToString());
    }
}
