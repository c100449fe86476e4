using System.Globalization;
using System.IO;
using System.Text;
using System.Text.Json;
using Microsoft.Graph.Models;
using Microsoft.Kiota.Abstractions.Serialization;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>
/// What two items without a common Message-ID must have the same to count as one: everything people see of them but whether they are read and flagged. Of contacts, calendar items and tasks both are taken as they would be written:
/// what the mailbox does not take makes no difference, as it is not there either way, and how the source words what it does take (zones, a series, the text of a body) makes none either.
/// </summary>
internal sealed class ItemLikeness
{
    /// <summary>In the text of a model: told by the parts of the item, where markup and order do not count, or told of the copy and not of the item.</summary>
    private static readonly HashSet<string> s_elsewhere = new(StringComparer.Ordinal)
    {
        "subject", "title", "body", "attachments", "extensions", "singleValueExtendedProperties", "multiValueExtendedProperties", "responseRequested", "start", "end",
    };

    private static readonly HashSet<string> s_contactProperties =
    [
        .. ExtendedPropertyReader.ContactIds.Except([GraphPropertyId.Write(PropertyTags.CreationTime, PropertyType.Time), GraphPropertyId.Write(MailboxPropertyNames.Carried, PropertyType.String)]),
    ];

    private readonly ItemFingerprint _print;
    private readonly ItemPart _parts;
    private readonly ItemPart _ofCopies;
    private readonly string _rest;

    private ItemLikeness(ItemFingerprint print, ItemPart parts, string rest, ItemPart ofCopies = ItemPart.None) =>
        (_print, _parts, _rest, _ofCopies) = (print, parts, Sha256.Hex(rest), ofCopies);

    /// <summary>Whether two items are the same.</summary>
    /// <param name="other">The other one.</param>
    /// <param name="isCopy">Whether one is a copy, with which is kept what the service has no place for.</param>
    public bool IsSame(ItemLikeness other, bool isCopy)
    {
        ItemPart parts = _parts | (isCopy ? _ofCopies : ItemPart.None);
        return _parts == other._parts && _rest == other._rest && (_print.DifferencesTo(other._print) & parts) == ItemPart.None;
    }

    /// <summary>Of a message.</summary>
    /// <exception cref="MailDataException">A value of the item cannot be read.</exception>
    public static ItemLikeness OfMail(MapiItem item)
    {
        PropertyBag p = item.Properties;
        // Who writes to themselves has both: what was received came with its headers.
        bool isReceived = p.GetString(PropertyTags.TransportMessageHeaders)?.IndexOf("Received:", StringComparison.OrdinalIgnoreCase) >= 0;
        string sent = p.GetTime(PropertyTags.ClientSubmitTime)?.ToUniversalTime().ToString("s", CultureInfo.InvariantCulture) ?? "";
        return new ItemLikeness(
            Print(item),
            ItemPart.Subject | ItemPart.Text | ItemPart.Recipients | ItemPart.Attachments | ItemPart.Sender,
            string.Join("\n", [MessageWriter.ClassOf(item), isReceived.ToString(), sent, (item.Flags & MessageFlags.Unsent).ToString(), Number(p.GetInt32(PropertyTags.Importance) ?? 1), .. (MessageWriter.Categories(p) ?? []).OrderBy(c => c, StringComparer.Ordinal)]));
    }

    /// <summary>Of an item of another kind.</summary>
    /// <param name="item">The item.</param>
    /// <param name="plan">As it would be written.</param>
    /// <param name="write">Writes a model.</param>
    /// <exception cref="MailDataException">A value of the item cannot be read.</exception>
    public static ItemLikeness Of(MapiItem item, ItemPlan plan, Func<IParsable, Stream> write)
    {
        ItemFingerprint print = Print(item);
        StringBuilder rest = new();
        switch (plan)
        {
            case ContactPlan contact:
                // Notes are text, and of the attachments the picture is taken.
                Add(rest, contact.Contact, write);
                Add(rest, contact.Extended.Where(p => s_contactProperties.Contains(p.Id!)));
                rest.Append(contact.Photo is null ? "" : Hex.Lower(Sha256.Hash(contact.Photo)));
                return new ItemLikeness(print, ItemPart.Subject, rest.ToString());
            case EventPlan calendar:
                Add(rest, calendar.Event, write);
                AddTimes(rest, EventTimes.Of(calendar.Event, null), calendar.Event.Recurrence is not null);
                foreach (EventException exception in calendar.Exceptions)
                {
                    rest.Append(exception.Original.ToString("s", CultureInfo.InvariantCulture)).Append('\n');
                    Add(rest, exception.Change, write);
                    AddTimes(rest, exception.Change is Event change ? EventTimes.Of(change, null) : null, isSeries: false);
                }

                AddRecurrence(rest, item, CalendarNames.Recurrence, calendar.Event.Recurrence);
                // Without others there is nobody to call the meeting: a mailbox gives the name of its owner.
                ItemPart sender = item.Recipients.Count > 0 ? ItemPart.Sender : ItemPart.None;
                return new ItemLikeness(print, ItemPart.Subject | ItemPart.Text | ItemPart.Recipients | ItemPart.Attachments | sender, rest.ToString());
            default:
                TodoTask task = ((TaskPlan)plan).Task;
                Add(rest, task, write);
                AddRecurrence(rest, item, TaskNames.Recurrence, task.Recurrence);
                return new ItemLikeness(print, ItemPart.Subject | ItemPart.Text | ItemPart.Attachments, rest.ToString(), ItemPart.Fields);
        }
    }

