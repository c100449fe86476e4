using System.Buffers.Binary;
using PstMigration.Pst.Ndb;
using PstMigration.Pst.Ndb.Blocks;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Ndb.Editing;
using PstMigration.Pst.Ndb.Files;
using Xunit;

namespace PstMigration.Pst.Tests.Messaging.Editing;

/// <summary>Changes in folders that a search looks at are queued for Outlook; all others are not.</summary>
public sealed class SearchUpdateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("a.pst");

    [Fact]
    public void Changes_in_the_search_domain_are_queued_in_order()
    {
        EditedStores.New(Path);
        NodeId root, searched, other, child, item, second;
        using (PstFileEditor editor = EditedStores.Open(Path))
        {
            root = editor.IpmSubtree.Id;
            searched = editor.CreateFolder(editor.IpmSubtree, "searched").Id;
            other = editor.CreateFolder(editor.IpmSubtree, "other").Id;
            editor.Commit();
        }

        SetDomain(searched);
        using (PstFileEditor editor = EditedStores.Open(Path))
        {
            PstEditFolder folder = editor.GetFolder(searched);
            item = editor.AddItem(folder, SampleItems.Mail(1));
            second = editor.AddItem(editor.GetFolder(other), SampleItems.Mail(2));
            editor.AddAssociated(folder, SampleFile.Associated(1));
            editor.Commit();
            editor.ChangeItem(item, i => i.Recipients.Clear());
            editor.MoveItem(second, folder);
            editor.MoveItem(item, editor.GetFolder(other));
            editor.DeleteItem(second, permanent: true);
            editor.DeleteItem(item, permanent: true);
            child = editor.CreateFolder(folder, "child").Id;
            editor.RenameFolder(folder, "renamed");
            editor.Commit();
        }

        EditedStores.AssertSound(Path);
        Assert.Equal(
            new[]
            {
                Record(0, 1, searched, item),
                Record(0, 2, searched, item),
                Record(0x10, 4, searched, second, other),
                Record(0x40, 4, other, item, searched),
                Record(0, 3, searched, second),
                Record(0, 5, searched, child),
                Record(8, 6, searched),
            },
            Queue());

        using (PstFileEditor editor = EditedStores.Open(Path))
        {
            editor.DeleteFolder(editor.GetFolder(searched), permanent: true);
            editor.Commit();
        }

        EditedStores.AssertSound(Path);
        Assert.Equal(Record(0, 7, searched), Queue()[7]);
        Assert.Empty(ReadNode(NodeId.SearchDomainObject));
    }

    [Fact]
    public void Without_an_active_search_nothing_is_queued()
    {
        SampleFile.Build(Path);
        using (PstFileEditor editor = EditedStores.Open(Path))
        {
            editor.AddItem(editor.IpmSubtree, SampleItems.Mail(1));
            editor.CreateFolder(editor.IpmSubtree, "new");
            editor.Commit();
        }

        Assert.Empty(Queue());
    }

    public void Dispose() => _folder.Dispose();

    private static string Record(int flags, int type, params NodeId[] nodes)
    {
        byte[] record = new byte[20];
        BinaryPrimitives.WriteUInt16LittleEndian(record, (ushort)flags);
        BinaryPrimitives.WriteUInt16LittleEndian(record.AsSpan(2), (ushort)type);
        for (int i = 0; i < nodes.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(4 + (i * 4)), nodes[i].Value);
        }

        return BitConverter.ToString(record);
    }

    private void SetDomain(NodeId folder)
    {
        using NdbEditor ndb = NdbEditor.Open(Path);
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, folder.Value);
        ndb.SetNode(NodeId.SearchDomainObject, DataTreeWriter.Write(ndb.Blocks, bytes).Root, default);
        ndb.Commit();
    }

    private List<string> Queue()
    {
        byte[] bytes = ReadNode(NodeId.SearchManagementQueue);
        return [.. Enumerable.Range(0, bytes.Length / 20).Select(i => BitConverter.ToString(bytes, i * 20, 20))];
    }

    private byte[] ReadNode(NodeId id)
    {
        NodeDatabase database = NodeDatabase.Open(new MemoryFileBytes(File.ReadAllBytes(Path)), Path, PstOpenOptions.Default);
        Assert.True(database.TryFindNode(id, out NodeEntry node));
        return new DataTreeSource(database, node.Data, DataTree.Open(database, node.Data).Length).ToArray();
    }
}
