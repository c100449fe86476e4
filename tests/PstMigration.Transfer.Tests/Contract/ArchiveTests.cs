using PstMigration.Mapi;
using PstMigration.Pst;
using PstMigration.Sandbox;
using Xunit;

namespace PstMigration.Transfer.Tests.Contract;

/// <summary>A mailbox lets go of what is in the file whole, was found there again and has not changed since; of nothing else.</summary>
public sealed class ArchiveTests : IDisposable
{
    private readonly ChangedMailbox _m = new();

    private TransferOptions Archive => new() { Filter = new ItemFilter { Before = Day(2023) }, RemoveVerified = true, OpenWritten = _ => _m.OpenFileAsync() };

    public void Dispose() => _m.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData("Year")]
    public async Task What_is_old_is_recoverable_and_all_is_in_the_file(string? split)
    {
        _m.Split = PstSplit.Parse(split);
        string[] old = [.. Enumerable.Range(0, 5).Select(i => _m.Receive("old " + i, Day(2020 + (i % 2))))];
        _m.Receive("new", Day(2024));
        _m.Send("POST", "contacts", """{"displayName":"Anna"}""");

        TransferSummary run = await _m.ExportAsync(Archive with { Filter = new ItemFilter { Before = Day(2023), MessageClasses = ["IPM.Note"] } });

        Assert.Equal((5, 5), (run.Count(ItemFate.Copied), run.Removal!.Removed));
        Assert.Empty(run.Removal.Kept);
        Assert.Equal(["new"], _m.Subjects("inbox"));
        Assert.Equal(["old 0", "old 1", "old 2", "old 3", "old 4"], _m.Subjects("recoverableitemsdeletions"));
        Assert.Equal(["Inbox/old 0", "Inbox/old 1", "Inbox/old 2", "Inbox/old 3", "Inbox/old 4"], _m.Content());

        // What the mailbox no longer has stays in the file, where it is; recovered, it is there.
        Assert.Equal(2, (await _m.ExportAsync()).Count(ItemFate.Copied));
        Assert.Equal(5, _m.Content().Count(c => c.StartsWith("Inbox/old", StringComparison.Ordinal)));
        _m.Move(old[2], "inbox");
        Assert.Equal(0, (await _m.ExportAsync()).Count(ItemFate.Copied));
        Assert.Equal(7, _m.Content().Distinct().Count());
        foreach (string file in _m.Files)
        {
            Assert.Empty(new PstChecker(TimeProvider.System).CheckAll(file, new PstCheckOptions(), null, default).Findings);
        }
    }

    [Fact]
    public async Task What_is_changed_in_between_or_cannot_be_recovered_stays_with_the_reason()
    {
        string[] old = [.. Enumerable.Range(0, 4).Select(i => _m.Receive("old " + i, Day(2020)))];
        _m.Send("POST", "contacts", """{"displayName":"Anna"}""");
        int verified = 0;
        TransferOptions options = Archive with
        {
            Filter = new ItemFilter { Before = DateTimeOffset.MaxValue },
            OpenWritten = async _ =>
            {
                // Somebody reads one and edits one while the file is read again; one is moved.
                verified++;
                _m.Send("PATCH", "messages/" + old[0], """{"isRead":true}""");
                _m.Send("PATCH", "messages/" + old[1], """{"subject":"edited"}""");
                _m.Move(old[2], "archive");
                return await _m.OpenFileAsync();
            },
        };

        TransferSummary run = await _m.ExportAsync(options);

        Assert.Equal((1, 1), (verified, run.Removal!.Removed));
        Assert.Equal(4, run.Removal.Kept.Values.Sum());
        Assert.Equal(1, run.Removal.Kept[SourceRemoval.NotRecoverable]);
        Assert.Equal(["old 3"], _m.Subjects("recoverableitemsdeletions"));
        Assert.Equal(["edited", "old 0"], _m.Subjects("inbox"));
        Assert.Equal(["old 2"], _m.Subjects("archive"));
    }

    [Fact]
    public async Task A_removal_that_fails_is_told_and_tried_again_by_the_next_run()
    {
        string[] old = [.. Enumerable.Range(0, 3).Select(i => _m.Receive("old " + i, Day(2020)))];
        _m.Sandbox.Faults.Add(new SandboxFault { Method = "POST", Path = "/messages/" + old[1] + "/move", StatusCode = 400, Code = "Refused", Times = 1 });

        TransferSummary run = await _m.ExportAsync(Archive);
        Assert.Equal((2, 1), (run.Removal!.Removed, run.Removal.Kept[SourceRemoval.Failed]));
        Assert.NotNull(run.Removal.FirstError);
        Assert.Equal(["old 1"], _m.Subjects("inbox"));

        run = await _m.ExportAsync(Archive);
        Assert.Equal((0, 1), (run.Count(ItemFate.Copied), run.Removal!.Removed));
        Assert.Empty(_m.Subjects("inbox"));
        Assert.Equal(3, _m.Content().Length);
    }

    [Fact]
    public async Task A_mailbox_that_lets_go_of_nothing_more_does_not_make_the_export_fail()
    {
        for (int i = 0; i < 8; i++)
        {
            _m.Receive("old " + i, Day(2020));
        }

        _m.Sandbox.Faults.Add(new SandboxFault { Method = "POST", Path = "/move", StatusCode = 403, Code = "ErrorAccessDenied", Times = 100 });
        TransferSummary run = await _m.ExportAsync(Archive);

        Assert.Equal((8, 0, 8), (run.Count(ItemFate.Copied), run.Removal!.Removed, run.Removal.Kept[SourceRemoval.Failed]));
        Assert.NotNull(run.Removal.Stopped);
        _m.Sandbox.Faults.Clear();
        Assert.Equal(8, (await _m.ExportAsync(Archive)).Removal!.Removed);
    }

    [Fact]
    public async Task A_copy_somebody_edited_in_the_file_is_no_reason_to_let_go_of_the_original()
    {
        _m.Receive("old", Day(2020));
        _m.Receive("old too", Day(2020));
        await _m.ExportAsync();
        using (PstFileEditor editor = PstFileEditor.Open(_m.File))
        {
            using PstFile file = PstFile.Open(_m.File);
            editor.ChangeItem(file.EnumerateFolders().SelectMany(f => f.EnumerateItems()).Single(i => i.Subject == "old").NodeId, i => i.Properties.Set(PropertyTags.Subject, "other"));
            editor.Commit();
        }

        TransferSummary run = await _m.ExportAsync(Archive);

        Assert.Equal((1, 1), (run.Removal!.Removed, run.Removal.Kept[SourceRemoval.NotVerified]));
        Assert.Equal(["old"], _m.Subjects("inbox"));
    }

    [Fact]
    public async Task Taking_the_export_back_leaves_what_the_mailbox_has_let_go_of()
    {
        _m.Receive("old", Day(2020));
        _m.Receive("new", Day(2024));
        await _m.ExportAsync();
        await _m.ExportAsync(Archive);

        UndoSummary undone = await _m.UndoAsync();

        Assert.Equal((1, 1), (undone.Count(UndoOutcome.Removed), undone.Count(UndoOutcome.Kept)));
        Assert.Equal(["Inbox/old"], _m.Content());
    }

    private static DateTimeOffset Day(int year) => new(year, 6, 1, 12, 0, 0, TimeSpan.Zero);
}
