using PstMigration.Mapi;
using PstMigration.Pst.Ndb;

namespace PstMigration.Pst.Ltp;

/// <summary>
/// Builds a property context ([MS-PST] 2.3.3): a heap whose first item is the BTHHEADER, its second a leaf of records,
/// then the values. Up to 447 properties make one leaf, which is what every reader understands; more make several.
/// </summary>
internal sealed class PropertyContextBuilder
{
    private const int EntrySize = PropertyRecord.Size - PropertyRecord.KeySize;

    private readonly NodeBuilder _node;
    private readonly HeapBuilder _heap;
    private readonly HeapId _header;
    private PropertyTag[] _tags = [];
    private HeapId _heldLeaf;
    private int _heldLeafStart;

    public PropertyContextBuilder(NodeBuilder node)
    {
        _node = node;
        _heap = new HeapBuilder(node.Blocks, HeapSignature.PropertyContext, HeapId.First);
        _heap.Allocate(BTreeOnHeapHeader.Size, out _header);
    }

    /// <summary>Bytes in all leaves of the node and its subnodes; final once the properties are written.</summary>
    public long Size => _heap.Length + _node.SubnodeSize;

    private static int RecordsPerLeaf => BTreeOnHeapBuilder.RecordsPerItem(PropertyRecord.Size);

    /// <summary>Writes a whole property context.</summary>
    public static WrittenNode Write(INodeSink ndb, PropertyList properties)
    {
        PropertyContextBuilder builder = new(new NodeBuilder(ndb));
        builder.Write(properties);
        return builder.Complete();
    }

    /// <summary>
    /// Writes all properties. <paramref name="sizeTag"/>, one of them, gets <see cref="Size"/> as its value when the rest is
    /// written, as much of it as 32 bits hold.
    /// </summary>
    /// <param name="properties">The properties.</param>
    /// <param name="sizeTag">An Integer32 property, or null.</param>
    /// <param name="store">Stores a value in another way than usual and returns its HNID; null for the usual way.</param>
    /// <returns>The value of <paramref name="sizeTag"/>.</returns>
    public int Write(PropertyList properties, PropertyTag? sizeTag = null, Func<HeapBuilder, PropertyTag, HeapOrNodeId?>? store = null)
    {
        _tags = properties.ToTags();
        int sizePosition = sizeTag is PropertyTag tag ? Array.FindIndex(_tags, t => t.Id == tag.Id) : 0;
        _heldLeafStart = Math.Max(sizePosition, 0) / RecordsPerLeaf * RecordsPerLeaf;
        if (_tags.Length > 0)
        {
            _heap.Allocate(LeafCount(_heldLeafStart) * PropertyRecord.Size, out _heldLeaf);
        }

        uint[] values = new uint[_tags.Length];
        for (int i = 0; i < _tags.Length; i++)
        {
            values[i] = Store(properties, _tags[i], store);
        }

        BuildTree(values);
        int size = (int)Math.Min(Size, int.MaxValue);
        if (sizeTag is not null)
        {
            HeldRecord(sizePosition, new PropertyRecord(_tags[sizePosition], (uint)size));
        }

        return size;
    }

    /// <summary>Writes the heap and the subnode tree.</summary>
    public WrittenNode Complete() => _node.Complete(_heap.Complete());

    private uint Store(PropertyList properties, PropertyTag tag, Func<HeapBuilder, PropertyTag, HeapOrNodeId?>? store)
    {
        if (store?.Invoke(_heap, tag) is HeapOrNodeId stored)
        {
            return stored.Value;
        }

        properties.TryGet(tag.Id, out PropertyValue value);
        return PropertyValueWriter.IsInline(tag.Type)
            ? PropertyValueWriter.Inline(value)
            : PropertyValueWriter.Store(_heap, _node, value).Value;
    }

    // One leaf was given its room at the start, in the block that stays in memory; the others follow the values.
    private void BuildTree(uint[] values)
    {
        List<(uint Key, HeapId Item)> leaves = [];
        for (int start = 0; start < _tags.Length; start += RecordsPerLeaf)
        {
            int count = LeafCount(start);
            HeapId id = _heldLeaf;
            Span<byte> leaf = start == _heldLeafStart
                ? _heap.ItemInFirstBlock(_heldLeaf)
                : _heap.Allocate(count * PropertyRecord.Size, out id);
            for (int i = 0; i < count; i++)
            {
                new PropertyRecord(_tags[start + i], values[start + i]).Write(leaf[(i * PropertyRecord.Size)..]);
            }

            leaves.Add((_tags[start].Id, id));
        }

        BTreeOnHeapBuilder.Build(_heap, PropertyRecord.KeySize, EntrySize, leaves).Write(_heap.ItemInFirstBlock(_header));
    }

    private void HeldRecord(int position, PropertyRecord record) =>
        record.Write(_heap.ItemInFirstBlock(_heldLeaf)[((position - _heldLeafStart) * PropertyRecord.Size)..]);

    private int LeafCount(int start) => Math.Min(RecordsPerLeaf, _tags.Length - start);
}
