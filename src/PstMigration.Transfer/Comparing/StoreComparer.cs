using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>
/// Compares two stores item by item. An item is paired with its copy where the target remembers that, else with one that differs in nothing, else with one of the same content, and when these are taken with
/// one of the same Message-ID, time sent and sender. Of several it is the pair that differs in the fewest parts: a mail to oneself, which was sent and received, is two items of one content. For one
/// comparison; <see cref="StoresComparer"/> makes several with one target.
/// </summary>
public sealed class StoreComparer
{
    private static readonly int s_mostDifferences = Enum.GetValues(typeof(ItemPart)).Length;

    private readonly IItemSource _source;
    private readonly ComparedTarget _target;
    private readonly CompareOptions _options;
    private readonly bool _isExact;
    private readonly StoreComparison _result = new();
    private TargetItems _targets = new();
    private Dictionary<FolderPath, FolderPath> _back = [];
    private readonly List<ReadItem> _unpaired = [];
    private readonly Dictionary<Guid, ItemPart> _told = [];
    private long _read;
    private long _total;

    internal StoreComparer(IItemSource source, ComparedTarget target, CompareOptions options)
    {
        _source = source ?? throw new ArgumentNullException(nameof(source));
        _target = target;
        _options = options ?? throw new ArgumentNullException(nameof(options));
        _isExact = source.Traits.KeepsAllProperties && target.Source.Traits.KeepsAllProperties;
    }

    /// <summary>Compares.</summary>
    /// <param name="source">What the target should have; stays the caller's.</param>
    /// <param name="target">What is there; stays the caller's.</param>
    /// <param name="options">What, and how.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="MailDataException">FolderNotFound; or a store cannot be read any further. What is wrong with single items and folders is in the result.</exception>
    public static async Task<StoreComparison> CompareAsync(IItemSource source, IItemSource target, CompareOptions options, CancellationToken cancellationToken)
    {
        StoresComparer comparer = new(target);
        StoreComparison result = await comparer.CompareAsync(source, options, cancellationToken).ConfigureAwait(false);
        comparer.TellExtras();
        return result;
    }

    /// <summary>Compares, but for what the target has besides.</summary>
    /// <param name="taken">Gets the numbers of the target's items the source has.</param>
    /// <param name="cancellationToken">Stops.</param>
    internal async Task<StoreComparison> CompareAsync(HashSet<int> taken, CancellationToken cancellationToken)
    {
        long started = _options.Time.GetTimestamp();
        List<SourceFolder> all = await ComparedTarget.ListAsync(_source, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<SourceFolder> chosen = FolderChoice.Choose(all, _options.Filter.Folders, _source.Name);
        IReadOnlyList<SourceFolder> there = await _target.ListAsync(cancellationToken).ConfigureAwait(false);
        ExpectedFolders expected = await ExpectedFolders.FindAsync(_source.Traits, all, there, _options, cancellationToken).ConfigureAwait(false);
        _total = chosen.Concat(_target.IsRead(_isExact) ? [] : there).Sum(f => (long)f.ItemCount);

        await ReadTargetAsync(there, chosen, expected, cancellationToken).ConfigureAwait(false);
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
        taken.UnionWith(_targets.Taken);
        _targets = new();
        _unpaired.Clear();
        _told.Clear();
        _result.Duration = _options.Time.GetElapsedTime(started);
        return _result;
    }

    /// <summary>Reads the target, and notes the source's folder of each folder of the target that one has to be in.</summary>
    private async Task ReadTargetAsync(IReadOnlyList<SourceFolder> there, IReadOnlyList<SourceFolder> chosen, ExpectedFolders expected, CancellationToken cancellationToken)
    {
        foreach (SourceFolder folder in chosen)
        {
            FolderPath place = expected.Of(folder.Path);
            _result.FolderOf(folder.Path).Target = there.Any(t => t.Path.Equals(place)) ? place : null;
            _back[place] = folder.Path;
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

        await _target.ReadAsync(_isExact, _options, Progress, cancellationToken).ConfigureAwait(false);
        _result.UnreadableFolders += _target.UnreadableFolders;
        foreach (ReadItem item in _target.Items)
        {
            _targets.Add(item);
        }

        foreach (ReadItem item in _target.Unreadable)
        {
            bool isAwaited = _back.TryGetValue(item.Folder, out FolderPath? origin);
            _result.FolderOf(origin ?? item.Folder).TargetItems += isAwaited ? 1 : 0;
            Tell(new ComparedItem(CompareOutcome.Unreadable, origin ?? item.Folder, null, item.Key)
            {
                MessageClass = item.MessageClass,
                Subject = item.Subject,
                Bytes = item.Size ?? 0,
                Error = item.Error,
            });
        }
    }

    private void Pair(ReadItem item, FolderPath place)
    {
        if (item.Print is null)
        {
            Tell(Describe(item, CompareOutcome.Unreadable) with { Error = item.Error });
        }
        else if (_targets.TakeCopy(item, place) is ReadItem copy)
        {
            Tell(item, copy, place);
        }
        else if (_targets.TakeSame(item, place) is ReadItem same)
        {
            Tell(item, same, place);
        }
        else
        {
            _unpaired.Add(item);
        }
    }

    private async Task PairTheRestAsync(ExpectedFolders expected, CancellationToken cancellationToken)
    {
        List<(ReadItem Item, FolderPath Place)> left = [];
        foreach (ReadItem item in _unpaired)
        {
            left.Add((item, await expected.OfAsync(item.Folder, item.MessageClass, cancellationToken).ConfigureAwait(false)));
        }

        Pair(left, _targets.TakeEqual);
        Pair(left, (item, place, most) => _options.IsOlder(item.Key) ? null : _targets.TakeSameIdentity(item, place, most));
        foreach ((ReadItem item, _) in left)
        {
            Tell(Describe(item, _options.IsOlder(item.Key) || _options.IsExcused(item.Key, item.MessageClass) ? CompareOutcome.Skipped : CompareOutcome.Missing));
        }
    }

    /// <summary>Those that differ least first: none takes from another what that one differs less from.</summary>
    private void Pair(List<(ReadItem Item, FolderPath Place)> left, Func<ReadItem, FolderPath, int, ReadItem?> take)
    {
        for (int most = 1; most <= s_mostDifferences && left.Count > 0; most++)
        {
            left.RemoveAll(l =>
            {
                if (take(l.Item, l.Place, most) is not ReadItem other)
                {
                    return false;
                }

                Tell(l.Item, other, l.Place);
                return true;
            });
        }
    }

    /// <summary>Tells what the target has besides. What is elsewhere in it is none of the source's business.</summary>
    /// <param name="taken">The numbers of items somebody has, or has told; those told here are added.</param>
    internal void TellExtras(HashSet<int> taken)
    {
        for (int i = 0; i < _target.Items.Count && _options.Filter.TakesAllItems; i++)
        {
            ReadItem item = _target.Items[i];
            if (_back.TryGetValue(item.Folder, out FolderPath? origin) && taken.Add(i))
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
            Bytes = item.Print.Bytes,
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
        Bytes = item.Size ?? item.Print?.Bytes ?? 0,
    };
}
