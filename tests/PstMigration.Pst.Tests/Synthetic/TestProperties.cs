using System.Buffers.Binary;
using System.Text;
using PstMigration.Mapi;
using PstMigration.Pst.Ltp;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Tests.Synthetic;

/// <summary>Builds a property context. Values too large for the heap become subnodes.</summary>
internal sealed class TestProperties(TestPst file)
{
    private readonly SortedDictionary<ushort, (PropertyType Type, byte[] Bytes)> _values = [];
    private readonly Dictionary<ushort, NodeId> _references = [];
    private readonly List<SubnodeEntry> _subnodes = [];
    private uint _nextSubnode = 0x401;

    /// <summary>Bytes of the largest item of the context's B-tree.</summary>
    public int MaxTreeItem { get; init; } = 3580;

    /// <summary>Levels of the B-tree built last, without its leaves.</summary>
    public int Levels { get; private set; }

    public TestProperties Set(uint tag, byte[] bytes)
    {
        PropertyTag t = new(tag);
        _values[t.Id] = (t.Type, bytes);
        return this;
    }

    public TestProperties Set(uint tag, string text) =>
        Set(tag, (ushort)tag == (ushort)PropertyType.String8 ? Encoding.ASCII.GetBytes(text) : Encoding.Unicode.GetBytes(text));

    public TestProperties Set(uint tag, int value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return Set(tag, bytes);
    }

    public TestProperties Set(uint tag, long value)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return Set(tag, bytes);
    }

    public TestProperties AddSubnode(NodeId id, BlockId data, BlockId subnodes = default)
    {
        _subnodes.Add(new SubnodeEntry(id, data, subnodes));
        return this;
    }

    /// <summary>A property whose value is a subnode that was added.</summary>
    public TestProperties Refer(uint tag, NodeId id)
    {
        PropertyTag t = new(tag);
        _references[t.Id] = id;
        _values[t.Id] = (t.Type, []);
        return this;
    }

    /// <summary>Adds data and subnodes to the file.</summary>
    public (BlockId Data, BlockId Subnodes) Build()
    {
        TestHeap heap = new(file.Layout) { MaxTreeItem = MaxTreeItem };
        List<byte[]> records = [];
        foreach ((ushort id, (PropertyType type, byte[] bytes)) in _values.Select(v => (v.Key, v.Value)))
        {
            byte[] record = new byte[PropertyRecord.Size];
            uint stored = _references.TryGetValue(id, out NodeId named) ? named.Value : Store(heap, type, bytes);
            new PropertyRecord(new PropertyTag(id, type), stored).Write(record);
            records.Add(record);
        }

        heap.Root = heap.AddTree(PropertyRecord.KeySize, PropertyRecord.Size - PropertyRecord.KeySize, records);
        Levels = heap.Levels;
        return (file.AddData(heap.ToArray()), file.AddSubnodes([.. _subnodes]));
    }

    public void AddTo(NodeId id, NodeId parent = default)
    {
        (BlockId data, BlockId subnodes) = Build();
        file.AddNode(id, data, subnodes, parent);
    }

    private uint Store(TestHeap heap, PropertyType type, byte[] bytes)
    {
        if (type is PropertyType.Integer16 or PropertyType.Integer32 or PropertyType.Boolean or PropertyType.ErrorCode or PropertyType.Floating32)
        {
            return BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        }

        if (bytes.Length == 0)
        {
            return 0;
        }

        if (bytes.Length <= 3580)
        {
            return heap.Add(bytes).Value;
        }

        NodeId id = new(NodeIdType.Ltp, _nextSubnode++);
        _subnodes.Add(new SubnodeEntry(id, file.AddData(bytes), default));
        return id.Value;
    }
}
