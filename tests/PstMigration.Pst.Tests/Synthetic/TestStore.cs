using PstMigration.Pst.Ndb;
using PstMigration.Pst.Ndb.Files;

namespace PstMigration.Pst.Tests.Synthetic;

/// <summary>A data file with a store, a root and an IPM subtree, to which a test adds folders and messages.</summary>
internal sealed class TestStore
{
    public static readonly NodeId IpmSubtree = new(0x8022);
    public static readonly NodeId Folder = new(0x8042);

    public static readonly uint[] HierarchyColumns = [0x3001001F, 0x36020003, 0x36030003, 0x360A000B, 0x3613001F];
    public static readonly uint[] ContentsColumns = [0x001A001F, 0x0037001F, 0x0042001F, 0x0E04001F, 0x0E060040, 0x0E070003, 0x0E080003];

    public static readonly uint[] AssociatedColumns = [0x001A001F, 0x0E070003, 0x3001001F];

    private readonly List<Message> _messages = [];
    private readonly List<(NodeId Id, string Name, NodeId Parent, bool IsHidden)> _folders = [(NodeId.RootFolder, "", NodeId.RootFolder, false), (IpmSubtree, "Top", NodeId.RootFolder, false), (Folder, "Inbox", IpmSubtree, false)];

    public TestStore(TestPst file) => File = file;

    public TestPst File { get; }

    /// <summary>The columns of all contents tables.</summary>
    public uint[] Columns { get; init; } = ContentsColumns;

    /// <summary>How many items of the inbox its folder says are unread.</summary>
    public int Unread { get; init; }

    public static byte[] EntryId(NodeId id) => [0, 0, 0, 0, .. Enumerable.Repeat((byte)0xAB, 16), .. BitConverter.GetBytes(id.Value)];

    /// <summary>Adds a folder, marked hidden or not.</summary>
    public NodeId AddFolder(string name, NodeId parent, bool isHidden = false)
    {
        NodeId id = new(NodeIdType.NormalFolder, Folder.Index + (uint)_folders.Count);
        _folders.Add((id, name, parent, isHidden));
        return id;
    }

    /// <summary>Adds a message with the properties given and a row for it.</summary>
    public NodeId AddMessage(string subject, Action<TestProperties>? configure = null, NodeId? folder = null, params (uint Tag, object Value)[] cells) =>
        Add(NodeIdType.NormalMessage, subject, configure, folder, [(0x001A001F, "IPM.Note"), (0x0037001F, subject), (0x0E070003, 1), (0x0E060040, 0x01D000000000000), .. cells]);

    /// <summary>Adds an item with these properties, which are int, long or string, and a row of those of them that the table has columns for.</summary>
    public NodeId AddItem(NodeId folder, params (uint Tag, object Value)[] values)
    {
        NodeId id = new(NodeIdType.NormalMessage, 0x10001 + (uint)_messages.Count);
        TestProperties properties = new(File);
        foreach ((uint tag, object value) in values)
        {
            _ = value switch
            {
                int number => properties.Set(tag, number),
                long number => properties.Set(tag, number),
                _ => properties.Set(tag, (string)value),
            };
        }

        properties.AddTo(id, folder);
        _messages.Add(new Message(id, folder, values));
        return id;
    }

    /// <summary>Adds an FAI item and a row for it, which has no subject.</summary>
    public NodeId AddAssociated(string subject, NodeId? folder = null) =>
        Add(NodeIdType.AssociatedMessage, subject, null, folder, [(0x001A001F, "IPM.Note")]);

    /// <summary>Adds the store, the root, the IPM subtree and the folders with all messages, and gives the file.</summary>
    public byte[] ToArray(bool withContents = true)
    {
        new TestProperties(File)
            .Set(0x0FF90102, [.. Enumerable.Repeat((byte)0xAB, 16)])
            .Set(0x3001001F, "Test store")
            .Set(0x35E00102, EntryId(IpmSubtree))
            .AddTo(NodeId.MessageStore);
        new TestProperties(File).Set(0x00010003, 251).AddTo(NodeId.NameToIdMap);
        foreach ((NodeId id, string name, NodeId parent, bool isHidden) in _folders)
        {
            Write(id, name, parent, isHidden, withContents || id != Folder);
        }

        return File.ToArray();
    }

    /// <summary>Damages the item in the bytes of the file; its row stays sound.</summary>
    public void Damage(byte[] bytes, NodeId item)
    {
        NodeDatabase database = NodeDatabase.Open(new MemoryFileBytes(bytes), "m", PstOpenOptions.Default);
        bytes[database.FindBlock(File.Nodes.Single(n => n.Id == item).Data).Block.Offset + 20] ^= 1;
    }

    private NodeId Add(NodeIdType type, string subject, Action<TestProperties>? configure, NodeId? folder, (uint Tag, object Value)[] cells)
    {
        NodeId id = new(type, 0x10001 + (uint)_messages.Count);
        TestProperties properties = new TestProperties(File).Set(0x001A001F, "IPM.Note").Set(0x0037001F, subject).Set(0x0E070003, 1);
        configure?.Invoke(properties);
        properties.AddTo(id, folder ?? Folder);
        _messages.Add(new Message(id, folder ?? Folder, cells));
        return id;
    }

    private void Write(NodeId id, string name, NodeId parent, bool isHidden, bool withContents)
    {
        List<Message> items = _messages.FindAll(m => m.Folder == id);
        List<Message> contents = items.FindAll(m => m.Id.Type == NodeIdType.NormalMessage);
        List<(NodeId Id, string Name, NodeId Parent, bool)> folders = _folders.FindAll(f => f.Parent == id && f.Id != id);
        TestProperties properties = new TestProperties(File)
            .Set(0x3001001F, name).Set(0x36020003, contents.Count).Set(0x36030003, id == Folder ? Unread : 0).Set(0x360A000B, folders.Count > 0 ? 1 : 0);
        if (isHidden)
        {
            properties.Set(0x10F4000B, 1);
        }

        properties.AddTo(id, parent);
        TestTable hierarchy = new(File, HierarchyColumns);
        foreach ((NodeId child, string childName, _, _) in folders)
        {
            hierarchy.AddRow(child.Value, (0x3001001F, childName));
        }

        hierarchy.AddTo(id.WithType(NodeIdType.HierarchyTable));
        if (withContents)
        {
            AddTable(id.WithType(NodeIdType.ContentsTable), Columns, contents);
        }

        AddTable(id.WithType(NodeIdType.AssociatedContentsTable), AssociatedColumns, items.FindAll(m => m.Id.Type == NodeIdType.AssociatedMessage));
    }

    private void AddTable(NodeId id, uint[] columns, List<Message> items)
    {
        TestTable table = new(File, columns);
        foreach (Message item in items)
        {
            table.AddRow(item.Id.Value, item.Cells);
        }

        table.AddTo(id);
    }

    private sealed record Message(NodeId Id, NodeId Folder, (uint Tag, object Value)[] Cells);
}
