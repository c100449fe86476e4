using System.Buffers.Binary;
using System.Text;
using PstMigration.Mapi;
using PstMigration.Pst.Ndb.Blocks;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Ltp;

/// <summary>Turns what a property context or a table holds into a <see cref="PropertyValue"/> ([MS-PST] 2.3.3, 2.3.4.4).</summary>
/// <param name="node">The node the value belongs to.</param>
/// <param name="text">Decodes 8-bit text.</param>
/// <param name="budget">What may be read at once of all that is read together; null where that is little by itself.</param>
internal readonly struct ValueReader(ISubnodeReader node, TextDecoder text, ValueBudget? budget = null)
{
    /// <summary>Values of subnodes up to this size are read at once, larger ones when wanted.</summary>
    public const int MaxLoadedLength = 32 * 1024;

    // Lists are read as a whole.
    private const int MaxListLength = 64 << 20;

    // 8-bit text up to this size is decoded at once: of longer one, the length is unknown until it was.
    private const int MaxDecodedLength = 256 * 1024;

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

        if (OpenTree(subnode.Data) is not DataTree tree)
        {
            return false;
        }

        if (tree.Length > MaxLoadedLength && IsOpaque(type))
        {
            if (!TryLeave(tree))
            {
                return false;
            }

            value = PropertyValue.FromBinary(new DataTreeSource(node.Database, subnode.Data, tree.Length), type);
            return true;
        }

        if (tree.Length > MaxLoadedLength && type == PropertyType.String)
        {
            if (!TryLeave(tree))
            {
                return false;
            }

            value = PropertyValue.FromString(new DataTreeSource(node.Database, subnode.Data, tree.Length));
            return true;
        }

        if (tree.Length > MaxDecodedLength && type == PropertyType.String8)
        {
            if (!TryLeave(tree))
            {
                return false;
            }

            DataTreeSource stored = new(node.Database, subnode.Data, tree.Length);
            value = PropertyValue.FromString(new TranscodedSource(stored, text.Encoding, Encoding.Unicode));
            return true;
        }

        if (tree.IsSingleBlock)
        {
            using PooledBlock block = tree.ReadLeaf(0);
            return TryReadBytes(type, block.Data, out value);
        }

        if (tree.Length > MaxListLength)
        {
            return Refuse(PstDamageReason.LimitExceeded);
        }

        DataTreeSource whole = new(node.Database, subnode.Data, tree.Length);
        return TryTake(type, (int)tree.Length, ElementsOf(type, whole)) && TryReadBytes(type, whole.ToArray(), out value, isTaken: true);
    }

    // Null for one that is longer than the file, where there is a budget to refuse it.
    private DataTree? OpenTree(BlockId root)
    {
        if (budget is null)
        {
            return DataTree.Open(node.Database, root);
        }

        DataTree? tree = DataTree.TryOpen(node.Database, root);
        if (tree is null)
        {
            budget.Refuse();
        }

        return tree;
    }

    // Whether a value may be left where it is until it is wanted.
    private bool TryLeave(DataTree tree) => budget is null || budget.TryReach(tree.Length);

    // The count of a list of values of no fixed size; it is checked when they are read.
    private static int ElementsOf(PropertyType type, DataTreeSource list)
    {
        if (!PropertyTypes.IsMultiple(type) || PropertyTypes.FixedSize(PropertyTypes.Element(type)) > 0)
        {
            return 0;
        }

        byte[] count = new byte[sizeof(uint)];
        using Stream stream = list.OpenRead();
        return stream.Fill(count) < count.Length ? 0
            : (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(count), (uint)list.Length.GetValueOrDefault() / sizeof(uint));
    }

    private bool TryTake(PropertyType type, int length, int elements) =>
        budget is null || PropertyTypes.FixedSize(type) > 0 || budget.TryTake(length, elements);

    private bool TryReadBytes(PropertyType type, ReadOnlySpan<byte> bytes, out PropertyValue value, bool isTaken = false)
    {
        value = default;
        if (!isTaken && !TryTake(type, bytes.Length, 0))
        {
            return false;
        }

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

        if (OpenTree(subnode.Data) is not DataTree tree || !TryLeave(tree))
        {
            return false;
        }

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
