using System.Diagnostics;
using PstMigration.Mapi;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Transfer.Tests;

public sealed class TransferRunTests
{
    private readonly List<ItemResult> _results = [];

    [Fact]
    public async Task A_role_decides_the_place_and_children_follow_their_parent()
    {
        MemorySource source = new MemorySource()
            .Folder("", FolderRole.Root).Item("loose")
            .Folder("受信トレイ", FolderRole.Inbox)
            .Folder("受信トレイ/請求書").Item("bill")
            .Folder("Projects/A").Item("a");
        MemoryTarget target = new();

        await Run(source, target);

        Assert.Equal([("/", "loose"), ("Posteingang/請求書", "bill"), ("Projects/A", "a")], target.Items);
    }

    [Fact]
    public async Task Below_a_target_folder_names_are_kept_and_roles_are_not()
    {
        MemorySource source = new MemorySource().Folder("", FolderRole.Root).Item("loose").Folder("Inbox", FolderRole.Inbox).Item("a");
        MemoryTarget target = new();

        await Run(source, target, new TransferOptions { TargetRoot = FolderPath.Parse("Old mail") });

        Assert.Equal([("Old mail", "loose"), ("Old mail/Inbox", "a")], target.Items);
    }

    [Fact]
    public async Task A_second_run_writes_nothing_and_opens_nothing()
    {
        MemorySource source = new MemorySource().Folder("Inbox", FolderRole.Inbox).Item("same").Item("same");
        MemoryTarget target = new();

        TransferSummary first = await Run(source, target);
        int opened = source.Opened.Count;
        TransferSummary second = await Run(source, target);

        Assert.Equal(2, first.Count(ItemFate.Copied));
        Assert.Equal(2, second.Count(ItemFate.AlreadyThere));
        Assert.Equal(2, target.Items.Count());
        Assert.Equal(opened, source.Opened.Count);
    }

    [Fact]
    public async Task Without_versions_the_content_tells_what_is_there()
    {
        MemorySource source = new MemorySource().Folder("Inbox").Item("a", version: null).Item("b", version: null);
        MemoryTarget target = new();

        await Run(source, target);
        source.Edit("b", "another text");
        TransferSummary second = await Run(source, target);

        Assert.Equal(1, second.Count(ItemFate.AlreadyThere));
        Assert.Equal(1, second.Replaced);
        Assert.Equal(["a", "b"], target.Items.Select(i => i.Subject));
    }

    [Fact]
    public async Task A_full_disk_ends_the_run_whoever_meets_it()
    {
        const int NoSpaceLeft = 28;
        MemorySource source = new MemorySource().Folder("Inbox").Item("a").Item("b").Item("c");
        MemoryTarget target = new() { OnPrepare = i => i.Subject == "b" ? new IOException("No space left on device", NoSpaceLeft) : null };

        IOException error = await Assert.ThrowsAsync<IOException>(() => Run(source, target));

        Assert.True(DiskSpace.IsExhausted(error));
        Assert.False(target.Completed);
    }

    [Fact]
    public async Task Losses_are_told_again()
    {
        MemorySource source = new MemorySource().Folder("Inbox").Item("a").Item("b");
        MemoryTarget target = new() { LossesOf = i => i.Subject == "b" ? [new ItemLoss(LossKind.OleObject, "sheet; 100 %")] : [] };

        TransferSummary first = await Run(source, target);
        TransferSummary second = await Run(source, target);

        Assert.Equal(1, first.Losses[LossKind.OleObject]);
        Assert.Equal(1, second.Losses[LossKind.OleObject]);
        ItemResult again = Assert.Single(second.Issues);
        Assert.Equal("sheet; 100 %", Assert.Single(again.Losses).Detail);
    }

