using PstMigration.Mapi;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Pst.Tests.Messaging;

public sealed class PstItemTargetTests
{
    private static readonly ItemKey s_key = new("graph:someone@example.com", "AAMk=");
    private static readonly ItemDigest s_digest = new(DigestLevel.Content, new string('a', 64));

    [Fact]
    public async Task An_item_carries_where_it_came_from()
    {
        using TemporaryFolder folder = new();
        ItemMarker marker = ItemMarker.Compute(s_key, s_digest);
        MapiItem item = SampleItems.Mail(1);
        int properties = item.Properties.Count;
        WriteResult result;
        using (PstItemTarget target = Create(folder))
        {
            TargetFolder inbox = await Open(target, "受信トレイ", FolderRole.Inbox);
            Assert.False(await target.ContainsAsync(marker, CancellationToken.None));
            result = await target.WriteAsync(inbox, item, Provenance(s_key), CancellationToken.None);
            Assert.True(await target.ContainsAsync(marker, CancellationToken.None));
            await target.CompleteAsync(CancellationToken.None);
        }

        Assert.Equal(properties, item.Properties.Count);
        using PstFile file = PstFile.Open(folder.File("a.pst"));
        Assert.Equal(file.StoreKey, result.TargetKey!.Value.Store);
        PropertyBag p = file.OpenItem(NodeId.Parse(result.TargetKey!.Value.Id)).Properties;
        Assert.Equal(marker.Value, p.GetString(PropertyNames.Marker));
        Assert.Equal(s_key.ToString(), p.GetString(PropertyNames.SourceKey));
        Assert.Equal("version", p.GetString(PropertyNames.SourceVersion));
        Assert.Equal(s_digest.Hex, p.GetString(PropertyNames.SourceDigest));
    }

    [Fact]
    public async Task Folders_are_found_again_and_made_with_their_parents()
    {
        using TemporaryFolder folder = new();
        using (PstItemTarget target = Create(folder))
        {
            TargetFolder deleted = await Open(target, "削除済みアイテム", FolderRole.DeletedItems);
            TargetFolder below = await Open(target, "削除済みアイテム/古い", FolderRole.None);
            TargetFolder deep = await Open(target, "a/b/c", FolderRole.None);
            TargetFolder again = await Open(target, "A/B", FolderRole.None);

            Assert.Equal("Deleted Items", deleted.Path.ToString());
            Assert.Equal("Deleted Items/古い", below.Path.ToString());
            Assert.Equal("a/b/c", deep.Path.ToString());
            Assert.Equal("a/b", again.Path.ToString());
            Assert.Equal("/", (await Open(target, "", FolderRole.Root)).Path.ToString());
            await target.CompleteAsync(CancellationToken.None);
        }

        using PstFile file = PstFile.Open(folder.File("a.pst"));
        Assert.Equal(["Deleted Items", "a"], file.IpmSubtree.EnumerateFolders().Select(f => f.Name));
    }

