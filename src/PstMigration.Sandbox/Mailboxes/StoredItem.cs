using System.Text;
using PstMigration.Mapi;

namespace PstMigration.Sandbox;

/// <summary>Items between what is stored and what a stream holds, of all kinds.</summary>
internal static class StoredItem
{
    /// <summary>Flags that come with an item; the others say where it is or what hangs on it.</summary>
    private const int KeptFlags = MailItem.ReadFlag | 0x2 | 0x4 | MailItem.UnsentFlag | MailItem.FromMeFlag | 0x80 | 0x100 | 0x200;

    /// <summary>What the tables have columns for, or compute.</summary>
    private static readonly PropertyKey[] s_columns =
    [
        PropertyTags.MessageFlags, PropertyTags.MessageDeliveryTime, PropertyTags.CreationTime, PropertyTags.LastModificationTime, new((ushort)Tags.HasAttachments.Id),
    ];

    /// <summary>An item as a stream would hold it.</summary>
    /// <exception cref="GraphException">A series that was made by /events or To Do: the sandbox keeps its rule as JSON, and makes no blob of it.</exception>
    public static MapiItem Read(MailboxStore store, MailItem item)
    {
        if (item.Kind is ItemKind.Event or ItemKind.Task && item.Properties.Contains(EventTags.Recurrence))
        {
            throw new GraphException(System.Net.HttpStatusCode.NotImplemented, "ErrorNotSupportedBySandbox", "The sandbox cannot export a series that was made by /events or /todo.");
        }

        MapiItem content = MapiItems.From(store, item);
        TaskDates.Give(item, content.Properties);
        return content;
    }

    /// <summary>Stores an item in a folder, in place of an older version of it if there is one.</summary>
    public static MailItem Write(GraphCall call, MapiItem source, FolderRow folder, MailItem? old)
    {
        ItemKind kind = KindOf(source, folder);
        if (old is not null && old.Kind != kind)
        {
            throw GraphException.BadRequest("ErrorInvalidRequest", "The item in the stream is of another kind than the one it is to replace.");
        }

        MailItem item = old ?? new MailItem { Kind = kind, Folder = folder.Number };
        Fill(call, source, item);
        if (old is null)
        {
            call.Store.Items.Insert(item);
        }

        foreach (AttachmentRow attachment in call.Store.Attachments.List(item.Number))
        {
            call.Store.Attachments.Delete(attachment);
        }

        item.AttachmentCount = 0;
        foreach (MapiAttachment attachment in source.Attachments)
        {
            Add(call, attachment, item);
        }

        call.Store.Items.Update(item);
        return item;
    }

    // What the other interfaces show is of their kinds; all else is there for export alone.
    private static ItemKind KindOf(MapiItem source, FolderRow folder) => folder.Class switch
    {
        FolderClasses.Mail => ItemKind.Message,
        FolderClasses.Contacts when source.IsOfClass("IPM.Contact") => ItemKind.Contact,
        FolderClasses.Calendar when source.IsOfClass("IPM.Appointment") && EventTimes.Of(source) is not null => ItemKind.Event,
        FolderClasses.Tasks when source.IsOfClass("IPM.Task") && !TaskDates.IsSeries(source) => ItemKind.Task,
        _ => ItemKind.Other,
    };

    private static void Fill(GraphCall call, MapiItem source, MailItem item)
    {
        foreach (StoredTag tag in item.Properties.All.Select(p => new StoredTag(p.Key, p.Value)).ToList())
        {
            item.Properties.Set(tag.Id, null);
        }

        foreach (KeyValuePair<PropertyKey, PropertyValue> property in source.Properties.Where(p => Array.IndexOf(s_columns, p.Key) < 0))
        {
            if (StoredValue.From(property.Key, property.Value) is (ExtendedPropertyId id, IReadOnlyList<object> values))
            {
                item.Properties.SetAll(id, values);
            }
        }

        SetColumns(call, source, item);
        CompleteBody(source, item);
        if (!item.Properties.Contains(Tags.MessageClass))
        {
            item.Properties.Set(Tags.MessageClass, "IPM.Note");
        }

        foreach (PersonKind kind in new[] { PersonKind.Originator, PersonKind.To, PersonKind.Cc, PersonKind.Bcc })
        {
            item.SetPeople(kind, source.Recipients.Where(r => (int)r.Kind == (int)kind).Select(
                r => new Person(r.DisplayName.Length == 0 ? null : r.DisplayName, r.SmtpAddress ?? r.Properties.GetString(PropertyTags.EmailAddress)) { Properties = PropertyList.OfRecipient(r.Properties) }));
        }

        item.SetPeople(PersonKind.ReplyTo, ReplyTo(source));
        if (item.Kind == ItemKind.Event)
        {
            EventTimes.Of(source)?.Take(item);
        }

        TaskDates.Take(source, item);
    }

