using PstMigration.Mapi;
using PstMigration.Pst.Ltp;
using PstMigration.Pst.Ndb;

namespace PstMigration.Pst.Messaging;

/// <summary>
/// Writes items of any class ([MS-PST] 2.4.5): attachments, recipient table, property context. What a file has to have and
/// the item does not is added; what belongs to the place an item came from is left out.
/// </summary>
internal sealed class MessageWriter
{
    /// <summary>How deep items may be embedded in each other.</summary>
    public const int MaxDepth = 64;

    private const int SearchKeySize = 16;

    // Identity of an item in the store it came from: the store it is in now computes these.
    private static readonly ushort[] s_ofTheSource =
        [0x0E09, 0x0FF4, 0x0FF5, 0x0FF6, 0x0FF7, 0x0FF8, 0x0FF9, 0x0FFA, 0x0FFB, 0x0FFF];

    private readonly INodeSink _ndb;
    private readonly PropertyMapper _mapper;
    private readonly TimeProvider _time;
    private readonly byte[] _recordKey;
    private readonly RecipientTableWriter _recipients;
    private readonly AttachmentWriter _attachments;

    public MessageWriter(INodeSink ndb, PropertyMapper mapper, TimeProvider time, byte[] recordKey)
    {
        _ndb = ndb;
        _mapper = mapper;
        _time = time;
        _recordKey = recordKey;
        _recipients = new RecipientTableWriter(ndb, mapper);
        _attachments = new AttachmentWriter(ndb, mapper, this);
    }

    /// <summary>Writes an item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="kind">Where it stands.</param>
    /// <param name="id">Its node id.</param>
    /// <param name="depth">0 for an item in a folder.</param>
    /// <param name="stamp">Given what was lost, says where a copy comes from, in the place of what its source says about itself; null for no copy.</param>
    /// <param name="cancellationToken">Stops the writing of an item with many recipients or attachments.</param>
    /// <returns>Its blocks, and its properties for the contents table.</returns>
    /// <exception cref="MailDataException">The item cannot be read or has no form in a file.</exception>
    public (WrittenNode Node, PropertyList Properties) Write(
        MapiItem item,
        MessageKind kind,
        NodeId id,
        int depth,
        ItemStamp? stamp = null,
        CancellationToken cancellationToken = default)
    {
        if (depth > MaxDepth)
        {
            throw PstWriteError.TooDeep(MaxDepth);
        }

        _mapper.AddLosses(item.Losses);
        NodeBuilder node = new(_ndb);
        WriteAttachments(node, item, depth, cancellationToken);
        node.AddSubnode(NodeId.RecipientTable, _recipients.Write(item.Recipients, cancellationToken));

        PropertyList properties = _mapper.Map(item.Properties.Where(p => Array.IndexOf(s_ofTheSource, p.Key.Id) < 0 && !(stamp is not null && IsProvenance(p.Key))));
        if (stamp is not null)
        {
            _mapper.AddTo(properties, stamp(_mapper.Losses));
        }

        Complete(properties, item, kind, id);
        PropertyContextBuilder context = new(node);
        int size = context.Write(properties, PropertyTags.MessageSize);
        properties.Set(PropertyTags.MessageSize, PropertyValue.FromInt32(size));
        return (context.Complete(), properties);
    }

    private static bool IsProvenance(PropertyKey key) => key.Name is PropertyName name && PropertyNames.IsProvenance(name);

    private void WriteAttachments(NodeBuilder node, MapiItem item, int depth, CancellationToken cancellationToken)
    {
        if (item.Attachments.Count == 0)
        {
            return;
        }

        TableContextBuilder table = new(_ndb, TableTemplates.Attachments);
        foreach (MapiAttachment attachment in item.Attachments)
        {
            cancellationToken.ThrowIfCancellationRequested();
            NodeId id = node.NextAttachment();
            (WrittenNode written, PropertyList properties) = _attachments.Write(attachment, depth, cancellationToken);
            node.AddSubnode(id, written);
            table.AddRow(id.Value, _ndb.NextUnique(), properties);
        }

        node.AddSubnode(NodeId.AttachmentTable, table.Complete());
    }

