using PstMigration.Mapi;
using PstMigration.Transfer;
using Xunit;

namespace PstMigration.Transfer.Tests.Comparing;

/// <summary>Which item is compared with which: the pairs that differ in the fewest parts.</summary>
public sealed class PairingTests
{
    private static readonly DateTimeOffset s_time = new(2020, 6, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(2)]
    [InlineData(400)]
    public async Task Items_of_one_content_are_paired_by_what_else_they_are(int count)
    {
        MemorySource source = Alerts("memory:1", Enumerable.Range(0, count));
        // Another order at the other end: neither the first nor the last is the right one.
        MemorySource target = Alerts("memory:2", Enumerable.Range(0, count).OrderBy(i => (i * 7) % 11).ThenBy(i => i % 3));

        StoreComparison found = await CompareAsync(source, target);

        Assert.Equal((true, (long)count), (found.IsWhole, found.Count(CompareOutcome.Same)));
    }

    [Fact]
    public async Task What_differs_is_paired_with_what_it_differs_least_from()
    {
        MemorySource source = Alerts("memory:1", [0, 1, 2]);
        MemorySource target = Alerts("memory:2", [2, 1, 0]);
        // One was read, another one read and filed at another time.
        MemoryItem[] there = [.. target.Items];
        there[0].Item.Properties.Set(PropertyTags.MessageFlags, (int)MessageFlags.Read);
        there[2].Item.Properties.Set(PropertyTags.MessageFlags, (int)MessageFlags.Read);
        there[2].Item.Properties.Set(PropertyTags.MessageDeliveryTime, s_time.AddYears(1));

        StoreComparison found = await CompareAsync(source, target);

        Assert.Equal((1L, 2L), (found.Count(CompareOutcome.Same), found.Count(CompareOutcome.Different)));
        Assert.Equal([ItemPart.State, ItemPart.State | ItemPart.Times], found.Issues.Select(i => i.Differences).OrderBy(d => d));
    }

    [Fact]
    public async Task Edited_items_of_one_identity_are_paired_by_what_they_have_in_common()
    {
        MemorySource source = Alerts("memory:1", [0, 1]);
        MemorySource target = Alerts("memory:2", [1, 0]);
        foreach (MemoryItem item in target.Items)
        {
            item.Item.Properties.Set(PropertyTags.Body, "edited");
        }

        StoreComparison found = await CompareAsync(source, target);

        Assert.All(found.Issues, i => Assert.Equal(ItemPart.Text, i.Differences));
        Assert.Equal(2L, found.Count(CompareOutcome.Different));
    }

    [Fact]
    public async Task The_item_in_the_right_folder_comes_before_one_that_lies_elsewhere()
    {
        MemorySource source = Alerts("memory:1", [0]);
        MemorySource target = Alerts("memory:2", [0]);
        target.Items.Single().Item.Properties.Set(PropertyTags.MessageFlags, (int)MessageFlags.Read);
        target.Folder("Kept");
        Add(target, 0);

        StoreComparison found = await CompareAsync(source, target);

        Assert.Equal(ItemPart.State, found.Issues.Single().Differences);
    }

    [Fact]
    public async Task A_folder_that_lists_fewer_items_than_it_has_is_not_whole()
    {
        MemorySource source = Alerts("memory:1", [0, 1]);
        source.Report = new SourceReport([new FolderReading(FolderPath.Parse("Inbox"), 3, 2, 0)], []);

        StoreComparison found = await CompareAsync(source, Alerts("memory:2", [0, 1]));

        Assert.Equal((2L, 1, false, false), (found.Count(CompareOutcome.Same), found.UnreadableFolders, found.IsWhole, found.IsAsTold));
    }

    private static Task<StoreComparison> CompareAsync(MemorySource source, MemorySource target) =>
        StoreComparer.CompareAsync(source, target, new CompareOptions(), CancellationToken.None);

    /// <summary>Mail of one text and one Message-ID, each of a day of its own.</summary>
    private static MemorySource Alerts(string store, IEnumerable<int> days)
    {
        MemorySource source = new MemorySource(store).Folder("Inbox");
        foreach (int day in days)
        {
            Add(source, day);
        }

        return source;
    }

    private static void Add(MemorySource source, int day)
    {
        source.Item("alert");
        source.Items.Last().Item.Properties.Set(PropertyTags.MessageDeliveryTime, s_time.AddDays(day));
    }
}
