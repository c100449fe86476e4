using System.Buffers.Binary;
using PstMigration.Mapi;
using PstMigration.Pst.Ndb.Blocks;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Ltp;

/// <summary>Turns what a property context or a table holds into a <see cref="PropertyValue"/> ([MS-PST] 2.3.3, 2.3.4.4).</summary>
internal readonly struct ValueReader(ISubnodeReader node, TextDecoder text)
{
    /// <summary>Values of subnodes up to this size are read at once, larger ones when wanted.</summary>
    public const int MaxLoadedLength = 32 * 1024;

    // Lists and 8-bit text are decoded as a whole; more than this is no text.
    private const int MaxDecodedLength = 256 << 20;

    private const int ObjectSize = 8;

    /// <summary>A value of at most four bytes that stands where others have their HNID.</summary>
    public static bool TryReadInline(PropertyType type, uint raw, out PropertyValue value)
    {
        switch (type)
        {
            case PropertyType.Integer16:
                value = PropertyValue.FromInt16((short)raw);
                return true;
            case PropertyType.Integer32 or PropertyType.ErrorCode or PropertyType.Floating32:
                value = PropertyValue.FromBits(type, (int)raw);
                return true;
            case PropertyType.Boolean:
                // The other bytes may hold garbage.
                value = PropertyValue.FromBoolean((byte)raw != 0);
                return true;
            default:
                value = default;
                return false;
        }
    }

    /// <summary>A value of eight bytes.</summary>
    public static PropertyValue Read8(PropertyType type, ReadOnlySpan<byte> bytes) =>
        PropertyValue.FromBits(type, BinaryPrimitives.ReadInt64LittleEndian(bytes));

    /// <summary>
    /// A value behind a HNID; false where it refers to nothing, is too short or of an unknown type, which is recorded.
    /// </summary>
    /// <param name="type">Its type.</param>
    /// <param name="id">Where it is; 0 is an empty value.</param>
    /// <param name="heap">The heap its HIDs count in.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="PstException">PstDamaged: a block cannot be read.</exception>
    public bool TryRead(PropertyType type, HeapOrNodeId id, IHeapReader heap, out PropertyValue value)
    {
        value = default;
        if (id.IsNone)
        {
            return TryReadBytes(type, default, out value);
        }

        if (id.IsHeapItem)
        {
            return heap.TryGetItem(id.HeapItem, out ReadOnlySpan<byte> item)
                ? TryReadBytes(type, item, out value)
                : Refuse(PstDamageReason.DanglingReference, heap.Offset);
        }

        return TryReadSubnode(type, id.Node, out value);
    }

    private bool TryReadSubnode(PropertyType type, NodeId id, out PropertyValue value)
    {
        value = default;
        if (!node.TryFindSubnode(id, out SubnodeEntry subnode))
        {
            return Refuse(PstDamageReason.DanglingReference);
        }

        if (subnode.Data.IsNone)
        {
            return TryReadBytes(type, default, out value);
        }

        DataTree tree = DataTree.Open(node.Database, subnode.Data);
        if (tree.Length > MaxLoadedLength && IsOpaque(type))
        {
            value = PropertyValue.FromBinary(new DataTreeSource(node.Database, subnode.Data, tree.Length), type);
            return true;
        }

        if (tree.Length > MaxLoadedLength && type == PropertyType.String)
        {
            value = PropertyValue.FromString(new DataTreeSource(node.Database, subnode.Data, tree.Length));
            return true;
        }

        if (tree.IsSingleBlock)
        {
            using PooledBlock block = tree.ReadLeaf(0);
            return TryReadBytes(type, block.Data, out value);
        }

        return tree.Length <= MaxDecodedLength
            ? TryReadBytes(type, new DataTreeSource(node.Database, subnode.Data, tree.Length).ToArray(), out value)
            : Refuse(PstDamageReason.LimitExceeded);
    }

    private bool TryReadBytes(PropertyType type, ReadOnlySpan<byte> bytes, out PropertyValue value)
    {
        value = default;
        switch (type)
        {
            case PropertyType.String:
                value = PropertyValue.FromString(TextDecoder.Decode16(bytes));
                return true;
            case PropertyType.String8:
                value = PropertyValue.FromString(text.Decode8(bytes), type);
                return true;
            case PropertyType.Object:
                return TryReadObject(bytes, out value);
            case PropertyType.Guid:
                if (bytes.Length != 16)
                {
                    return Refuse(PstDamageReason.LengthMismatch);
                }

                value = PropertyValue.FromGuid(MultiValues.ReadGuid(bytes));
                return true;
            case var _ when IsOpaque(type):
                value = PropertyValue.FromBinary(bytes.ToArray(), type);
                return true;
            case var _ when PropertyTypes.FixedSize(type) == sizeof(long):
                if (bytes.Length != sizeof(long))
                {
                    return Refuse(PstDamageReason.LengthMismatch);
                }

                value = Read8(type, bytes);
                return true;
            case var _ when PropertyTypes.IsMultiple(type):
                return MultiValues.TryRead(type, bytes, text, out value) || Refuse(PstDamageReason.LengthMismatch);
            case PropertyType.Unspecified or PropertyType.Null:
                return false;
            default:
                return Refuse(PstDamageReason.UnknownPropertyType);
        }
    }

    // PtypObject: the NID of a subnode and its size, which is not always true.
    private bool TryReadObject(ReadOnlySpan<byte> bytes, out PropertyValue value)
    {
        value = default;
        if (bytes.Length < ObjectSize)
        {
            return Refuse(PstDamageReason.LengthMismatch);
        }

        NodeId id = new(BinaryPrimitives.ReadUInt32LittleEndian(bytes));
        if (!node.TryFindSubnode(id, out SubnodeEntry subnode))
        {
            return Refuse(PstDamageReason.DanglingReference);
        }

        DataTree tree = DataTree.Open(node.Database, subnode.Data);
        value = PropertyValue.FromBinary(new DataTreeSource(node.Database, subnode.Data, tree.Length), PropertyType.Object);
        return true;
    }

    private static bool IsOpaque(PropertyType type) =>
        type is PropertyType.Binary or PropertyType.ServerId or PropertyType.Restriction or PropertyType.RuleAction;

    private bool Refuse(PstDamageReason reason, long offset = -1)
    {
        node.Database.Damage.Add(PstStructure.PropertyContext, reason, offset, node.Id);
        return false;
    }
}
