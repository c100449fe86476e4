using System.Text;
using PstMigration.Mapi;
using PstMigration.Pst.Ltp;
using PstMigration.Pst.Ltp.Editing;
using PstMigration.Pst.Ndb;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Tests.Messaging;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Pst.Tests.Ltp.Editing;

public sealed class PropertyContextEditorTests
{
    private static readonly NodeId s_node = new(NodeIdType.NormalMessage, 0x20000);
    private static readonly TextDecoder s_text = new(() => Encoding.ASCII);

    [Theory]
    [InlineData(1, 60)]
    [InlineData(2, 60)]
    [InlineData(3, 1500)]
    public void Random_changes_leave_what_a_dictionary_would_hold(int seed, int ids)
    {
        Random random = new(seed);
        MemoryNodeStore store = new();
        store.AddNode(s_node, PropertyContextBuilder.Write(store, new PropertyList()));
        Dictionary<ushort, PropertyValue> model = [];
        PropertyContextEditor editor = PropertyContextEditor.Open(store, s_node);
        int steps = TestScale.Of(1500);
        for (int step = 0; step < steps; step++)
        {
            ushort id = (ushort)random.Next(0x100, 0x100 + ids);
            bool grows = step / (steps * 4 / 15) % 2 == 0;
            switch (random.Next(20))
            {
                case 0:
                    Save(store, editor);
                    Compare(store, model);
                    editor = PropertyContextEditor.Open(store, s_node);
                    break;
                case 1:
                    Save(store, editor);
                    break;
                case var choice when choice < (grows ? 15 : 5):
                    PropertyValue value = RandomValues.Next(random);
                    editor.Set(id, value);
                    model[id] = value;
                    break;
                default:
                    Assert.Equal(model.Remove(id), editor.Remove(id));
                    break;
            }

            Assert.Equal(model.TryGetValue(id, out PropertyValue expected), editor.TryRead(id, s_text, out PropertyValue actual));
            RandomValues.AssertEqual(expected, actual);
            if (step % 300 == 299)
            {
                Save(store, editor);
                Compare(store, model);
                EditedFile.Check(store);
            }
        }
    }

    [Fact]
    public void Up_to_447_properties_are_one_leaf_however_they_came_about()
    {
        MemoryNodeStore store = new();
        store.AddNode(s_node, PropertyContextBuilder.Write(store, new PropertyList()));
        PropertyContextEditor editor = PropertyContextEditor.Open(store, s_node);
        for (int i = 0; i < 460; i++)
        {
            editor.Set((ushort)(0x1000 + (i * 7 % 460)), PropertyValue.FromInt32(i));
        }

        Save(store, editor);
        Assert.Equal(1, Levels(store));
        for (int i = 0; i < 13; i++)
        {
            editor.Remove((ushort)(0x1000 + (i * 31)));
        }

        Save(store, editor);
        Assert.Equal(0, Levels(store));
        Assert.Equal(447, Count(store));
        EditedFile.Check(store);
    }

    [Fact]
    public void A_property_of_a_subnode_is_changed_with_its_parents()
    {
        MemoryNodeStore store = new();
        NodeBuilder message = new(store);
        NodeId attachment = message.NextAttachment();
        NodeBuilder inner = new(store);
        PropertyList properties = new();
        properties.Set(0x3701, PropertyValue.FromBinary(SampleItems.Bytes(1, 50_000)));
        PropertyContextBuilder built = new(inner);
        built.Write(properties);
        message.AddSubnode(attachment, built.Complete());
        PropertyContextBuilder outer = new(message);
        outer.Write(properties);
        store.AddNode(s_node, outer.Complete());

        PropertyContextEditor editor = PropertyContextEditor.Open(store, s_node);
        PropertyContextEditor child = PropertyContextEditor.Open(editor.Node.OpenSubnode(attachment));
        child.Set(0x3701, PropertyValue.FromBinary(SampleItems.Bytes(2, 60_000)));
        child.Set(0x3704, PropertyValue.FromString("name"));
        child.Save();
        child.Set(0x3704, PropertyValue.FromString("another name"));
        child.Save();
        editor.Set(0x0037, PropertyValue.FromString("subject"));
        Save(store, editor);

        using NodeReader node = NodeReader.Open(store, s_node);
        Assert.True(node.Subnodes.TryFind(attachment, out SubnodeEntry entry));
        using NodeReader reader = node.OpenSubnode(entry);
        PropertyContext context = PropertyContext.Open(reader);
        Assert.True(context.TryRead(0x3704, s_text, out PropertyValue name));
        Assert.True(context.TryRead(0x3701, s_text, out PropertyValue data));
        Assert.Equal("another name", name.AsString());
        Assert.Equal(SampleItems.Bytes(2, 60_000), data.AsBinary());
    }

