using PstMigration.Mapi;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Transfer.Tests;

/// <summary>What goes wrong with one item or one folder, at whatever stage and whatever it throws, stays with it.</summary>
public sealed class BadPartTests
{
    private readonly List<ItemResult> _results = [];
    private readonly List<(string Folder, Exception Error)> _folders = [];

#pragma warning disable CA2201 // What the runtime throws is what has to be borne.
    public static TheoryData<Exception> AnyErrors =>
    [
        new MailDataException(TestError.Of("PstDamaged"), "damaged"), new IOException("gone"), new UnauthorizedAccessException("no"), new FormatException("odd"),
        new ArgumentOutOfRangeException("x"), new InvalidOperationException("state"), new NullReferenceException(), new IndexOutOfRangeException(),
        new OverflowException(), new NotSupportedException(), new InvalidCastException(), new KeyNotFoundException(), new TimeoutException(),
        new OperationCanceledException("of its own"), new OutOfMemoryException(), new EndOfStreamException(), new System.Text.DecoderFallbackException(),
        new AggregateException(new FormatException()),
    ];
#pragma warning restore CA2201

    [Theory]
    [MemberData(nameof(AnyErrors), DisableDiscoveryEnumeration = true)]
    public async Task Whatever_an_item_throws_at_any_stage_is_its_own_fate(Exception error)
    {
        MemorySource source = new MemorySource()
            .Folder("Inbox").Item("look up").Item("open", failure: error).Item("fetch").Item("prepare").Item("commit").Item("good").Folder("Folder").Item("folder");
        ItemOf(source, "fetch").Item.Properties[PropertyTags.BodyHtml] = PropertyValue.FromBinary(new BadSource(error));
        ItemKey lookedUp = ItemOf(source, "look up").Key;
        MemoryTarget target = new()
        {
            OnFind = k => k == lookedUp ? error : null,
            OnPrepare = i => i.Subject == "prepare" ? error : null,
            OnCommit = (i, _) => i.Subject == "commit" ? throw error : Task.CompletedTask,
            OnOpenFolder = p => p.Name == "Folder" ? error : null,
        };

        TransferSummary summary = await Run(source, target);

        Assert.Equal(["good"], target.Items.Select(i => i.Subject));
        Assert.Equal((6, 1), (summary.Count(ItemFate.Failed), summary.Count(ItemFate.Copied)));
        Assert.All(_results.Where(r => r.Fate == ItemFate.Failed), r => Assert.False(string.IsNullOrEmpty(r.Written.ReasonId) || r.Written.Reason is null));
        Assert.True(target.Completed);
    }

    [Theory]
    [MemberData(nameof(AnyErrors), DisableDiscoveryEnumeration = true)]
    public async Task Whatever_looking_up_a_marker_throws_is_the_fate_of_its_item(Exception error)
    {
        MemorySource source = new MemorySource().Folder("Inbox").Item("bad").Item("good");
        bool isFirst = true;
        MemoryTarget target = new()
        {
            OnFindMarker = _ =>
            {
                Exception? thrown = isFirst ? error : null;
                isFirst = false;
                return thrown;
            },
        };

        await Run(source, target);

        Assert.Equal([ItemFate.Failed, ItemFate.Copied], _results.Select(r => r.Fate));
    }

    [Theory]
    [MemberData(nameof(AnyErrors), DisableDiscoveryEnumeration = true)]
    public async Task Whatever_listing_a_folder_throws_is_the_fate_of_that_folder(Exception error)
    {
        MemorySource source = new MemorySource().Folder("Bad").Item("before").Folder("Good").Item("a");
        source.OnListed = p => p.Name == "Bad" ? error : null;
        MemoryTarget target = new();

        TransferSummary summary = await Run(source, target);

        Assert.Equal([("Bad", "before"), ("Good", "a")], target.Items);
        Assert.Equal(1, summary.UnreadableFolders);
        Assert.Equal("Bad", Assert.Single(_folders).Folder);
        Assert.True(_folders[0].Error is MailDataException or IOException or UnauthorizedAccessException, _folders[0].Error.ToString());
        Assert.True(target.Completed);
    }

    [Theory]
    [MemberData(nameof(AnyErrors), DisableDiscoveryEnumeration = true)]
    public async Task A_preview_goes_past_what_cannot_be_read(Exception error)
    {
        MemorySource source = new MemorySource().Folder("Bad").Item("before").Item("torn", failure: error).Folder("Good").Item("a");
        source.OnListed = p => p.Name == "Bad" ? error : null;

        TransferRun run = await TransferRun.PlanAsync(source, new TransferOptions(), new Recorder(this), CancellationToken.None);
        TransferPreview preview = await run.PreviewAsync(_ => false, _ => [], CancellationToken.None);

        Assert.Equal((2, 1), (preview.Items, preview.Unreadable));
        Assert.Equal("Bad", Assert.Single(_folders).Folder);
    }

