using System.Buffers.Binary;
using System.Runtime.InteropServices;
using PstMigration.Mapi;

namespace PstMigration.Pst.Ltp;

/// <summary>Turns values into what property contexts and tables store ([MS-PST] 2.3.3, 2.3.4.4).</summary>
internal static class PropertyValueWriter
{
    private const int ObjectSize = 8;

    /// <summary>The type a value is stored as: text is always UTF-16 in the files that are written.</summary>
    public static PropertyType StoredType(in PropertyValue value) => value.Type switch
    {
        PropertyType.String8 => PropertyType.String,
        PropertyType.MultipleString8 => PropertyType.MultipleString,
        _ => value.Type,
    };

    /// <summary>Whether the type has a form in a file.</summary>
    public static bool CanWrite(in PropertyValue value) =>
        value.AsArray() is Array array
            ? array is not long[] || PropertyTypes.FixedSize(PropertyTypes.Element(value.Type)) > 0
            : PropertyTypes.FixedSize(value.Type) > 0 || IsVariable(value.Type);

    /// <summary>Whether the value has no bytes, which is stored as HNID 0.</summary>
    public static bool IsEmpty(in PropertyValue value) =>
        value.AsArray() is Array array ? array.Length == 0
        : IsVariable(value.Type) && (value.Source is BinarySource source ? !source.IsLongerThan(0) : (value.AsString()?.Length ?? value.AsBinary()?.Length ?? 0) == 0);

    /// <summary>Whether the type fits in the four bytes of a property record.</summary>
    public static bool IsInline(PropertyType type) => PropertyTypes.FixedSize(type) is > 0 and <= 4;

    /// <summary>The four bytes of a property record for an inline type, unused ones 0.</summary>
    public static uint Inline(in PropertyValue value) => value.Type switch
    {
        PropertyType.Boolean => value.Bits != 0 ? 1u : 0u,
        PropertyType.Integer16 => (ushort)value.Bits,
        _ => (uint)value.Bits,
    };

    /// <summary>Stores a value that is not inline on a heap, or in a subnode where it is too large for one.</summary>
    /// <returns>The HNID; 0 for an empty value.</returns>
    public static HeapOrNodeId Store(IHeapWriter heap, ISubnodeWriter node, in PropertyValue value)
    {
        if (value.Type == PropertyType.Object)
        {
            return StoreObject(heap, node, value);
        }

        if (value.Source is BinarySource source)
        {
            return StoreSource(heap, node, source, value.Type);
        }

        if (value.AsArray() is Array array)
        {
            return StoreBytes(heap, node, MultipleValueWriter.ToBytes(value.Type, array));
        }

        return value.Type switch
        {
            PropertyType.String or PropertyType.String8 => StoreBytes(heap, node, MemoryMarshal.AsBytes(value.AsString().AsSpan())),
            PropertyType.Guid => StoreBytes(heap, node, value.AsGuid().GetValueOrDefault().ToByteArray()),
            _ when PropertyTypes.FixedSize(value.Type) == sizeof(long) => Store8Bytes(heap, value.Bits),
            _ => StoreBytes(heap, node, value.AsBinary()),
        };
    }

    /// <summary>Stores a PtypObject: the id and size of a subnode.</summary>
    public static HeapOrNodeId StoreObject(IHeapWriter heap, NodeId subnode, long size)
    {
        Span<byte> item = stackalloc byte[ObjectSize];
        WriteObject(item, subnode, size);
        return new HeapOrNodeId(heap.Add(item).Value);
    }

    /// <summary>Writes a PtypObject over another one.</summary>
    public static void WriteObject(Span<byte> item, NodeId subnode, long size)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(item, subnode.Value);
        BinaryPrimitives.WriteUInt32LittleEndian(item[4..], (uint)Math.Min(size, uint.MaxValue));
    }

    /// <summary>The subnode a stored PtypObject names; none where it has not its eight bytes.</summary>
    public static NodeId ReadObject(ReadOnlySpan<byte> item) =>
        item.Length < ObjectSize ? default : new NodeId(BinaryPrimitives.ReadUInt32LittleEndian(item));

    /// <summary>Whether values of the type are stored behind a HNID by property contexts.</summary>
    public static bool IsReference(PropertyType type) =>
        PropertyTypes.FixedSize(PropertyTypes.Element(type)) > sizeof(uint) || PropertyTypes.IsMultiple(type) || IsVariable(type);

    // UTF-16LE bytes as they are, lone surrogates included: Encoding would replace them.
    private static HeapOrNodeId StoreBytes(IHeapWriter heap, ISubnodeWriter node, ReadOnlySpan<byte> data) =>
        data.IsEmpty ? default
        : data.Length <= HeapBuilder.MaxItemSize ? new HeapOrNodeId(heap.Add(data).Value)
        : new HeapOrNodeId(node.AddValue(data).Value);

    private static HeapOrNodeId StoreSource(IHeapWriter heap, ISubnodeWriter node, BinarySource source, PropertyType type)
    {
        // Half a UTF-16 unit at the end of a damaged string means nothing.
        long? known = type is PropertyType.String or PropertyType.String8 ? source.Length & ~1L : source.Length;
        if (known > HeapBuilder.MaxItemSize)
        {
            return new HeapOrNodeId(node.AddValue(source, known, out _).Value);
        }

        byte[]? bytes = source.TryToArray(HeapBuilder.MaxItemSize + 1);
        if (bytes is null || (known is null && bytes.Length > HeapBuilder.MaxItemSize))
        {
            return known is null ? new HeapOrNodeId(node.AddValue(source, null, out _).Value) : throw PstWriteError.ValueTruncated(known.Value, HeapBuilder.MaxItemSize + 1);
        }

        long length = known ?? bytes.Length;
        return bytes.Length < length
            ? throw PstWriteError.ValueTruncated(length, bytes.Length)
            : StoreBytes(heap, node, bytes.AsSpan(0, (int)length));
    }

    private static HeapOrNodeId StoreObject(IHeapWriter heap, ISubnodeWriter node, in PropertyValue value)
    {
        BinarySource source = value.AsSource() ?? BinarySource.FromBytes([]);
        NodeId id = node.AddValue(source, source.Length, out long length);
        return StoreObject(heap, id, length);
    }

    private static HeapOrNodeId Store8Bytes(IHeapWriter heap, long bits)
    {
        Span<byte> item = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(item, bits);
        return new HeapOrNodeId(heap.Add(item).Value);
    }

    private static bool IsVariable(PropertyType type) => type is PropertyType.String or PropertyType.String8
        or PropertyType.Binary or PropertyType.Object or PropertyType.ServerId or PropertyType.Restriction or PropertyType.RuleAction;
}