    [Fact]
    public void An_object_takes_its_subnode_with_it()
    {
        MemoryNodeStore store = new();
        WrittenNode embedded = PropertyContextBuilder.Write(store, new PropertyList());
        NodeId id = new(NodeIdType.NormalMessage, 0x77);
        NodeBuilder node = new(store);
        node.AddSubnode(id, embedded);
        PropertyList properties = new();
        properties.Set(0x3701, PropertyValue.FromBinary([], PropertyType.Object));
        PropertyContextBuilder built = new(node);
        built.Write(properties, store: (heap, _) => PropertyValueWriter.StoreObject(heap, id, embedded.Size));
        store.AddNode(s_node, built.Complete());
        PropertyContextEditor editor = PropertyContextEditor.Open(store, s_node);
        Assert.True(editor.Node.TryFindSubnode(id, out _));

        editor.Remove(0x3701);
        Save(store, editor);

        Assert.False(editor.Node.TryFindSubnode(id, out _));
        Assert.Equal(1, store.BlockCount);
    }

    [Fact]
    public void Records_out_of_order_are_put_in_order()
    {
        MemoryNodeStore store = new();
        HeapBuilder heap = new(store, HeapSignature.PropertyContext, HeapId.First);
        heap.Allocate(BTreeOnHeapHeader.Size, out _);
        HeapId text = heap.Add([0x41, 0]);
        HeapId lost = heap.Add([0x42, 0]);
        PropertyRecord[] records =
        [
            new(new PropertyTag(0x3001, PropertyType.String), text.Value), new(new PropertyTag(0x1000, PropertyType.Integer32), 7),
            new(new PropertyTag(0x3001, PropertyType.String), lost.Value), new(new PropertyTag(0x2000, PropertyType.Integer32), 8),
        ];
        byte[] leaf = new byte[records.Length * PropertyRecord.Size];
        for (int i = 0; i < records.Length; i++)
        {
            records[i].Write(leaf.AsSpan(i * PropertyRecord.Size));
        }

        HeapId root = heap.Add(leaf);
        new BTreeOnHeapHeader(BTreeOnHeapHeader.ExpectedType, 2, 6, 0, root).Write(heap.ItemInFirstBlock(HeapId.First));
        store.AddNode(s_node, new WrittenNode(heap.Complete().Root, default, 0));

        PropertyContextEditor editor = PropertyContextEditor.Open(store, s_node);
        editor.Set(0x1000, PropertyValue.FromInt32(9));
        Save(store, editor);

        Compare(store, new Dictionary<ushort, PropertyValue>
        {
            [0x1000] = PropertyValue.FromInt32(9), [0x2000] = PropertyValue.FromInt32(8), [0x3001] = PropertyValue.FromString("A"),
        });
        EditedFile.Check(store);
    }

    [Fact]
    public void A_value_that_ends_early_leaves_all_as_it_was()
    {
        MemoryNodeStore store = new();
        store.AddNode(s_node, PropertyContextBuilder.Write(store, new PropertyList()));
        PropertyContextEditor editor = PropertyContextEditor.Open(store, s_node);
        editor.Set(0x3701, PropertyValue.FromBinary([1, 2, 3]));

        PstException e = Assert.Throws<PstException>(() => editor.Set(0x3701, PropertyValue.FromBinary(new ShortSource())));
        Save(store, editor);

        Assert.Equal("PstValueTruncated", e.Id);
        Assert.True(editor.TryRead(0x3701, s_text, out PropertyValue value));
        Assert.Equal([1, 2, 3], value.AsBinary());
    }

    [Fact]
    public void The_empty_block_many_nodes_share_stays_the_others()
    {
        MemoryNodeStore store = new();
        WrittenNode shared = PropertyContextBuilder.Write(store, new PropertyList());
        store.TryAddReference(shared.Data);
        store.AddNode(s_node, shared);
        store.AddNode(NodeId.MessageStore, shared);

        PropertyContextEditor editor = PropertyContextEditor.Open(store, s_node);
        editor.Set(0x3001, PropertyValue.FromString("name"));
        Save(store, editor);

        Assert.False(PropertyContextEditor.Open(store, NodeId.MessageStore).TryFind(0x3001, out _));
    }

    private static void Save(MemoryNodeStore store, PropertyContextEditor editor)
    {
        editor.Save();
        store.Verify();
    }

    private static int Levels(MemoryNodeStore store)
    {
        using NodeReader node = NodeReader.Open(store, s_node);
        return BTreeOnHeapHeader.Read(node.Heap.GetItem(node.Heap.Header.Root)).Levels;
    }

    private static int Count(MemoryNodeStore store)
    {
        using NodeReader node = NodeReader.Open(store, s_node);
        return PropertyContext.Open(node).ReadList(s_text).Count;
    }

    private static void Compare(MemoryNodeStore store, Dictionary<ushort, PropertyValue> model)
    {
        using NodeReader node = NodeReader.Open(store, s_node);
        PropertyContext context = PropertyContext.Open(node);
        Assert.Equal(model.Count, context.ReadList(s_text).Count);
        foreach (KeyValuePair<ushort, PropertyValue> pair in model)
        {
            Assert.True(context.TryRead(pair.Key, s_text, out PropertyValue value));
            RandomValues.AssertEqual(pair.Value, value);
        }
    }

    private sealed class ShortSource : BinarySource
    {
        public override long? Length => 100_000;

        public override Stream OpenRead() => new MemoryStream(new byte[50_000]);
    }
}
