using System.Text;
using PstMigration.Mapi;
using PstMigration.Pst.Ltp;
using PstMigration.Pst.Messaging;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Tests.Synthetic;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Pst.Tests.Messaging;

public class MessagingTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("plain", "plain")]
    [InlineData("\u0001\u0001no prefix", "no prefix")]
    [InlineData("\u0001\u0005Re: with prefix", "Re: with prefix")]
    [InlineData("\u0001\u0001", "")]
    [InlineData("\u0001", "")]
    public void Subjects_lose_their_marker(string stored, string shown) => Assert.Equal(shown, SubjectPrefix.Strip(stored));

    [Theory]
    [InlineData("Inbox", FolderRole.Inbox)]
    [InlineData("受信トレイ", FolderRole.Inbox)]
    [InlineData("削除済みアイテム", FolderRole.DeletedItems)]
    [InlineData("送信済みアイテム", FolderRole.SentItems)]
    [InlineData("迷惑メール", FolderRole.JunkEmail)]
    [InlineData("予定表", FolderRole.Calendar)]
    [InlineData("gesendete elemente", FolderRole.SentItems)]
    [InlineData("Boîte de réception", FolderRole.Inbox)]
    [InlineData("Projects", FolderRole.None)]
    public void Names_of_default_folders_in_many_languages(string name, FolderRole role) => Assert.Equal(role, FolderNames.Find(name));

    [Fact]
    public void Roles_in_a_default_store_of_outlook()
    {
        using PstFile file = PstFile.Open(TestData.Path("pst/Outlook_1.pst"));
        Dictionary<string, FolderRole> roles = file.IpmSubtree.EnumerateFolders().ToDictionary(f => f.Name, f => f.Role);

        Assert.Equal(FolderRole.Root, file.IpmSubtree.Role);
        Assert.Equal(
            [
                FolderRole.Inbox, FolderRole.Drafts, FolderRole.SentItems, FolderRole.DeletedItems, FolderRole.Outbox, FolderRole.JunkEmail,
                FolderRole.Calendar, FolderRole.Contacts, FolderRole.Tasks, FolderRole.Notes, FolderRole.Journal,
            ],
            new[] { "Inbox", "Drafts", "Sent Items", "Deleted Items", "Outbox", "Junk E-mail", "Calendar", "Contacts", "Tasks", "Notes", "Journal" }
                .Select(n => roles[n]));
        Assert.Equal(FolderRole.None, roles["RSS Feeds"]);
    }

    [Theory]
    [InlineData("pst/SampleOstFile.ost", "Calendar", 0x8022u)]
    [InlineData("pst/outlook-com-4k.ost", "Calendar", 0x8182u)]
    public void Roles_in_an_offline_store_go_by_exchange_ids(string name, string folder, uint node)
    {
        using PstFile file = PstFile.Open(TestData.Path(name));
        PstFolder calendar = Assert.Single(file.IpmSubtree.EnumerateFolders(), f => f.Role == FolderRole.Calendar);

        Assert.Equal((folder, new NodeId(node)), (calendar.Name, calendar.NodeId));
        Assert.Equal(new NodeId(0x2182), Assert.Single(file.IpmSubtree.EnumerateFolders(), f => f.Role == FolderRole.Inbox).NodeId);
        Assert.Equal(FolderRole.Drafts, Assert.Single(file.IpmSubtree.EnumerateFolders(), f => f.Name == "Drafts").Role);
    }

    /// <summary>Outlook keeps the conversation id in the row alone, in data files as in offline stores.</summary>
    [Theory]
    [InlineData("pst/testPST.pst", 7)]
    [InlineData("pst/passwordprotectedPST.pst", 18)]
    [InlineData("pst/SampleOstFile.ost", 83)]
    [InlineData("pst/test_unicode.pst", 0)]
    public void What_only_the_row_of_an_item_tells_is_the_items(string name, int conversations)
    {
        using PstFile file = PstFile.Open(TestData.Path(name));
        Stack<PstFolder> folders = new([file.Root]);
        List<MapiItem> items = [];
        while (folders.Count > 0)
        {
            PstFolder folder = folders.Pop();
            folder.EnumerateFolders().Where(f => !f.IsSearchFolder).ToList().ForEach(folders.Push);
            items.AddRange(folder.EnumerateItems().Select(i => file.OpenItem(i.NodeId)));
        }

        Assert.Equal(conversations, items.Count(i => i.Properties.GetBinary(PropertyTags.ConversationId)?.Length == 16));
        Assert.Equal(file.Kind == PstKind.Ost, items.Exists(i => i.Properties.Contains(PropertyTags.MessageStatus)));
        Assert.Empty(file.Damage);
    }

    [Fact]
    public void A_folder_named_like_a_default_one_of_another_kind_has_no_role()
    {
        TestStore store = new(new TestPst(PstLayout.Unicode));
        store.ToArray();
        NodeId hierarchy = TestStore.IpmSubtree.WithType(NodeIdType.HierarchyTable);
        store.File.RemoveNode(hierarchy);
        new TestTable(store.File, TestStore.HierarchyColumns)
            .AddRow(TestStore.Folder.Value, (0x3001001F, "Calendar"), (0x3613001F, "IPF.Note")).AddTo(hierarchy);

        using PstFile file = ShapeTests.Open(store.File.ToArray());

        Assert.Equal(FolderRole.None, Assert.Single(file.IpmSubtree.EnumerateFolders()).Role);
    }

    [Fact]
    public async Task A_source_gives_the_folders_people_see_and_their_items()
    {
        using PstFile file = PstFile.Open(TestData.Path("pst/Outlook_1.pst"));
        PstItemSource source = new(file);
        List<SourceFolder> folders = [];
        await foreach (SourceFolder folder in source.ReadFoldersAsync(CancellationToken.None))
        {
            if (!folder.IsHidden)
            {
                folders.Add(folder);
            }
        }

        Assert.Equal(FolderPath.Root, folders[0].Path);
        Assert.Equal(folders.Count, folders.Select(f => f.Path).Distinct().Count());
        Assert.All(folders.Skip(1), (f, i) => Assert.Contains(folders.Take(i + 1), p => p.Path.Equals(f.Path.Parent)));
        Assert.DoesNotContain(folders, f => f.Path.Name is "Reminders" or "Freebusy Data" or "Search Root");

        List<SourceItem> items = [];
        await foreach (SourceItem item in source.ReadItemsAsync(folders.Single(f => f.Role == FolderRole.Inbox), CancellationToken.None))
        {
            items.Add(item);
        }

        Assert.Equal(8, items.Count);
        MapiItem opened = await items[0].OpenAsync(CancellationToken.None);
        Assert.Equal(items[0].Summary.Subject, opened.Subject);
        Assert.Equal(items.Count, items.Select(i => i.Version).OfType<ItemVersion>().Distinct().Count());
        Assert.Equal(file.StoreKey, items[0].Key.Store);
        Assert.Matches("^0x[0-9A-F]{8}$", items[0].Key.Id);
    }

    [Fact]
    public async Task A_source_stops_when_cancelled()
    {
        using PstFile file = ShapeTests.Open(new TestStore(new TestPst(PstLayout.Unicode)).ToArray());
        using CancellationTokenSource cancel = new();
        cancel.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (SourceFolder folder in new PstItemSource(file).ReadFoldersAsync(cancel.Token))
            {
                Assert.Fail(folder.Path.ToString());
            }
        });
    }

    [Fact]
    public void Listing_a_4k_contents_table_takes_columns_from_their_own_heaps()
    {
        using PstFile file = PstFile.Open(TestData.Path("pst/outlook-com-4k.ost"));
        PstFolder inbox = file.GetFolder(new NodeId(0x2182));
        List<PstItemSummary> rows = [.. inbox.EnumerateItems()];

        Assert.Equal(10, rows.Count);
        Assert.All(rows, r => Assert.Equal(file.OpenItem(r.NodeId).Properties.GetString(PropertyTags.SentRepresentingName) ?? "", r.Sender));
    }

    [Fact]
    public void Items_of_an_offline_store_have_what_only_their_row_knows()
    {
        using PstFile file = PstFile.Open(TestData.Path("pst/outlook-com-4k.ost"));
        PstItemSummary row = file.GetFolder(new NodeId(0x2182)).EnumerateItems().First();
        MapiItem item = file.OpenItem(row.NodeId);

        Assert.NotNull(row.LastModificationTime);
        Assert.Equal(row.LastModificationTime, item.Properties.GetTime(PropertyTags.LastModificationTime));
        Assert.Equal(16, item.Properties.GetBinary(PropertyTags.ConversationId)!.Length);
    }

    [Fact]
    public void Eight_bit_text_goes_by_its_message_then_by_the_file()
    {
        TestPst test = new(PstLayout.Ansi);
        TestStore store = new(test);
        byte[] japanese = CodePages.Find(932)!.GetBytes("請求書の件");
        byte[] russian = CodePages.Find(1251)!.GetBytes("Привет");
        NodeId own = store.AddMessage("x", p => p.Set(0x1000001E, russian).Set(0x3FFD0003, 1251));
        NodeId none = store.AddMessage("x", p => p.Set(0x1000001E, japanese));
        store.AddMessage("x", p => p.Set(0x3FFD0003, 932));
        store.AddMessage("x", p => p.Set(0x3FFD0003, 932));
        byte[] bytes = store.ToArray();

        using PstFile file = ShapeTests.Open(bytes);
        Assert.Equal("Привет", file.OpenItem(own).Properties.GetString(PropertyTags.Body));
        Assert.Equal("請求書の件", file.OpenItem(none).Properties.GetString(PropertyTags.Body));
        Assert.Equal((932, PstCodePageOrigin.Messages), (file.CodePage, file.CodePageOrigin));

        using PstFile asked = ShapeTests.Open(bytes, new PstOpenOptions { CodePage = 1251 });
        Assert.Equal((1251, PstCodePageOrigin.Option), (asked.CodePage, asked.CodePageOrigin));
        Assert.Equal(CodePages.Find(1251)!.GetString(japanese), asked.OpenItem(none).Properties.GetString(PropertyTags.Body));
    }

    [Theory]
    [InlineData(932, "お世話になっております。来週の会議の資料をお送りしますので、ご確認ください。")]
    [InlineData(51932, "お世話になっております。来週の会議の資料をお送りしますので、ご確認ください。")]
    [InlineData(50220, "お世話になっております。")]
    [InlineData(936, "您好,请查收附件中的会议资料。如有任何问题请随时与我们联系,谢谢您的支持与配合。")]
    [InlineData(949, "안녕하세요. 다음 주 회의 자료를 보내드리오니 확인해 주시기 바랍니다.")]
    [InlineData(950, "您好,請查收附件中的會議資料。如有任何問題請隨時與我們聯絡,謝謝您的支持。")]
    [InlineData(1251, "Здравствуйте, высылаю материалы для встречи на следующей неделе.")]
    [InlineData(65001, "Grüße aus München, お元気ですか")]
    [InlineData(1252, "Grüße aus München, schöne Feiertage und ein gutes neues Jahr, Frau Müller")]
    public void Text_without_a_code_page_tells_its_own(int codePage, string text)
    {
        Encoding encoding = CodePages.Find(codePage) ?? Encoding.GetEncoding(codePage);

        Assert.Equal(codePage == 1252 ? null : codePage, CharsetDetector.Guess(encoding.GetBytes(text + "\n" + text))?.CodePage);
    }

    [Fact]
    public void Entry_ids_name_nodes_or_counters()
    {
        Assert.True(EntryIds.TryReadNode(TestStore.EntryId(new NodeId(0x8022)), out NodeId node));
        Assert.Equal(new NodeId(0x8022), node);
        byte[] exchange = new byte[46];
        exchange[38] = 0x12;
        exchange[43] = 0x01;
        Assert.False(EntryIds.TryReadNode(exchange, out _));
        Assert.True(EntryIds.TryReadCounter(exchange, out ulong counter));
        Assert.Equal(0x0100_0000_0012ul, counter);
        Assert.Equal(counter, EntryIds.CounterOf(0x0100_0000_0012_0001));
    }

    [Theory]
    [InlineData("0x00200024")]
    [InlineData("0x00008022")]
    public void Node_ids_are_read_as_they_are_written(string text) => Assert.Equal(text, NodeId.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("0x")]
    [InlineData("200024")]
    [InlineData("0xZZ")]
    [InlineData("0x123456789")]
    public void Other_text_is_no_node_id(string text) => Assert.Throws<FormatException>(() => NodeId.Parse(text));

    [Fact]
    public void Items_can_be_read_from_several_threads()
    {
        using PstFile file = PstFile.Open(TestData.Path("pst/outlook-com-4k.ost"));
        List<NodeId> items = [.. file.GetFolder(new NodeId(0x81C2)).EnumerateItems().Select(i => i.NodeId)];
        string[] expected = [.. items.Select(i => file.OpenItem(i).Subject)];
        string[] subjects = new string[items.Count];

        Parallel.For(0, items.Count, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i => subjects[i] = file.OpenItem(items[i]).Subject);

        Assert.Equal(expected, subjects);
    }
}
