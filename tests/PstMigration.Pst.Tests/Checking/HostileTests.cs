using System.Diagnostics;
using PstMigration.Mapi;
using PstMigration.Pst.Ltp;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Ndb.Files;
using PstMigration.Pst.Tests.Synthetic;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Pst.Tests.Checking;

/// <summary>No input hangs the checker, exhausts memory, or makes it throw.</summary>
public sealed class HostileTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    /// <summary>One byte changed here and there, checksums left wrong: most damage stops at the block.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Bytes_changed_at_random_give_findings_only(int seed)
    {
        byte[] original = CheckFiles.Small().Bytes;
        Random random = new(seed);
        for (int round = 0; round < 40; round++)
        {
            byte[] bytes = (byte[])original.Clone();
            for (int i = 0; i < 1 << random.Next(12); i++)
            {
                bytes[random.Next(600, bytes.Length)] = (byte)random.Next(256);
            }

            Check(bytes);
        }
    }

    /// <summary>Bytes changed in pages and blocks whose checksums are made right again: the damage reaches every layer.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Damage_with_right_checksums_gives_findings_only(int seed)
    {
        PstPatch small = CheckFiles.Small();
        ulong[] ids = [.. small.BlockIds];
        byte[] original = small.Bytes;
        Random random = new(seed);
        for (int round = 0; round < 60; round++)
        {
            PstPatch patch = new((byte[])original.Clone());
            for (int i = 0; i < 1 + random.Next(20); i++)
            {
                patch.EditBlock(ids[random.Next(ids.Length)], b => b[random.Next(Math.Min(b.Length, random.Next(2) == 0 ? 64 : 8192))] = (byte)random.Next(256));
            }

            // Last, since the trees cannot be walked for patching any more.
            if (random.Next(2) == 0)
            {
                uint node = patch.NodeIds.ElementAt(random.Next(patch.NodeIds.Count()));
                patch.EditPage(patch.NodePlace(node).Page, p => p[random.Next(p.Length - 16)] = (byte)random.Next(256));
            }

            Check(patch.Bytes);
        }
    }

    [Theory]
    [InlineData("pst/test_ansi.pst")]
    [InlineData("pst/submessage.pst")]
    [InlineData("pst/SampleOstFile.ost")]
    public void Truncated_real_files_give_findings_only(string file)
    {
        byte[] original = File.ReadAllBytes(TestData.Path(file));
        Random random = new(7);
        for (int round = 0; round < 12; round++)
        {
            PstCheckReport report = Check(original.AsSpan(0, random.Next(600, original.Length)).ToArray());
            Assert.False(report.IsValid);
        }
    }

    [Fact]
    public void Nodes_without_number_that_share_one_large_heap_are_given_up()
    {
        PstLayout layout = PstLayout.Unicode;
        TestPst file = new(layout);
        BlockId heap = file.AddBlock(Heap(itemLength: 7000));
        for (uint i = 1; i <= 40_000; i++)
        {
            file.AddNode(new NodeId(NodeIdType.Internal, 0x1000 + i), heap);
        }

        PstFinding[] findings = [.. Check(file.ToArray()).Findings];

        Assert.Same(PstCheckRules.LimitReached, findings[^1].Rule);
        Assert.Contains(findings, f => f.Rule == PstCheckRules.HeapItemLength);
    }

    [Fact]
    public void A_row_matrix_of_gigabytes_made_of_one_block_is_given_up()
    {
        PstLayout layout = PstLayout.Unicode;
        TestPst file = new(layout);
        BlockId rows = file.AddBlock(new byte[layout.MaxBlockData]);
        BlockId trees = Tree(file, Tree(file, rows, 1), 2);
        BlockId subnodes = file.AddSubnodes(new SubnodeEntry(new NodeId(0x3F), trees, default));
        file.AddNode(NodeId.HierarchyTableTemplate, file.AddBlock(Table(rows: 0x3F)), subnodes);

        PstFinding[] findings = [.. Check(file.ToArray()).Findings];

        Assert.Same(PstCheckRules.LimitReached, findings[^1].Rule);
    }

    private static BlockId Tree(TestPst file, BlockId child, byte level)
    {
        int count = file.Layout.MaxDataTreeEntries;
        byte[] block = new byte[DataTreeHeader.Size + (count * file.Layout.IdSize)];
        new DataTreeHeader(DataTreeHeader.ExpectedType, level, (ushort)count, 0).Write(block);
        for (int i = 0; i < count; i++)
        {
            file.Layout.WriteId(block.AsSpan(DataTreeHeader.Size + (i * file.Layout.IdSize)), child.Value);
        }

        return file.AddBlock(block, isInternal: true);
    }

    // An empty property context and an item nothing refers to.
    private static byte[] Heap(int itemLength)
    {
        byte[] tree = new byte[BTreeOnHeapHeader.Size];
        new BTreeOnHeapHeader(BTreeOnHeapHeader.ExpectedType, 2, 6, 0, default).Write(tree);
        return Heap(HeapSignature.PropertyContext, new HeapId(0x20), tree, new byte[itemLength]);
    }

    // A table of the two columns every table has.
    private static byte[] Table(uint rows)
    {
        byte[] tree = new byte[BTreeOnHeapHeader.Size];
        new BTreeOnHeapHeader(BTreeOnHeapHeader.ExpectedType, 4, 4, 0, default).Write(tree);
        byte[] info = new byte[TableHeader.Size + (2 * TableColumn.Size)];
        new TableHeader(TableHeader.ExpectedType, 2, 8, 8, 8, 9, new HeapId(0x20), new HeapOrNodeId(rows)).Write(info);
        new TableColumn(new PropertyTag(0x67F20003), 0, 4, 0).Write(info.AsSpan(TableHeader.Size));
        new TableColumn(new PropertyTag(0x67F30003), 4, 4, 1).Write(info.AsSpan(TableHeader.Size + TableColumn.Size));
        return Heap(HeapSignature.TableContext, new HeapId(0x40), tree, info);
    }

    private static byte[] Heap(HeapSignature client, HeapId root, params byte[][] items)
    {
        int end = HeapHeader.Size + items.Sum(i => i.Length);
        int map = (end + 1) & ~1;
        byte[] heap = new byte[map + HeapPageMap.HeaderSize + (2 * (items.Length + 1))];
        new HeapHeader((ushort)map, HeapHeader.ExpectedSignature, client, root, 0).Write(heap);
        new HeapPageMap((ushort)items.Length, 0).Write(heap.AsSpan(map));
        int at = HeapHeader.Size;
        for (int i = 0; i <= items.Length; i++)
        {
            BitConverter.GetBytes((ushort)at).CopyTo(heap, map + HeapPageMap.HeaderSize + (2 * i));
            if (i < items.Length)
            {
                items[i].CopyTo(heap, at);
                at += items[i].Length;
            }
        }

        return heap;
    }

    private static PstCheckReport Check(byte[] bytes)
    {
        Stopwatch watch = Stopwatch.StartNew();
        PstCheckReport report = new PstChecker().CheckAll(new MemoryFileBytes(bytes), "hostile", new PstCheckOptions { OwnWriter = true });
        Assert.True(watch.Elapsed < s_limit, "It took " + watch.Elapsed);
        return report;
    }
}
