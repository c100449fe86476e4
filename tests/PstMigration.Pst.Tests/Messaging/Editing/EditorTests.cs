using PstMigration.Mapi;
using PstMigration.Pst.Ltp;
using PstMigration.Pst.Ltp.Editing;
using PstMigration.Pst.Messaging;
using PstMigration.Pst.Ndb;
using PstMigration.Pst.Ndb.Editing;
using Xunit;

namespace PstMigration.Pst.Tests.Messaging.Editing;

/// <summary>A file is changed where it lies, and is as sound afterwards as a new one.</summary>
public sealed class EditorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("a.pst");

    [Fact]
    public void Items_are_added()
    {
        EditedStores.New(Path);
        NodeId id;
        using (PstFileEditor editor = EditedStores.Open(Path))
        {
            PstEditFolder inbox = editor.CreateFolder(editor.IpmSubtree, "受信トレイ", "IPF.Note");
            id = editor.AddItem(inbox, SampleFile.WithAttachments());
            for (int i = 0; i < 30; i++)
            {
                editor.AddItem(inbox, SampleItems.Mail(i));
            }

            editor.AddAssociated(inbox, SampleFile.Associated(1));
            editor.Commit();
            Assert.Equal((31, 10), (inbox.ItemCount, inbox.UnreadCount));
        }

        EditedStores.AssertSound(Path);
        using PstFile file = PstFile.Open(Path);
        PstFolder folder = file.IpmSubtree.EnumerateFolders().Single(f => f.Name == "受信トレイ");
        Assert.Equal((31, 31, 1), (folder.ItemCount, folder.EnumerateItems().Count(), folder.EnumerateAssociated().Count()));
        Assert.Empty(ItemComparer.Compare(SampleFile.WithAttachments(), file.OpenItem(id)));
        Assert.Empty(file.Damage);
    }

    [Fact]
    public void Nothing_lasts_without_a_commit()
    {
        SampleFile.Build(Path);
        byte[] before = File.ReadAllBytes(Path);
        List<string> listed = List();

        using (PstFileEditor editor = EditedStores.Open(Path))
        {
            PstEditFolder folder = editor.CreateFolder(editor.IpmSubtree, "new");
            editor.AddItem(folder, SampleItems.Mail(1));
            editor.RenameFolder(folder, "renamed");
        }

        Assert.Equal(listed, List());
        Assert.True(before.Length <= new FileInfo(Path).Length);
        EditedStores.AssertSound(Path);
    }

    [Fact]
    public void An_item_is_changed_in_all_its_parts()
    {
        EditedStores.New(Path);
        NodeId id;
        using (PstFileEditor editor = EditedStores.Open(Path))
        {
            id = editor.AddItem(editor.IpmSubtree, SampleFile.WithAttachments());
            editor.Commit();
            editor.ChangeItem(id, item =>
            {
                item.Properties.Set(PropertyTags.Subject, "changed");
                item.Recipients.Add(SampleItems.Recipient("三郎", "saburo@example.jp", RecipientKind.Cc));
                item.Attachments.RemoveAt(0);
                item.Attachments.Add(SampleItems.File("new.bin", SampleItems.Bytes(8, 50_000)));
            });
            editor.Commit();
        }

        EditedStores.AssertSound(Path);
        using PstFile file = PstFile.Open(Path);
        MapiItem read = file.OpenItem(id);
        MapiItem original = SampleFile.WithAttachments();
        Assert.Equal(("changed", original.Recipients.Count + 1, original.Attachments.Count), (read.Subject, read.Recipients.Count, read.Attachments.Count));
        Assert.Equal(SampleItems.Bytes(8, 50_000), read.Attachments[read.Attachments.Count - 1].Content!.ToArray());
        Assert.Equal("changed", file.IpmSubtree.EnumerateItems().Single().Subject);
    }

    [Fact]
    public void Properties_are_set_and_removed_and_the_rest_is_left()
    {
        EditedStores.New(Path);
        MapiItem original = SampleFile.WithAttachments();
        NodeId id;
        PropertyName name = new(PropertySets.PublicStrings, "something new");
        using (PstFileEditor editor = EditedStores.Open(Path))
        {
            id = editor.AddItem(editor.IpmSubtree, original);
            editor.AddItem(editor.IpmSubtree, SampleItems.Mail(2));
            editor.Commit();
            int unread = editor.IpmSubtree.UnreadCount;
            bool wasRead = (original.Flags & MessageFlags.Read) != 0;
            PropertyBag values = new();
            values.Set(name, "a value");
            values.Set(PropertyTags.Subject, "other");
            values.Set(PropertyTags.MessageFlags, (int)((original.Flags ^ MessageFlags.Read) | MessageFlags.HasAttachments));
            editor.SetProperties(id, values, [PropertyTags.ClientSubmitTime]);
            editor.Commit();
            Assert.Equal(unread + (wasRead ? 1 : -1), editor.IpmSubtree.UnreadCount);
        }

        EditedStores.AssertSound(Path);
        using PstFile file = PstFile.Open(Path);
        MapiItem read = file.OpenItem(id);
        Assert.Equal(("a value", "other", false), (read.Properties.GetString(name), read.Subject, read.Properties.Contains(PropertyTags.ClientSubmitTime)));
        PstItemSummary summary = file.IpmSubtree.EnumerateItems().Single(i => i.NodeId == id);
        Assert.Equal(("other", (DateTimeOffset?)null), (summary.Subject, summary.SubmitTime));
        Assert.Equal(original.Attachments.Count, read.Attachments.Count);
    }

    [Fact]
    public void Items_are_moved_and_deleted()
    {
        SampleFile.Build(Path);
        NodeId moved, gone, deleted;
        using (PstFileEditor editor = EditedStores.Open(Path))
        {
            PstEditFolder inbox = editor.FindFolder(FolderRole.Inbox)!;
            PstEditFolder sent = editor.FindFolder(FolderRole.SentItems)!;
            NodeId[] ids = Ids("受信トレイ");
            (moved, gone, deleted) = (ids[0], ids[1], ids[2]);
            int items = inbox.ItemCount;
            editor.MoveItem(moved, sent);
            editor.DeleteItem(gone, permanent: true);
            editor.DeleteItem(deleted);
            editor.Commit();
            Assert.Equal((items - 3, 1), (inbox.ItemCount, sent.ItemCount));
        }

        EditedStores.AssertSound(Path);
        Assert.Equal([moved], Ids("Sent Items"));
        Assert.Contains(deleted, Ids("Deleted Items"));
        using PstFile file = PstFile.Open(Path);
        Assert.Equal("PstNoSuchNode", Assert.Throws<PstException>(() => file.OpenItem(gone)).Id);
        Assert.Empty(ItemComparer.Compare(SampleItems.Mail(0), file.OpenItem(moved)));
    }

    [Fact]
    public void A_file_that_was_deleted_meanwhile_is_an_error_and_no_success()
    {
        Assert.SkipWhen(Environment.OSVersion.Platform == PlatformID.Win32NT, "Windows keeps a file that is open.");
        EditedStores.New(Path);
        using PstFileEditor editor = EditedStores.Open(Path);
        editor.AddItem(editor.IpmSubtree, SampleItems.Mail(1));
        editor.Commit();
        File.Delete(Path);
        editor.AddItem(editor.IpmSubtree, SampleItems.Mail(2));

        PstException e = Assert.Throws<PstException>(editor.Commit);

        Assert.Equal(PstErrorIds.PstWriteFailed, e.Error);
        Assert.False(File.Exists(Path));
    }

    /// <summary>The next write made the file as long again as it was, with zeros where items had been, and all was told to be well.</summary>
    [Theory]
    [InlineData(100_000)]
    [InlineData(0)]
    [InlineData(null)]
    public void A_file_that_was_cut_or_written_to_meanwhile_is_an_error_and_no_success(int? length)
    {
        Assert.SkipWhen(Environment.OSVersion.Platform == PlatformID.Win32NT, "Windows lets nobody else write to it.");
        EditedStores.New(Path);
        byte[] other = File.ReadAllBytes(Path);
        using (PstFileEditor editor = EditedStores.Open(Path))
        {
            editor.AddItem(editor.IpmSubtree, SampleItems.Mail(1));
            editor.Commit();
            editor.AddItem(editor.IpmSubtree, SampleItems.Mail(2));
            using (FileStream file = new(Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
            {
                if (length is int cut)
                {
                    file.SetLength(cut);
                }
                else
                {
                    file.Write(other, 0, other.Length);
                }
            }

            // Where it was written over, what is read for the next item may be told as damage before the commit says why.
            PstException e = Assert.Throws<PstException>(() =>
            {
                if (length is not null)
                {
                    editor.AddItem(editor.IpmSubtree, SampleItems.Mail(3));
                }

                editor.Commit();
            });

            Assert.Equal((PstErrorIds.PstWriteFailed, true), (e.Error, e.EndsRun));
        }

        if (length is not null)
        {
            Assert.Equal(length.Value, new FileInfo(Path).Length);
        }
    }

    // Readers count rows.
    [Fact]
    public void What_a_deleted_item_was_counted_as_is_what_its_row_says()
    {
        EditedStores.New(Path);
        NodeId folder, id;
        using (PstFileEditor editor = EditedStores.Open(Path))
        {
            PstEditFolder inbox = editor.CreateFolder(editor.IpmSubtree, "Inbox", "IPF.Note");
            MapiItem read = SampleItems.Mail(1);
            read.Properties.Set(PropertyTags.MessageFlags, 1);
            id = editor.AddItem(inbox, read);
            editor.Commit();
            folder = inbox.Id;
        }

        using (NdbEditor ndb = NdbEditor.Open(Path))
        {
            PropertyList unread = new();
            unread.Set(PropertyTags.MessageFlags, PropertyValue.FromInt32(0));
            TableContextEditor table = TableContextEditor.Open(ndb, folder.WithType(NodeIdType.ContentsTable));
            Assert.True(table.UpdateRow(id.Value, ndb.NextUnique(), unread));
            table.Save();
            PropertyList counts = new();
            counts.Set(PropertyTags.ContentUnreadCount, PropertyValue.FromInt32(1));
            PropertyChanges.Save(ndb, folder, counts);
            ndb.Commit();
        }

        using (PstFileEditor editor = EditedStores.Open(Path))
        {
            editor.DeleteItem(id, permanent: true);
            editor.Commit();
        }

        Assert.DoesNotContain(EditedStores.Findings(Path), f => f.StartsWith("MSG-86 ", StringComparison.Ordinal));
        using PstFile file = PstFile.Open(Path);
        Assert.Equal(0, file.IpmSubtree.EnumerateFolders().Single(f => f.Name == "Inbox").UnreadCount);
    }

    [Fact]
    public void Folders_are_renamed_moved_and_deleted()
    {
        SampleFile.Build(Path);
        using (PstFileEditor editor = EditedStores.Open(Path))
        {
            PstEditFolder inbox = editor.FindFolder(FolderRole.Inbox)!;
            PstEditFolder invoices = editor.FindFolder(inbox, "請求書/2026")!;
            PstEditFolder level = editor.FindFolder(inbox, "階層 0")!;
            editor.RenameFolder(invoices, "Invoices");
            editor.MoveFolder(invoices, editor.IpmSubtree);
            editor.CreateFolder(editor.CreateFolder(editor.IpmSubtree, "階層 0"), "below");
            editor.DeleteFolder(editor.FindFolder(editor.IpmSubtree, "階層 0")!);
            editor.DeleteFolder(level);
            Assert.Equal("PstFolderExists", Assert.Throws<PstException>(() => editor.RenameFolder(invoices, "SENT ITEMS")).Id);
            Assert.Equal("PstFolderNeeded", Assert.Throws<PstException>(() => editor.DeleteFolder(inbox)).Id);
            Assert.Throws<ArgumentException>(() => editor.MoveFolder(invoices, editor.CreateFolder(invoices, "inner")));
            editor.Commit();
        }

        EditedStores.AssertSound(Path);
        using (PstFile file = PstFile.Open(Path))
        {
            string[] names = [.. EditedStores.Folders(file).Where(f => f.IsInIpmSubtree).Select(f => f.Path.ToString())];
            Assert.Contains("Invoices/inner", names);
            Assert.Contains("Deleted Items/階層 0/below", names);
            Assert.Contains("Deleted Items/階層 0 (2)/階層 1", names);
            Assert.DoesNotContain("受信トレイ/階層 0", names);
        }

        using (PstFileEditor editor = EditedStores.Open(Path))
        {
            editor.DeleteFolder(editor.FindFolder(editor.FindFolder(FolderRole.DeletedItems)!, "階層 0 (2)")!, permanent: true);
            editor.Commit();
        }

        EditedStores.AssertSound(Path);
        using PstFile after = PstFile.Open(Path);
        Assert.DoesNotContain(EditedStores.Folders(after), f => f.Name == "階層 29");
    }

    [Fact]
    public void An_item_that_cannot_be_read_leaves_the_file_as_it_was()
    {
        EditedStores.New(Path);
        using (PstFileEditor editor = EditedStores.Open(Path))
        {
            MapiItem broken = SampleItems.Mail(1);
            broken.Attachments.Add(SampleItems.File("gone", new SampleItems.Generated(100_000, _ => throw new IOException("gone"))));
            NodeId first = editor.AddItem(editor.IpmSubtree, SampleItems.Mail(0));
            Assert.Throws<IOException>(() => editor.AddItem(editor.IpmSubtree, broken));
            Assert.Equal("PstItemTooDeep", Assert.Throws<PstException>(() => editor.AddItem(editor.IpmSubtree, SampleItems.Nested(70))).Id);
            Assert.Throws<IOException>(() => editor.ChangeItem(first, i => i.Attachments.Add(broken.Attachments[0])));
            Assert.False(editor.IsBroken);
            editor.AddItem(editor.IpmSubtree, SampleItems.Mail(2));
            editor.Commit();
        }

        EditedStores.AssertSound(Path);
        using PstFile file = PstFile.Open(Path);
        Assert.Equal([SampleItems.Mail(0).Subject, SampleItems.Mail(2).Subject], file.IpmSubtree.EnumerateItems().Select(i => i.Subject));
    }

    [Fact]
    public void Groups_are_committed_by_themselves()
    {
        EditedStores.New(Path);
        PstEditOptions options = EditedStores.Options() with { CommitGroup = new PstCommitGroup(10, long.MaxValue, TimeSpan.MaxValue) };
        using (PstFileEditor editor = PstFileEditor.Open(Path, options))
        {
            for (int i = 0; i < 25; i++)
            {
                editor.AddItem(editor.IpmSubtree, SampleItems.Mail(i));
            }
        }

        EditedStores.AssertSound(Path);
        using PstFile file = PstFile.Open(Path);
        Assert.Equal((20, 20), (file.IpmSubtree.ItemCount, file.IpmSubtree.EnumerateItems().Count()));
    }

    [Fact]
    public void Names_are_added_to_those_the_file_has()
    {
        SampleFile.Build(Path);
        PropertyName known = PropertyNames.Keywords;
        PropertyName[] added = [.. Enumerable.Range(0, 40).Select(i => new PropertyName(new Guid(i % 3, 0, 0, new byte[8]), "name " + i))];
        MapiItem item = SampleItems.Mail(1);
        item.Properties.Set(known, "one");
        Array.ForEach(added, n => item.Properties.Set(n, n.ToString()));
        NodeId id;
        using (PstFileEditor editor = EditedStores.Open(Path))
        {
            id = editor.AddItem(editor.IpmSubtree, item);
            editor.Commit();
        }

        EditedStores.AssertSound(Path);
        using PstFile file = PstFile.Open(Path);
        Assert.Empty(ItemComparer.Compare(item, file.OpenItem(id)));
        NodeId many = EditedStores.Folders(file).Single(f => f.Name == "階層 29").EnumerateItems().Last().NodeId;
        Assert.Empty(ItemComparer.Compare(SampleFile.WithManyProperties(), file.OpenItem(many)));
    }

    [Fact]
    public void Items_beyond_the_limit_are_refused_and_others_still_taken()
    {
        EditedStores.New(Path);
        using (PstFileEditor editor = PstFileEditor.Open(Path, EditedStores.Options() with { MaxLength = 600_000 }))
        {
            MapiItem large = SampleItems.Mail(1);
            large.Attachments.Add(SampleItems.File("large", new SampleItems.Generated(2_000_000)));
            NodeId small = editor.AddItem(editor.IpmSubtree, SampleItems.Mail(0));
            Assert.Equal("PstSizeLimit", Assert.Throws<PstException>(() => editor.AddItem(editor.IpmSubtree, large)).Id);
            Assert.Equal("PstSizeLimit", Assert.Throws<PstException>(() => editor.ChangeItem(small, i => i.Attachments.Add(large.Attachments[0]))).Id);
            editor.AddItem(editor.IpmSubtree, SampleItems.Mail(2));
            editor.Commit();
        }

        EditedStores.AssertSound(Path);
        using PstFile file = PstFile.Open(Path);
        Assert.Equal(2, file.IpmSubtree.ItemCount);
        Assert.InRange(file.Length, 1, 600_000);
        Assert.Empty(ItemComparer.Compare(SampleItems.Mail(0), file.OpenItem(file.IpmSubtree.EnumerateItems().First().NodeId)));
    }

    [Fact]
    public void The_store_is_changed_and_its_key_is_not()
    {
        EditedStores.New(Path);
        using (PstFileEditor editor = EditedStores.Open(Path))
        {
            PropertyBag values = new();
            values.Set(PropertyTags.DisplayName, "renamed");
            values.Set(PropertyTags.RecordKey, new byte[16]);
            values.Set(PropertyNames.ExportOf, "graph:someone@example.com");
            editor.SetStoreProperties(values);
            editor.Commit();
        }

        EditedStores.AssertSound(Path);
        using PstFile file = PstFile.Open(Path);
        Assert.Equal(("renamed", "graph:someone@example.com"), (file.DisplayName, file.Properties.GetString(PropertyNames.ExportOf)));
        Assert.Equal(SampleFile.Options().RecordKey, file.RecordKey.ToArray());
    }

    public void Dispose() => _folder.Dispose();

    private NodeId[] Ids(string name)
    {
        using PstFile file = PstFile.Open(Path);
        return [.. file.IpmSubtree.EnumerateFolders().Single(f => f.Name == name).EnumerateItems().Select(i => i.NodeId)];
    }

    private List<string> List()
    {
        using PstFile file = PstFile.Open(Path);
        return [.. EditedStores.Folders(file).SelectMany(f => f.EnumerateItems().Select(i => f.Path + ": " + i.NodeId + i.Subject).Prepend(f.Path.ToString()))];
    }
}
