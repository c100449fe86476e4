using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>
/// Compares two stores item by item. An item is paired with its copy where the target remembers that, else with one of the same content, the one in the right folder
/// before others, and when these are taken with one of the same Message-ID, time sent and sender. Some 300 bytes are kept of each item of the target. For one comparison.
/// </summary>
public sealed class StoreComparer
{
    private readonly IItemSource _source;
    private readonly IItemSource _target;
    private readonly CompareOptions _options;
    private readonly bool _isExact;
    private readonly StoreComparison _result = new();
    private readonly TargetItems _targets = new();
    private readonly List<ReadItem> _unpaired = [];
    private readonly Dictionary<Guid, ItemPart> _told = [];
    private long _read;
    private long _total;

    private StoreComparer(IItemSource source, IItemSource target, CompareOptions options)
    {
        _source = source ?? throw new ArgumentNullException(nameof(source));
        _target = target ?? throw new ArgumentNullException(nameof(target));
        _options = options ?? throw new ArgumentNullException(nameof(options));
        _isExact = source.Traits.KeepsAllProperties && target.Traits.KeepsAllProperties;
    }

    /// <summary>Compares.</summary>
    /// <param name="source">What the target should have; stays the caller's.</param>
    /// <param name="target">What is there; stays the caller's.</param>
    /// <param name="options">What, and how.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="MailDataException">FolderNotFound; or a store cannot be read any further. What is wrong with single items and folders is in the result.</exception>
    public static Task<StoreComparison> CompareAsync(IItemSource source, IItemSource target, CompareOptions options, CancellationToken cancellationToken) =>
        new StoreComparer(source, target, options).CompareAsync(cancellationToken);