    [Theory]
    [MemberData(nameof(AnyErrors), DisableDiscoveryEnumeration = true)]
    public async Task A_verification_goes_past_what_cannot_be_read_and_does_not_call_it_whole(Exception error)
    {
        MemorySource source = new MemorySource().Folder("Bad").Item("before").Folder("Good").Item("a");
        source.OnListed = p => p.Name == "Bad" ? error : null;
        MemorySource written = new MemorySource("memory:2").Folder("Bad").Item("before").Folder("Good").Item("a");

        StoreComparison found = (await Run(source, new MemoryTarget(), written)).Verification!;

        Assert.Equal((1, 2L, 0L, false), (found.UnreadableFolders, found.Count(CompareOutcome.Same), found.Count(CompareOutcome.Missing), found.IsWhole));
        Assert.Single(_folders);
    }

    [Theory]
    [MemberData(nameof(AnyErrors), DisableDiscoveryEnumeration = true)]
    public async Task A_verification_goes_past_what_cannot_be_read_of_what_was_written(Exception error)
    {
        MemorySource source = new MemorySource().Folder("Bad").Item("torn").Folder("Good").Item("a");
        MemorySource written = new MemorySource("memory:2").Folder("Bad").Item("torn", failure: error).Folder("Good").Item("a");
        written.OnListed = p => p.Name == "Bad" ? error : null;

        StoreComparison found = (await Run(source, new MemoryTarget(), written)).Verification!;

        Assert.Equal((1, 1L, 1L), (found.UnreadableFolders, found.Count(CompareOutcome.Unreadable), found.Count(CompareOutcome.Same)));
        Assert.False(found.IsWhole);
        Assert.Equal("Bad", Assert.Single(_folders).Folder);
    }

    [Theory]
    [MemberData(nameof(AnyErrors), DisableDiscoveryEnumeration = true)]
    public async Task An_empty_folder_that_cannot_be_made_is_told_and_the_others_are(Exception error)
    {
        MemorySource source = new MemorySource().Folder("Bad").Folder("Good").Item("a");
        MemoryTarget target = new() { OnOpenFolder = p => p.Name == "Bad" ? error : null };

        TransferSummary summary = await Run(source, target);

        Assert.Equal((1, 1L), (summary.UnreadableFolders, summary.Count(ItemFate.Copied)));
        Assert.Equal("Bad", Assert.Single(_folders).Folder);
    }

    [Theory]
    [MemberData(nameof(AnyErrors), DisableDiscoveryEnumeration = true)]
    public async Task An_item_that_cannot_be_asked_for_again_stays_unsure(Exception error)
    {
        MemorySource source = new MemorySource().Folder("Inbox").Item("asked in vain").Item("arrived");
        int asked = 0;
        MemoryTarget target = new()
        {
            OnWrite = _ => new WriteResult(ItemFate.Unsure, null, [], "NoAnswer", "no answer"),
            UnsureArrives = true,
            // Once of each item before it is written, and once of each at the end.
            OnFindMarker = _ => Interlocked.Increment(ref asked) == 3 ? error : null,
        };

        await Run(source, target);

        Assert.Equal([("asked in vain", ItemFate.Unsure), ("arrived", ItemFate.Copied)], _results.Select(r => (r.Summary.Subject!, r.Fate)));
        Assert.True(target.Completed);
    }

    [Fact]
    public async Task What_ends_a_run_ends_it_at_a_look_up_and_in_a_list_too()
    {
        MailDataException error = new(TestError.Of("DiskFull"), "full");
        MemorySource source = new MemorySource().Folder("Inbox").Item("a").Item("b");
        Assert.Equal("DiskFull", (await Assert.ThrowsAsync<MailDataException>(() => Run(source, new MemoryTarget { OnFind = _ => error }))).Id);
        Assert.Equal("DiskFull", (await Assert.ThrowsAsync<MailDataException>(() => Run(source, new MemoryTarget { OnFindMarker = _ => error }))).Id);
        source.OnListed = _ => error;
        Assert.Equal("DiskFull", (await Assert.ThrowsAsync<MailDataException>(() => Run(source, new MemoryTarget()))).Id);
    }

    private static MemoryItem ItemOf(MemorySource source, string subject) => source.Items.Single(i => i.Item.Subject == subject);

    private async Task<TransferSummary> Run(MemorySource source, MemoryTarget target, MemorySource? written = null)
    {
        TransferOptions options = new() { OpenWritten = written is null ? null : _ => Task.FromResult<IItemSource>(written) };
        TransferRun run = await TransferRun.PlanAsync(source, options, new Recorder(this), CancellationToken.None);
        return (await run.RunAsync(target, CancellationToken.None)).Summary;
    }

    private sealed class BadSource(Exception error) : BinarySource
    {
        public override long? Length => 10;

        public override ValueTask FetchAsync(CancellationToken cancellationToken) => throw error;

        public override Stream OpenRead() => throw error;
    }

    private sealed class Recorder(BadPartTests test) : ITransferObserver
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

        public void OnFolderUnreadable(SourceFolder folder, Exception exception) => test._folders.Add((folder.Path.ToString(), exception));

        public void OnItem(ItemResult result) => test._results.Add(result);
    }
}
