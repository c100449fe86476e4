using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// Reads the content of one item ([MS-OXCFXICS] 2.2.4.3.11, 2.2.4.3.12): properties; StartRecip, properties, EndToRecip for each recipient; NewAttach, properties, and for an item attached
/// StartEmbed, its content, EndEmbed, then EndAttach for each attachment. Properties may follow what is in between. There is nothing to go on from after an error, so none is
/// passed over.
/// </summary>
internal sealed class FastTransferReader : IDisposable
{
    /// <summary>PidTagMid of an attached item: a place in the store it came from.</summary>
    private const ushort Mid = 0x674A;

    private readonly FastTransferFrames _frames;
    private readonly FastTransferCursor _cursor;
    private readonly FastTransferValues _values;
    private readonly List<ItemLoss> _losses = [];

    private FastTransferReader(FastTransferFrames frames, long begin)
    {
        _frames = frames;
        _cursor = new FastTransferCursor(frames, begin);
        _values = new FastTransferValues(_cursor, frames);
    }

    /// <summary>The item.</summary>
    public static MapiItem Read(FastTransferFrames frames)
    {
        using FastTransferReader reader = new(frames, 0);
        return reader.ReadItem(isEmbedded: false);
    }

    public void Dispose() => _cursor.Dispose();

    private static MapiItem ReadEmbedded(FastTransferFrames frames, long begin)
    {
        using FastTransferReader reader = new(frames, begin);
        return reader.ReadItem(isEmbedded: true);
    }

    private MapiItem ReadItem(bool isEmbedded)
    {
        PropertyBag properties = new();
        List<MapiRecipient> recipients = [];
        List<MapiAttachment> attachments = [];
        while (isEmbedded || !_cursor.IsAtEnd)
        {
            long at = _cursor.Position;
            uint tag = _cursor.UInt32();
            if (tag == FastTransferMarkers.StartRecip)
            {
                recipients.Add(new MapiRecipient(ReadProperties(FastTransferMarkers.EndToRecip)));
            }
            else if (tag == FastTransferMarkers.NewAttach)
            {
                attachments.Add(ReadAttachment());
            }
            else if (isEmbedded && tag == FastTransferMarkers.EndEmbed)
            {
                break;
            }
            else
            {
                ReadProperty(at, tag, properties);
            }
        }

        MapiItem item = new(properties, recipients, attachments);
        _losses.ForEach(item.Losses.Add);
        return item;
    }

    private PropertyBag ReadProperties(uint end)
    {
        PropertyBag properties = new();
        while (true)
        {
            long at = _cursor.Position;
            uint tag = _cursor.UInt32();
            if (tag == end)
            {
                return properties;
            }

            ReadProperty(at, tag, properties);
        }
    }

    private MapiAttachment ReadAttachment()
    {
        PropertyBag properties = new();
        long? embedded = null;
        long length = 0;
        while (true)
        {
            long at = _cursor.Position;
            uint tag = _cursor.UInt32();
            switch (tag)
            {
                case FastTransferMarkers.EndAttach:
                    return embedded is long begin ? new MapiAttachment(properties, () => ReadEmbedded(_frames, begin), length) : new MapiAttachment(properties);
                case FastTransferMarkers.StartEmbed when embedded is null:
                    embedded = _cursor.Position;
                    PassEmbedded();
                    length = _cursor.Position - embedded.Value;
                    break;
                default:
                    ReadProperty(at, tag, properties);
                    break;
            }
        }
    }

    // What is in an attached item is read when it is opened; how deep it goes on does not matter here.
    private void PassEmbedded()
    {
        PropertyBag passed = new();
        for (long depth = 1; depth > 0;)
        {
            long at = _cursor.Position;
            uint tag = _cursor.UInt32();
            switch (tag)
            {
                case FastTransferMarkers.StartEmbed:
                    depth++;
                    break;
                case FastTransferMarkers.EndEmbed:
                    depth--;
                    break;
                case FastTransferMarkers.StartRecip or FastTransferMarkers.EndToRecip or FastTransferMarkers.NewAttach or FastTransferMarkers.EndAttach:
                    passed = new PropertyBag();
                    break;
                default:
                    ReadProperty(at, tag, passed);
                    break;
            }
        }
    }

    /// <summary>A property, or a meta-property, whose tag was read.</summary>
    private void ReadProperty(long at, uint tag, PropertyBag properties)
    {
        ushort id = (ushort)(tag >> 16);
        ushort type = (ushort)tag;
        switch (tag)
        {
            case FastTransferMarkers.EcWarning:
                _cursor.UInt32();
                _losses.Add(new ItemLoss(LossKind.Field, "EcWarning"));
                return;
            case FastTransferMarkers.FXDelProp:
                _cursor.UInt32();
                return;
            case FastTransferMarkers.StartRecip or FastTransferMarkers.EndToRecip or FastTransferMarkers.NewAttach or FastTransferMarkers.EndAttach
                or FastTransferMarkers.StartEmbed or FastTransferMarkers.EndEmbed:
                throw FastTransferFrames.Unreadable(at);
            default:
                break;
        }

        if (id == 0 || FastTransferMarkers.IsForeign(tag))
        {
            throw FastTransferFrames.Unreadable(at);
        }

        PropertyKey key = id < PropertyTag.FirstNamedId ? new PropertyKey(id) : ReadName(at);
        PropertyValue value = _values.Read(type);
        if (id is not (FastTransferMarkers.DnPrefixId or Mid))
        {
            properties[key] = value;
        }
    }

    // The number of a named property is the store's it came from; what it is called follows it.
    private PropertyKey ReadName(long at)
    {
        Guid set = _cursor.Guid();
        return _cursor.Byte() switch
        {
            0 => new PropertyName(set, _cursor.UInt32()),
            1 => new PropertyName(set, _cursor.Name()),
            _ => throw FastTransferFrames.Unreadable(at),
        };
    }
}
