using System.Globalization;
using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>A copy as a list of the mailbox shows it.</summary>
/// <param name="Marker">Its marker.</param>
/// <param name="Key">The key it was copied from, as text; empty for a copy that does not tell.</param>
/// <param name="LiesIn">The folder it is in.</param>
/// <param name="PlacedIn">The folder it was put in; null for a copy that does not tell.</param>
/// <param name="Record">What is stored with it.</param>
/// <param name="Copy">Where it is.</param>
internal sealed record FoundCopy(ItemMarker Marker, string Key, string? LiesIn, string? PlacedIn, CopyRecord Record, GraphCopy Copy)
{
    /// <summary>What is stored with it, as text.</summary>
    private (string? Version, string? Folder, string? Losses) Stored { get; init; }

    /// <summary>The fields a list has to ask for.</summary>
    public static readonly string[] Fields = ["id", "parentFolderId", "createdDateTime"];

    /// <summary>The ids of the properties it is read from.</summary>
    public static string[] Properties =>
    [
        Provenance.MarkerId,
        Provenance.KeyId,
        Provenance.VersionId,
        Provenance.FolderId,
        Provenance.IdentityId,
        Provenance.LossesId,
        Provenance.PlacedInId,
        Provenance.ReplacesId,
        Provenance.AttachmentCountId,
        Provenance.UndoneId,
    ];

    /// <summary>The properties a list has to ask for, in the same request.</summary>
    public static readonly string[] Expand = [GraphPropertyId.Expand("singleValueExtendedProperties", Properties)];

    /// <summary>The copy as a list gives it; null where it is none of that store.</summary>
    /// <param name="sourceStore">The store copies are wanted of.</param>
    /// <param name="store">The mailbox.</param>
    public ListedCopy? List(string sourceStore, string store) => ListedCopy.Read(
        sourceStore, new ItemKey(store, Copy.Id), Key, Marker.Value, Stored.Version, Stored.Folder, Stored.Losses) is ListedCopy listed
        ? new GraphListedCopy(listed, Copy)
        : null;

    /// <summary>Reads it off a message; null where the message is none of ours.</summary>
    public static FoundCopy? Read(Message message) =>
        Read(message.Id, message.CreatedDateTime, GraphFolderKind.Mail, message.ParentFolderId, message.SingleValueExtendedProperties);

    /// <summary>Reads it off a contact; null where the contact is none of ours.</summary>
    public static FoundCopy? Read(Contact contact) =>
        Read(contact.Id, contact.CreatedDateTime, GraphFolderKind.Contacts, contact.ParentFolderId, contact.SingleValueExtendedProperties);

    /// <summary>Reads it off a calendar item; null where that is none of ours.</summary>
    public static FoundCopy? Read(Event item, string calendarId) =>
        Read(item.Id, item.CreatedDateTime, GraphFolderKind.Calendar, calendarId, item.SingleValueExtendedProperties);

    /// <summary>Reads it off a task; null where that is none of ours.</summary>
    public static FoundCopy? Read(TodoTask task, string listId) =>
        Read(task.Id, task.CreatedDateTime, GraphFolderKind.Tasks, listId, TaskExtension.Read(task));

    private static FoundCopy? Read(string? id, DateTimeOffset? created, GraphFolderKind kind, string? folderId, List<SingleValueLegacyExtendedProperty>? properties)
    {
        string? Text(string property) => properties?.Find(p => GraphPropertyId.Same(p.Id, property))?.Value;

        if (id is not { Length: > 0 } itemId || Text(Provenance.MarkerId) is not { Length: > 0 } marker || Text(Provenance.UndoneId) is not null)
        {
            return null;
        }

        _ = int.TryParse(Text(Provenance.AttachmentCountId), NumberStyles.None, CultureInfo.InvariantCulture, out int count);
        string key = Text(Provenance.KeyId) ?? "";
        (string? Version, string? Folder, string? Losses) stored = (Text(Provenance.VersionId), Text(Provenance.FolderId), Text(Provenance.LossesId));
        CopyRecord record = CopyRecord.Read(key, marker, stored.Version, stored.Folder, Text(Provenance.IdentityId), stored.Losses, isWhole: count == 0);
        GraphCopy copy = new(itemId, kind, created ?? DateTimeOffset.MinValue, count)
        {
            Replaces = Text(Provenance.ReplacesId),
            FolderId = kind == GraphFolderKind.Tasks ? folderId : null,
        };
        return new FoundCopy(new ItemMarker(marker), key, folderId, Text(Provenance.PlacedInId), record, copy) { Stored = stored };
    }
}

/// <summary>A copy as the target lists it, with where it is.</summary>
internal sealed record GraphListedCopy : ListedCopy
{
    public GraphListedCopy(ListedCopy listed, GraphCopy copy)
        : base(listed) => Copy = copy;

    public GraphCopy Copy { get; }
}
