using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>An item listed from a mailbox.</summary>
internal sealed class GraphSourceItem(ItemKey key, ItemSummary summary, string? changeKey, Func<CancellationToken, Task<MapiItem>> open) : SourceItem(key, summary)
{
    /// <summary>The fields a list of messages has to ask for.</summary>
    public static readonly string[] MessageFields =
        ["id", "changeKey", "subject", "from", "sentDateTime", "receivedDateTime", "lastModifiedDateTime", "isRead", "isDraft", "hasAttachments"];

    /// <summary>The fields a list of contacts has to ask for.</summary>
    public static readonly string[] ContactFields = ["id", "changeKey", "displayName", "fileAs", "lastModifiedDateTime"];

    /// <summary>The fields a list of calendar items has to ask for.</summary>
    public static readonly string[] EventFields = ["id", "changeKey", "type", "subject", "organizer", "createdDateTime", "lastModifiedDateTime", "hasAttachments"];

    private static readonly string s_class = GraphPropertyId.Write(PropertyTags.MessageClass, PropertyType.String);
    private static readonly string s_size = GraphPropertyId.Write(PropertyTags.MessageSize, PropertyType.Integer32);

    /// <summary>The properties a list of messages has to ask for, in the same request.</summary>
    public static readonly string[] MessageExpand = [GraphPropertyId.Expand("singleValueExtendedProperties", s_class, s_size)];

    /// <inheritdoc/>
    public override ItemVersion? Version => changeKey is { Length: > 0 } ? new ItemVersion(changeKey) : null;

    /// <inheritdoc/>
    public override Task<MapiItem> OpenAsync(CancellationToken cancellationToken) => open(cancellationToken);

    /// <summary>What a list tells of a message.</summary>
    public static ItemSummary Describe(Message message)
    {
        string? Extended(string id) => message.SingleValueExtendedProperties?.FirstOrDefault(p => GraphPropertyId.Same(p.Id, id))?.Value;

        string? messageClass = Extended(s_class);
        long? size = GraphPropertyText.TryRead(PropertyType.Integer32, Extended(s_size))?.Bits;
        EmailAddress? from = message.From?.EmailAddress;
        return new ItemSummary
        {
            IsComplete = messageClass is not null && size is not null,
            MessageClass = messageClass,
            Subject = message.Subject ?? "",
            Sender = from?.Name is { Length: > 0 } name ? name : GraphAddress.Read(from) ?? "",
            SentTime = message.SentDateTime,
            ReceivedTime = message.ReceivedDateTime,
            ModifiedTime = message.LastModifiedDateTime,
            Size = size,
            Flags = (message.IsRead == true ? MessageFlags.Read : MessageFlags.None)
                | (message.IsDraft == true ? MessageFlags.Unsent : MessageFlags.None)
                | (message.HasAttachments == true ? MessageFlags.HasAttachments : MessageFlags.None),
        };
    }

    /// <summary>What a list tells of a calendar item.</summary>
    public static ItemSummary Describe(Event item) => new()
    {
        MessageClass = "IPM.Appointment",
        Subject = item.Subject ?? "",
        Sender = item.Organizer?.EmailAddress?.Name ?? "",
        SentTime = item.CreatedDateTime,
        ReceivedTime = item.CreatedDateTime,
        ModifiedTime = item.LastModifiedDateTime,
        Flags = MessageFlags.Read | (item.HasAttachments == true ? MessageFlags.HasAttachments : MessageFlags.None),
    };

    /// <summary>What a list tells of a task.</summary>
    public static ItemSummary Describe(TodoTask task) => new()
    {
        MessageClass = "IPM.Task",
        Subject = task.Title ?? "",
        Sender = "",
        SentTime = task.CreatedDateTime,
        ReceivedTime = task.CreatedDateTime,
        ModifiedTime = task.LastModifiedDateTime,
        Flags = MessageFlags.Read | (task.HasAttachments == true ? MessageFlags.HasAttachments : MessageFlags.None),
    };

    /// <summary>A task has no change key: its tag, else the time of its last change tells its version.</summary>
    public static string? VersionOf(TodoTask task) =>
        task.AdditionalData.TryGetValue("@odata.etag", out object? tag) && tag is string { Length: > 0 } text ? text : task.LastModifiedDateTime?.ToString("O", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>What a list tells of a contact. Whether it has a picture only a request of its own tells.</summary>
    public static ItemSummary Describe(Contact contact) => new()
    {
        MessageClass = "IPM.Contact",
        Subject = contact.DisplayName ?? contact.FileAs ?? "",
        Sender = "",
        ModifiedTime = contact.LastModifiedDateTime,
    };
}
