using PstMigration.Pst.Ltp;
using PstMigration.Pst.Ltp.Editing;
using PstMigration.Pst.Ndb;
using PstMigration.Pst.Ndb.Blocks;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Tests.Messaging;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Pst.Tests.Ltp.Editing;

public sealed class HeapEditorTests
{
    private static readonly PstLayout s_layout = PstLayout.Unicode;
    private static readonly NodeId s_node = new(NodeIdType.Internal, 0x500);

    [Theory]
    [InlineData(1, 100)]
    [InlineData(2, 3580)]
    [InlineData(3, 3580)]
    public void Random_changes_leave_what_a_dictionary_would_hold(int seed, int maxLength)
    {
        Random random = new(seed);
        MemoryNodeStore store = NewHeap();
        HeapEditor heap = Open(store);
        List<(HeapId Id, byte[] Data)> items = [];
        int steps = TestScale.Of(6000);
        for (int step = 0; step < steps; step++)
        {
            bool grows = step / (steps / 4) % 2 == 0;
            int index = items.Count == 0 ? -1 : random.Next(items.Count);
            byte[] data = SampleItems.Bytes(step, 1 + random.Next(maxLength));
            switch (random.Next(40))
            {
                case 0:
                    Save(store, heap);
                    Compare(store, items);
                    heap = Open(store);
                    break;
                case 1:
                    Save(store, heap);
                    break;
                case var choice when choice < (grows ? 26 : 8) || index < 0:
                    items.Add((choice % 2 == 0 ? heap.Add(data) : heap.AddGrowing(data), data));
                    break;
                case < 30:
                    HeapId id = items[index].Id;
                    data.CopyTo(heap.Resize(ref id, data.Length));
                    items[index] = (id, data);
                    break;
                case < 34:
                    items[index].Data[0] ^= 0x55;
                    items[index].Data.CopyTo(heap.EditItem(items[index].Id));
                    break;
                default:
                    heap.Free(items[index].Id);
                    items.RemoveAt(index);
                    break;
            }
        }

        Save(store, heap);
        Compare(store, items);
    }

    [Fact]
    public void Freed_items_leave_room_that_is_used_again()
    {
        MemoryNodeStore store = NewHeap();
        HeapEditor heap = Open(store);
        List<HeapId> ids = [];
        for (int i = 0; i < 20_000; i++)
        {
            ids.Add(heap.Add(SampleItems.Bytes(i, 100)));
        }

        int blocks = heap.BlockCount;
        Save(store, heap);
        for (int i = 0; i < ids.Count; i += 2)
        {
            heap.Free(ids[i]);
        }

        Save(store, heap);
        heap = Open(store);
        for (int i = 0; i < ids.Count; i += 2)
        {
            heap.Add(SampleItems.Bytes(i, 100));
        }

        Assert.InRange(heap.BlockCount, blocks, blocks + 1);
    }

    [Fact]
    public void A_large_heap_is_not_read_through_to_find_room()
    {
        MemoryNodeStore store = NewHeap();
        HeapEditor heap = Open(store);
        while (heap.BlockCount < 1500)
        {
            heap.Add(new byte[3000]);
        }

        Save(store, heap);
        heap = Open(store);
        store.ResetCounts();
        for (int i = 0; i < 10; i++)
        {
            heap.Add(new byte[2000]);
        }

        // Ten blocks with a gap of two kilobytes, a header that tells of them, and what opening takes.
        Assert.InRange(store.Reads, 1, 16);
        Save(store, heap);
    }

    [Fact]
    public void Fill_levels_stay_true_over_the_headers_that_hold_them()
    {
        MemoryNodeStore store = NewHeap();
        HeapEditor heap = Open(store);
        List<HeapId> ids = [];
        while (heap.BlockCount < 270)
        {
            ids.Add(heap.Add(new byte[3000]));
        }

        Save(store, heap);
        VerifyLevels(store);
        heap = Open(store);
        foreach (HeapId id in ids.Where(i => i.Block(s_layout) is 0 or 7 or 8 or 9 or 135 or 136 or 137 or 200 or 269))
        {
            heap.Free(id);
        }

        Save(store, heap);
        VerifyLevels(store);
        foreach (HeapId id in ids.Where(i => i.Block(s_layout) is >= 5 and not (7 or 8 or 9 or 135 or 136 or 137 or 200 or 269)))
        {
            heap.Free(id);
        }

        Save(store, heap);
        Assert.Equal(5, heap.BlockCount);
        VerifyLevels(store);
    }

