using PstMigration.Mapi;
using PstMigration.Pst.Ltp;
using PstMigration.Pst.Ndb.Blocks;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Tests.Messaging;
using Xunit;

namespace PstMigration.Pst.Tests.Ltp;

public sealed class HeapBuilderTests
{
    private static readonly PstLayout s_layout = PstLayout.Unicode;

    [Fact]
    public void A_small_heap_has_the_bytes_Outlook_writes()
    {
        BlockList blocks = new();
        HeapBuilder heap = new(blocks, HeapSignature.PropertyContext, HeapId.First);

        HeapId first = heap.Add([0xB5, 2, 6, 0, 0x40, 0, 0, 0]);
        HeapId second = heap.Add([1, 2, 3]);
        WrittenData data = heap.Complete();

        Assert.Equal((0x20u, 0x40u), (first.Value, second.Value));
        Assert.Equal(data.Length, blocks.Data[0].Length);
        Assert.Equal("1800ecbc2000000000000000b50206004000000001020300020000000c0014001700", Hex.Lower(blocks.Data[0]));
    }

    [Fact]
    public void Items_stay_whole_over_many_blocks()
    {
        BlockList blocks = new();
        HeapBuilder heap = new(blocks, HeapSignature.TableContext, HeapId.First);
        List<(HeapId Id, byte[] Data)> items = [];
        for (int i = 0; heap.BlockCount < 300; i++)
        {
            byte[] data = SampleItems.Bytes(i, 1 + (i * 37 % HeapBuilder.MaxItemSize));
            items.Add((heap.Add(data), data));
        }

        long length = heap.Length;
        WrittenData tree = heap.Complete();

        Assert.Equal(length, tree.Length);
        List<byte[]> leaves = blocks.Leaves(tree.Root);
        Assert.Equal(300, leaves.Count);
        foreach ((HeapId id, byte[] data) in items)
        {
            byte[] block = leaves[id.Block(s_layout)];
            int map = block[0] | (block[1] << 8);
            int at = map + 4 + (2 * (id.Index(s_layout) - 1));
            int start = block[at] | (block[at + 1] << 8);
            Assert.Equal(data, block.AsSpan(start, data.Length).ToArray());
        }

        for (int i = 0; i < leaves.Count - 1; i++)
        {
            Assert.Equal(s_layout.MaxBlockData, leaves[i].Length);
        }
    }

    [Fact]
    public void A_block_holds_no_more_items_than_an_id_can_name()
    {
        BlockList blocks = new();
        HeapBuilder heap = new(blocks, HeapSignature.TableContext, HeapId.First);
        HeapId last = default;
        for (int i = 0; i < 2048; i++)
        {
            last = heap.Add([(byte)i]);
        }

        heap.Complete();

        Assert.Equal((1, 1), (last.Block(s_layout), last.Index(s_layout)));
    }

    [Fact]
    public void Items_of_the_first_block_can_be_filled_to_the_end()
    {
        BlockList blocks = new();
        HeapBuilder heap = new(blocks, HeapSignature.TableContext, HeapId.First);
        heap.Allocate(4, out HeapId id);
        for (int i = 0; i < 10; i++)
        {
            heap.Add(new byte[3580]);
        }

        heap.ItemInFirstBlock(id).Fill(0x77);
        WrittenData tree = heap.Complete();

        Assert.Equal([0x77, 0x77, 0x77, 0x77], blocks.Leaves(tree.Root)[0].AsSpan(12, 4).ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3581)]
    public void An_item_of_no_or_too_many_bytes_is_refused(int length)
    {
        HeapBuilder heap = new(new BlockList(), HeapSignature.TableContext, HeapId.First);

        Assert.Throws<ArgumentOutOfRangeException>(() => heap.Add(new byte[length]));
    }

    [Theory]
    [InlineData(8176, 0)]
    [InlineData(3584, 0)]
    [InlineData(3583, 1)]
    [InlineData(2559, 2)]
    [InlineData(512, 8)]
    [InlineData(16, 13)]
    [InlineData(8, 14)]
    [InlineData(7, 15)]
    public void Fill_levels(int free, int level) => Assert.Equal(level, HeapFillLevel.Of(free));

    /// <summary>Keeps blocks instead of writing them.</summary>
    private sealed class BlockList : IBlockSink
    {
        public List<byte[]> Data { get; } = [];

        public PstLayout Layout => s_layout;

        public BlockId WriteData(ReadOnlySpan<byte> data)
        {
            Data.Add(data.ToArray());
            return new BlockId((ulong)Data.Count * BlockId.Step);
        }

        public BlockId WriteInternal(ReadOnlySpan<byte> data) => WriteData(data).AsInternal;

        public bool TryAddReference(BlockId id) => true;

        public List<byte[]> Leaves(BlockId root)
        {
            byte[] data = Data[(int)(root.Value / BlockId.Step) - 1];
            List<byte[]> leaves = [];
            if (!root.IsInternal)
            {
                leaves.Add(data);
                return leaves;
            }

            DataTreeHeader header = DataTreeHeader.Read(data);
            for (int i = 0; i < header.Count; i++)
            {
                leaves.AddRange(Leaves(s_layout.ReadBlockId(data.AsSpan(DataTreeHeader.Size + (i * 8)))));
            }

            return leaves;
        }
    }
}
