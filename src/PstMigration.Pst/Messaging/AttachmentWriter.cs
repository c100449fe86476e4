using PstMigration.Mapi;
using PstMigration.Pst.Ltp;
using PstMigration.Pst.Ndb;

namespace PstMigration.Pst.Messaging;

/// <summary>Writes one attachment ([MS-PST] 2.4.6): its property context, with its content as a value, an object or an embedded item.</summary>
internal sealed class AttachmentWriter
{
    private const int NotRendered = -1;

    private readonly INodeSink _ndb;
    private readonly PropertyMapper _mapper;
    private readonly MessageWriter _messages;

    public AttachmentWriter(INodeSink ndb, PropertyMapper mapper, MessageWriter messages)
    {
        _ndb = ndb;
        _mapper = mapper;
        _messages = messages;
    }

    /// <summary>Writes an attachment of an item at a depth.</summary>
    /// <returns>Its blocks, and its properties for the attachment table.</returns>
    public (WrittenNode Node, PropertyList Properties) Write(MapiAttachment attachment, int depth, CancellationToken cancellationToken)
    {
        NodeBuilder node = new(_ndb);
        PropertyList properties = _mapper.Map(attachment.Properties);
        SetContent(properties, attachment);
        properties.Set(PropertyTags.AttachSize, PropertyValue.FromInt32(0));
        if (!properties.Contains(PropertyTags.RenderingPosition))
        {
            properties.Set(PropertyTags.RenderingPosition, PropertyValue.FromInt32(NotRendered));
        }

        (NodeId Id, long Size)? embedded = null;
        if (attachment.HasEmbeddedItem)
        {
            NodeId id = _ndb.Counters.Next(NodeIdType.NormalMessage);
            WrittenNode item = _messages.Write(attachment.OpenEmbedded(), MessageKind.Embedded, id, depth + 1, cancellationToken: cancellationToken).Node;
            node.AddSubnode(id, item);
            embedded = (id, item.Size);
        }

        PropertyContextBuilder context = new(node);
        int size = context.Write(properties, PropertyTags.AttachSize, (heap, tag) =>
            embedded is (NodeId id, long length) && tag.Id == PropertyTags.AttachDataObject.Id
                ? PropertyValueWriter.StoreObject(heap, id, length)
                : null);
        properties.Set(PropertyTags.AttachSize, PropertyValue.FromInt32(size));
        return (context.Complete(), properties);
    }

    // Method and content have to agree, whatever the source says.
    private static void SetContent(PropertyList properties, MapiAttachment attachment)
    {
        BinarySource? content = attachment.Content;
        AttachMethod method = attachment.Method;
        if (attachment.HasEmbeddedItem)
        {
            method = AttachMethod.EmbeddedMessage;
            properties.Set(PropertyTags.AttachDataObject, PropertyValue.FromBinary([], PropertyType.Object));
        }
        else if (content is null)
        {
            method = method is AttachMethod.ByValue or AttachMethod.EmbeddedMessage or AttachMethod.Ole ? AttachMethod.None : method;
            properties.Remove(PropertyTags.AttachDataBinary);
        }
        else
        {
            method = method is AttachMethod.None or AttachMethod.EmbeddedMessage ? AttachMethod.ByValue : method;
            PropertyType type = method == AttachMethod.Ole ? PropertyType.Object : PropertyType.Binary;
            properties.Set(PropertyTags.AttachDataBinary, PropertyValue.FromBinary(content, type));
        }

        properties.Set(PropertyTags.AttachMethod, PropertyValue.FromInt32((int)method));
    }
}
