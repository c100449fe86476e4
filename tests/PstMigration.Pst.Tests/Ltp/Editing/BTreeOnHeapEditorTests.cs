using System.Buffers.Binary;
using PstMigration.Pst.Ltp;
using PstMigration.Pst.Ltp.Editing;
using PstMigration.Pst.Ndb;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Pst.Tests.Ltp.Editing;

public sealed class BTreeOnHeapEditorTests
{
    private const int PerLeaf = 447;

    private static readonly NodeId s_node = new(NodeIdType.Internal, 0x500);

    [Theory]
    [InlineData(1, 30, 4)]
    [InlineData(2, 5_000, 4)]
    [InlineData(3, 3_000_000, 4)]
    [InlineData(4, 5_000, 2)]
    public void Random_changes_leave_what_a_dictionary_would_hold(int seed, int keys, int keySize)
    {
        Random random = new(seed);
        MemoryNodeStore store = NewTree(keySize);
        HeapEditor heap = Open(store);
        BTreeOnHeapEditor tree = Open(heap, keySize);
        SortedDictionary<uint, uint> model = [];
        int steps = TestScale.Of(12_000);
        for (int step = 0; step < steps; step++)
        {
            uint key = (uint)random.Next(keys);
            bool grows = step / (steps / 3) % 2 == 0;
            if (random.Next(10) < (grows ? 8 : 2))
            {
                byte[] entry = new byte[8 - keySize];
                BinaryPrimitives.WriteInt32LittleEndian(entry, step);
                tree.Set(key, entry);
                model[key] = (uint)step;
            }
            else
            {
                if (model.Count > 0 && random.Next(3) > 0)
                {
                    key = model.Keys.ElementAt(random.Next(model.Count));
                }

                Assert.Equal(model.Remove(key), tree.Remove(key));
            }

            Assert.Equal(model.TryGetValue(key, out uint expected), tree.TryFind(key, out ReadOnlySpan<byte> found));
            Assert.Equal(expected, found.IsEmpty ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(found));
            if (random.Next(1500) == 0)
            {
                Save(store, heap);
                Compare(store, keySize, model);
                heap = Open(store);
                tree = Open(heap, keySize);
            }
        }

        Save(store, heap);
        Compare(store, keySize, model);
        foreach (uint key in model.Keys.ToList())
        {
            Assert.True(tree.Remove(key));
        }

        Save(store, heap);
        Assert.Equal(1, heap.BlockCount);
        Assert.Empty(tree.ListLeaves());
    }

    [Fact]
    public void Levels_grow_and_shrink_and_ascending_keys_fill_the_leaves()
    {
        MemoryNodeStore store = NewTree(4);
        HeapEditor heap = Open(store);
        BTreeOnHeapEditor tree = Open(heap, 4);
        const uint Count = (PerLeaf * PerLeaf) + 1;
        for (uint key = 1; key <= Count; key++)
        {
            tree.Set(key * 2, BitConverter.GetBytes(key));
        }

        Save(store, heap);
        Assert.Equal((2, PerLeaf + 1), (Header(heap).Levels, tree.ListLeaves().Count));
        for (uint key = Count; key > PerLeaf + 1; key--)
        {
            tree.Remove(key * 2);
        }

        Assert.Equal((1, 2), (Header(heap).Levels, tree.ListLeaves().Count));
        tree.Remove(2);
        Assert.Equal((0, 1), (Header(heap).Levels, tree.ListLeaves().Count));
        Save(store, heap);
        Compare(store, 4, new SortedDictionary<uint, uint>(Enumerable.Range(2, PerLeaf).ToDictionary(k => (uint)k * 2, k => (uint)k)));
    }

    [Fact]
    public void Descending_keys_keep_the_first_key_of_every_item_true()
    {
        MemoryNodeStore store = NewTree(4);
        HeapEditor heap = Open(store);
        BTreeOnHeapEditor tree = Open(heap, 4);
        SortedDictionary<uint, uint> model = [];
        for (uint key = 200_000; key > 0; key -= 2)
        {
            tree.Set(key, BitConverter.GetBytes(key));
            model[key] = key;
        }

        Save(store, heap);
        Compare(store, 4, model);
    }

    [Fact]
    public void An_item_that_does_not_end_with_a_record_is_left_alone()
    {
        MemoryNodeStore store = NewTree(2);
        HeapEditor heap = Open(store);
        BTreeOnHeapEditor tree = Open(heap, 2);
        tree.Set(1, new byte[6]);
        HeapId root = Header(heap).Root;
        heap.Resize(ref root, 14);
        Assert.Equal(Header(heap).Root, root);

        Assert.Throws<PstException>(() => tree.Set(2, new byte[6]));
        Assert.Throws<PstException>(() => tree.TryFind(1, out _));
    }

    private static MemoryNodeStore NewTree(int keySize)
    {
        MemoryNodeStore store = new();
        HeapBuilder heap = new(store, HeapSignature.BTree, HeapId.First);
        new BTreeOnHeapHeader(BTreeOnHeapHeader.ExpectedType, (byte)keySize, (byte)(8 - keySize), 0, default).Write(heap.Allocate(BTreeOnHeapHeader.Size, out _));
        store.AddNode(s_node, new WrittenNode(heap.Complete().Root, default, 0));
        return store;
    }

    private static HeapEditor Open(MemoryNodeStore store)
    {
        store.TryFindNode(s_node, out NodeEntry node);
        return HeapEditor.Open(store, node.Data);
    }

    private static BTreeOnHeapEditor Open(HeapEditor heap, int keySize) => BTreeOnHeapEditor.Open(heap, HeapId.First, keySize, 4, 6);

    private static BTreeOnHeapHeader Header(HeapEditor heap) => BTreeOnHeapHeader.Read(heap.GetItem(HeapId.First));

    private static void Save(MemoryNodeStore store, HeapEditor heap)
    {
        store.SetNode(s_node, heap.Save(), default);
        store.Verify();
    }

    // The reader finds each key, in order.
    private static void Compare(MemoryNodeStore store, int keySize, SortedDictionary<uint, uint> model)
    {
        store.TryFindNode(s_node, out NodeEntry node);
        using Heap heap = Heap.Open(store, node.Data);
        BTreeOnHeap tree = BTreeOnHeap.Open(heap, HeapId.First, keySize, 4);
        List<uint> keys = [];
        foreach (HeapId leaf in tree.ListLeaves(store.Damage))
        {
            BTreeRecords records = new(tree.ReadLeaf(leaf), keySize, 8);
            for (int i = 0; i < records.Count; i++)
            {
                keys.Add(records.Key(i));
            }
        }

        Assert.Equal(model.Keys, keys);
        Assert.Empty(store.Damage.Snapshot());
        foreach (KeyValuePair<uint, uint> pair in model)
        {
            Assert.True(tree.TryFind(pair.Key, out ReadOnlySpan<byte> entry));
            Assert.Equal(pair.Value, BinaryPrimitives.ReadUInt32LittleEndian(entry));
        }
    }
}