    [Fact]
    public void A_block_holds_no_more_items_than_an_id_can_name()
    {
        MemoryNodeStore store = NewHeap();
        HeapEditor heap = Open(store);
        List<HeapId> ids = [];
        for (int i = 0; i < 2046; i++)
        {
            ids.Add(heap.Add([(byte)i]));
        }

        // The item of the header is the first.
        Assert.All(ids, id => Assert.Equal(0, id.Block(s_layout)));
        HeapId next = heap.Add([1]);
        Assert.Equal(1, next.Block(s_layout));
        heap.Free(next);
        heap.Free(ids[1000]);
        Save(store, heap);
        heap = Open(store);
        Assert.Equal(1, heap.BlockCount);
        Assert.Equal(ids[1000], heap.Add([7]));
        Save(store, heap);
    }

    [Fact]
    public void Many_changed_blocks_are_not_held()
    {
        MemoryNodeStore store = NewHeap();
        HeapEditor heap = Open(store);
        HeapId first = heap.Add(SampleItems.Bytes(1, 3000));
        int before = store.BlockCount;
        while (heap.BlockCount < 1100)
        {
            heap.Add(new byte[3500]);
        }

        Assert.InRange(store.BlockCount - before, 1000, 1100);
        Save(store, heap);
        Assert.Equal(SampleItems.Bytes(1, 3000), heap.GetItem(first).ToArray());
        Assert.Equal((1100, heap.Length), (Leaves(store).Count, DataTree.Open(store, store.EnumerateNodes().First().Data).Length));
    }

    [Theory]
    [InlineData(0, 0xFF)]
    [InlineData(1, 0x40)]
    [InlineData(2, 0)]
    public void A_damaged_block_is_refused(int at, byte value)
    {
        MemoryNodeStore store = new();
        byte[] data = Leaves(NewHeap())[0];
        data[at] = value;
        store.AddNode(s_node, new WrittenNode(store.WriteData(data), default, 0));

        PstException e = Assert.Throws<PstException>(() => Open(store).GetItem(HeapId.First));
        Assert.Equal("PstDamaged", e.Id);
    }

    private static MemoryNodeStore NewHeap()
    {
        MemoryNodeStore store = new();
        HeapBuilder heap = new(store, HeapSignature.PropertyContext, HeapId.First);
        heap.Add([1, 2, 3]);
        store.AddNode(s_node, new WrittenNode(heap.Complete().Root, default, 0));
        return store;
    }

    private static HeapEditor Open(MemoryNodeStore store)
    {
        store.TryFindNode(s_node, out NodeEntry node);
        return HeapEditor.Open(store, node.Data);
    }

    private static void Save(MemoryNodeStore store, HeapEditor heap)
    {
        store.SetNode(s_node, heap.Save(), default);
        store.Verify();
    }

    private static void Compare(MemoryNodeStore store, List<(HeapId Id, byte[] Data)> items)
    {
        store.TryFindNode(s_node, out NodeEntry node);
        using Heap heap = Heap.Open(store, node.Data);
        foreach ((HeapId id, byte[] data) in items)
        {
            Assert.Equal(data, heap.GetItem(id).ToArray());
        }

        VerifyLevels(store);
    }

    private static List<byte[]> Leaves(MemoryNodeStore store)
    {
        store.TryFindNode(s_node, out NodeEntry node);
        List<byte[]> leaves = [];
        DataTree tree = DataTree.Open(store, node.Data);
        for (int i = 0; tree.TryGetLeaf(i, out _); i++)
        {
            using PooledBlock block = tree.ReadLeaf(i);
            leaves.Add(block.Data.ToArray());
        }

        return leaves;
    }

    // What the headers say of every block, and of those there could be.
    private static void VerifyLevels(MemoryNodeStore store)
    {
        List<byte[]> leaves = Leaves(store);
        for (int i = 0; i < leaves.Count + 20; i++)
        {
            int holder = HeapHeader.LevelsBlock(i);
            if (holder >= leaves.Count)
            {
                break;
            }

            int level = HeapFillLevel.Get(HeapHeader.Levels(holder, leaves[holder]), i - holder);
            int expected = 0;
            if (i < leaves.Count)
            {
                int map = leaves[i][0] | (leaves[i][1] << 8);
                int count = leaves[i][map] | (leaves[i][map + 1] << 8);
                expected = HeapFillLevel.Of(s_layout.MaxBlockData - map - 4 - (2 * (count + 1)));
                Assert.True(i < leaves.Count - 1 ? leaves[i].Length == s_layout.MaxBlockData : leaves[i].Length == map + 4 + (2 * (count + 1)));
            }

            Assert.True(expected == level, $"Block {i} of {leaves.Count} has level {level}, not {expected}.");
        }
    }
}
