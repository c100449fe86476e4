namespace PstMigration.Mapi;

/// <summary>
/// An item of any class: properties, recipients, attachments. The only thing that crosses between stores.
/// Large values are <see cref="BinarySource"/>s of the store it came from and live as long as that store is open.
/// </summary>
public sealed class MapiItem
{
    /// <summary>Builds an item.</summary>
    public MapiItem(PropertyBag? properties = null, IEnumerable<MapiRecipient>? recipients = null, IEnumerable<MapiAttachment>? attachments = null)
    {
        Properties = properties ?? new PropertyBag();
        Recipients = recipients is null ? [] : [.. recipients];
        Attachments = attachments is null ? [] : [.. attachments];
    }

    /// <summary>All properties but those of recipients and attachments.</summary>
    public PropertyBag Properties { get; }

    /// <summary>The recipient table.</summary>
    public IList<MapiRecipient> Recipients { get; }

    /// <summary>The attachments, in the order of the attachment table.</summary>
    public IList<MapiAttachment> Attachments { get; }

    /// <summary>What its source could not give of it whole, and what had to be guessed; told with the item wherever it goes.</summary>
    public IList<ItemLoss> Losses { get; } = [];

    /// <summary>Whether its source knows that it is as it was copied there: nobody has changed it since.</summary>
    public bool IsAsCopied { get; set; }

    /// <summary>The message class; IPM.Note where none is stored.</summary>
    public string MessageClass => Properties.GetString(PropertyTags.MessageClass) is { Length: > 0 } text ? text : "IPM.Note";

    /// <summary>The subject as people see it, or an empty string.</summary>
    public string Subject => Properties.GetString(PropertyTags.Subject)
        ?? ((Properties.GetString(PropertyTags.SubjectPrefix) ?? "") + (Properties.GetString(PropertyTags.NormalizedSubject) ?? ""));

    /// <summary>Read, unsent and so on.</summary>
    public MessageFlags Flags => (MessageFlags)(Properties.GetInt32(PropertyTags.MessageFlags) ?? 0);

    /// <summary>
    /// Brings every large value to this machine: after this nothing of the item waits for a network. Values of embedded items are fetched when these are opened. Does nothing for an item of a file.
    /// </summary>
    /// <exception cref="MailDataException">A value cannot be fetched.</exception>
    public async ValueTask FetchAsync(CancellationToken cancellationToken)
    {
        await FetchAllAsync(Properties, cancellationToken).ConfigureAwait(false);
        foreach (MapiAttachment attachment in Attachments)
        {
            await FetchAllAsync(attachment.Properties, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Whether the class is <paramref name="family"/> or one below it, such as IPM.Note.SMIME below IPM.Note.</summary>
    public bool IsOfClass(string family) => MessageClasses.IsOfClass(MessageClass, family);

    private static async ValueTask FetchAllAsync(PropertyBag properties, CancellationToken cancellationToken)
    {
        foreach (KeyValuePair<PropertyKey, PropertyValue> property in properties)
        {
            if (property.Value.Source is BinarySource source)
            {
                await source.FetchAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
