using PstMigration.Mapi;
using PstMigration.Pst.Messaging;

namespace PstMigration.Pst;

/// <summary>
/// What a folder's contents table tells about an item, without opening it. Absent text is empty. What the table has no column for, and
/// text it may have cut, is read from the item when first asked for, as long as the file is open; where the item cannot be read, that is
/// added to <see cref="PstFile.Damage"/> and the row's answer stands.
/// </summary>
public sealed class PstItemSummary
{
    private static readonly PropertyBag s_noProperties = new();

    private readonly Func<NodeId, PstItemSummary?>? _read;
    private readonly string _messageClass = "";
    private readonly string _subject = "";
    private readonly string _sender = "";
    private readonly string _to = "";
    private readonly DateTimeOffset? _submitTime;
    private readonly DateTimeOffset? _deliveryTime;
    private readonly DateTimeOffset? _lastModificationTime;
    private readonly long _size;
    private readonly MessageFlags _flags;
    private PstItemSummary? _item;

    /// <summary>A summary of a row or an item.</summary>
    /// <param name="id">The item.</param>
    /// <param name="read">Reads what is <see cref="Unlisted"/> from the item; null where it cannot. Without it the row's answer stands.</param>
    internal PstItemSummary(NodeId id, Func<NodeId, PstItemSummary?>? read = null)
    {
        NodeId = id;
        _read = read;
    }

    private PstItemSummary(PstItemSummary other)
    {
        NodeId = other.NodeId;
        _messageClass = other._messageClass;
        _subject = other._subject;
        _sender = other._sender;
        _to = other._to;
        _submitTime = other._submitTime;
        _deliveryTime = other._deliveryTime;
        _lastModificationTime = other._lastModificationTime;
        _size = other._size;
        _flags = other._flags;
        Unlisted = other.Unlisted;
        Properties = other.Properties;
        IsDamaged = other.IsDamaged;
    }

    /// <summary>The item.</summary>
    public NodeId NodeId { get; }

    /// <summary>What the table does not tell: it has no column for it, or its text has the length at which tables cut text.</summary>
    public PstItemFields Unlisted { get; internal init; }

    /// <summary>The row's answers alone, which need no open file. What is <see cref="Unlisted"/> is empty in it, or cut.</summary>
    public PstItemSummary Listed => _read is null ? this : new PstItemSummary(this);

    /// <summary>Such as IPM.Note.</summary>
    public string MessageClass { get => Tell(PstItemFields.MessageClass)._messageClass; internal init => _messageClass = value; }

    /// <summary>The subject as people see it.</summary>
    public string Subject { get => Tell(PstItemFields.Subject)._subject; internal init => _subject = value; }

    /// <summary>Name of the author: for whom it was sent, or else who sent it.</summary>
    public string Sender { get => Tell(PstItemFields.Sender)._sender; internal init => _sender = value; }

    /// <summary>Names of the recipients.</summary>
    public string To { get => Tell(PstItemFields.To)._to; internal init => _to = value; }

    /// <summary>When it was sent, in UTC.</summary>
    public DateTimeOffset? SubmitTime { get => Tell(PstItemFields.SubmitTime)._submitTime; internal init => _submitTime = value; }

    /// <summary>When it arrived, in UTC.</summary>
    public DateTimeOffset? DeliveryTime { get => Tell(PstItemFields.DeliveryTime)._deliveryTime; internal init => _deliveryTime = value; }

    /// <summary>When it was changed last, in UTC.</summary>
    public DateTimeOffset? LastModificationTime
    {
        get => Tell(PstItemFields.LastModificationTime)._lastModificationTime;
        internal init => _lastModificationTime = value;
    }

    /// <summary>Bytes, as Outlook counts them.</summary>
    public long Size { get => Tell(PstItemFields.Size)._size; internal init => _size = value; }

    /// <summary>Read, unsent and so on.</summary>
    public MessageFlags Flags { get => Tell(PstItemFields.MessageFlags)._flags; internal init => _flags = value; }

    /// <summary>
    /// Of the properties asked for, those the table tells of. One that is not here has to be asked of the item itself; one the
    /// table knows the item not to have is here without a type.
    /// </summary>
    public PropertyBag Properties { get; internal init; } = s_noProperties;

    /// <summary>Whether neither the row nor the item could be read: nothing is known but the node.</summary>
    public bool IsDamaged { get; internal init; }

    /// <summary>Whether it has attachments.</summary>
    public bool HasAttachments => (Flags & MessageFlags.HasAttachments) != 0;

    /// <summary>The same from an item's own properties. Text so large that it was left in the file counts as absent.</summary>
    /// <param name="id">The item.</param>
    /// <param name="item">Its properties.</param>
    public static PstItemSummary Of(NodeId id, PropertyBag item)
    {
        if (item is null)
        {
            throw new ArgumentNullException(nameof(item));
        }

        return Of(id, item, s_noProperties);
    }

    /// <summary>As <see cref="Of(NodeId, PropertyBag)"/>, with the properties asked for.</summary>
    internal static PstItemSummary Of(NodeId id, PropertyBag item, PropertyBag asked) => new(id)
    {
        MessageClass = item.GetSmallString(PropertyTags.MessageClass) ?? "",
        Subject = SubjectPrefix.Strip(item.GetSmallString(PropertyTags.Subject)
            ?? item.GetSmallString(PropertyTags.SubjectPrefix) + item.GetSmallString(PropertyTags.NormalizedSubject)),
        Sender = item.GetSmallString(PropertyTags.SentRepresentingName) is { Length: > 0 } author
            ? author
            : item.GetSmallString(PropertyTags.SenderName) ?? "",
        To = item.GetSmallString(PropertyTags.DisplayTo) ?? "",
        SubmitTime = item.GetTime(PropertyTags.ClientSubmitTime),
        DeliveryTime = item.GetTime(PropertyTags.MessageDeliveryTime),
        LastModificationTime = item.GetTime(PropertyTags.LastModificationTime),
        Size = (uint)(item.GetInt32(PropertyTags.MessageSize) ?? 0),
        Flags = (MessageFlags)(item.GetInt32(PropertyTags.MessageFlags) ?? 0),
        Properties = asked,
    };

    /// <summary>What the row alone tells. What the table has no column for is not read from the item, and so is not known.</summary>
    public ItemSummary Describe()
    {
        PstItemSummary row = Listed;
        bool Knows(PstItemFields field) => (Unlisted & field) == 0;
        return new ItemSummary
        {
            IsComplete = !IsDamaged && Unlisted == PstItemFields.None,
            MessageClass = Knows(PstItemFields.MessageClass) ? row.MessageClass : null,
            Subject = Knows(PstItemFields.Subject) ? row.Subject : null,
            Sender = Knows(PstItemFields.Sender) ? row.Sender : null,

            // The first of the times decides: one that may be there must not be passed over.
            ReceivedTime = row.DeliveryTime,
            SentTime = Knows(PstItemFields.DeliveryTime) ? row.SubmitTime : null,
            ModifiedTime = Knows(PstItemFields.DeliveryTime | PstItemFields.SubmitTime) ? row.LastModificationTime : null,
            Size = Knows(PstItemFields.Size) ? row.Size : null,
            Flags = Knows(PstItemFields.MessageFlags) ? row.Flags : null,
        };
    }

    private PstItemSummary Tell(PstItemFields field) =>
        _read is null || (Unlisted & field) == 0 ? this : _item ??= _read(NodeId) ?? Listed;
}