    private static IEnumerable<Person> ReplyTo(MapiItem source)
    {
        foreach (byte[] entry in FlatEntryList.Read(source.Properties.GetBinary(PropertyTags.ReplyRecipientEntries) ?? []))
        {
            if (OneOffEntryId.TryRead(entry, out OneOffEntryId person))
            {
                yield return new Person(person.DisplayName, person.Address);
            }
        }
    }

    private static void SetColumns(GraphCall call, MapiItem source, MailItem item)
    {
        long now = call.Store.Now;
        bool times = call.Behaviour.HonoursImportedTimes;
        item.Flags = call.Behaviour.HonoursImportedFlags ? (int)source.Flags & KeptFlags : MailItem.UnsentFlag | MailItem.ReadFlag;
        item.Received = times ? Time(PropertyTags.MessageDeliveryTime) ?? (item.Kind == ItemKind.Message ? now : null) : now;
        item.Created = (times ? Time(PropertyTags.CreationTime) : null) ?? now;
        item.Modified = now;
        item.VisibleFrom = now + (call.Behaviour.DelaysVisibilityInFilters ? call.Options.VisibilityDelay.Ticks : 0);
        if (!times && item.Properties.Contains(Tags.SentTime))
        {
            item.Properties.Set(Tags.SentTime, now);
        }

        long? Time(PropertyTag tag) => source.Properties.TryGet(tag, out PropertyValue value) && value.Type == PropertyType.Time && GraphTime.IsValid(value.Bits) ? value.Bits : null;
    }

    // A stream has one form of the body; the service makes the others ([MS-OXBBODY] 2.1.3).
    private static void CompleteBody(MapiItem source, MailItem item)
    {
        if (!source.Properties.Contains(PropertyTags.BodyHtml) && !source.Properties.Contains(PropertyTags.RtfCompressed))
        {
            return;
        }

        ItemBody body = BodyText.Read(source);
        if (body.Html is string html && !item.Properties.Contains(Tags.Html))
        {
            // In letters that are the same in the code page the item says, whichever it is.
            item.Properties.Set(Tags.Html, Encoding.ASCII.GetBytes(string.Concat(html.Select(c => c < 0x80 ? c.ToString() : "&#" + ((int)c).ToString(System.Globalization.CultureInfo.InvariantCulture) + ";"))));
        }

        if (!item.Properties.Contains(Tags.Body))
        {
            item.Properties.Set(Tags.Body, body.ToPlainText());
        }
    }

    private static void Add(GraphCall call, MapiAttachment attachment, MailItem item)
    {
        MailItem? embedded = null;
        long? content = null;
        long size = 0;
        if (attachment.HasEmbeddedItem)
        {
            MapiItem inner = attachment.OpenEmbedded();
            embedded = new MailItem { Kind = ItemKind.Embedded };
            Fill(call, inner, embedded);
            call.Store.Items.Insert(embedded);
            foreach (MapiAttachment each in inner.Attachments)
            {
                Add(call, each, embedded);
            }

            call.Store.Items.Update(embedded);
            size = embedded.Properties.Size + call.Store.Attachments.Size(embedded.Number);
        }
        else if (attachment.Content is BinarySource source)
        {
            using Stream stream = source.OpenRead();
            content = call.Store.Contents.Create(stream);
            size = call.Store.Contents.Length(content.Value);
        }

        AttachmentJson.CheckSize(call, size);
        PropertyBag properties = new();
        foreach (KeyValuePair<PropertyKey, PropertyValue> property in attachment.Properties.Where(p => p.Key != PropertyTags.AttachDataBinary))
        {
            properties[property.Key] = property.Value;
        }

        bool isInline = properties.GetString(PropertyTags.AttachContentId) is not null
            && (properties.GetBoolean(PropertyTags.AttachmentHidden) == true || ((properties.GetInt32(PropertyTags.AttachFlags) ?? 0) & 4) != 0);
        call.Store.Attachments.Insert(
            new AttachmentRow(
                0,
                item.Number,
                embedded is null ? AttachmentKind.File : AttachmentKind.Item,
                attachment.Name,
                properties.GetString(PropertyTags.AttachMimeTag),
                isInline,
                properties.GetString(PropertyTags.AttachContentId),
                properties.GetString(PropertyTags.AttachContentLocation),
                size,
                call.Store.Now,
                content,
                embedded?.Number) { Properties = PropertyList.OfAttachment(properties) });
        item.AttachmentCount += isInline ? 0 : 1;
    }

    /// <summary>The id of a property that is stored.</summary>
    private readonly record struct StoredTag(string Tag, StoredProperty Property)
    {
        public ExtendedPropertyId Id => new(Property.Type, Property.IsMultiple, Tag);
    }
}
