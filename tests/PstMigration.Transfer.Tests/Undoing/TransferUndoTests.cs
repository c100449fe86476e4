using System.Runtime.CompilerServices;
using PstMigration.Mapi;
using PstMigration.Storage;
using PstMigration.Transfer.Tests.Journal;
using Xunit;
using static PstMigration.Transfer.Tests.Journal.JournalFixture;

namespace PstMigration.Transfer.Tests.Undoing;

/// <summary>What an undo asks of the journal, and goes without.</summary>
public sealed class TransferUndoTests : IDisposable
{
    private readonly JournalFixture _f = new();
    private readonly List<string> _told = [];

    public void Dispose() => _f.Dispose();

    [Theory]
    [InlineData(UndoOutcome.Removed, false)]
    [InlineData(UndoOutcome.Changed, true)]
    public async Task Of_two_versions_side_by_side_the_entry_stays_as_long_as_one_of_them(UndoOutcome ofSecond, bool stays)
    {
        ItemKey key = Record(Item(1));
        UndoTarget target = new(Copy(key, "new"), Copy(key, "old")) { OutcomeOf = c => c.TargetKey.Id == "old" ? ofSecond : UndoOutcome.Removed };

        UndoSummary done = await UndoAsync(target);

        Assert.Equal((2L, 0L), (done.Items, done.Failed));
        // Both are known to have been written whole: attachments they lack somebody has removed.
        Assert.All(target.Asked, o => Assert.False(o.MayBeUnfinished));
        using SqliteJournal journal = _f.Open();
        Assert.Equal(stays, journal.Find(key) is not null);
    }

    [Theory]
    [InlineData("UPDATE item SET fate = 'Vanished'")]
    [InlineData("UPDATE made SET target_id = x'05'")]
    [InlineData("DROP TABLE run; CREATE TABLE run(number)")]
    public async Task A_journal_that_cannot_be_used_is_told_once_and_ends_nothing(string damage)
    {
        ItemKey one = Record(Item(1));
        ItemKey two = Record(Item(2));
        using (SqliteDatabase database = SqliteDatabase.Open(_f.FilePath, JournalSchema.For(Plan), SqliteAccess.Alone))
        {
            database.Execute(damage);
        }

        UndoSummary done = await UndoAsync(new UndoTarget(Copy(one, "a"), Copy(two, "b")));

        Assert.Equal((2L, 0L), (done.Count(UndoOutcome.Removed), done.Failed));
        Assert.Single(_told);
    }

    [Fact]
    public async Task Whatever_one_copy_throws_the_others_are_taken_back()
    {
        ItemKey one = Record(Item(1));
        ItemKey two = Record(Item(2));

        UndoSummary done = await UndoAsync(new UndoTarget(Copy(one, "a"), Copy(two, "b")) { OutcomeOf = c => c.TargetKey.Id == "a" ? throw new InvalidOperationException("odd") : UndoOutcome.Removed });

        Assert.Equal((1L, 1L), (done.Count(UndoOutcome.Removed), done.Failed));
    }

    [Fact]
    public void Whatever_stays_says_why()
    {
        ItemKey key = new("s", "1");
        foreach (UndoOutcome outcome in ((UndoOutcome[])Enum.GetValues(typeof(UndoOutcome))).Where(o => o != UndoOutcome.Removed))
        {
            UndoneItem copy = new(key, key, FolderPath.Root, outcome);
            UndoneItem folder = new(null, null, FolderPath.Parse("Made"), outcome);
            Assert.False(string.IsNullOrEmpty(copy.Reason), outcome.ToString());
            Assert.False(string.IsNullOrEmpty(folder.Reason), outcome.ToString());
        }

        Assert.Null(new UndoneItem(key, key, FolderPath.Root, UndoOutcome.Removed).Reason);
    }

    private ItemKey Record(JournalItem item)
    {
        using SqliteJournal journal = _f.Start();
        journal.Add(item);
        journal.AddFolder(new JournalFolder(FolderPath.Parse("Made"), "f1"));
        journal.Finish();
        return item.Key;
    }

    private static ListedCopy Copy(ItemKey key, string id) => new(key, new ItemKey(Plan.Target, id));

    private Task<UndoSummary> UndoAsync(UndoTarget target) =>
        TransferUndo.RunAsync(Plan, target, new UndoRequest(_f.Keep(new JournalOptions { Tell = _told.Add })), CancellationToken.None);

    /// <summary>A target that has copies and does as it is told when they are taken back.</summary>
    private sealed class UndoTarget(params ListedCopy[] copies) : IItemTarget, ICopyUndoer
    {
        public List<UndoOptions> Asked { get; } = [];

        public Func<ListedCopy, UndoOutcome> OutcomeOf { get; init; } = _ => UndoOutcome.Removed;

        public string Name => "undo";

        public string StoreKey => Plan.Target;

        public TargetTraits Traits { get; } = new();

        public async IAsyncEnumerable<ListedCopy> ReadCopiesAsync(string sourceStore, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.Yield();
            foreach (ListedCopy copy in copies)
            {
                yield return copy;
            }
        }

        public Task<UndoOutcome> TakeBackAsync(ListedCopy copy, UndoOptions options, CancellationToken cancellationToken)
        {
            Asked.Add(options);
            return Task.FromResult(OutcomeOf(copy));
        }

        public Task<UndoOutcome> RemoveFolderAsync(string key, FolderPath path, CancellationToken cancellationToken) => Task.FromResult(UndoOutcome.Removed);

        public Task<IReadOnlyList<WrittenFile>> CompleteAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<WrittenFile>>([]);

        public WriteResult? Refuse(string messageClass) => null;

        public Task<TargetFolder> OpenFolderAsync(FolderPath path, FolderRole role, string containerClass, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<IReadOnlyList<RememberedItem>> FindAsync(ItemKey key, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<RememberedItem?> FindAsync(ItemMarker marker, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<PreparedItem> PrepareAsync(TargetFolder folder, MapiItem item, ItemProvenance provenance, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<WriteResult> CommitAsync(PreparedItem prepared, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask DisposeAsync() => default;
    }
}
