using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Transfer.Tests;

/// <summary>Where folders go, and that comparing looks for them just there.</summary>
public sealed class FolderPlaceTests
{
    [Theory]
    [InlineData(null, "/ Posteingang Posteingang/A Posteingang/B/C D D/E/F")]
    [InlineData("Inbox", "Posteingang Posteingang/受信トレイ Posteingang/受信トレイ/A Posteingang/受信トレイ/B/C Posteingang/D Posteingang/D/E/F")]
    [InlineData("受信トレイ/old", "Posteingang/old Posteingang/old/受信トレイ Posteingang/old/受信トレイ/A Posteingang/old/受信トレイ/B/C Posteingang/old/D Posteingang/old/D/E/F")]
    [InlineData("Posteingang", "Posteingang Posteingang/受信トレイ Posteingang/受信トレイ/A Posteingang/受信トレイ/B/C Posteingang/D Posteingang/D/E/F")]
    [InlineData("old/Inbox", "old/Inbox old/Inbox/受信トレイ old/Inbox/受信トレイ/A old/Inbox/受信トレイ/B/C old/Inbox/D old/Inbox/D/E/F")]
    public async Task What_was_copied_is_expected_where_it_went(string? root, string expected)
    {
        // B and E are folders the source never names.
        MemorySource source = new MemorySource()
            .Folder("", FolderRole.Root).Item("loose").Folder("受信トレイ", FolderRole.Inbox).Item("in").Folder("受信トレイ/A").Item("a").Folder("受信トレイ/B/C").Item("c")
            .Folder("D").Item("d").Folder("D/E/F").Item("f");
        FolderPath? targetRoot = root is null ? null : FolderPath.Parse(root);
        MemoryTarget target = new();

        TransferRun run = await TransferRun.PlanAsync(source, new TransferOptions { TargetRoot = targetRoot }, new Silent(), CancellationToken.None);
        await run.RunAsync(target, CancellationToken.None);
        MemorySource written = new MemorySource("memory:2");
        foreach ((string folder, string subject) in target.Items)
        {
            written.Folder(folder == "/" ? "" : folder, folder == "Posteingang" ? FolderRole.Inbox : FolderRole.None).Item(subject);
        }

        if (root is not null && !target.Items.Any(i => i.Folder == "Posteingang"))
        {
            written.Folder("Posteingang", FolderRole.Inbox);
        }

        Assert.Equal(expected, string.Join(" ", target.Items.Select(i => i.Folder)));
        StoreComparison found = await StoreComparer.CompareAsync(source, written, new CompareOptions { TargetRoot = targetRoot }, CancellationToken.None);
        Assert.Equal((6L, 0L), (found.Count(CompareOutcome.Same), found.Count(CompareOutcome.Different)));
    }

    private sealed class Silent : ITransferObserver
    {
        public void OnVerifying(long read, long total)
        {
        }

        public void OnPlan(int folders, long items)
        {
        }

        public void OnFolder(SourceFolder folder)
        {
        }

        public void OnFolderUnreadable(SourceFolder folder, Exception exception) => Assert.Fail(exception.Message);

        public void OnItem(ItemResult result)
        {
        }
    }
}
