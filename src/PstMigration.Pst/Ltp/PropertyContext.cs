using System.Buffers.Binary;
using PstMigration.Mapi;

namespace PstMigration.Pst.Ltp;

/// <summary>A property context ([MS-PST] 2.3.3): the properties of a node. For one thread; lives as long as its node reader.</summary>
internal sealed class PropertyContext
{
    private readonly NodeReader _node;
    private readonly BTreeOnHeap _tree;
    private readonly List<HeapId> _leaves;

    private PropertyContext(NodeReader node, BTreeOnHeap tree)
    {
        _node = node;
        _tree = tree;
        _leaves = tree.ListLeaves(node.Database.Damage);
    }

    /// <summary>Opens the context in a node's heap.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public static PropertyContext Open(NodeReader node)
    {
        Heap heap = node.Heap;
        return heap.Header.Client == HeapSignature.PropertyContext
            ? new PropertyContext(node, BTreeOnHeap.Open(heap, heap.Header.Root, PropertyRecord.KeySize, PropertyRecord.Size - PropertyRecord.KeySize))
            : throw PstException.Damaged(PstStructure.PropertyContext, PstDamageReason.WrongType, heap.Offset, node.Id);
    }

    /// <summary>Finds a property's record by id, whatever its type.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public bool TryFind(ushort id, out PropertyRecord record)
    {
        foreach (HeapId leaf in _leaves)
        {
            ReadOnlySpan<byte> records = _tree.ReadLeaf(leaf);
            for (int i = 0; i < records.Length; i += _tree.RecordSize)
            {
                if (BinaryPrimitives.ReadUInt16LittleEndian(records[i..]) == id)
                {
                    record = PropertyRecord.Read(records[i..]);
                    return true;
                }
            }
        }

        record = default;
        return false;
    }

    /// <summary>Reads one property; false where it is absent or cannot be read.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public bool TryRead(ushort id, TextDecoder text, out PropertyValue value)
    {
        value = default;
        return TryFind(id, out PropertyRecord record) && TryRead(record, text, out value);
    }

    /// <summary>Reads all properties but those of local numbers without a name, which are recorded.</summary>
    /// <param name="text">Decodes 8-bit text.</param>
    /// <param name="names">The names of local numbers.</param>
    /// <param name="budget">What may be read at once; null for as much as there is.</param>
    /// <param name="losses">Takes what was left out for that.</param>
    /// <exception cref="PstException">PstDamaged.</exception>
    public PropertyBag ReadAll(TextDecoder text, NamedPropertyMap names, ValueBudget? budget = null, ICollection<ItemLoss>? losses = null)
    {
        PropertyBag bag = new(_leaves.Count == 0 ? 0 : _tree.ReadLeaf(_leaves[0]).Length / _tree.RecordSize);
        foreach (HeapId leaf in _leaves)
        {
            ReadOnlySpan<byte> records = _tree.ReadLeaf(leaf);
            for (int i = 0; i < records.Length; i += _tree.RecordSize)
            {
                PropertyRecord record = PropertyRecord.Read(records[i..]);
                if (!names.TryGetKey(record.Tag.Id, out PropertyKey key))
                {
                    _node.Database.Damage.Add(PstStructure.NamedPropertyMap, PstDamageReason.UnnamedProperty);
                }
                else if (TryRead(record, text, out PropertyValue value, budget))
                {
                    bag[key] = value;
                }
                else if (budget?.TakeRefused() == true)
                {
                    losses?.Add(new ItemLoss(LossKind.TooLarge, key.ToString()));
                }
            }
        }

        return bag;
    }

    /// <summary>Reads all properties that can be read, under their numbers in this file.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public PropertyList ReadList(TextDecoder text)
    {
        PropertyList list = new();
        foreach (HeapId leaf in _leaves)
        {
            ReadOnlySpan<byte> records = _tree.ReadLeaf(leaf);
            for (int i = 0; i < records.Length; i += _tree.RecordSize)
            {
                PropertyRecord record = PropertyRecord.Read(records[i..]);
                if (TryRead(record, text, out PropertyValue value))
                {
                    list.Set(record.Tag, value);
                }
            }
        }

        return list;
    }

    private bool TryRead(in PropertyRecord record, TextDecoder text, out PropertyValue value, ValueBudget? budget = null) =>
        ValueReader.TryReadInline(record.Tag.Type, record.Value, out value)
        || new ValueReader(_node, text, budget).TryRead(record.Tag.Type, new HeapOrNodeId(record.Value), _node.Heap, out value);
}
