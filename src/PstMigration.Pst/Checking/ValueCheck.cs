using System.Buffers.Binary;
using PstMigration.Mapi;
using PstMigration.Pst.Ltp;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Checking;

/// <summary>Checks the form of values stored outside the record or cell that refers to them ([MS-PST] 2.3.3).</summary>
internal static class ValueCheck
{
    private const int ObjectLength = 8;

    /// <summary>Whether the type is one readers know.</summary>
    public static bool IsKnown(PropertyType type) =>
        PropertyTypes.FixedSize(type) > 0
        || type is PropertyType.Object or PropertyType.String or PropertyType.String8 or PropertyType.Binary
            or PropertyType.ServerId or PropertyType.Restriction or PropertyType.RuleAction
            or PropertyType.MultipleString or PropertyType.MultipleString8 or PropertyType.MultipleBinary
        || (PropertyTypes.IsMultiple(type) && PropertyTypes.FixedSize(PropertyTypes.Element(type)) > 0);

    /// <summary>Checks a value whose existence was established.</summary>
    public static void Check(NodeObject owner, PropertyTag tag, HeapOrNodeId id)
    {
        if (id.IsNone)
        {
            return;
        }

        if (!id.IsHeapItem && owner.Subnodes.TryFind(id.Node, out SubnodeEntry entry) && !owner.Contents.IsReadable(entry.Data))
        {
            Place place = new(entry.Id, owner.Contents.OffsetOf(entry.Data), owner.Place);
            owner.Context.Report(PstCheckRules.NodeUnreadable, place);
            return;
        }

        bool wantBytes = tag.Type is not (PropertyType.String or PropertyType.String8 or PropertyType.Binary) || id.IsHeapItem;
        if (!owner.TryGetValue(id, wantBytes, out long length, out ReadOnlyMemory<byte>? bytes))
        {
            return;
        }

        switch (tag.Type)
        {
            case PropertyType.String:
                CheckText(owner, tag, length, bytes, sizeof(char));
                break;
            case PropertyType.String8:
                CheckText(owner, tag, length, bytes, 1);
                break;
            case PropertyType.Object:
                CheckObject(owner, tag, length, bytes);
                break;
            case PropertyType.MultipleString or PropertyType.MultipleString8 or PropertyType.MultipleBinary:
                CheckList(owner, tag, length, bytes);
                break;
            default:
                CheckFixed(owner, tag, length);
                break;
        }
    }

    /// <summary>The subnode an object value names; none where the value is malformed.</summary>
    public static NodeId ObjectNode(ReadOnlySpan<byte> value, out uint size)
    {
        size = value.Length == ObjectLength ? BinaryPrimitives.ReadUInt32LittleEndian(value[4..]) : 0;
        return value.Length == ObjectLength ? new NodeId(BinaryPrimitives.ReadUInt32LittleEndian(value)) : default;
    }

    private static void CheckText(NodeObject owner, PropertyTag tag, long length, ReadOnlyMemory<byte>? bytes, int charSize)
    {
        if (length % charSize != 0)
        {
            owner.Context.Report(PstCheckRules.TextLength, owner.Place, tag.Value, length);
        }
        else if (bytes is ReadOnlyMemory<byte> text && text.Length >= charSize && Zeros.Only(text.Span[^charSize..]))
        {
            owner.Context.Report(PstCheckRules.TextTerminator, owner.Place, tag.Value);
        }
    }

    private static void CheckObject(NodeObject owner, PropertyTag tag, long length, ReadOnlyMemory<byte>? bytes)
    {
        NodeId node = bytes is ReadOnlyMemory<byte> value ? ObjectNode(value.Span, out _) : default;
        if (node.IsNone || !owner.Subnodes.TryUse(node, out SubnodeEntry entry))
        {
            owner.Context.Report(PstCheckRules.ObjectValue, owner.Place, tag.Value, length, node.Value);
        }
        else if (!owner.Contents.IsReadable(entry.Data))
        {
            owner.Context.Report(PstCheckRules.NodeUnreadable, new Place(entry.Id, owner.Contents.OffsetOf(entry.Data), owner.Place));
        }
    }

    private static void CheckFixed(NodeObject owner, PropertyTag tag, long length)
    {
        int size = PropertyTypes.FixedSize(PropertyTypes.Element(tag.Type));
        bool fits = size == 0
            || (PropertyTypes.IsMultiple(tag.Type) ? length % size == 0 : length == size);
        if (!fits)
        {
            owner.Context.Report(PstCheckRules.ValueLength, owner.Place, tag.Value, length);
        }
    }

    // ulCount, ulCount offsets from the start, the values back to back.
    private static void CheckList(NodeObject owner, PropertyTag tag, long length, ReadOnlyMemory<byte>? bytes)
    {
        if (bytes is not ReadOnlyMemory<byte> list)
        {
            return;
        }

        ReadOnlySpan<byte> span = list.Span;
        uint count = span.Length < sizeof(uint) ? uint.MaxValue : BinaryPrimitives.ReadUInt32LittleEndian(span);
        bool fits = count <= (span.Length - sizeof(uint)) / sizeof(uint);
        long last = fits ? sizeof(uint) * (count + 1L) : 0;
        bool odd = false;
        for (int i = 0; fits && i < count; i++)
        {
            long offset = BinaryPrimitives.ReadUInt32LittleEndian(span[(sizeof(uint) * (i + 1))..]);
            fits = offset >= last && offset <= span.Length;
            odd |= i > 0 && ((offset - last) & 1) != 0;
            last = offset;
        }

        if (!fits)
        {
            owner.Context.Report(PstCheckRules.MultiValue, owner.Place, tag.Value, length);
        }
        else if (tag.Type == PropertyType.MultipleString && (odd || ((span.Length - last) & 1) != 0))
        {
            owner.Context.Report(PstCheckRules.TextLength, owner.Place, tag.Value, length);
        }
    }
}
