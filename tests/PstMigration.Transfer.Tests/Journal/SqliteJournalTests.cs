using PstMigration.Mapi;
using PstMigration.Storage;
using PstMigration.Tests;
using Xunit;
using static PstMigration.Transfer.Tests.Journal.JournalFixture;

namespace PstMigration.Transfer.Tests.Journal;

public sealed class SqliteJournalTests : IDisposable
{
    private readonly JournalFixture _f = new();

    public void Dispose() => _f.Dispose();

    [Fact]
    public void An_item_comes_back_as_it_was_recorded()
    {
        JournalItem failed = Item(2, ItemFate.Failed, "受信トレイ/請求書") with { ReasonId = "ItemTooLarge", Reason = "It has 200 MB.", Version = null, Marker = null, MessageClass = "IPM.Task" };
        JournalItem lossy = Item(1, losses: [new ItemLoss(LossKind.Field, "0x0E1D"), new ItemLoss(LossKind.RtfFidelity, "Body"), new ItemLoss(LossKind.Field, "0x0E1D")]);
        using (SqliteJournal journal = _f.Start())
        {
            journal.Add(lossy);
            _f.Time.Advance(TimeSpan.FromMilliseconds(300));
            journal.Add(failed);
            journal.Finish();
        }

        using SqliteJournal again = _f.Open();

        DateTimeOffset start = new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero);
        AssertSame(lossy with { Run = 1, Recorded = start }, again.Find(lossy.Key));
        AssertSame(failed with { Run = 1, Recorded = start.AddMilliseconds(300) }, again.Find(failed.Key));
        Assert.Null(again.Find(new ItemKey(Plan.Source, "0x00000003")));
        Assert.Null(again.Find(new ItemKey("pst:other", lossy.Key.Id)));
        Assert.Equal(Plan, again.Plan);
    }

    [Fact]
    public void An_entry_says_what_the_engine_said()
    {
        ItemResult result = new(
            FolderPath.Parse("Inbox"), Item(1).Key, new ItemSummary { MessageClass = "IPM.Note", Subject = "Hello", Size = 4711 },
            new WriteResult(ItemFate.Failed, null, [new ItemLoss(LossKind.Field, "x")], "ItemTooLarge", "too large"))
        {
            Change = CopyChange.Moved,
            Version = new ItemVersion("v"),
        };
        using SqliteJournal journal = _f.Start(includeSubject: true);
        journal.Add(JournalItem.Of(result));

        JournalItem read = journal.Find(result.Key)!;

        Assert.Equal(
            ("Inbox", "IPM.Note", "Hello", 4711L, ItemFate.Failed, CopyChange.Moved, "ItemTooLarge", "too large", "v"),
            (read.Folder.ToString(), read.MessageClass, read.Subject, read.Bytes, read.Fate, read.Change, read.ReasonId, read.Reason, read.Version!.Value.Value));
        Assert.Equal(result.Losses, read.Losses);
    }

    [Fact]
    public void Keys_that_differ_by_case_alone_are_two()
    {
        using SqliteJournal journal = _f.Start();
        JournalItem upper = Item(1) with { Key = new ItemKey("graph:x", "AAMkAGI2") };
        JournalItem lower = Item(2) with { Key = new ItemKey("graph:x", "AAMkAGi2") };
        JournalItem store = Item(3) with { Key = new ItemKey("graph:X", "AAMkAGI2") };
        journal.Add(upper);
        journal.Add(lower);
        journal.Add(store);

        Assert.Equal(3, journal.Count(JournalQuery.All).Items);
        Assert.Equal(["v1", "v2", "v3"], new[] { upper, lower, store }.Select(i => journal.Find(i.Key)!.Version!.Value.Value));
    }

    [Fact]
    public void A_later_run_replaces_the_entry_and_keeps_what_it_does_not_know()
    {
        using (SqliteJournal first = _f.Start())
        {
            first.Add(Item(1, losses: [new ItemLoss(LossKind.OleObject, "x"), new ItemLoss(LossKind.Field, "y")]));
            first.Add(Item(2, ItemFate.Failed) with { ReasonId = "ItemUnreadable", Reason = "damaged" });
            first.Finish();
        }

        using SqliteJournal second = _f.Start();
        second.Add(new JournalItem(Item(1).Key, FolderPath.Parse("Archive"), ItemFate.AlreadyThere) { Losses = [new ItemLoss(LossKind.Field, "y")] });
        second.Add(Item(2) with { Change = CopyChange.Replaced });

        JournalItem one = second.Find(Item(1).Key)!;
        Assert.Equal((ItemFate.AlreadyThere, "Archive", "IPM.Note", "v1", 1001L, 2L), (one.Fate, one.Folder.ToString(), one.MessageClass, one.Version!.Value.Value, one.Bytes!.Value, one.Run));
        Assert.Equal(Item(1).TargetKey, one.TargetKey);
        Assert.Equal([new ItemLoss(LossKind.Field, "y")], one.Losses);
        JournalItem two = second.Find(Item(2).Key)!;
        Assert.Equal((ItemFate.Copied, CopyChange.Replaced, null, null), (two.Fate, two.Change, two.ReasonId, two.Reason));
        Assert.Equal(2, second.Count(JournalQuery.All).Items);
        Assert.Equal(1, second.Count(JournalQuery.All).Losses.Values.Sum());
    }

    [Fact]
    public void Counts_are_by_fate_and_loss()
    {
        using SqliteJournal journal = _f.Start();
        for (int i = 0; i < 10; i++)
        {
            journal.Add(Item(i));
        }

        journal.Add(Item(20, losses: [new ItemLoss(LossKind.Field, "a"), new ItemLoss(LossKind.Field, "b"), new ItemLoss(LossKind.RtfFidelity, "Body")]));
        journal.Add(Item(21, ItemFate.AlreadyThere, "Sent", new ItemLoss(LossKind.Field, "a")) with { MessageClass = "IPM.Contact" });
        journal.Add(Item(22, ItemFate.Skipped) with { MessageClass = "IPM.Task", ReasonId = "ItemClassNotCarried", Bytes = null });
        journal.Add(Item(23, ItemFate.Skipped) with { MessageClass = "", ReasonId = "ItemClassNotCarried" });

        JournalCounts all = journal.Count(JournalQuery.All);

        Assert.Equal((14, 11, 1, 2, 0, 0), (all.Items, all.Of(ItemFate.Copied), all.Of(ItemFate.AlreadyThere), all.Of(ItemFate.Skipped), all.Of(ItemFate.Failed), all.Of(ItemFate.Unsure)));
        Assert.Equal((10 * 1000) + 45 + 1020 + 1021 + 1023, all.Bytes);
        Assert.Equal([(LossKind.Field, 2L), (LossKind.RtfFidelity, 1L)], all.Losses.Select(l => (l.Key, l.Value)).OrderByDescending(l => l.Value));
        Assert.Equal(4, journal.Count(new JournalQuery { IssuesOnly = true }).Items);
        Assert.Equal(3, journal.Count(new JournalQuery { Fates = [ItemFate.Skipped, ItemFate.AlreadyThere] }).Items);
        Assert.Equal(0, journal.Count(new JournalQuery { Run = 2 }).Items);
        Assert.Equal((14, 0), (journal.Count(new JournalQuery { FromRun = 1 }).Items, journal.Count(new JournalQuery { FromRun = 2 }).Items));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    [InlineData(5000)]
    public void Pages_give_every_item_once(int take)
    {
        using SqliteJournal journal = _f.Start();
        for (int i = 0; i < 100; i++)
        {
            journal.Add(Item(i, i % 5 == 0 ? ItemFate.Failed : ItemFate.Copied, losses: i % 7 == 0 ? [new ItemLoss(LossKind.Field, "f" + i)] : []));
        }

        string[] forward = [.. journal.ReadAll(new JournalQuery { Take = take }).Select(i => i.Key.Id)];

        Assert.Equal(Enumerable.Range(0, 100).Select(i => Item(i).Key.Id), forward);
        JournalPage issues = journal.Read(new JournalQuery { Take = take, IssuesOnly = true });
        Assert.All(issues.Items, i => Assert.True(i.IsIssue));
        Assert.Equal(Math.Min(take, 32), issues.Items.Count);
        Assert.Equal(take < 32, issues.Next is not null);
        Assert.Equal("f98", journal.ReadAll(new JournalQuery { Take = take }).Last(i => i.Losses.Count > 0).Losses[0].Detail);
    }

    [Fact]
    public void Items_are_written_after_a_second_or_when_there_are_enough()
    {
        using SqliteJournal journal = _f.Start();
        using SqliteJournalReader reader = SqliteJournalReader.Open(_f.FilePath);
        journal.Add(Item(1));
        Assert.Equal(0, reader.Count(JournalQuery.All).Items);

        _f.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, reader.Count(JournalQuery.All).Items);

        for (int i = 0; i < 5000; i++)
        {
            journal.Add(Item(100 + i));
        }

        Assert.InRange(reader.Count(JournalQuery.All).Items, 4000, 5000);
        journal.Flush();
        Assert.Equal(5001, reader.Count(JournalQuery.All).Items);
        Assert.Equal(JournalRunState.Running, Assert.Single(reader.ReadRuns()).State);
    }

    [Fact]
    public void A_second_run_is_told_that_the_transfer_is_running()
    {
        using SqliteJournal journal = _f.Start();

        TransferException error = Assert.Throws<TransferException>(() => _f.Open());

        Assert.Equal("TransferInUse", error.Id);
        Assert.Contains("taro@example.jp", error.Message);
        Assert.Equal("TransferInUse", Assert.Throws<TransferException>(() => _f.Journals.Remove(Plan)).Id);
        journal.Add(Item(1));
        journal.Finish();
        using SqliteJournal other = _f.Journals.Open(Plan with { Target = "graph:other" });
        Assert.True(other.IsEmpty);
        journal.Dispose();
        _f.Open().Dispose();
    }

    [Fact]
    public void Runs_are_told_by_how_they_ended()
    {
        using (SqliteJournal first = _f.Start())
        {
            first.Finish();
            first.Start("again");
            _f.Time.Advance(TimeSpan.FromMinutes(5));
            first.Finish(new MailDataException(TestError.Of("MailboxFull"), "The mailbox of taro@example.jp is full."));
        }

        _f.Start().Dispose();
        using SqliteJournal last = _f.Open();

        IReadOnlyList<JournalRun> runs = last.ReadRuns();

        Assert.Equal([JournalRunState.Completed, JournalRunState.Failed, JournalRunState.Interrupted], runs.Select(r => r.State));
        Assert.Equal([1, 2, 3], runs.Select(r => r.Number));
        Assert.Equal(("again", "MailboxFull", "The mailbox of … is full."), (runs[1].Options, runs[1].ErrorId, runs[1].Error));
        Assert.Equal(TimeSpan.FromMinutes(5), runs[1].Finished - runs[1].Started);
        last.Start("");
        Assert.Equal(JournalRunState.Running, last.ReadRuns()[3].State);
        using SqliteJournalReader reader = SqliteJournalReader.Open(_f.FilePath);
        Assert.Equal([JournalRunState.Interrupted, JournalRunState.Running], reader.ReadRuns().Skip(2).Select(r => r.State));
    }

    [Fact]
    public void Folders_that_were_made_are_known_by_their_id()
    {
        using SqliteJournal journal = _f.Start();
        journal.AddFolder(new JournalFolder(FolderPath.Parse("受信トレイ/2019"), "AAMk1"));
        journal.AddFolder(new JournalFolder(FolderPath.Parse("Sent"), "AAMk2"));
        journal.AddFolder(new JournalFolder(FolderPath.Parse("受信トレイ/2020"), "AAMk1"));
        Assert.Equal([new JournalFolder(FolderPath.Parse("Sent"), "AAMk2"), new JournalFolder(FolderPath.Parse("受信トレイ/2020"), "AAMk1")], journal.ReadMadeFolders());

        journal.ForgetFolder("AAMk1");
        Assert.Equal("AAMk2", Assert.Single(journal.ReadMadeFolders()).Key);
    }

    [Fact]
    public async Task What_a_run_leaves_for_the_next_counts_only_where_it_came_to_its_end()
    {
        JournalFeeds first = new("generation 1", [new FolderFeed("f1", "Inbox", "all", "token 1", 1), new FolderFeed("f2", "Sent", "all", "token 2", 1)]);
        JournalFeeds second = new("generation 2", [first.Folders[0] with { State = "token 3", Run = 3 }]);
        using (SqliteJournal journal = _f.Start())
        {
            Assert.Null(journal.ReadFeeds());
            journal.Finish(null, first);
            journal.Start("stopped");
        }

        AssertSame(first);
        using (SqliteJournal journal = _f.Start())
        {
            journal.Finish(null, second);
            journal.Start("failed");
            journal.Finish(new MailDataException(TestError.Of("MailboxFull"), "full"));
        }

        AssertSame(second);
        using (SqliteJournal journal = _f.Open())
        {
            await Assert.ThrowsAsync<FormatException>(() => journal.RebuildAsync(Remembered(Broken()), CancellationToken.None));
            Assert.Null(journal.ReadFeeds());
        }

        void AssertSame(JournalFeeds expected)
        {
            using SqliteJournalReader reader = SqliteJournalReader.Open(_f.FilePath);
            JournalFeeds read = reader.ReadFeeds()!;
            Assert.Equal(expected.TargetState, read.TargetState);
            Assert.Equal(expected.Folders, read.Folders);
        }

        static IEnumerable<JournalItem> Broken()
        {
            yield return Item(1);
            throw new FormatException();
        }
    }

    [Fact]
    public void What_a_killed_run_had_written_is_there_and_the_next_goes_on()
    {
        using SqliteJournal journal = _f.Start();
        for (int i = 0; i < 10_000; i++)
        {
            journal.Add(Item(i, losses: i % 2 == 0 ? [new ItemLoss(LossKind.Field, "x")] : []));
        }

        using SqliteJournal next = SqliteJournal.Open(_f.CopyAsKilled("killed.transfer"), Plan);

        JournalCounts counts = next.Count(JournalQuery.All);
        Assert.InRange(counts.Items, 8000, 10_000);
        Assert.Equal((counts.Items + 1) / 2, counts.Losses[LossKind.Field]);
        Assert.Equal(JournalRunState.Interrupted, Assert.Single(next.ReadRuns()).State);
        next.Start("");
        for (int i = 0; i < 10_000; i++)
        {
            next.Add(Item(i));
        }

        next.Finish();
        Assert.Equal(10_000, next.Count(JournalQuery.All).Items);
        Assert.Empty(next.Count(JournalQuery.All).Losses);
    }

    [Fact]
    public async Task An_empty_journal_is_filled_from_what_the_target_remembers()
    {
        using SqliteJournal journal = _f.Open();
        Assert.True(journal.IsEmpty);

        await journal.RebuildAsync(Remembered(Enumerable.Range(0, 9000).Select(i => Item(i, ItemFate.AlreadyThere, losses: i % 3 == 0 ? [new ItemLoss(LossKind.Field, "x")] : []))), CancellationToken.None);

        Assert.Equal((9000, 3000), (journal.Count(JournalQuery.All).Items, journal.Count(JournalQuery.All).Losses[LossKind.Field]));
        Assert.Equal(0, journal.Find(Item(8999).Key)!.Run);
        Assert.Empty(journal.ReadRuns());
        await Assert.ThrowsAsync<InvalidOperationException>(() => journal.RebuildAsync(Remembered([Item(1)]), CancellationToken.None));
        journal.Start("");
        journal.Add(Item(1));
        Assert.Equal(1, journal.Find(Item(1).Key)!.Run);
    }

    [Fact]
    public async Task A_rebuilding_that_does_not_come_to_its_end_leaves_nothing()
    {
        string? killed = null;
        IEnumerable<JournalItem> Broken()
        {
            for (int i = 0; i < 9000; i++)
            {
                yield return Item(i, ItemFate.AlreadyThere);
            }

            killed = _f.CopyAsKilled("killed.transfer");
            throw new MailDataException(TestError.Of("MailboxUnreachable"), "gone");
        }

        using SqliteJournal journal = _f.Open();
        await Assert.ThrowsAsync<MailDataException>(() => journal.RebuildAsync(Remembered(Broken()), CancellationToken.None));

        Assert.True(journal.IsEmpty);
        await journal.RebuildAsync(Remembered([Item(5, ItemFate.AlreadyThere)]), CancellationToken.None);
        Assert.Equal(1, journal.Count(JournalQuery.All).Items);

        using SqliteJournal next = SqliteJournal.Open(killed!, Plan);
        Assert.True(next.IsEmpty);
    }

    [Fact]
    public void A_run_has_to_be_begun()
    {
        using SqliteJournal journal = _f.Open();

        Assert.Throws<InvalidOperationException>(() => journal.Add(Item(1)));
        Assert.Throws<InvalidOperationException>(() => journal.Finish());
        journal.Start("");
        Assert.Throws<InvalidOperationException>(() => journal.Start(""));
        journal.Dispose();
        journal.Dispose();
        Assert.Throws<ObjectDisposedException>(() => journal.Add(Item(1)));
    }

    [Fact]
    public void A_full_disk_is_told_and_what_was_recorded_is_written_when_there_is_room()
    {
        using SmallDisk disk = new(2048);
        using SqliteJournal journal = SqliteJournal.Open(disk["a.transfer"], Plan, new JournalOptions { Time = _f.Time });
        journal.Start("");
        disk.Fill(leave: 40_000);
        int added = 0;
        StorageException? error = null;
        while (error is null && added < 100_000)
        {
            error = Record.Exception(() => journal.Add(Item(added++))) as StorageException;
        }

        Assert.Equal("DiskFull", error?.Id);
        disk.Clear();
        journal.Flush();
        Assert.Equal(added, journal.Count(JournalQuery.All).Items);
        journal.Finish();
    }

    [Fact]
    public void Threads_may_record_at_once()
    {
        using SqliteJournal journal = _f.Start();

        Parallel.For(0, 8, t =>
        {
            for (int i = 0; i < 1000; i++)
            {
                journal.Add(Item((t * 1000) + i));
                if (i % 100 == 0)
                {
                    journal.Count(new JournalQuery { IssuesOnly = true });
                }
            }
        });

        Assert.Equal(8000, journal.Count(JournalQuery.All).Items);
    }

    private static void AssertSame(JournalItem expected, JournalItem? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected.Losses, actual.Losses);
        Assert.Equal(expected with { Losses = [] }, actual with { Losses = [] });
    }
}
