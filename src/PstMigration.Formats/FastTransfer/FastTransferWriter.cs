using System.Buffers.Binary;
using System.Text;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>Writes the content of one item ([MS-OXCFXICS] 2.2.4.3.11): properties by their numbers, recipients, attachments. Strings are UTF-16 of the type Exchange gives them.</summary>
internal sealed class FastTransferWriter(FastTransferOutput output)
{
    /// <summary>0x8000 | 1200.</summary>
    private const ushort WideText = 0x84B0;

    private const ushort FirstLocalId = 0x8001;
    private const ushort LastLocalId = 0xFFFE;
    private const uint RowId = 0x30000003;
    private const uint AttachNumber = 0x0E210003;

    private static readonly PropertyKey s_rowId = new((ushort)(RowId >> 16));

    private readonly Dictionary<PropertyName, ushort> _names = [];
    private readonly List<ItemLoss> _losses = [];

    /// <summary>What could not be written.</summary>
    public IReadOnlyList<ItemLoss> Losses => _losses;

    /// <summary>Writes an item, and the items attached to it.</summary>
    public void WriteItem(MapiItem item, int depth = 0)
    {
        PropertyBag properties = BestBody.Of(item, _losses);
        WriteProperties(properties, isRecipient: false);
        output.UInt32(FastTransferMarkers.FXDelProp);
        output.UInt32(FastTransferMarkers.MessageRecipients);
        for (int i = 0; i < item.Recipients.Count; i++)
        {
            output.UInt32(FastTransferMarkers.StartRecip);
            WriteNumber(RowId, i);
            WriteProperties(item.Recipients[i].Properties, isRecipient: true, s_rowId);
            output.UInt32(FastTransferMarkers.EndToRecip);
        }

        output.UInt32(FastTransferMarkers.FXDelProp);
        output.UInt32(FastTransferMarkers.MessageAttachments);
        for (int i = 0; i < item.Attachments.Count; i++)
        {
            WriteAttachment(item.Attachments[i], i, depth);
        }
    }

    private void WriteAttachment(MapiAttachment attachment, int number, int depth)
    {
        output.UInt32(FastTransferMarkers.NewAttach);
        WriteNumber(AttachNumber, number);
        bool embeds = attachment.HasEmbeddedItem && depth < MimeImport.MaximumDepth;
        WriteProperties(
            attachment.Properties,
            isRecipient: false,
            embeds || attachment.HasEmbeddedItem ? [PropertyTags.AttachNumber, PropertyTags.AttachDataBinary] : [PropertyTags.AttachNumber]);
        if (embeds)
        {
            output.UInt32(FastTransferMarkers.StartEmbed);
            WriteItem(attachment.OpenEmbedded(), depth + 1);
            output.UInt32(FastTransferMarkers.EndEmbed);
        }
        else if (attachment.HasEmbeddedItem)
        {
            _losses.Add(new ItemLoss(LossKind.NestedAttachment, attachment.Name));
        }

        output.UInt32(FastTransferMarkers.EndAttach);
    }

    private void WriteProperties(PropertyBag properties, bool isRecipient, params PropertyKey[] without)
    {
        foreach (KeyValuePair<PropertyKey, PropertyValue> property in properties
            .Where(p => !FastTransferRules.StaysOut(p.Key, isRecipient) && Array.IndexOf(without, p.Key) < 0)
            .OrderBy(p => p.Key.Name is null ? p.Key.Id : int.MaxValue))
        {
            if (FastTransferRules.CanHold(property.Value.Type) && TryNumber(property.Key))
            {
                WriteProperty(property.Key, property.Value);
            }
            else
            {
                _losses.Add(new ItemLoss(LossKind.Field, property.Key.ToString()));
            }
        }
    }

    private void WriteProperty(PropertyKey key, PropertyValue value)
    {
        Encoding unicode = Encoding.Unicode;
        switch (value.Type)
        {
            case PropertyType.String or PropertyType.String8 when value.Source is BinarySource source:
                long length = source.Measure();
                output.Atom(Head(key, WideText, (uint)checked(length + 2)));
                output.Bytes(source, length, unit: 2);
                output.Bytes([0, 0], unit: 2);
                break;
            case PropertyType.String or PropertyType.String8:
                byte[] text = unicode.GetBytes(value.AsString() + "\0");
                output.Atom(Head(key, WideText, (uint)text.Length));
                output.Bytes(text, unit: 2);
                break;
            case PropertyType.Binary or PropertyType.Object when value.AsSource() is BinarySource bytes:
                long count = bytes.Measure();
                if (count > 0)
                {
                    // A length of nothing is outside the grammar (2.2.4.1); no value says the same.
                    output.Atom(Head(key, (ushort)value.Type, checked((uint)count)));
                    output.Bytes(bytes, count, unit: 1);
                }

                break;
            case PropertyType.Guid:
                output.Atom([.. Head(key, (ushort)value.Type), .. value.AsGuid()!.Value.ToByteArray()]);
                break;
            default:
                WriteNumbers(key, value);
                break;
        }
    }

    private void WriteNumbers(PropertyKey key, PropertyValue value)
    {
        if (value.AsArray() is not Array list)
        {
            output.Atom([.. Head(key, (ushort)value.Type), .. Bits(value.Type, value.Bits)]);
            return;
        }

        output.Atom(Head(key, (ushort)PropertyTypes.Wide(value.Type), (uint)list.Length));
        foreach (object? element in list)
        {
            switch (element)
            {
                case long bits:
                    output.Atom(Bits(PropertyTypes.Element(value.Type), bits));
                    break;
                case Guid guid:
                    output.Atom(guid.ToByteArray());
                    break;
                default:
                    byte[] bytes = element as byte[] ?? Encoding.Unicode.GetBytes((string)element! + "\0");
                    output.UInt32((uint)bytes.Length);
                    output.Bytes(bytes, unit: element is string ? 2 : 1);
                    break;
            }
        }
    }

    private void WriteNumber(uint tag, int value)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, tag);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), value);
        output.Atom(bytes);
    }

    private static byte[] Bits(PropertyType type, long bits)
    {
        int size = type == PropertyType.Boolean ? 2 : PropertyTypes.FixedSize(type);
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, bits);
        return bytes.AsSpan(0, size).ToArray();
    }

    /// <summary>A tag, the name of a named property behind it, and a length or a count if there is one.</summary>
    private byte[] Head(PropertyKey key, ushort type, uint? length = null)
    {
        List<byte> head = [(byte)type, (byte)(type >> 8)];
        if (key.Name is not PropertyName name)
        {
            head.AddRange([(byte)key.Id, (byte)(key.Id >> 8)]);
        }
        else
        {
            ushort id = _names[name];
            head.AddRange([(byte)id, (byte)(id >> 8)]);
            head.AddRange(name.Set.ToByteArray());
            head.AddRange(name.Name is string text ? [1, .. Encoding.Unicode.GetBytes(text + "\0")] : (byte[])[0, .. Number(name.Lid)]);
        }

        head.AddRange(length is uint known ? Number(known) : []);
        return [.. head];
    }

    // A named property needs a number of its own, any one: whoever reads takes the name ([MS-OXCFXICS] 2.2.4.1.1).
    private bool TryNumber(PropertyKey key)
    {
        if (key.Name is PropertyName name && !_names.ContainsKey(name))
        {
            if (_names.Count > LastLocalId - FirstLocalId)
            {
                return false;
            }

            _names.Add(name, (ushort)(FirstLocalId + _names.Count));
        }

        return true;
    }

    private static byte[] Number(uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }
}