    [Theory]
    [InlineData(ChangePolicy.Replace, new[] { "a" }, ItemFate.Copied)]
    [InlineData(ChangePolicy.Version, new[] { "a", "a" }, ItemFate.Copied)]
    [InlineData(ChangePolicy.Keep, new[] { "a" }, ItemFate.Skipped)]
    public async Task An_edited_item_is_replaced_kept_or_both_stay(ChangePolicy policy, string[] expected, ItemFate fate)
    {
        MemorySource source = new MemorySource().Folder("Inbox").Item("a");
        MemoryTarget target = new();
        TransferOptions options = new() { OnChange = policy };

        await Run(source, target, options);
        source.Edit("a", "edited");
        await Run(source, target, options);
        await Run(source, target, options);

        Assert.Equal(expected, target.Items.Select(i => i.Subject));
        Assert.Equal(policy != ChangePolicy.Keep, target.Bodies.Contains("edited"));
        Assert.Equal(fate, _results[1].Fate);
        Assert.Equal(policy == ChangePolicy.Keep ? ItemFate.Skipped : ItemFate.AlreadyThere, _results[2].Fate);
    }

    [Fact]
    public async Task One_item_that_was_kept_does_not_excuse_others_of_its_class_that_are_missing()
    {
        MemorySource source = new MemorySource().Folder("Inbox").Item("kept").Item("lost").Item("task", "IPM.Task");
        MemoryTarget target = new();
        await Run(source, target);
        source.Edit("kept", "edited");
        MemorySource written = new MemorySource("memory:2").Folder("Inbox").Item("kept");

        TransferSummary summary = await Run(
            source, target, new TransferOptions { OnChange = ChangePolicy.Keep, OpenWritten = _ => Task.FromResult<IItemSource>(written) });

        StoreComparison found = summary.Verification!;
        Assert.Equal(ItemFate.Skipped, _results.Last(r => r.Summary.Subject == "kept").Fate);
        Assert.Equal(("lost", CompareOutcome.Missing), found.Issues.Where(i => i.Outcome == CompareOutcome.Missing).Select(i => (i.Subject, i.Outcome)).Single());
        Assert.False(found.IsWhole);
    }

    [Fact]
    public async Task Another_item_under_the_same_key_replaces_nothing()
    {
        // Two copies of a file that went their own ways gave their newest mails the same node.
        MemoryTarget target = new();
        await Run(new MemorySource().Folder("Inbox").Item("mail of the one"), target);
        MemorySource other = new MemorySource().Folder("Inbox").Item("mail of the other", version: "2");

        await Run(other, target);
        TransferSummary again = await Run(other, target);

        Assert.Equal(["mail of the one", "mail of the other"], target.Items.Select(i => i.Subject));
        Assert.Equal(1, again.Count(ItemFate.AlreadyThere));
    }

    [Fact]
    public async Task A_copy_follows_its_source_into_another_folder_unopened()
    {
        MemorySource source = new MemorySource().Folder("Inbox", FolderRole.Inbox).Item("a").Folder("Done");
        MemoryTarget target = new();
        await Run(source, target);
        int opened = source.Opened.Count;

        source.Move("a", "Done");
        TransferSummary moved = await Run(source, target);
        TransferSummary still = await Run(source, target);

        Assert.Equal([("Done", "a")], target.Items);
        Assert.Equal((1, 1, 0), (moved.Moved, moved.Count(ItemFate.AlreadyThere), still.Moved));
        Assert.Equal(opened, source.Opened.Count);
    }

    [Fact]
    public async Task Every_item_has_one_fate_and_a_bad_one_does_not_stop_the_run()
    {
        MemorySource source = new MemorySource()
            .Folder("Inbox", FolderRole.Inbox)
            .Item("good")
            .Item("torn", failure: new MailDataException(TestError.Of("PstDamaged"), "a block is torn"))
            .Item("refused")
            .Item("task", "IPM.Task");
        MemoryTarget target = new()
        {
            OnWrite = item => item.Subject == "refused" ? WriteResult.Failed(TestError.Of("ItemTooLarge"), "too large") : null,
        };

        TransferSummary summary = await Run(source, target);

        Assert.Equal(4, summary.Read);
        Assert.Equal(
            [(ItemFate.Copied, null), (ItemFate.Failed, "PstDamaged"), (ItemFate.Failed, "ItemTooLarge"), (ItemFate.Skipped, "ItemClassNotCarried")],
            _results.Select(r => (r.Fate, r.Written.ReasonId)));
        Assert.DoesNotContain("task", source.Opened);
        Assert.Equal(1, summary.SkippedClasses["IPM.Task"]);
        Assert.True(target.Completed);
    }

