using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Transfer.Tests;

public sealed class ItemTransferTests
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
    public async Task A_second_run_writes_nothing()
    {
        MemorySource source = new MemorySource().Folder("Inbox", FolderRole.Inbox).Item("same").Item("same");
        MemoryTarget target = new();

        TransferSummary first = await Run(source, target);
        TransferSummary second = await Run(source, target);

        Assert.Equal(2, first.Count(ItemFate.Copied));
        Assert.Equal(2, second.Count(ItemFate.AlreadyThere));
        Assert.Equal(2, target.Items.Count);
    }

    [Fact]
    public async Task Every_item_has_one_fate_and_a_bad_one_does_not_stop_the_run()
    {
        MemorySource source = new MemorySource()
            .Folder("Inbox", FolderRole.Inbox)
            .Item("good")
            .Item("torn", failure: new MailDataException("PstDamaged", "a block is torn"))
            .Item("refused")
            .Item("task", "IPM.Task");
        MemoryTarget target = new()
        {
            OnWrite = item => item.Subject == "refused" ? WriteResult.Failed("ItemTooLarge", "too large") : null,
        };

        TransferSummary summary = await Run(source, target);

        Assert.Equal(4, summary.Read);
        Assert.Equal(
            [(ItemFate.Copied, null), (ItemFate.Failed, "PstDamaged"), (ItemFate.Failed, "ItemTooLarge"), (ItemFate.Skipped, "ItemClassNotCarried")],
            _results.Select(r => (r.Fate, r.ReasonId)));
        Assert.DoesNotContain("task", source.Opened);
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

        Assert.Equal(expected, _results.Single(r => r.Subject == "lost").Fate);
        Assert.Equal(2, summary.Read);
    }

    [Fact]
    public async Task Empty_mail_folders_are_made_and_empty_calendars_are_not()
    {
        MemorySource source = new MemorySource().Folder("Empty").Folder("Calendar", FolderRole.Calendar, "IPF.Appointment");
        MemoryTarget target = new();

        await Run(source, target);

        Assert.Equal(["Empty"], target.Folders);
    }

    [Fact]
    public async Task Only_the_chosen_folders_are_read()
    {
        MemorySource source = new MemorySource()
            .Folder("受信トレイ", FolderRole.Inbox).Item("a").Folder("受信トレイ/b").Item("b").Folder("Other").Item("c");
        MemoryTarget target = new();

        await Run(source, target, new TransferOptions { Folders = [FolderSelector.Parse("Inbox/b")] });

        Assert.Equal([("Posteingang/b", "b")], target.Items);
    }

    [Fact]
    public async Task An_error_of_the_target_leaves_it_incomplete()
    {
        MemorySource source = new MemorySource().Folder("Inbox", FolderRole.Inbox).Item("a");
        MemoryTarget target = new() { OnWrite = _ => throw new MailDataException("PstWriteFailed", "disk full") };

        MailDataException error = await Assert.ThrowsAsync<MailDataException>(() => Run(source, target));

        Assert.Equal("PstWriteFailed", error.Id);
        Assert.False(target.Completed);
    }

    [Fact]
    public async Task Stopping_leaves_the_target_incomplete()
    {
        using CancellationTokenSource stop = new();
        MemorySource source = new MemorySource().Folder("Inbox", FolderRole.Inbox).Item("a").Item("b");
        MemoryTarget target = new()
        {
            OnWrite = _ =>
            {
                stop.Cancel();
                return null;
            },
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Run(source, target, cancellationToken: stop.Token));

        Assert.Equal([("Posteingang", "a")], target.Items);
        Assert.False(target.Completed);
    }

    private Task<TransferSummary> Run(
        MemorySource source, MemoryTarget target, TransferOptions? options = null, CancellationToken cancellationToken = default) =>
        new ItemTransfer(source, target, options ?? new TransferOptions(), new Recorder(_results)).RunAsync(cancellationToken);

    private sealed class Recorder(List<ItemResult> results) : ITransferObserver
    {
        public void OnFolder(SourceFolder folder)
        {
        }

        public void OnItem(ItemResult result) => results.Add(result);
    }
}