    [Fact]
    public async Task Rows_of_many_recipients_are_not_held_and_what_they_lose_is_told_once()
    {
        const int Count = 10_050;
        using TemporaryFolder folder = new();
        MapiItem item = SampleItems.Mail(1);
        item.Recipients.Clear();
        for (int i = 0; i < Count; i++)
        {
            PropertyBag p = new();
            p.Set(PropertyTags.RecipientType, 1);
            p.Set(PropertyTags.DisplayName, "Person " + i);
            p.Set(PropertyTags.SmtpAddress, "p" + i + "@example.com");

            // A column the first rows do not have, and a value with no form in a file.
            p[new PropertyKey(i == Count - 1 ? (ushort)0x6701 : (ushort)0x6702)] = i == Count - 1 ? PropertyValue.FromInt32(7) : PropertyValue.FromBinary([1], (PropertyType)0x00EE);
            item.Recipients.Add(new MapiRecipient(p));
        }

        WriteResult result;
        using (PstItemTarget target = Create(folder))
        {
            result = await target.WriteAsync(await Open(target, "Inbox", FolderRole.Inbox), item, Provenance(s_key), CancellationToken.None);
            await target.CompleteAsync(CancellationToken.None);
        }

        Assert.Equal(Count - 1, result.Losses.Count(l => l.Kind == LossKind.Field));
        using PstFile file = PstFile.Open(folder.File("a.pst"));
        MapiItem read = file.OpenItem(NodeId.Parse(result.TargetKey!.Value.Id));
        Assert.Equal(item.Recipients.Select(r => r.SmtpAddress), read.Recipients.Select(r => r.SmtpAddress));
        Assert.Equal(7, read.Recipients[Count - 1].Properties.GetInt32(new PropertyTag(0x6701, PropertyType.Integer32)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_item_stops_in_the_middle_and_leaves_nothing(bool exists)
    {
        using TemporaryFolder folder = new();
        if (exists)
        {
            using PstItemTarget first = Create(folder);
            await first.CompleteAsync(CancellationToken.None);
        }

        using CancellationTokenSource stop = new();
        MapiItem stopped = SampleItems.Mail(1);
        for (int i = 0; i < 3; i++)
        {
            PropertyBag p = new();
            p.Set(PropertyTags.AttachMethod, (int)AttachMethod.EmbeddedMessage);
            stopped.Attachments.Add(new MapiAttachment(p, () =>
            {
                Assert.False(stop.IsCancellationRequested);
                stop.Cancel();
                return SampleItems.Mail(2);
            }));
        }

        using (PstItemTarget target = exists ? PstItemTarget.Open(folder.File("a.pst")) : Create(folder))
        {
            TargetFolder inbox = await Open(target, "Inbox", FolderRole.Inbox);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => target.WriteAsync(inbox, stopped, Provenance(s_key), stop.Token));
            Assert.Equal((ItemFate.Copied, null), await Write(target, inbox, SampleItems.Mail(3), "3"));
            await target.CompleteAsync(CancellationToken.None);
        }

        using PstFile file = PstFile.Open(folder.File("a.pst"));
        Assert.Single(file.IpmSubtree.EnumerateFolders().Single(f => f.Name == "Inbox").EnumerateItems());
        Assert.DoesNotContain(new PstChecker().CheckAll(folder.File("a.pst")).Findings, f => f.Severity == PstFindingSeverity.Error);
    }

    [Fact]
    public async Task Associated_items_go_where_they_belong()
    {
        using TemporaryFolder folder = new();
        using (PstItemTarget target = Create(folder))
        {
            TargetFolder inbox = await Open(target, "Inbox", FolderRole.Inbox);
            await target.WriteAsync(inbox, SampleFile.Associated(1), Provenance(s_key), CancellationToken.None);
            await target.CompleteAsync(CancellationToken.None);
        }

        using PstFile file = PstFile.Open(folder.File("a.pst"));
        PstFolder read = file.IpmSubtree.EnumerateFolders().Single(f => f.Name == "Inbox");
        Assert.Single(read.EnumerateAssociated());
        Assert.Empty(read.EnumerateItems());
    }

    [Fact]
    public async Task An_item_that_cannot_be_read_is_a_result_and_the_run_goes_on()
    {
        using TemporaryFolder folder = new();
        using (PstItemTarget target = Create(folder))
        {
            TargetFolder inbox = await Open(target, "Inbox", FolderRole.Inbox);
            MapiItem gone = SampleItems.Mail(1);
            gone.Attachments.Add(SampleItems.File("gone", new SampleItems.Generated(100_000, _ => throw new IOException("gone"))));
            MapiItem damaged = SampleItems.Mail(2);
            damaged.Attachments.Add(new MapiAttachment(null, () => throw new MailDataException(TestError.Of("PstDamaged"), "damaged")));

            Assert.Equal((ItemFate.Failed, "ItemUnreadable"), await Write(target, inbox, gone, "1"));
            Assert.Equal((ItemFate.Failed, "PstDamaged"), await Write(target, inbox, damaged, "2"));
            Assert.Equal((ItemFate.Failed, "PstItemTooDeep"), await Write(target, inbox, SampleItems.Nested(70), "3"));
            Assert.Equal((ItemFate.Copied, null), await Write(target, inbox, SampleItems.Mail(4), "4"));
            Assert.False(await target.ContainsAsync(Provenance(new ItemKey("s", "1")).Marker, CancellationToken.None));
            await target.CompleteAsync(CancellationToken.None);
        }

        Assert.Empty(Verification.StructureVerifier.Verify(folder.File("a.pst")));
    }

    [Fact]
    public async Task What_has_no_form_in_a_file_is_said()
    {
        using TemporaryFolder folder = new();
        using PstItemTarget target = Create(folder);
        MapiItem item = SampleItems.Mail(1);
        item.Properties[SampleItems.Lettered] = default;

        WriteResult before = await target.WriteAsync(await Open(target, "Inbox", FolderRole.Inbox), SampleItems.Mail(3), Provenance(s_key), CancellationToken.None);
        WriteResult result = await target.WriteAsync(await Open(target, "Inbox", FolderRole.Inbox), item, Provenance(s_key), CancellationToken.None);
        WriteResult next = await target.WriteAsync(await Open(target, "Inbox", FolderRole.Inbox), SampleItems.Mail(2), Provenance(s_key), CancellationToken.None);

        Assert.Empty(before.Losses);
        Assert.Equal((ItemFate.Copied, new ItemLoss(LossKind.Field, SampleItems.Lettered.ToString())), (result.Fate, Assert.Single(result.Losses)));
        Assert.Empty(next.Losses);
    }

    [Fact]
    public async Task Roles_are_told_whatever_the_names()
    {
        using TemporaryFolder folder = new();
        FolderRole[] roles = [.. Enum.GetValues(typeof(FolderRole)).Cast<FolderRole>().Where(r => r is not (FolderRole.None or FolderRole.Root))];
        using (PstItemTarget target = Create(folder))
        {
            foreach (FolderRole role in roles)
            {
                await Open(target, "folder " + role, role);
            }

            await target.CompleteAsync(CancellationToken.None);
        }

        Assert.Empty(Verification.StructureVerifier.Verify(folder.File("a.pst")));
        using PstFile file = PstFile.Open(folder.File("a.pst"));
        Assert.Equal(
            roles.Select(r => (r, r == FolderRole.DeletedItems ? "Deleted Items" : "folder " + r)).OrderBy(p => p.r),
            file.IpmSubtree.EnumerateFolders().Select(f => (f.Role, f.Name)).OrderBy(p => p.Role));
    }

    [Fact]
    public async Task Cancelling_leaves_nothing()
    {
        using TemporaryFolder folder = new();
        using (PstItemTarget target = Create(folder))
        {
            TargetFolder inbox = await Open(target, "Inbox", FolderRole.Inbox);
            CancellationToken cancelled = new(canceled: true);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => target.WriteAsync(inbox, SampleItems.Mail(1), Provenance(s_key), cancelled));
        }

        Assert.Empty(folder.Names());
    }

    private static PstItemTarget Create(TemporaryFolder folder) => PstItemTarget.Create(folder.File("a.pst"), SampleFile.Options());

    private static Task<TargetFolder> Open(PstItemTarget target, string path, FolderRole role) =>
        target.OpenFolderAsync(FolderPath.Parse(path), role, "IPF.Note", CancellationToken.None);

    private static async Task<(ItemFate, string?)> Write(PstItemTarget target, TargetFolder folder, MapiItem item, string id)
    {
        WriteResult result = await target.WriteAsync(folder, item, Provenance(new ItemKey("s", id)), CancellationToken.None);
        return (result.Fate, result.ReasonId);
    }

    private static ItemProvenance Provenance(ItemKey key) => Targets.Provenance(key, s_digest);
}