    private void Complete(PropertyList properties, MapiItem item, MessageKind kind, NodeId id)
    {
        properties.Set(PropertyTags.MessageClass, PropertyValue.FromString(item.MessageClass));
        properties.Set(PropertyTags.MessageFlags, PropertyValue.FromInt32((int)Flags(item, kind)));
        properties.Set(PropertyTags.MessageSize, PropertyValue.FromInt32(0));
        if (properties.Contains(PropertyTags.HasAttachments))
        {
            properties.Set(PropertyTags.HasAttachments, PropertyValue.FromBoolean(item.Attachments.Count > 0));
        }

        SetSubject(properties, item);
        SetTimes(properties);
        SetDisplayNames(properties, item);
        if (!properties.Contains(PropertyTags.SearchKey))
        {
            properties.Set(PropertyTags.SearchKey, PropertyValue.FromBinary(NewSearchKey(id)));
        }

        if (kind == MessageKind.Embedded && !properties.Contains(PropertyTags.MessageStatus))
        {
            properties.Set(PropertyTags.MessageStatus, PropertyValue.FromInt32(0));
        }
    }

    private static MessageFlags Flags(MapiItem item, MessageKind kind)
    {
        MessageFlags flags = item.Flags & ~(MessageFlags.HasAttachments | MessageFlags.Associated);
        flags |= item.Attachments.Count > 0 ? MessageFlags.HasAttachments : MessageFlags.None;
        return kind == MessageKind.Associated ? flags | MessageFlags.Associated : flags;
    }

    private static void SetSubject(PropertyList properties, MapiItem item)
    {
        string? prefix = properties.GetString(PropertyTags.SubjectPrefix);
        string? normalized = properties.GetString(PropertyTags.NormalizedSubject);
        string subject = item.Subject;
        if (subject.Length > 0)
        {
            properties.Set(PropertyTags.Subject, PropertyValue.FromString(SubjectPrefix.Encode(subject, prefix, normalized)));
        }
    }

    private void SetTimes(PropertyList properties)
    {
        PropertyValue created = FirstOf(properties, PropertyTags.CreationTime, PropertyTags.LastModificationTime, PropertyTags.MessageDeliveryTime, PropertyTags.ClientSubmitTime);
        PropertyValue modified = FirstOf(properties, PropertyTags.LastModificationTime, PropertyTags.CreationTime, PropertyTags.MessageDeliveryTime, PropertyTags.ClientSubmitTime);
        properties.Set(PropertyTags.CreationTime, created);
        properties.Set(PropertyTags.LastModificationTime, modified);
    }

    private PropertyValue FirstOf(PropertyList properties, params PropertyTag[] tags)
    {
        foreach (PropertyTag tag in tags)
        {
            if (properties.TryGet(tag, out PropertyValue value))
            {
                return value;
            }
        }

        return PropertyValue.FromTime(_time.GetUtcNow());
    }

    private static void SetDisplayNames(PropertyList properties, MapiItem item)
    {
        if (item.Recipients.Count > 0)
        {
            SetDisplayName(properties, PropertyTags.DisplayTo, item, RecipientKind.To);
            SetDisplayName(properties, PropertyTags.DisplayCc, item, RecipientKind.Cc);
            SetDisplayName(properties, PropertyTags.DisplayBcc, item, RecipientKind.Bcc);
        }
    }

    private static void SetDisplayName(PropertyList properties, PropertyTag tag, MapiItem item, RecipientKind kind)
    {
        if (!properties.Contains(tag))
        {
            IEnumerable<string> names = item.Recipients.Where(r => r.Kind == kind)
                .Select(r => r.DisplayName is { Length: > 0 } name ? name : r.SmtpAddress ?? "")
                .Where(name => name.Length > 0);
            properties.Set(tag, PropertyValue.FromString(string.Join("; ", names)));
        }
    }

    // Unique, and the same again where the file is built again with the same record key.
    private byte[] NewSearchKey(NodeId id) => Sha256.Hash(EntryIds.Create(_recordKey, id)).AsSpan(0, SearchKeySize).ToArray();
}
