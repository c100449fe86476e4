using PstMigration.Pst.Ndb;
using PstMigration.Pst.Ndb.Blocks;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Ndb.Files;
using PstMigration.Pst.Tests.Synthetic;
using Xunit;

namespace PstMigration.Pst.Tests.Messaging;

/// <summary>Listing folders whose index of rows has several leaves.</summary>
public class ListingTests
{
    private const int Rows = 5000;

    [Fact]
    public void The_first_item_does_not_wait_for_the_last()
    {
        CountingBytes counting = new(StoreWithRows(Enumerable.Range(0, Rows)));
        using PstFile file = PstFile.Open(counting, "many.pst");
        PstFolder folder = file.GetFolder(TestStore.Folder);

        counting.Count = 0;
        Assert.Equal("subject 0", folder.EnumerateItems().First().Subject);
        long first = counting.Count;
        counting.Count = 0;
        Assert.Equal(Rows, folder.EnumerateItems().Count());

        Assert.InRange(first, 1, counting.Count / 10);
    }

    [Fact]
    public void Rows_come_as_they_are_stored_however_the_index_has_them()
    {
        // The index goes by id: the first thousand rows do too, the others the other way round.
        int[] ids = [.. Enumerable.Range(0, 1000), .. Enumerable.Range(1000, Rows - 1000).Reverse()];
        using PstFile file = ShapeTests.Open(StoreWithRows(ids));

        Assert.Equal(ids.Select(IdOf), file.GetFolder(TestStore.Folder).EnumerateItems().Select(i => i.NodeId));
    }

    [Fact]
    public void What_a_damaged_leaf_of_the_index_held_is_looked_for_in_the_rows()
    {
        byte[] bytes = StoreWithRows(Enumerable.Range(0, Rows));
        DamageBlock(bytes, DataOf(bytes, Contents), fromEnd: 3);
        using PstFile file = ShapeTests.Open(bytes);

        Assert.Equal(Enumerable.Range(0, Rows).Select(IdOf), file.GetFolder(TestStore.Folder).EnumerateItems().Select(i => i.NodeId));
        Assert.Contains(file.Damage, d => d.Reason == PstDamageReason.ChecksumMismatch);
    }

    [Fact]
    public void What_neither_index_nor_rows_tell_is_looked_for_among_the_nodes()
    {
        TestStore store = new(new TestPst(PstLayout.Unicode));
        NodeId[] items = [.. Enumerable.Range(0, 1500).Select(i => store.AddMessage("subject " + i))];
        byte[] bytes = store.ToArray();
        DamageBlock(bytes, DataOf(bytes, Contents), fromEnd: 2);
        DamageBlock(bytes, RowsOf(bytes, Contents), fromEnd: 1);
        using PstFile file = ShapeTests.Open(bytes);

        NodeId[] listed = [.. file.GetFolder(TestStore.Folder).EnumerateItems().Select(i => i.NodeId)];

        Assert.Equal(items, listed);
        Assert.All(file.GetFolder(TestStore.Folder).EnumerateItems(), i => Assert.StartsWith("subject ", i.Subject, StringComparison.Ordinal));
    }

    private static NodeId Contents => TestStore.Folder.WithType(NodeIdType.ContentsTable);

    private static NodeId IdOf(int number) => new(NodeIdType.NormalMessage, 0x10001 + (uint)number);

    // Rows of items that are not there: a list does not ask for them.
    private static byte[] StoreWithRows(IEnumerable<int> numbers)
    {
        TestStore store = new(new TestPst(PstLayout.Unicode));
        store.ToArray();
        store.File.RemoveNode(Contents);
        TestTable table = new(store.File, TestStore.ContentsColumns);
        foreach (int number in numbers)
        {
            table.AddRow(IdOf(number).Value, (0x001A001F, "IPM.Note"), (0x0037001F, "subject " + number));
        }

        table.AddTo(Contents);
        return store.File.ToArray();
    }

    private static NodeDatabase Open(byte[] bytes) => NodeDatabase.Open(new MemoryFileBytes(bytes), "test.pst", PstOpenOptions.Default);

    private static BlockId DataOf(byte[] bytes, NodeId id)
    {
        Assert.True(Open(bytes).TryFindNode(id, out NodeEntry node));
        return node.Data;
    }

    private static BlockId RowsOf(byte[] bytes, NodeId id)
    {
        NodeDatabase database = Open(bytes);
        Assert.True(database.TryFindNode(id, out NodeEntry node));
        return Assert.Single(SubnodeTree.Open(database, node.Subnodes).Entries).Data;
    }

    private static void DamageBlock(byte[] bytes, BlockId tree, int fromEnd)
    {
        NodeDatabase database = Open(bytes);
        DataTree data = DataTree.Open(database, tree);
        int count = 0;
        while (data.TryGetLeaf(count, out _))
        {
            count++;
        }

        Assert.True(count > fromEnd + 1, "The tree has too few blocks for this test.");
        Assert.True(data.TryGetLeaf(count - fromEnd, out BlockId leaf));
        bytes[database.FindBlock(leaf).Block.Offset + 20] ^= 1;
    }

    private sealed class CountingBytes(byte[] bytes) : IFileBytes
    {
        private readonly MemoryFileBytes _bytes = new(bytes);

        public long Count { get; set; }

        public long Length => _bytes.Length;

        public int ReadAt(long offset, Span<byte> buffer)
        {
            Count += buffer.Length;
            return _bytes.ReadAt(offset, buffer);
        }

        public void Dispose() => _bytes.Dispose();
    }
}