    private async Task<StoreComparison> CompareAsync(CancellationToken cancellationToken)
    {
        long started = _options.Time.GetTimestamp();
        List<SourceFolder> all = await ListAsync(_source, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<SourceFolder> chosen = FolderChoice.Choose(all, _options.Filter.Folders, _source.Name);
        List<SourceFolder> there = await ListAsync(_target, cancellationToken).ConfigureAwait(false);
        ExpectedFolders expected = await ExpectedFolders.FindAsync(_source.Traits, all, there, _options, cancellationToken).ConfigureAwait(false);
        _total = chosen.Concat(there).Sum(f => (long)f.ItemCount);

        Dictionary<FolderPath, FolderPath> back = await ReadTargetAsync(there, chosen, expected, cancellationToken).ConfigureAwait(false);
        FingerprintReader reader = new(Reader(_source), _options.Filter, _isExact, _options.Threads);
        foreach (SourceFolder folder in chosen)
        {
            ComparedFolder compared = _result.FolderOf(folder.Path);
            await foreach (ReadItem item in reader.ReadAsync(folder, cancellationToken).ConfigureAwait(false))
            {
                Progress();
                compared.SourceItems++;
                compared.SourceBytes += item.Print?.Bytes ?? 0;
                Pair(item, await expected.OfAsync(folder.Path, item.MessageClass, cancellationToken).ConfigureAwait(false));
            }
        }

        await PairTheRestAsync(expected, cancellationToken).ConfigureAwait(false);
        TellExtras(back);
        _result.Duration = _options.Time.GetElapsedTime(started);
        return _result;
    }

    /// <summary>Reads the target. Tells the source's folder of each folder of the target that one has to be in.</summary>
    private async Task<Dictionary<FolderPath, FolderPath>> ReadTargetAsync(
        List<SourceFolder> there, IReadOnlyList<SourceFolder> chosen, ExpectedFolders expected, CancellationToken cancellationToken)
    {
        Dictionary<FolderPath, FolderPath> back = [];
        foreach (SourceFolder folder in chosen)
        {
            FolderPath place = expected.Of(folder.Path);
            _result.FolderOf(folder.Path).Target = there.Exists(t => t.Path.Equals(place)) ? place : null;
            back[place] = folder.Path;
        }

        foreach (string store in _options.Copies is null ? [] : new[] { _source.StoreKey }.Concat(_options.MoreStores))
        {
            await foreach (ListedCopy copy in _options.Copies!.ReadCopiesAsync(store, cancellationToken).ConfigureAwait(false))
            {
                _targets.AddOrigin(Fold.Of(copy.TargetKey), Fold.Of(copy.Key));
                if (LossMeaning.Explains(copy.Losses) is not ItemPart.None and ItemPart told)
                {
                    _told[Fold.Of(copy.Key)] = told;
                }
            }
        }

        foreach (KeyValuePair<Guid, Guid> origin in _options.Origins)
        {
            _targets.AddOrigin(origin.Key, origin.Value);
        }

        FingerprintReader reader = new(Reader(_target), ItemFilter.All, _isExact, _options.Threads);
        foreach (SourceFolder folder in there)
        {
            await foreach (ReadItem item in reader.ReadAsync(folder, cancellationToken).ConfigureAwait(false))
            {
                Progress();
                if (item.Print is null)
                {
                    bool isAwaited = back.TryGetValue(folder.Path, out FolderPath? origin);
                    _result.FolderOf(origin ?? folder.Path).TargetItems += isAwaited ? 1 : 0;
                    Tell(new ComparedItem(CompareOutcome.Unreadable, origin ?? folder.Path, null, item.Key)
                    {
                        MessageClass = item.MessageClass,
                        Subject = item.Subject,
                        Error = item.Error,
                    });
                }
                else
                {
                    _targets.Add(item);
                }
            }
        }

        return back;
    }

    private void Pair(ReadItem item, FolderPath place)
    {
        if (item.Print is null)
        {
            Tell(Describe(item, CompareOutcome.Unreadable) with { Error = item.Error });
        }
        else if (_targets.TakeCopy(item.Key, item.Print) is ReadItem copy)
        {
            Tell(item, copy, place);
        }
        else if (_targets.TakeEqual(item.Print, place) is ReadItem equal)
        {
            Tell(item, equal, place);
        }
        else
        {
            _unpaired.Add(item);
        }
    }

    private async Task PairTheRestAsync(ExpectedFolders expected, CancellationToken cancellationToken)
    {
        foreach (ReadItem item in _unpaired)
        {
            FolderPath place = await expected.OfAsync(item.Folder, item.MessageClass, cancellationToken).ConfigureAwait(false);
            if (_targets.TakeSameIdentity(item.Print!, place) is ReadItem other)
            {
                Tell(item, other, place);
            }
            else
            {
                Tell(Describe(item, _options.IsExcused(item.Key, item.MessageClass) ? CompareOutcome.Skipped : CompareOutcome.Missing));
            }
        }
    }

    // What is elsewhere in the target is none of the source's business.
    private void TellExtras(Dictionary<FolderPath, FolderPath> back)
    {
        foreach (ReadItem item in _targets.Untaken)
        {
            if (back.TryGetValue(item.Folder, out FolderPath? origin) && _options.Filter.TakesAllItems)
            {
                Count(item, origin);
                Tell(Describe(item, CompareOutcome.Extra) with { Folder = origin, SourceKey = null, TargetKey = item.Key });
            }
        }
    }

    private void Tell(ReadItem item, ReadItem other, FolderPath place)
    {
        Count(other, item.Folder);
        ItemPart differences = item.Print!.DifferencesTo(other.Print!) | (other.Folder.Equals(place) || _options.IsAnywhere(item.Key) ? ItemPart.None : ItemPart.Folder);
        Tell(Describe(item, differences == ItemPart.None ? CompareOutcome.Same : CompareOutcome.Different) with
        {
            TargetKey = other.Key,
            TargetFolder = other.Folder,
            Level = item.Print.LevelOf(other.Print!),
            Differences = differences,
            Untold = differences == ItemPart.None ? ItemPart.None : differences & ~(_options.Told(item.Key) | (_told.TryGetValue(Fold.Of(item.Key), out ItemPart told) ? told : ItemPart.None)),
        });
    }

    private void Count(ReadItem there, FolderPath folder)
    {
        ComparedFolder compared = _result.FolderOf(folder);
        compared.TargetItems++;
        compared.TargetBytes += there.Print?.Bytes ?? 0;
    }

    private FolderReader Reader(IItemSource source) => new(source, (folder, error) =>
    {
        _result.UnreadableFolders++;
        _options.OnFolderUnreadable(folder, error);
    });

    private void Tell(ComparedItem item)
    {
        _result.Add(item);
        _options.OnItem(item);
    }

    private void Progress() => _options.OnProgress(++_read, Math.Max(_read, _total));

    private static ComparedItem Describe(ReadItem item, CompareOutcome outcome) => new(outcome, item.Folder, item.Key, null)
    {
        MessageClass = item.MessageClass,
        Subject = item.Subject,
        Bytes = item.Print?.Bytes ?? 0,
    };

    private static async Task<List<SourceFolder>> ListAsync(IItemSource source, CancellationToken cancellationToken)
    {
        List<SourceFolder> all = [];
        await foreach (SourceFolder folder in source.ReadFoldersAsync(cancellationToken).ConfigureAwait(false))
        {
            all.Add(folder);
        }

        return all;
    }
}
