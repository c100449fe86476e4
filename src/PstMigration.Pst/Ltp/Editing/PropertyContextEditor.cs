using System.Buffers.Binary;
using PstMigration.Mapi;
using PstMigration.Pst.Ndb;

namespace PstMigration.Pst.Ltp.Editing;

/// <summary>
/// A property context being changed ([MS-PST] 2.3.3). What is read is what was set; nothing of it lasts before
/// <see cref="Save"/>. For one thread.
/// </summary>
internal sealed class PropertyContextEditor
{
    private const int EntrySize = PropertyRecord.Size - PropertyRecord.KeySize;

    private readonly NodeEditor _node;
    private readonly HeapEditor _heap;
    private readonly BTreeOnHeapEditor _tree;

    private PropertyContextEditor(NodeEditor node, HeapEditor heap, BTreeOnHeapEditor tree)
    {
        _node = node;
        _heap = heap;
        _tree = tree;
    }

    /// <summary>The node.</summary>
    public NodeEditor Node => _node;

    /// <summary>Bytes of the node's own data, without its subnodes, as they will be saved.</summary>
    public long Length => _heap.Length;

    /// <summary>Opens the context of a node of the file.</summary>
    /// <exception cref="PstException">PstDamaged, or PstNoSuchNode.</exception>
    public static PropertyContextEditor Open(INodeStore store, NodeId id) => Open(NodeEditor.Open(store, id));

    /// <summary>Opens the context of a node or subnode.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public static PropertyContextEditor Open(NodeEditor node)
    {
        HeapEditor heap = HeapEditor.Open(node.Store, node.Data);
        HeapHeader header = heap.Header;
        if (header.Client != HeapSignature.PropertyContext)
        {
            throw PstException.Damaged(PstStructure.PropertyContext, PstDamageReason.WrongType, heap.Offset, node.Id);
        }

        PropertyContextEditor editor = new(node, heap, BTreeOnHeapEditor.Open(heap, header.Root, PropertyRecord.KeySize, EntrySize, EntrySize));
        editor.Sort();
        return editor;
    }

    /// <summary>Finds a property's record by id, whatever its type.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public bool TryFind(ushort id, out PropertyRecord record)
    {
        bool found = _tree.TryFind(id, out ReadOnlySpan<byte> entry);
        record = found ? ReadRecord(id, entry) : default;
        return found;
    }

    /// <summary>Reads one property; false where it is absent or cannot be read.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public bool TryRead(ushort id, TextDecoder text, out PropertyValue value)
    {
        value = default;
        return TryFind(id, out PropertyRecord record)
            && (ValueReader.TryReadInline(record.Tag.Type, record.Value, out value)
                || new ValueReader(_node, text).TryRead(record.Tag.Type, new HeapOrNodeId(record.Value), _heap, out value));
    }

    /// <summary>
    /// Sets a property, whatever type it had. A large value is read and written to a subnode at once. A PtypObject's bytes make a
    /// subnode too.
    /// </summary>
    /// <exception cref="PstException">PstValueTooLarge, PstValueTruncated, PstTooManySubnodes, PstHeapFull, PstDamaged.</exception>
    public void Set(ushort id, in PropertyValue value)
    {
        bool replaces = TryFind(id, out PropertyRecord old);
        PropertyType type = PropertyValueWriter.StoredType(value);
        if (PropertyValueWriter.IsInline(type))
        {
            PropertyRecord record = new(new PropertyTag(id, type), PropertyValueWriter.Inline(value));
            if (replaces && old == record)
            {
                return;
            }

            Write(record);
        }
        else
        {
            if (replaces && PropertyValueWriter.IsReference(old.Tag.Type) && new HeapOrNodeId(old.Value) is { IsHeapItem: true, IsNone: false } item)
            {
                _heap.Prefer(item.HeapItem);
            }

            Write(new PropertyRecord(new PropertyTag(id, type), PropertyValueWriter.Store(_heap, _node, value).Value));
        }

        if (replaces)
        {
            Free(old);
        }
    }

    /// <summary>Sets a property under a standard tag; see <see cref="Set(ushort, in PropertyValue)"/>.</summary>
    /// <exception cref="PstException">As there.</exception>
    public void Set(PropertyTag tag, in PropertyValue value) => Set(tag.Id, value);

    /// <summary>Takes a property away, and with it the subnode that has its value.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="PstException">PstHeapFull, PstDamaged.</exception>
    public bool Remove(ushort id)
    {
        if (!TryFind(id, out PropertyRecord record))
        {
            return false;
        }

        _tree.Remove(id);
        Free(record);
        return true;
    }

    /// <summary>Writes what changed and gives the node its new blocks; the parent of a subnode has to be saved after it.</summary>
    /// <exception cref="PstException">PstDamaged and what writing throws.</exception>
    public void Save()
    {
        _node.SetData(_heap.Save());
        _node.Save();
    }

    private static PropertyRecord ReadRecord(ushort id, ReadOnlySpan<byte> entry) => new(
        new PropertyTag(id, (PropertyType)BinaryPrimitives.ReadUInt16LittleEndian(entry)),
        BinaryPrimitives.ReadUInt32LittleEndian(entry[sizeof(ushort)..]));

    private List<PropertyRecord> ListRecords()
    {
        List<PropertyRecord> list = [];
        foreach (HeapId leaf in _tree.ListLeaves())
        {
            BTreeRecords records = _tree.ReadLeaf(leaf);
            for (int i = 0; i < records.Count; i++)
            {
                list.Add(ReadRecord((ushort)records.Key(i), records.Entry(i)));
            }
        }

        return list;
    }

    // Other programs' records may be in any order; readers look through all of them and take the first of an id.
    private void Sort()
    {
        List<PropertyRecord> records = ListRecords();
        bool isSorted = true;
        for (int i = 1; i < records.Count; i++)
        {
            isSorted &= records[i - 1].Tag.Id < records[i].Tag.Id;
        }

        if (isSorted)
        {
            return;
        }

        _tree.Clear();
        foreach (PropertyRecord record in records)
        {
            if (!_tree.TryFind(record.Tag.Id, out _))
            {
                Write(record);
            }
            else if (records.FindAll(r => r.Value == record.Value).Count == 1)
            {
                Free(record);
            }
        }
    }

    private void Write(PropertyRecord record)
    {
        Span<byte> bytes = stackalloc byte[PropertyRecord.Size];
        record.Write(bytes);
        _tree.Set(record.Tag.Id, bytes[PropertyRecord.KeySize..]);
    }

    // Of types nobody knows it is not known either whether they refer to anything.
    private void Free(in PropertyRecord record)
    {
        HeapOrNodeId value = new(record.Value);
        if (value.IsNone || !PropertyValueWriter.IsReference(record.Tag.Type) || (value.IsHeapItem && _tree.IsPart(value.HeapItem)))
        {
            return;
        }

        if (!value.IsHeapItem)
        {
            _node.RemoveSubnode(value.Node);
            return;
        }

        if (record.Tag.Type == PropertyType.Object && _heap.TryGetItem(value.HeapItem, out ReadOnlySpan<byte> item)
            && PropertyValueWriter.ReadObject(item) is { IsNone: false } subnode)
        {
            _node.RemoveSubnode(subnode);
        }

        _heap.Free(value.HeapItem);
    }
}
