using System.Text.Json;
using PstMigration.Formats;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>An item listed from an archive, with everything a list of it is filtered by; opened it is the stream the service exports.</summary>
internal sealed class ArchiveSourceItem(ArchiveClient client, AttachmentSpool spool, ItemKey key, ItemSummary summary, string? changeKey) : SourceItem(key, summary)
{
    private static readonly string s_subject = GraphPropertyId.Write(PropertyTags.Subject, PropertyType.String);
    private static readonly string s_author = GraphPropertyId.Write(PropertyTags.SentRepresentingName, PropertyType.String);
    private static readonly string s_sent = GraphPropertyId.Write(PropertyTags.ClientSubmitTime, PropertyType.Time);
    private static readonly string s_received = GraphPropertyId.Write(PropertyTags.MessageDeliveryTime, PropertyType.Time);
    private static readonly string s_flags = GraphPropertyId.Write(PropertyTags.MessageFlags, PropertyType.Integer32);
    private static readonly string s_start = GraphPropertyId.Write(PropertyNames.AppointmentStart, PropertyType.Time);

    /// <summary>What a list has to ask for.</summary>
    public static readonly string Expand = GraphPropertyId.Expand("singleValueExtendedProperties", s_subject, s_author, s_sent, s_received, s_flags, s_start);

    /// <inheritdoc/>
    public override ItemVersion? Version => changeKey is { Length: > 0 } ? new ItemVersion(changeKey) : null;

    /// <summary>A listed item; null for what has no id.</summary>
    public static ArchiveSourceItem? Create(ArchiveClient client, AttachmentSpool spool, JsonElement item) => ArchiveJson.Text(item, "id") is { Length: > 0 } id
        ? new ArchiveSourceItem(client, spool, new ItemKey(client.MailboxId, id), Describe(item), ArchiveJson.Text(item, "changeKey"))
        : null;

    /// <inheritdoc/>
    public override async Task<MapiItem> OpenAsync(CancellationToken cancellationToken)
    {
        FetchedContent stream = new(spool, c => client.ExportAsync(Key.Id, c), client.Clock);
        await stream.FetchAsync(cancellationToken).ConfigureAwait(false);
        return FastTransfer.Read(stream);
    }

    private static ItemSummary Describe(JsonElement item)
    {
        Dictionary<string, string> extended = new(StringComparer.Ordinal);
        foreach (JsonElement property in ArchiveJson.List(item, "singleValueExtendedProperties"))
        {
            if ((ArchiveJson.Text(property, "id"), ArchiveJson.Text(property, "value")) is (string id, string value)
                && new[] { s_subject, s_author, s_sent, s_received, s_flags, s_start }.FirstOrDefault(known => GraphPropertyId.Same(id, known)) is string known)
            {
                extended[known] = value;
            }
        }

        string? messageClass = ArchiveJson.Text(item, "type");
        DateTimeOffset? Time(string id) => Text(id) is string text ? GraphPropertyText.TryRead(PropertyType.Time, text)?.AsTime() : null;
        string? Text(string id) => extended.TryGetValue(id, out string? text) ? text : null;

        return new ItemSummary
        {
            IsComplete = messageClass is not null,
            MessageClass = messageClass,
            Subject = Text(s_subject) ?? "",
            Sender = Text(s_author) ?? "",
            SentTime = Time(s_sent),
            ReceivedTime = Time(s_received),
            ModifiedTime = ArchiveJson.Time(item, "lastModifiedDateTime"),
            StartTime = messageClass is not null && MessageClasses.IsOfClass(messageClass, "IPM.Appointment") ? Time(s_start) : null,
            Size = ArchiveJson.Number(item, "size"),
            Flags = Text(s_flags) is string flags ? (MessageFlags)(int)(GraphPropertyText.TryRead(PropertyType.Integer32, flags)?.Bits ?? 0) : null,
        };
    }
}