    /// <summary>The item with the pictures of its RTF, which become attachments.</summary>
    private static ItemFingerprint Print(MapiItem item)
    {
        IReadOnlyList<RtfPicture> pictures = MessageBody.Read(item, canAttach: true, new LossList()).Pictures;
        return ItemFingerprint.Of(
            pictures.Count == 0 ? item : new MapiItem(item.Properties, item.Recipients, item.Attachments.Concat(pictures.Select(p => ToAttachment(MessagePlan.Picture(p))))), isExact: false);
    }

    private static MapiAttachment ToAttachment(PlannedAttachment picture)
    {
        PropertyBag p = new();
        p.Set(PropertyTags.AttachMethod, (int)AttachMethod.ByValue);
        p.Set(PropertyTags.AttachLongFilename, picture.Name);
        p[PropertyTags.AttachDataBinary] = PropertyValue.FromBinary(picture.Content!);
        return new MapiAttachment(p);
    }

    private static void Add(StringBuilder text, IParsable? model, Func<IParsable, Stream> write)
    {
        if (model is null)
        {
            return;
        }

        using Stream json = write(model);
        using JsonDocument document = JsonDocument.Parse(json);
        foreach (JsonProperty field in document.RootElement.EnumerateObject().Where(f => !s_elsewhere.Contains(f.Name) && !IsEmpty(f.Value)).OrderBy(f => f.Name, StringComparer.Ordinal))
        {
            string value = field.Value.GetRawText();
            text.Append(field.Name).Append(' ').Append(field.Name == "personalNotes" ? WithoutBlanks(field.Value.GetString()!) : value).Append('\n');
        }
    }

    private static bool IsEmpty(JsonElement value) => value.ValueKind == JsonValueKind.String && value.GetString()!.Trim().Length == 0;

    /// <summary>When it is, to the second. Where a single item takes place does not change that; a series goes by the clocks of its zone.</summary>
    private static void AddTimes(StringBuilder text, EventTimes? times, bool isSeries)
    {
        if (times is null)
        {
            return;
        }

        bool isLocal = isSeries || times.IsAllDay;
        DateTime start = isLocal ? times.Start : times.StartZone.ToUtc(times.Start).UtcDateTime;
        DateTime end = isLocal ? times.End : times.EndZone.ToUtc(times.End).UtcDateTime;
        text.Append(start.ToString("s", CultureInfo.InvariantCulture)).Append(' ').Append(end.ToString("s", CultureInfo.InvariantCulture)).Append(' ').Append(isSeries ? times.StartZone.Name : "").Append('\n');
    }

    /// <summary>A series the service has no words for.</summary>
    private static void AddRecurrence(StringBuilder text, MapiItem item, PropertyName name, PatternedRecurrence? said)
    {
        if (said is null && item.Properties.GetBinary(name) is byte[] recurrence)
        {
            text.Append(Hex.Lower(recurrence)).Append('\n');
        }
    }

    private static void Add(StringBuilder text, IEnumerable<SingleValueLegacyExtendedProperty> properties)
    {
        // What is empty or nought and what is not there are the same to whoever looks at it.
        foreach (SingleValueLegacyExtendedProperty property in properties.Where(p => p.Value is not (null or "" or "0" or "false")).OrderBy(p => p.Id, StringComparer.Ordinal))
        {
            text.Append(property.Id).Append(' ').Append(property.Value).Append('\n');
        }
    }

    private static string WithoutBlanks(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
