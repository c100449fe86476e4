namespace PstMigration.Mapi;

/// <summary>One attachment: properties, and bytes, a path or an embedded item according to <see cref="Method"/>.</summary>
public sealed class MapiAttachment
{
    private readonly Func<MapiItem>? _openEmbedded;

    /// <summary>An attachment over its properties.</summary>
    /// <param name="properties">All properties; bytes stand under <see cref="PropertyTags.AttachDataBinary"/>.</param>
    /// <param name="openEmbedded">Opens a new embedded item each time, for <see cref="AttachMethod.EmbeddedMessage"/>.</param>
    /// <param name="embeddedLength">See <see cref="EmbeddedLength"/>.</param>
    public MapiAttachment(PropertyBag? properties = null, Func<MapiItem>? openEmbedded = null, long embeddedLength = 0)
    {
        Properties = properties ?? new PropertyBag();
        _openEmbedded = openEmbedded;
        EmbeddedLength = embeddedLength;
    }

    /// <summary>All properties, the content among them.</summary>
    public PropertyBag Properties { get; }

    /// <summary>How the content is held.</summary>
    public AttachMethod Method => (AttachMethod)(Properties.GetInt32(PropertyTags.AttachMethod) ?? 0);

    /// <summary>The file name a person would see: long name, 8.3 name, display name, or an empty string.</summary>
    public string Name => NonEmpty(PropertyTags.AttachLongFilename) ?? NonEmpty(PropertyTags.AttachFilename)
        ?? NonEmpty(PropertyTags.DisplayName) ?? "";

    /// <summary>The bytes of an attachment by value, or the raw compound file of an OLE object; null for the other methods.</summary>
    public BinarySource? Content => Properties.TryGet(PropertyTags.AttachDataBinary, out PropertyValue value) ? value.AsSource() : null;

    /// <summary>Whether <see cref="OpenEmbedded"/> gives an item.</summary>
    public bool HasEmbeddedItem => _openEmbedded is not null;

    /// <summary>Bytes the store says the embedded item takes; 0 where it does not say.</summary>
    public long EmbeddedLength { get; }

    /// <summary>Opens the embedded item.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public MapiItem OpenEmbedded() => _openEmbedded is null
        ? throw new InvalidOperationException("The attachment holds no item.")
        : _openEmbedded();

    private string? NonEmpty(PropertyTag tag) => Properties.GetString(tag) is { Length: > 0 } text ? text : null;
}