    [Theory]
    [InlineData(true, ItemFate.Copied)]
    [InlineData(false, ItemFate.Unsure)]
    public async Task A_lost_answer_is_looked_up_at_the_end(bool arrives, ItemFate expected)
    {
        MemorySource source = new MemorySource().Folder("Inbox", FolderRole.Inbox).Item("lost").Item("next");
        MemoryTarget target = new()
        {
            OnWrite = item => item.Subject == "lost" ? new WriteResult(ItemFate.Unsure, null, [], "NoAnswer", "no answer") : null,
            UnsureArrives = arrives,
        };

        TransferSummary summary = await Run(source, target);

        Assert.Equal(expected, _results.Single(r => r.Summary.Subject == "lost").Fate);
        Assert.Equal(2, summary.Read);
    }

    [Theory]
    [InlineData(false, new[] { "Empty" })]
    [InlineData(true, new[] { "Empty", "Calendar" })]
    public async Task Empty_folders_are_made_where_they_stay_what_they_are(bool keepsClasses, string[] expected)
    {
        MemorySource source = new MemorySource().Folder("Empty").Folder("Calendar", FolderRole.Calendar, "IPF.Appointment");
        MemoryTarget target = new() { Traits = new TargetTraits { KeepsFolderClasses = keepsClasses } };

        await Run(source, target);

        Assert.Equal(expected, target.Folders);
    }

    [Fact]
    public async Task Only_what_the_filter_takes_is_copied()
    {
        MemorySource source = new MemorySource()
            .Folder("受信トレイ", FolderRole.Inbox).Item("a").Folder("受信トレイ/b").Item("b").Item("[EXTERNAL] c").Folder("Other").Item("c");
        MemoryTarget target = new();

        TransferSummary summary = await Run(
            source, target, new TransferOptions { Filter = new ItemFilter { Folders = [FolderSelector.Parse("Inbox/b")], Subjects = ["[external]"] } });

        Assert.Equal([("Posteingang/b", "[EXTERNAL] c")], target.Items);
        Assert.Equal((1, 1), (summary.Read, summary.Filtered));
        Assert.Equal(["[EXTERNAL] c"], source.Opened);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_an_error_before_anything_is_written()
    {
        MemorySource source = new MemorySource().Folder("Inbox", FolderRole.Inbox).Item("a");
        MemoryTarget target = new();

        MailDataException error = await Assert.ThrowsAsync<MailDataException>(
            () => Run(source, target, new TransferOptions { Filter = new ItemFilter { Folders = [FolderSelector.Parse("Inbox"), FolderSelector.Parse("Inboxx")] } }));

        Assert.Equal("FolderNotFound", error.Id);
        Assert.Empty(target.Items);
        Assert.False(target.Completed);
    }

    [Fact]
    public async Task An_error_that_ends_the_run_leaves_the_target_incomplete_and_writes_no_more()
    {
        MemorySource source = new MemorySource().Folder("Inbox", FolderRole.Inbox);
        for (int i = 0; i < 200; i++)
        {
            source.Item("a" + i);
        }

        MemoryTarget target = new() { OnWrite = i => i.Subject == "a5" ? throw new MailDataException(TestError.Of("DiskFull"), "disk full") : null };

        MailDataException error = await Assert.ThrowsAsync<MailDataException>(() => Run(source, target));

        Assert.Equal("DiskFull", error.Id);
        Assert.False(target.Completed);
        Assert.Equal(["a0", "a1", "a2", "a3", "a4"], target.Items.Select(i => i.Subject));
    }

    [Fact]
    public async Task The_error_that_ends_the_run_is_told_and_not_that_others_were_stopped_by_it()
    {
        MemorySource source = new MemorySource().Folder("Inbox", FolderRole.Inbox).Item("waits").Item("ends").Item("a");
        MemoryTarget target = new()
        {
            Traits = new TargetTraits { CommitsAtOnce = 4, KeepsOrder = false },
            OnCommit = (i, c) => i.Subject == "waits" ? Task.Delay(Timeout.Infinite, c) : Task.CompletedTask,
            OnWrite = i => i.Subject == "ends" ? throw new MailDataException(TestError.Of("DiskFull"), "disk full") : null,
        };

        Assert.Equal("DiskFull", (await Assert.ThrowsAsync<MailDataException>(() => Run(source, target))).Id);
    }

    [Fact]
    public async Task Stopping_answers_at_once_even_where_an_item_hangs()
    {
        using CancellationTokenSource stop = new();
        MemorySource source = new MemorySource().Folder("Inbox", FolderRole.Inbox).Item("a").Item("hangs").Item("b");
        source.Items.Single(i => i.Item.Subject == "hangs").OnOpen = c =>
        {
            stop.CancelAfter(50);
            return Task.Delay(Timeout.Infinite, c);
        };
        MemoryTarget target = new();

        Stopwatch watch = Stopwatch.StartNew();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Run(source, target, cancellationToken: stop.Token));

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(1), watch.Elapsed.ToString());
        Assert.False(target.Completed);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task As_many_are_committed_at_once_as_the_target_allows(int atOnce)
    {
        MemorySource source = new MemorySource().Folder("Inbox");
        for (int i = 0; i < 40; i++)
        {
            source.Item("a" + i);
        }

        MemoryTarget target = new()
        {
            Traits = new TargetTraits { CommitsAtOnce = atOnce, KeepsOrder = atOnce == 1 },
            OnCommit = (_, c) => Task.Delay(5, c),
        };

        TransferSummary summary = await Run(source, target, new TransferOptions { Threads = 2 });

        Assert.Equal(40, summary.Count(ItemFate.Copied));
        Assert.Equal(atOnce, target.MostInFlight);
        Assert.Equal(source.Items.Select(i => i.Item.Subject), _results.Select(r => r.Summary.Subject));
    }

