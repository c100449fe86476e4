using PstMigration.Mapi;

namespace PstMigration;

/// <summary>An attachment of an item. Its content is read from the file on demand.</summary>
public sealed class PstAttachmentInfo
{
    private readonly PstItemReference _item;
    private readonly int _number;

    internal PstAttachmentInfo(PstItemReference item, int number, MapiAttachment attachment)
    {
        _item = item;
        _number = number;
        PropertyBag p = attachment.Properties;
        Name = attachment.Name;
        Method = attachment.Method;
        Length = attachment.Content?.Measure() ?? attachment.EmbeddedLength;
        ContentType = p.GetString(PropertyTags.AttachMimeTag) ?? "";
        ContentId = p.GetString(PropertyTags.AttachContentId) ?? "";
        IsHidden = p.GetBoolean(PropertyTags.AttachmentHidden) == true;
        IsItem = attachment.HasEmbeddedItem;
    }

    /// <summary>The file name as the item gives it. May hold any character: not a name to save under unseen.</summary>
    public string Name { get; }

    /// <summary>How the content is held.</summary>
    public AttachMethod Method { get; }

    /// <summary>Bytes of the content; of an embedded item what the file says it takes; 0 where there is only a path.</summary>
    public long Length { get; }

    /// <summary>The MIME type as the item gives it; may be empty.</summary>
    public string ContentType { get; }

    /// <summary>What the HTML body refers to it by; may be empty.</summary>
    public string ContentId { get; }

    /// <summary>Whether programs do not show it.</summary>
    public bool IsHidden { get; }

    /// <summary>Whether it is an item: see <see cref="OpenItem"/>.</summary>
    public bool IsItem { get; }

    /// <summary>Opens the content for reading. The file stays open until the stream is disposed.</summary>
    /// <exception cref="InvalidOperationException">There is no content.</exception>
    public Stream OpenRead()
    {
        PstLease lease = _item.Open(out MapiItem item);
        try
        {
            BinarySource content = item.Attachments[_number].Content ?? throw new InvalidOperationException(LocalText.Format(Strings.AttachmentEmpty, Name));
            return new LeasedStream(content.OpenRead(), lease);
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    /// <summary>Reads the whole content into memory; empty where there is none.</summary>
    public byte[] ReadAllBytes() => _item.Read(item => item.Attachments[_number].Content?.ToArray() ?? []);

    /// <summary>Opens the embedded item.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public PstEmbeddedItem OpenItem() => IsItem
        ? new PstEmbeddedItem(_item.Embedded(_number))
        : throw new InvalidOperationException(LocalText.Format(Strings.AttachmentEmpty, Name));

    /// <inheritdoc/>
    public override string ToString() => Name;
}
