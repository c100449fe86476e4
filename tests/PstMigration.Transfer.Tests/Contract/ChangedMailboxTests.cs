using System.Diagnostics;
using PstMigration.Mapi;
using PstMigration.Pst;
using PstMigration.Sandbox;
using Xunit;

namespace PstMigration.Transfer.Tests.Contract;

/// <summary>What an export by what changed has to do: just what listing everything would have done.</summary>
public sealed class ChangedMailboxTests : IDisposable
{
    // PSTMIGRATION_SCALE=full: half an hour, most of it for writing and exporting the mail for the first time.
    private static readonly int s_many = Environment.GetEnvironmentVariable("PSTMIGRATION_SCALE") == "full" ? 100_000 : 200;

    private readonly ChangedMailbox _m = new();

    public void Dispose() => _m.Dispose();

    [Fact]
    public async Task Nothing_is_listed_or_opened_where_nothing_changed_and_all_is_told()
    {
        WriteSome(12);
        _m.Send("POST", "contacts", """{"displayName":"Anna"}""");
        TransferSummary first = await _m.ExportAsync();
        Assert.Equal((13, 13), (first.Count(ItemFate.Copied), _m.Opened));
        byte[] before = System.IO.File.ReadAllBytes(_m.File);

        TransferSummary second = await _m.ExportAsync();

        Assert.Equal((13, 13, 13, 0), (second.Read, second.Count(ItemFate.AlreadyThere), second.Unlisted, _m.Opened));
        Assert.Equal(first.Folders, second.Listings.Values.Sum());
        // Calendars have no feed, and so are listed whole.
        Assert.Equal([ListingBasis.Changes, ListingBasis.Whole], second.Listings.Keys);
        Assert.Equal(1, second.Listings[ListingBasis.Whole]);
        Assert.Equal(before, System.IO.File.ReadAllBytes(_m.File));

        TransferSummary third = await _m.ExportAsync();
        Assert.Equal((13, second.Listings[ListingBasis.Changes]), (third.Unlisted, third.Listings[ListingBasis.Changes]));
    }

    [Fact]
    public async Task What_is_new_changed_moved_or_removed_is_just_that_in_the_file()
    {
        string folder = _m.MakeFolder("Projects");
        string[] ids = WriteSome(6);
        await _m.ExportAsync();

        _m.Write("new");
        _m.Send("PATCH", "messages/" + ids[1], """{"subject":"mail 1 changed"}""");
        _m.Move(ids[2], folder);
        _m.Send("POST", "messages/" + ids[3] + "/permanentDelete");
        TransferSummary run = await _m.ExportAsync();

        Assert.Equal((2, 1, 1, 4, 3), (run.Count(ItemFate.Copied), run.Replaced, run.Moved, run.Count(ItemFate.AlreadyThere), run.Unlisted));
        string[] expected = ["Inbox/mail 0", "Inbox/mail 1 changed", "Inbox/mail 3", "Inbox/mail 4", "Inbox/mail 5", "Inbox/new", "Projects/mail 2"];
        Assert.Equal(expected, Content());
        Assert.Equal((6, 0), await _m.ExportAsync() is var again ? (again.Unlisted, again.Count(ItemFate.Copied)) : default);
        Assert.Equal(expected, Content());
    }

    [Fact]
    public async Task A_state_the_service_has_forgotten_lists_everything_and_doubles_nothing()
    {
        string[] ids = WriteSome(6);
        await _m.ExportAsync();
        _m.Sandbox.ExpireDeltaTokens();
        _m.Write("new");
        _m.Send("PATCH", "messages/" + ids[1], """{"subject":"mail 1 changed"}""");

        TransferSummary run = await _m.ExportAsync();

        Assert.Equal((2, 5, 0), (run.Count(ItemFate.Copied), run.Count(ItemFate.AlreadyThere), run.Unlisted));
        Assert.True(run.Listings[ListingBasis.StateExpired] > 1);
        Assert.Equal(7, Content().Distinct().Count());
        Assert.Equal(7, (await _m.ExportAsync()).Unlisted);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Folders_it_made_go_once_they_are_empty_and_nothing_in_the_mailbox_stands_for_them(bool isSeries)
    {
        _m.Split = isSeries ? PstSplit.Yearly : null;
        TransferOptions options = new() { RemoveLeftFolders = true };
        string top = _m.MakeFolder("Projects");
        string below = _m.MakeFolder("Plans", top);
        string empty = _m.MakeFolder("Nothing", below);
        string read = _m.MakeFolder("Read", "inbox");
        _m.Receive("plan", new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero), below);
        _m.Receive("read", new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero), read);
        Assert.Equal(0, (await _m.ExportAsync(options)).RemovedFolders);
        string[] before = _m.Folders();

