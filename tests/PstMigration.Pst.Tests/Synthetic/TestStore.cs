using System;
using System.Collections.Generic;
using System.Linq;
using PstMigration.Pst.Ndb;

namespace PstMigration.Pst.Tests.Synthetic;

/// <summary>A data file with a store, a root and an IPM subtree, to which a test adds folders and messages.</summary>
internal sealed class TestStore
{
    public static readonly NodeId IpmSubtree = new(0x8022);
    public static readonly NodeId Folder = new(0x8042);

    public static readonly uint[] HierarchyColumns = [0x3001001F, 0x36020003, 0x36030003, 0x360A000B, 0x3613001F];
    public static readonly uint[] ContentsColumns = [0x001A001F, 0x0037001F, 0x0042001F, 0x0E04001F, 0x0E060040, 0x0E070003, 0x0E080003];

    private readonly List<(NodeId Id, string Subject)> _messages = [];

    public TestStore(TestPst file) => File = file;

    public TestPst File { get; }

    public static byte[] EntryId(NodeId id) => [0, 0, 0, 0, .. Enumerable.Repeat((byte)0xAB, 16), .. BitConverter.GetBytes(id.Value)];

    /// <summary>Adds a message with the properties given and a row for it.</summary>
    public NodeId AddMessage(string subject, Action<TestProperties>? configure = null)
    {
        NodeId id = new(NodeIdType.NormalMessage, 0x10001 + (uint)_messages.Count);
        TestProperties properties = new TestProperties(File).Set(0x001A001F, "IPM.Note").Set(0x0037001F, subject).Set(0x0E070003, 1);
        configure?.Invoke(properties);
        properties.AddTo(id, Folder);
        _messages.Add((id, subject));
        return id;
    }

    /// <summary>Adds the store, the root, the IPM subtree and the one folder with all messages, and gives the file.</summary>
    public byte[] ToArray(bool withContents = true)
    {
        new TestProperties(File)
            .Set(0x0FF90102, [.. Enumerable.Repeat((byte)0xAB, 16)])
            .Set(0x3001001F, "Test store")
            .Set(0x35E00102, EntryId(IpmSubtree))
            .AddTo(NodeId.MessageStore);
        new TestProperties(File).Set(0x00010003, 251).AddTo(NodeId.NameToIdMap);
        AddFolder(NodeId.RootFolder, "", NodeId.RootFolder, [(IpmSubtree, "Top")], []);
        AddFolder(IpmSubtree, "Top", NodeId.RootFolder, [(Folder, "Inbox")], []);
        AddFolder(Folder, "Inbox", IpmSubtree, [], _messages, withContents);
        return File.ToArray();
    }

    private void AddFolder(NodeId id, string name, NodeId parent, (NodeId Id, string Name)[] folders, List<(NodeId Id, string Subject)> items, bool withContents = true)
    {
        new TestProperties(File)
            .Set(0x3001001F, name).Set(0x36020003, items.Count).Set(0x36030003, 0).Set(0x360A000B, folders.Length > 0 ? 1 : 0)
            .AddTo(id, parent);
        TestTable hierarchy = new(File, HierarchyColumns);
        foreach ((NodeId child, string childName) in folders)
        {
            hierarchy.AddRow(child.Value, (0x3001001F, childName));
        }

        hierarchy.AddTo(id.WithType(NodeIdType.HierarchyTable));
        if (withContents)
        {
            TestTable contents = new(File, ContentsColumns);
            foreach ((NodeId item, string subject) in items)
            {
                contents.AddRow(item.Value, (0x001A001F, "IPM.Note"), (0x0037001F, subject), (0x0E070003, 1), (0x0E060040, 0x01D000000000000));
            }

            contents.AddTo(id.WithType(NodeIdType.ContentsTable));
        }

        new TestTable(File, 0x001A001F).AddTo(id.WithType(NodeIdType.AssociatedContentsTable));
    }
}
