using PstMigration.Mapi;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Pst.Tests.Messaging.Editing;

/// <summary>An existing file as the end of a transfer.</summary>
public sealed class ExistingTargetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("a.pst");

    [Fact]
    public async Task What_an_earlier_run_brought_is_found_and_folders_are_found_again()
    {
        SampleFile.Build(Path);
        int folders;
        using (PstFile file = PstFile.Open(Path))
        {
            folders = EditedStores.Folders(file).Count;
        }

        WriteResult first = await Write("1");
        WriteResult other = await Write("2");
        using (PstItemTarget target = PstItemTarget.Open(Path, EditedStores.Options()))
        {
            Assert.True(await target.ContainsAsync(Provenance("1").Marker, CancellationToken.None));
            Assert.True(await target.ContainsAsync(Provenance("2").Marker, CancellationToken.None));
            Assert.False(await target.ContainsAsync(Provenance("3").Marker, CancellationToken.None));
        }

        EditedStores.AssertSound(Path);
        using PstFile read = PstFile.Open(Path);
        Assert.Equal(folders + 1, EditedStores.Folders(read).Count);
        PstFolder inbox = EditedStores.Folders(read).Single(f => f.Role == FolderRole.Inbox);
        Assert.Equal(["new"], inbox.EnumerateFolders().Select(f => f.Name).Where(n => n == "new"));
        Assert.Equal(read.StoreKey, first.TargetKey!.Value.Store);
        PropertyBag p = read.OpenItem(NodeId.Parse(other.TargetKey!.Value.Id)).Properties;
        Assert.Equal(Provenance("2").Marker!.Value.Value, p.GetString(PropertyNames.Marker));
        Assert.Equal(Provenance("2").Key.ToString(), p.GetString(PropertyNames.SourceKey));
    }

    [Fact]
    public async Task An_item_that_is_deleted_for_good_is_brought_again()
    {
        EditedStores.New(Path);
        WriteResult written = await Write("1");
        using (PstFileEditor editor = EditedStores.Open(Path))
        {
            editor.DeleteItem(NodeId.Parse(written.TargetKey!.Value.Id), permanent: true);
            editor.Commit();
        }

        using PstItemTarget target = PstItemTarget.Open(Path);
        Assert.False(await target.ContainsAsync(Provenance("1").Marker, CancellationToken.None));
    }

    [Fact]
    public async Task Roles_are_told_in_a_file_that_lacks_them()
    {
        EditedStores.New(Path);
        FolderRole[] roles = [.. Enum.GetValues(typeof(FolderRole)).Cast<FolderRole>().Where(r => r is not (FolderRole.None or FolderRole.Root))];
        using (PstItemTarget target = PstItemTarget.Open(Path))
        {
            foreach (FolderRole role in Enumerable.Reverse(roles))
            {
                await target.OpenFolderAsync(FolderPath.Parse("folder " + role), role, "", CancellationToken.None);
            }

            await target.CompleteAsync(CancellationToken.None);
        }

        EditedStores.AssertSound(Path);
        using PstFile file = PstFile.Open(Path);
        Assert.Equal(
            roles.Select(r => (r, r == FolderRole.DeletedItems ? "Deleted Items" : "folder " + r)).OrderBy(p => p.r),
            file.IpmSubtree.EnumerateFolders().Select(f => (f.Role, f.Name)).OrderBy(p => p.Role));
    }

    public void Dispose() => _folder.Dispose();

    private async Task<WriteResult> Write(string id)
    {
        using PstItemTarget target = PstItemTarget.Open(Path, EditedStores.Options());
        await target.OpenFolderAsync(FolderPath.Parse("Inbox"), FolderRole.Inbox, "IPF.Note", CancellationToken.None);
        TargetFolder folder = await target.OpenFolderAsync(FolderPath.Parse("Inbox/new"), FolderRole.None, "IPF.Note", CancellationToken.None);
        WriteResult result = await target.WriteAsync(folder, SampleItems.Mail(1), Provenance(id), CancellationToken.None);
        await target.CompleteAsync(CancellationToken.None);
        return result;
    }

    private static ItemProvenance Provenance(string id)
    {
        ItemKey key = new("graph:someone@example.com", id);
        return Targets.Provenance(key, new ItemDigest(DigestLevel.Content, new string('a', 64)));
    }
}