        // Renamed, and what is below with it.
        _m.Send("PATCH", "mailFolders/" + top, """{"displayName":"Work"}""");
        TransferSummary renamed = await _m.ExportAsync(options);
        Assert.Equal((1, 3), (renamed.Moved, renamed.RemovedFolders));
        Assert.Equal(before.Select(f => f.Replace("Projects", "Work", StringComparison.Ordinal)).Order(StringComparer.Ordinal), _m.Folders());
        Assert.Equal(["Inbox/Read/read", "Work/Plans/plan"], Content());

        // Moved to a place of the same name.
        _m.Send("POST", "mailFolders/" + read + "/move", """{"destinationId":"msgfolderroot"}""");
        Assert.Equal(1, (await _m.ExportAsync(options)).RemovedFolders);
        Assert.DoesNotContain("Inbox/Read", _m.Folders());
        Assert.Equal(["Read/read", "Work/Plans/plan"], Content());

        // Without anything in it, and deleted: it goes to the deleted items first.
        _m.Send("PATCH", "mailFolders/" + empty, """{"displayName":"Less"}""");
        Assert.Equal(1, (await _m.ExportAsync(options)).RemovedFolders);
        Assert.Contains("Work/Plans/Less", _m.Folders());
        _m.Send("DELETE", "mailFolders/" + empty);
        await _m.ExportAsync(options);
        Assert.DoesNotContain("Work/Plans/Less", _m.Folders());
        Assert.Equal((0, 0), await _m.ExportAsync(options) is var again ? (again.RemovedFolders, again.Moved) : default);
    }

    [Fact]
    public async Task A_folder_that_holds_anything_or_is_not_known_to_be_its_own_stays()
    {
        TransferOptions options = new() { RemoveLeftFolders = true };
        string[] ids = [.. new[] { "Filed", "Hidden", "Over", "Named", "Lost" }.Select(n => _m.MakeFolder(n))];
        string deleted = _m.Write("deleted", ids[0]);
        await _m.ExportAsync(options);
        using (PstFileEditor editor = PstFileEditor.Open(_m.File))
        {
            PstEditFolder Folder(string name) => editor.FindFolder(editor.IpmSubtree, name)!;
            MapiItem view = new();
            view.Properties.Set(PropertyTags.MessageClass, "IPM.Microsoft.FolderDesign.NamedView");
            editor.AddAssociated(Folder("Hidden"), view);
            editor.CreateFolder(Folder("Over"), "of people");
            editor.RenameFolder(Folder("Named"), "by people");
            editor.CreateFolder(editor.IpmSubtree, "People's");
            editor.Commit();
        }

        _m.Send("POST", "messages/" + deleted + "/permanentDelete");
        for (int i = 0; i < ids.Length; i++)
        {
            _m.Send("PATCH", "mailFolders/" + ids[i], "{\"displayName\":\"new " + i + "\"}");
        }

        // With a filter not all folders are looked at.
        Assert.Equal(0, (await _m.ExportAsync(options with { Filter = new ItemFilter { Since = DateTimeOffset.UnixEpoch } })).RemovedFolders);
        Assert.Equal(1, (await _m.ExportAsync(options)).RemovedFolders);
        string[] left = ["Filed", "Hidden", "Over", "Over/of people", "People's", "by people", "new 0", "new 1", "new 2", "new 3", "new 4"];
        Assert.Equal(left, left.Intersect(_m.Folders()));
        Assert.DoesNotContain("Lost", _m.Folders());

        // Without a journal nothing is known to be its own.
        Directory.Delete(_m.JournalFolder, recursive: true);
        _m.Send("PATCH", "mailFolders/" + ids[4], """{"displayName":"newer"}""");
        Assert.Equal(0, (await _m.ExportAsync(options)).RemovedFolders);
        Assert.Contains("new 4", _m.Folders());
    }

    [Fact]
    public async Task A_run_that_was_stopped_leaves_the_state_of_the_one_before()
    {
        WriteSome(4);
        await _m.ExportAsync();
        for (int i = 0; i < 150; i++)
        {
            _m.Write("later " + i);
        }

        using (CancellationTokenSource stop = new())
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _m.ExportAsync(null, _ => stop.Cancel(), stop.Token));
        }

        int there = Content().Length;
        Assert.InRange(there, 4, 153);
        TransferSummary run = await _m.ExportAsync();

        Assert.Equal(154, run.Read);
        Assert.Equal(154 - there, run.Count(ItemFate.Copied));
        Assert.Equal(154, Content().Distinct().Count());
        Assert.Equal(154, (await _m.ExportAsync()).Unlisted);
    }

    [Fact]
    public async Task A_journal_that_missed_a_run_is_not_believed()
    {
        WriteSome(4);
        await _m.ExportAsync();
        string journal = Directory.GetFiles(_m.JournalFolder).Single();
        byte[] old = System.IO.File.ReadAllBytes(journal);
        _m.Write("later");
        await _m.ExportAsync();
        System.IO.File.WriteAllBytes(journal, old);

        TransferSummary run = await _m.ExportAsync();

        Assert.Equal((5, 0, 0), (run.Count(ItemFate.AlreadyThere), run.Count(ItemFate.Copied), run.Unlisted));
        Assert.True(run.Listings[ListingBasis.TargetChanged] > 1);
        Assert.Equal(5, Content().Length);
    }

    [Fact]
    public async Task A_file_that_was_edited_replaced_or_lost_gets_what_it_lacks()
    {
        WriteSome(3);
        await _m.ExportAsync();
        byte[] old = System.IO.File.ReadAllBytes(_m.File);
        _m.Write("later");
        await _m.ExportAsync();
        using (PstFileEditor editor = PstFileEditor.Open(_m.File))
        {
            editor.DeleteItem(NodeOf("mail 1"), permanent: true);
            editor.Commit();
        }

        Assert.Equal(1, (await _m.ExportAsync()).Count(ItemFate.Copied));
        Assert.Equal(4, Content().Length);

        System.IO.File.WriteAllBytes(_m.File, old);
        Assert.Equal(1, (await _m.ExportAsync()).Count(ItemFate.Copied));
        Assert.Equal(4, Content().Length);
        Assert.Equal(4, (await _m.ExportAsync()).Unlisted);

        System.IO.File.Delete(_m.File);
        Assert.Equal(4, (await _m.ExportAsync()).Count(ItemFate.Copied));
        Assert.Equal(4, Content().Length);
    }

    [Fact]
    public async Task Another_filter_or_policy_lists_everything_once()
    {
        string[] ids = WriteSome(4);
        TransferOptions some = new() { Filter = new ItemFilter { Subjects = ["mail 1", "mail 2"] } };
        Assert.Equal((2, 2), await _m.ExportAsync(some) is var first ? (first.Count(ItemFate.Copied), first.Filtered) : default);
        Assert.Equal(2, (await _m.ExportAsync(some)).Unlisted);

        TransferSummary all = await _m.ExportAsync();
        Assert.Equal((2, 2, 0), (all.Count(ItemFate.Copied), all.Count(ItemFate.AlreadyThere), all.Unlisted));
        Assert.True(all.Listings[ListingBasis.OptionsChanged] > 1);

        TransferOptions keep = new() { OnChange = ChangePolicy.Keep };
        _m.Send("PATCH", "messages/" + ids[0], """{"subject":"mail 0 changed"}""");
        Assert.Equal((1, 0), await _m.ExportAsync(keep) is var kept ? (kept.Count(ItemFate.Skipped), kept.Unlisted) : default);
        Assert.Equal((1, 4), await _m.ExportAsync(keep) is var again ? (again.Count(ItemFate.Skipped), again.Unlisted) : default);
        Assert.Equal(1, (await _m.ExportAsync()).Replaced);
        Assert.Contains("Inbox/mail 0 changed", Content());
    }

    [Fact]
    public async Task The_items_of_a_folder_that_was_renamed_follow_it()
    {
        string folder = _m.MakeFolder("Old");
        string below = _m.MakeFolder("Deep", folder);
        _m.Write("a", folder);
        _m.Write("b", below);
        await _m.ExportAsync();
        _m.Send("PATCH", "mailFolders/" + folder, """{"displayName":"New"}""");

        TransferSummary run = await _m.ExportAsync();

        Assert.Equal((2, 2, 0), (run.Moved, run.Listings[ListingBasis.FolderMoved], run.Count(ItemFate.Copied)));
        Assert.Equal(["New/Deep/b", "New/a"], Content());

        _m.Send("PATCH", "mailFolders/" + folder, """{"displayName":"Old"}""");
        await _m.ExportAsync();
        Assert.Equal(["Old/Deep/b", "Old/a"], Content());
    }

    [Fact]
    public async Task An_item_that_leaves_the_folders_that_are_meant_and_comes_back_is_there_once()
    {
        string other = _m.MakeFolder("Other");
        string[] ids = WriteSome(3);
        TransferOptions inbox = new() { Filter = new ItemFilter { Folders = [FolderSelector.Parse("Inbox")] } };
        await _m.ExportAsync(inbox);

        _m.Move(ids[1], other);
        Assert.Equal((2, 2), await _m.ExportAsync(inbox) is var away ? (away.Read, away.Unlisted) : default);
        _m.Move(ids[1], "inbox");
        Assert.Equal((3, 2, 0), await _m.ExportAsync(inbox) is var back ? (back.Read, back.Unlisted, back.Count(ItemFate.Copied)) : default);

        // The folders that were not meant are read from their beginning, those that were, from where they were read.
        _m.Move(ids[1], other);
        TransferSummary all = await _m.ExportAsync();
        Assert.Equal((3, 1, 1), (all.Read, all.Moved, all.Listings[ListingBasis.Changes]));
        Assert.Equal(["Inbox/mail 0", "Inbox/mail 2", "Other/mail 1"], Content());
    }

    [Fact]
    public async Task An_item_that_failed_is_tried_again()
    {
        string[] ids = WriteSome(3);
        _m.Sandbox.Faults.Add(new SandboxFault { Method = "GET", Path = "/messages/" + ids[1], StatusCode = 404, Code = "Refused", Times = 1 });
        Assert.Equal((1, 2), await _m.ExportAsync() is var first ? (first.Count(ItemFate.Failed), first.Count(ItemFate.Copied)) : default);

        Assert.Equal((1, 3), await _m.ExportAsync() is var second ? (second.Count(ItemFate.Copied), second.Read) : default);
        string id = _m.Write("later");
        _m.Sandbox.Faults.Add(new SandboxFault { Method = "GET", Path = "/messages/" + id, StatusCode = 404, Code = "Refused", Times = 1 });
        Assert.Equal((1, 3), await _m.ExportAsync() is var third ? (third.Count(ItemFate.Failed), third.Unlisted) : default);
        Assert.Equal((1, 4), await _m.ExportAsync() is var fourth ? (fourth.Count(ItemFate.Copied), fourth.Read) : default);
        Assert.Equal(4, (await _m.ExportAsync()).Unlisted);
    }

    [Fact]
    public async Task A_feed_that_fails_is_no_reason_not_to_list()
    {
        WriteSome(3);
        await _m.ExportAsync();
        _m.Write("later");
        _m.Sandbox.Faults.Add(new SandboxFault { Method = "GET", Path = "/messages/delta", StatusCode = 400, Code = "Refused", Times = 100 });

        TransferSummary run = await _m.ExportAsync();

        Assert.Equal((4, 1, 0, 0), (run.Read, run.Count(ItemFate.Copied), run.UnreadableFolders, run.Unlisted));
        _m.Sandbox.Faults.Clear();
        Assert.Equal((4, 0), await _m.ExportAsync() is var again ? (again.Read, again.Unlisted) : default);
        Assert.Equal(4, (await _m.ExportAsync()).Unlisted);
    }

    [Fact]
    public async Task Verifying_looks_at_everything()
    {
        WriteSome(3);
        await _m.ExportAsync();

        TransferSummary run = await _m.ExportAsync(new TransferOptions { OpenWritten = _ => _m.OpenFileAsync() });

        Assert.Equal((3, 3, 3), (run.Unlisted, run.Verification!.Count(CompareOutcome.Same), _m.Opened));
    }

    [Fact]
    public async Task An_unchanged_mailbox_is_exported_again_within_half_a_minute_however_large_it_is()
    {
        WriteSome(s_many);
        await _m.ExportAsync();
        Stopwatch watch = Stopwatch.StartNew();

        TransferSummary again = await _m.ExportAsync();

        TestContext.Current.TestOutputHelper?.WriteLine($"{s_many} items again in {watch.Elapsed.TotalSeconds:F1} s with {_m.Requests.Count} requests");
        Assert.Equal((s_many, s_many, 0), (again.Read, again.Unlisted, _m.Opened));
        Assert.InRange(_m.Requests.Count, 1, 50);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), watch.Elapsed.ToString());
    }

    private string[] WriteSome(int count) => [.. Enumerable.Range(0, count).Select(i => _m.Write("mail " + i))];

    private string[] Content() => _m.Content();

    private NodeId NodeOf(string subject)
    {
        using PstFile file = PstFile.Open(_m.File);
        return file.EnumerateFolders().SelectMany(f => f.EnumerateItems()).Single(i => i.Subject == subject).NodeId;
    }
}
