using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Tests.Synthetic;

/// <summary>Items in items in items, of which all attachments of a level share their blocks: far more than any file has room for.</summary>
internal static class NestedItems
{
    /// <summary>A file of one message with attached items on some levels, so many on each, and an attachment of some bytes in the innermost.</summary>
    public static byte[] Write(int levels, int each, int bytes = 1000)
    {
        TestPst file = new(PstLayout.Unicode);
        TestStore store = new(file);
        (BlockId Data, BlockId Subnodes) inner = Item(file, "Leaf").Build(Attachment(file, 1, a => a.Set(0x37010102, new byte[bytes])), 1);
        for (int level = 1; level < levels; level++)
        {
            inner = Item(file, "Level " + level).Build(Attached(file, inner), each);
        }

        store.AddMessage("Outermost", p => AddAttachments(p, Attached(file, inner), each));
        return store.ToArray();
    }

    private static TestProperties Item(TestPst file, string subject) => new TestProperties(file).Set(0x001A001F, "IPM.Note").Set(0x0037001F, subject).Set(0x1000001F, "The text.");

    private static (BlockId Data, BlockId Subnodes) Attached(TestPst file, (BlockId Data, BlockId Subnodes) item)
    {
        NodeId id = new(NodeIdType.NormalMessage, 0x20000);
        return Attachment(file, 5, a => a.AddSubnode(id, item.Data, item.Subnodes).Set(0x3701000D, [.. BitConverter.GetBytes(id.Value), 0, 1, 0, 0]));
    }

    private static (BlockId Data, BlockId Subnodes) Attachment(TestPst file, int method, Action<TestProperties> content)
    {
        TestProperties properties = new TestProperties(file).Set(0x37050003, method).Set(0x3707001F, "attached").Set(0x0E200003, 1000);
        content(properties);
        return properties.Build();
    }

    private static (BlockId Data, BlockId Subnodes) Build(this TestProperties item, (BlockId Data, BlockId Subnodes) attachment, int count)
    {
        AddAttachments(item, attachment, count);
        return item.Build();
    }

    // Without an attachment table, whose place the nodes take.
    private static void AddAttachments(TestProperties item, (BlockId Data, BlockId Subnodes) attachment, int count)
    {
        for (uint i = 0; i < count; i++)
        {
            item.AddSubnode(new NodeId(NodeIdType.Attachment, 0x401 + i), attachment.Data, attachment.Subnodes);
        }
    }
}
