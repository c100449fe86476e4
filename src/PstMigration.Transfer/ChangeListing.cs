using System.Runtime.CompilerServices;
using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>
/// Lists folders by what changed since the run before, where source, target and journal know. What that run left counts only for a target nobody has written to since, for the same
/// options, and for a folder at the same place; else the folder is listed whole, as it is where the source has forgotten. Items that are not listed because nothing
/// changed have their fate from the journal, so that a run tells of all items either way. For one run.
/// </summary>
internal sealed class ChangeListing
{
    /// <summary>Items of the journal that are read at once.</summary>
    private const int Page = 4096;

    private readonly FolderReader _reader;
    private readonly IItemChangeFeed _feed;
    private readonly ITargetState _target;
    private readonly RunRecord _record;
    private readonly string _options;
    private readonly bool _isTargetChanged;
    private readonly Dictionary<string, FolderFeed> _known = new(StringComparer.Ordinal);
    private readonly List<(FolderPath Path, FolderFeed Feed)> _next = [];
    private readonly Dictionary<FolderPath, long> _byChanges = [];
    private readonly HashSet<FolderPath> _failed = [];
    private readonly HashSet<Guid> _mentioned = [];
    private readonly SortedDictionary<ListingBasis, int> _folders = [];

    private ChangeListing(FolderReader reader, IItemChangeFeed feed, ITargetState target, RunRecord record, TransferOptions options)
    {
        (_reader, _feed, _target, _record, _options) = (reader, feed, target, record, options.Fingerprint);
        JournalFeeds? left = record.ReadFeeds();
        _isTargetChanged = left is not null && left.TargetState != target.State;
        foreach (FolderFeed folder in _isTargetChanged || left is null ? [] : left.Folders)
        {
            _known[folder.Folder] = folder;
        }
    }

    /// <summary>How many folders were listed by what.</summary>
    public IReadOnlyDictionary<ListingBasis, int> Folders => _folders;

    /// <summary>Begins, before anything is written to the target; null where source, target or journal cannot tell.</summary>
    public static ChangeListing? Begin(FolderReader reader, IItemTarget target, RunRecord? record, TransferOptions options) =>
        reader.Source is IItemChangeFeed feed && target is ITargetState { State: not null } state && record is { Run: > 0 }
            ? new ChangeListing(reader, feed, state, record, options)
            : null;

    /// <summary>Whether a folder was listed by what changed: what was not listed of it is there all the same.</summary>
    public bool IsByChanges(SourceFolder folder) => _byChanges.ContainsKey(folder.Path);

    /// <summary>Lists a folder. No item comes twice in the same version.</summary>
    /// <exception cref="MailDataException">The store cannot be used any further.</exception>
    public async IAsyncEnumerable<SourceItem> ReadAsync(SourceFolder folder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ListingBasis basis = BasisOf(folder, out FolderFeed? known);
        ItemChanges changes = _feed.ReadChanges(folder, known?.State);
        Dictionary<Guid, ItemVersion> given = [];
        bool isFaulty = false;
        await foreach (ItemChange change in FolderReader.UpToFault(() => changes.ReadAsync(cancellationToken), _ => isFaulty = true, cancellationToken).ConfigureAwait(false))
        {
            if (known is not null)
            {
                _mentioned.Add(Fold.Of(change.Key));
            }

            if (change.Item is SourceItem item && IsNew(item, given))
            {
                yield return item;
            }
        }

        if (isFaulty)
        {
            // That the source cannot tell what changed does not mean that it cannot list.
            await foreach (SourceItem item in _reader.ReadAsync(folder, cancellationToken).ConfigureAwait(false))
            {
                if (IsNew(item, given))
                {
                    yield return item;
                }
            }
        }

        bool isByChanges = known is not null && !isFaulty && !changes.IsFull;
        string? state = isFaulty ? null : changes.State;
        Note(isByChanges ? ListingBasis.Changes : state is null ? ListingBasis.Whole : known is not null ? ListingBasis.StateExpired : basis);
        if (isByChanges)
        {
            _byChanges[folder.Path] = _byChanges.TryGetValue(folder.Path, out long run) ? Math.Min(run, known!.Run) : known!.Run;
        }
        else
        {
            // Whatever becomes of this run, items may be elsewhere in the target by now than the run before has left them.
            _known.Remove(folder.Key.Id);
        }

        if (state is not null)
        {
            _next.Add((folder.Path, new FolderFeed(folder.Key.Id, PlaceOf(folder), _options, state, _record.Run)));
        }
    }

    /// <summary>Something in a folder has to be tried again: the next run begins with it where this one began.</summary>
    public void Fail(FolderPath folder) => _failed.Add(folder);

    /// <summary>The items that were not listed because they have not changed, as the run that met them last left them. Asked once all folders are listed.</summary>
    public IEnumerable<ItemResult> ReadUnchanged()
    {
        if (_byChanges.Count == 0)
        {
            yield break;
        }

        JournalQuery query = new() { FromRun = _byChanges.Values.Min(), Take = Page };
        for (long? next = 0; next is not null;)
        {
            JournalPage page = _record.Read(query with { After = next });
            foreach (JournalItem item in page.Items)
            {
                // What a whole listing of this run, or of a folder of the same name, has met has its fate.
                if (_byChanges.TryGetValue(item.Folder, out long run) && item.Run >= run && item.Run < _record.Run
                    && item.Fate is ItemFate.Copied or ItemFate.AlreadyThere or ItemFate.Skipped && !_mentioned.Contains(Fold.Of(item.Key)))
                {
                    yield return item.ToUnchanged();
                }
            }

            next = page.Next;
        }
    }

    /// <summary>What the next run may begin with, once the target is complete; null where it cannot tell its state.</summary>
    public JournalFeeds? End()
    {
        foreach ((FolderPath path, FolderFeed feed) in _next)
        {
            if (!_failed.Contains(path))
            {
                _known[feed.Folder] = feed;
            }
        }

        return _target.State is string state ? new JournalFeeds(state, [.. _known.Values]) : null;
    }

    private ListingBasis BasisOf(SourceFolder folder, out FolderFeed? known)
    {
        known = null;
        if (!_known.TryGetValue(folder.Key.Id, out FolderFeed? left))
        {
            return _isTargetChanged ? ListingBasis.TargetChanged : ListingBasis.First;
        }

        if (left.Options != _options)
        {
            return ListingBasis.OptionsChanged;
        }

        if (left.Place != PlaceOf(folder))
        {
            return ListingBasis.FolderMoved;
        }

        known = left;
        return ListingBasis.Changes;
    }

    private void Note(ListingBasis basis) => _folders[basis] = (_folders.TryGetValue(basis, out int count) ? count : 0) + 1;

    internal static string PlaceOf(SourceFolder folder) => folder.Path + "\n" + folder.Role + "\n" + folder.ContainerClass;

    private static bool IsNew(SourceItem item, Dictionary<Guid, ItemVersion> given)
    {
        if (item.Version is not ItemVersion version)
        {
            return true;
        }

        Guid key = Fold.Of(item.Key);
        bool isNew = !given.TryGetValue(key, out ItemVersion before) || before != version;
        given[key] = version;
        return isNew;
    }
}
