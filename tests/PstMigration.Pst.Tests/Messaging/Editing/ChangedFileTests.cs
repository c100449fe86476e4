using PstMigration.Mapi;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Pst.Tests.Messaging.Editing;

/// <summary>Files of other programs: carried over into a file that is added to, and changed themselves.</summary>
public sealed class ChangedFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static IEnumerable<TheoryDataRow<string?>> All() => TestData.Files("pst", ".pst", ".ost");

    public static IEnumerable<TheoryDataRow<string?>> Unicode() => TestData.Files("pst", ".pst")
        .Where(r => r.Data is null || !(r.Data.Contains("32-bit", StringComparison.Ordinal) || r.Data.Contains("ansi", StringComparison.Ordinal)));

    [Theory]
    [MemberData(nameof(All))]
    public void Every_folder_item_and_FAI_item_is_carried_over(string? relative)
    {
        using PstFile original = PstFile.Open(TestData.Path(relative ?? ""));
        string path = EditedStores.New(_folder.File("copy.pst"));
        Dictionary<NodeId, NodeId> items = [];
        List<(PstFolder From, NodeId To)> folders = [];
        using (PstFileEditor editor = EditedStores.Open(path))
        {
            Dictionary<NodeId, PstEditFolder> places = new() { [original.Root.NodeId] = editor.IpmSubtree };
            foreach ((PstFolder folder, NodeId parent) in EditedStores.Tree(original).Where(f => !f.Folder.IsSearchFolder))
            {
                PstEditFolder to = places.TryGetValue(folder.NodeId, out PstEditFolder? known) ? known : Copy(editor, places, folder, parent);
                folders.Add((folder, to.Id));
                foreach (PstItemSummary item in folder.EnumerateItems())
                {
                    items.Add(item.NodeId, editor.AddItem(to, original.OpenItem(item.NodeId)));
                }

                foreach (PstItemSummary item in folder.EnumerateAssociated())
                {
                    items.Add(item.NodeId, editor.AddAssociated(to, original.OpenItem(item.NodeId)));
                }

                editor.Commit();
            }
        }

        EditedStores.AssertSound(path);
        using (PstFile copy = PstFile.Open(path))
        {
            foreach (KeyValuePair<NodeId, NodeId> item in items)
            {
                Assert.Empty(ItemComparer.Compare(original.OpenItem(item.Key), copy.OpenItem(item.Value), item.Key.ToString()));
            }

            foreach ((PstFolder from, NodeId to) in folders)
            {
                PstFolder folder = copy.GetFolder(to);
                Assert.Equal(from.EnumerateItems().Count(), folder.EnumerateItems().Count());
                Assert.Equal(from.EnumerateAssociated().Count(), folder.EnumerateAssociated().Count());
            }

            Assert.Empty(copy.Damage);
        }

        EditedStores.AssertReadByOthers(path, Path.GetDirectoryName(path)!);
    }

    [Theory]
    [MemberData(nameof(Unicode))]
    public void A_changed_file_has_no_finding_it_did_not_have(string? relative)
    {
        string path = _folder.File("changed.pst");
        File.Copy(TestData.Path(relative ?? ""), path);
        File.SetAttributes(path, FileAttributes.Normal);
        List<string> before = EditedStores.Findings(path);
        Dictionary<NodeId, MapiItem> kept = [];
        List<NodeId> gone = [];
        NodeId added;
        using PstFile original = PstFile.Open(TestData.Path(relative ?? ""));
        using (PstFileEditor editor = EditedStores.Open(path))
        {
            PstEditFolder folder = editor.CreateFolder(editor.IpmSubtree, "追加");
            PstEditFolder inner = editor.CreateFolder(folder, "inner", "IPF.Note");
            added = editor.AddItem(folder, SampleFile.WithAttachments());
            editor.AddItem(inner, SampleItems.AllTypes());
            editor.AddAssociated(inner, SampleFile.Associated(1));
            editor.Commit();
            Assert.Empty(EditedStores.Findings(path).Except(before));

            int number = 0;
            foreach (NodeId id in EditedStores.Folders(original).Where(f => !f.IsSearchFolder).SelectMany(f => f.EnumerateItems()).Select(i => i.NodeId).ToList())
            {
                switch (number++ % 5)
                {
                    case 0:
                        editor.MoveItem(id, inner);
                        kept.Add(id, original.OpenItem(id));
                        break;
                    case 1:
                        editor.DeleteItem(id, permanent: true);
                        gone.Add(id);
                        break;
                    case 2:
                        PropertyBag values = new();
                        values.Set(new PropertyTag(0x6001, PropertyType.String), new string('x', 5000));
                        values.Set(PropertyNames.Keywords, "changed");
                        editor.SetProperties(id, values);
                        break;
                    case 3:
                        editor.ChangeItem(id, i => i.Attachments.Add(SampleItems.File("added.bin", SampleItems.Bytes(number, 20_000))));
                        break;
                    default:
                        editor.DeleteItem(id);
                        kept.Add(id, original.OpenItem(id));
                        break;
                }
            }

            editor.RenameFolder(inner, "renamed");
            editor.Commit();
        }

        Assert.Empty(EditedStores.Findings(path).Except(before));
        using PstFile file = PstFile.Open(path);
        Assert.All(kept, k => Assert.Empty(ItemComparer.Compare(k.Value, file.OpenItem(k.Key), k.Key.ToString())));
        Assert.Empty(ItemComparer.Compare(SampleFile.WithAttachments(), file.OpenItem(added)));
        Assert.All(gone, id => Assert.Equal("PstNoSuchNode", Assert.Throws<PstException>(() => file.OpenItem(id)).Id));
        EditedStores.AssertReadByOthers(path, Path.GetDirectoryName(path)!);
    }

    public void Dispose() => _folder.Dispose();

    private static PstEditFolder Copy(PstFileEditor editor, Dictionary<NodeId, PstEditFolder> places, PstFolder folder, NodeId above)
    {
        PstEditFolder parent = places[above];
        string name = folder.Name.Length > 0 ? folder.Name : folder.NodeId.ToString();
        for (int i = 2; editor.FindFolder(parent, name) is not null; i++)
        {
            name = $"{folder.Name} ({i})";
        }

        PstEditFolder copy = editor.CreateFolder(parent, name, folder.ContainerClass);
        places.Add(folder.NodeId, copy);
        return copy;
    }
}