    [Fact]
    public async Task A_target_that_keeps_the_order_gets_it_however_long_items_take()
    {
        Random random = new(1);
        MemorySource source = new MemorySource().Folder("Inbox");
        for (int i = 0; i < 60; i++)
        {
            source.Item("a" + i);
        }

        foreach (MemoryItem item in source.Items)
        {
            int wait = random.Next(4);
            item.OnOpen = c => Task.Delay(wait, c);
        }

        MemoryTarget target = new();
        await Run(source, target, new TransferOptions { Threads = 8 });

        Assert.Equal(source.Items.Select(i => i.Item.Subject), target.Items.Select(i => i.Subject));
    }

    [Fact]
    public async Task Of_many_issues_the_first_and_the_last_hundred_are_kept()
    {
        MemorySource source = new MemorySource().Folder("Tasks");
        for (int i = 0; i < 500; i++)
        {
            source.Item("t" + i, "IPM.Task");
        }

        TransferSummary summary = await Run(source, new MemoryTarget());

        Assert.Equal(500, summary.IssueCount);
        Assert.Equal(200, summary.Issues.Count);
        Assert.Equal(("t0", "t499"), (summary.Issues[0].Summary.Subject, summary.Issues[^1].Summary.Subject));
    }

    private async Task<TransferSummary> Run(
        MemorySource source, MemoryTarget target, TransferOptions? options = null, CancellationToken cancellationToken = default)
    {
        TransferRun run = await TransferRun.PlanAsync(source, options ?? new TransferOptions(), new Recorder(_results), cancellationToken);
        return (await run.RunAsync(target, cancellationToken)).Summary;
    }

    private sealed class Recorder(List<ItemResult> results) : ITransferObserver
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

        public void OnItem(ItemResult result) => results.Add(result);
    }
}
