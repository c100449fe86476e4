using PstMigration.Mapi;
using PstMigration.Pst.Tests.Verification;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Pst.Tests.Messaging;

/// <summary>What is written reads back the same.</summary>
public sealed class RoundTripTests
{
    [Theory]
    [InlineData("mail")]
    [InlineData("every type")]
    [InlineData("nested")]
    [InlineData("deeply nested")]
    [InlineData("attachments")]
    [InlineData("900 attachments")]
    [InlineData("1500 recipients")]
    [InlineData("400 named properties")]
    [InlineData("contact")]
    [InlineData("nothing")]
    [InlineData("9 MB attachment")]
    public void Items_of_all_kinds(string kind)
    {
        MapiItem item = Make(kind);
        Build(
            builder => builder.AddItem(builder.RootFolder, item),
            file => Assert.Empty(ItemComparer.Compare(item, file.OpenItem(Assert.Single(file.IpmSubtree.EnumerateItems()).NodeId))));
    }

    [Fact]
    public void The_comparison_sees_a_difference_at_any_depth()
    {
        MapiItem other = SampleItems.Nested(3);
        other.Attachments[0].OpenEmbedded().Attachments[0].OpenEmbedded().Recipients[1].Properties.Set(PropertyTags.DisplayName, "else");

        Assert.Single(ItemComparer.Compare(SampleItems.Nested(3), other));
        Assert.Empty(ItemComparer.Compare(SampleFile.WithAttachments(), SampleFile.WithAttachments()));
    }

    [Fact]
    public void Every_item_of_a_large_folder_is_listed_in_order() => Build(
        builder =>
        {
            for (int i = 0; i < 5000; i++)
            {
                builder.AddItem(builder.RootFolder, SampleItems.Mail(i));
            }
        },
        file =>
        {
            int i = 0;
            foreach (PstItemSummary summary in file.IpmSubtree.EnumerateItems())
            {
                MapiItem item = SampleItems.Mail(i++);
                Assert.Equal((item.Subject, item.MessageClass, item.Flags), (summary.Subject, summary.MessageClass, summary.Flags));
                Assert.Equal((item.Properties.GetTime(PropertyTags.ClientSubmitTime), "花子"), (summary.SubmitTime, summary.To));
                if (i % 100 == 0)
                {
                    Assert.Empty(ItemComparer.Compare(item, file.OpenItem(summary.NodeId)));
                }
            }

            Assert.Equal((5000, 5000, 1667), (i, file.IpmSubtree.ItemCount, file.IpmSubtree.UnreadCount));
        });

    [Fact]
    public void Folders_roles_and_store()
    {
        using TemporaryFolder folder = new();
        using PstFile file = PstFile.Open(SampleFile.Build(folder.File("a.pst")));

        List<PstFolder> folders = [file.IpmSubtree];
        for (int i = 0; i < folders.Count; i++)
        {
            folders.AddRange(folders[i].EnumerateFolders());
        }

        Assert.Equal(SampleFile.ItemCount, folders.Sum(f => f.EnumerateItems().Count()));
        PstFolder inbox = Assert.Single(folders, f => f.Role == FolderRole.Inbox);
        Assert.Equal("受信トレイ", inbox.Path.ToString());
        Assert.Equal(3, inbox.EnumerateAssociated().Count());
        Assert.Equal("Sent Items", Assert.Single(folders, f => f.Role == FolderRole.SentItems).Name);
        Assert.Equal("IPF.Appointment", Assert.Single(folders, f => f.Role == FolderRole.Calendar).ContainerClass);
        Assert.Equal("Deleted Items", Assert.Single(folders, f => f.Role == FolderRole.DeletedItems).Name);
        Assert.Equal(31, folders.Max(f => f.Path.Names.Count));
        Assert.Contains(folders, f => f.Name == "請求書/2026");
        Assert.Equal("pst:" + Hex.Lower(SampleItems.Bytes(99, 16)), file.StoreKey);
        Assert.Equal("graph:someone@example.com", file.Properties.GetString(PropertyNames.ExportOf));
        Assert.Empty(file.Damage);
    }

    [Theory]
    [MemberData(nameof(TestFiles))]
    public async Task Every_item_of_real_files_is_carried_over(string? relative)
    {
        using PstFile original = PstFile.Open(TestData.Path(relative ?? ""));
        PstItemSource source = new(original);
        using TemporaryFolder folder = new();
        Dictionary<string, string> keys = [];
        using (PstItemTarget target = PstItemTarget.Create(folder.File("copy.pst"), SampleFile.Options()))
        {
            await foreach (SourceFolder from in source.ReadFoldersAsync(CancellationToken.None))
            {
                TargetFolder to = await target.OpenFolderAsync(from.Path, from.Role, from.ContainerClass, CancellationToken.None);
                await foreach (SourceItem item in source.ReadItemsAsync(from, CancellationToken.None))
                {
                    WriteResult result = await target.WriteAsync(to, await item.OpenAsync(CancellationToken.None), Provenance(item.Key), CancellationToken.None);
                    Assert.Equal((ItemFate.Copied, null), (result.Fate, result.Reason));
                    keys.Add(item.Key.Id, result.TargetKey!.Value.Id);
                }
            }

            await target.CompleteAsync(CancellationToken.None);
        }

        Assert.Empty(StructureVerifier.Verify(folder.File("copy.pst")));
        using PstFile copy = PstFile.Open(folder.File("copy.pst"));
        foreach (KeyValuePair<string, string> pair in keys)
        {
            MapiItem item = original.OpenItem(NodeId.Parse(pair.Key));
            Assert.Empty(ItemComparer.Compare(item, copy.OpenItem(NodeId.Parse(pair.Value)), pair.Key));
        }

        Assert.Empty(copy.Damage);
    }

    public static IEnumerable<TheoryDataRow<string?>> TestFiles() => TestData.Files("pst", ".pst", ".ost");

    private static ItemProvenance Provenance(ItemKey key)
    {
        ItemDigest digest = new(DigestLevel.Content, new string('0', 64));
        return Targets.Provenance(key, digest);
    }

    private static void Build(Action<PstFileBuilder> fill, Action<PstFile> check)
    {
        using TemporaryFolder folder = new();
        using (PstFileBuilder builder = PstFileBuilder.Create(folder.File("a.pst"), SampleFile.Options()))
        {
            fill(builder);
            builder.Complete();
        }

        using PstFile file = PstFile.Open(folder.File("a.pst"));
        check(file);
        Assert.Empty(file.Damage);
    }

    private static MapiItem Make(string kind) => kind switch
    {
        "mail" => SampleItems.Mail(1),
        "every type" => SampleItems.AllTypes(),
        "nested" => SampleItems.Nested(5),
        "deeply nested" => SampleItems.Nested(40),
        "attachments" => SampleFile.WithAttachments(),
        "900 attachments" => WithManyAttachments(900),
        "1500 recipients" => SampleFile.WithRecipients(1500),
        "400 named properties" => SampleFile.WithManyProperties(),
        "contact" => SampleFile.Contact(),
        "nothing" => new MapiItem(),
        "9 MB attachment" => With(SampleItems.File("9 MB", new SampleItems.Generated(9_000_001))),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static MapiItem With(params MapiAttachment[] attachments) => new(SampleItems.Mail(1).Properties, [], attachments);

    private static MapiItem WithManyAttachments(int count) =>
        With([.. Enumerable.Range(0, count).Select(i => SampleItems.File($"f{i}", SampleItems.Bytes(i, i * 7)))]);
}
