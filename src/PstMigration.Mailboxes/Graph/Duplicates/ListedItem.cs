using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>An item as the list of all of a kind shows it, with what it is a copy of, if it is one.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">The service's id.</param>
/// <param name="FolderId">The folder it is in.</param>
/// <param name="Outline">Its <see cref="ItemOutline"/>.</param>
/// <param name="Version">Its version, of kinds other than mail.</param>
/// <param name="Copy">What it is a copy of; null where it is none.</param>
internal sealed record ListedItem(GraphFolderKind Kind, string Id, string? FolderId, long Outline, string? Version, FoundCopy? Copy)
{
    /// <summary>The fields a list of messages has to ask for.</summary>
    public static readonly string[] MessageFields = [.. FoundCopy.Fields, "internetMessageId", .. ItemOutline.MessageFields];

    /// <summary>The properties a list of messages has to ask for, in the same request.</summary>
    public static readonly string[] MessageExpand = [GraphPropertyId.Expand("singleValueExtendedProperties", [.. FoundCopy.Properties, UnstatedFields.NoteId])];

    /// <summary>The fields a list of contacts has to ask for.</summary>
    public static readonly string[] ContactFields = [.. FoundCopy.Fields, "changeKey", .. ItemOutline.ContactFields];

    /// <summary>The fields a list of calendar items has to ask for.</summary>
    public static readonly string[] EventFields = ["id", "type", "createdDateTime", "changeKey", .. ItemOutline.EventFields];

    /// <summary>Its Message-ID; null where it has none.</summary>
    public string? MessageId { get; private init; }

    /// <summary>Reads it off a message; null for what has no id.</summary>
    public static ListedItem? Read(Message message)
    {
        string? unstated = message.SingleValueExtendedProperties?.Find(p => GraphPropertyId.Same(p.Id, UnstatedFields.NoteId))?.Value;
        FoundCopy? copy = FoundCopy.Read(message);
        // A copy that was given a Message-ID by its source is known by that alone.
        bool isOutlined = copy is null || UnstatedFields.HasNoMessageId(unstated) || KnownItems.FoldOf(message.InternetMessageId) == 0;
        long outline = isOutlined ? ItemOutline.Of(message, unstated) : 0;
        return message.Id is not { Length: > 0 } id ? null
            : new ListedItem(GraphFolderKind.Mail, id, message.ParentFolderId, outline, null, copy) { MessageId = message.InternetMessageId };
    }

    /// <summary>Reads it off a contact.</summary>
    public static ListedItem? Read(Contact contact) => contact.Id is not { Length: > 0 } id ? null
        : new ListedItem(GraphFolderKind.Contacts, id, contact.ParentFolderId, ItemOutline.Of(contact), contact.ChangeKey, FoundCopy.Read(contact));

    /// <summary>Reads it off a calendar item.</summary>
    public static ListedItem? Read(Event item, string calendarId) => item.Id is not { Length: > 0 } id ? null
        : new ListedItem(GraphFolderKind.Calendar, id, calendarId, ItemOutline.Of(item), item.ChangeKey, FoundCopy.Read(item, calendarId));

    /// <summary>Reads it off a task.</summary>
    public static ListedItem? Read(TodoTask task, string listId) => task.Id is not { Length: > 0 } id ? null
        : new ListedItem(GraphFolderKind.Tasks, id, listId, ItemOutline.Of(task), GraphSourceItem.VersionOf(task), FoundCopy.Read(task, listId));
}
