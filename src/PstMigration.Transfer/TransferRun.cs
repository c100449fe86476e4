using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>
/// One copy of items from a source to a target: list, look up, open and digest ahead, prepare, commit, record. Every item read ends with exactly one
/// fate. What the target remembers is not written again, and where the source tells versions not even opened, so a run may be
/// stopped at any point and started again. For one run.
/// </summary>
public sealed class TransferRun
{
    private readonly IItemSource _source;
    private readonly TransferOptions _options;
    private readonly ITransferObserver _observer;
    private readonly FolderMapper _mapper;
    private readonly FolderReader _reader;
    private RunRecord? _record;
    private ChangeListing? _changes;
    private readonly TransferSummary _summary = new();
    private readonly List<ItemResult> _unsure = [];
    private readonly List<(SourceFolder Folder, SourceItem Item)> _later = [];
    private readonly WrittenItems _written = new();
    private readonly VerifiedRemoval? _removal;
    private readonly HashSet<ItemKey> _told = [];
    private readonly List<SourceFolder> _empty = [];
    private IReadOnlyList<SourceFolder> _all = [];
    private IReadOnlyList<SourceFolder> _folders = [];

    private TransferRun(IItemSource source, TransferOptions options, ITransferObserver observer)
    {
        _source = source ?? throw new ArgumentNullException(nameof(source));
        _options = options ?? throw new ArgumentNullException(nameof(options));
        _observer = observer ?? throw new ArgumentNullException(nameof(observer));
        _mapper = new FolderMapper(source.Traits, options.TargetRoot);
        _removal = options is { RemoveVerified: true, OpenWritten: not null } ? new VerifiedRemoval() : null;
        _reader = new FolderReader(source, TellNotCopied);
    }

    /// <summary>What is copied, and how.</summary>
    public TransferOptions Options => _options;

    /// <summary>The folders it is going to copy, parents before children.</summary>
    public IReadOnlyList<SourceFolder> Folders => _folders;

    /// <summary>Finds out which folders there are to copy, before there has to be a target.</summary>
    /// <param name="source">From where; stays the caller's.</param>
    /// <param name="options">What and how.</param>
    /// <param name="observer">Is told of everything.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="MailDataException">FolderNotFound; or the source cannot be used.</exception>
    public static async Task<TransferRun> PlanAsync(
        IItemSource source, TransferOptions options, ITransferObserver observer, CancellationToken cancellationToken)
    {
        TransferRun run = new(source, options, observer);
        run._folders = await run.ListFoldersAsync(cancellationToken).ConfigureAwait(false);
        return run;
    }

    /// <summary>Counts the items, if a run would write none of them; see <see cref="UnchangedSource"/>. Empty folders and what was not taken are not looked for.</summary>
    /// <exception cref="MailDataException">Source, target or journal cannot be used.</exception>
    internal Task<long?> CountUnchangedAsync(IItemTarget target, CancellationToken cancellationToken) => UnchangedSource.CountAsync(_source, _folders, _options, target, cancellationToken);

    /// <summary>Finds out what a run would do, without a target.</summary>
    /// <param name="refuses">Whether the target takes no items of a message class.</param>
    /// <param name="predict">
    /// What the target would lose of an item; every item that is meant is opened. Null where opening them would be half of the run: then items are counted of which the list does not tell
    /// whether they are meant, and losses are not.
    /// </param>
    /// <param name="cancellationToken">Stops.</param>
    /// <param name="target">A target that exists: what it has of the source is counted and not taken for work, as far as it lists that. Nothing is changed in it.</param>
    /// <exception cref="MailDataException">The source or the target cannot be read.</exception>
    public async Task<TransferPreview> PreviewAsync(
        Func<string, bool> refuses, Func<MapiItem, IReadOnlyList<ItemLoss>>? predict, CancellationToken cancellationToken, IItemTarget? target = null)
    {
        if (refuses is null)
        {
            throw new ArgumentNullException(nameof(refuses));
        }

        return await new PreviewedRun(_source, _options, _mapper, refuses, predict).CountAsync(_folders, _reader, _observer, target, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Copies, and completes the target. What is wrong with single items is in their results; an exception means that the run
    /// could not go on, and that the target was not completed.
    /// </summary>
    /// <param name="target">To where; stays the caller's.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The counts, and the files that became complete only at the end.</returns>
    /// <exception cref="MailDataException">The source or the target cannot be used any further. TransferInUse: another run of this transfer goes on.</exception>
    public async Task<(TransferSummary Summary, IReadOnlyList<WrittenFile> Completed)> RunAsync(IItemTarget target, CancellationToken cancellationToken)
    {
        if (target is null)
        {
            throw new ArgumentNullException(nameof(target));
        }

        RunFolder.ClearAway();
        using IDisposable? turn = target is ISharedTarget shared ? await shared.BeginTurnAsync(cancellationToken).ConfigureAwait(false) : null;
        using RunRecord? record = _options.Journals is TransferJournals journals
            ? await RunRecord.BeginAsync(journals, _source, target, _options.ToString(), cancellationToken).ConfigureAwait(false)
            : null;
        _record = record;
        _summary.TransferId = record?.Id;
        _changes = ChangeListing.Begin(_reader, target, record, _options);
        _mapper.Opened = opened =>
        {
            record?.Add(opened);
            _summary.Add(opened);
        };
        try
        {
            (TransferSummary, IReadOnlyList<WrittenFile>) result = await CopyAsync(target, cancellationToken).ConfigureAwait(false);
            record?.Finish(null, _changes?.End());
            return result;
        }
        catch (MailDataException e)
        {
            record?.Finish(e);
            throw;
        }
    }

    private async Task<(TransferSummary Summary, IReadOnlyList<WrittenFile> Completed)> CopyAsync(IItemTarget target, CancellationToken cancellationToken)
    {
        long started = _options.Time.GetTimestamp();
        _observer.OnPlan(_folders.Count, _folders.Sum(f => (long)f.ItemCount));
        foreach (ItemResult refused in _options.Refused)
        {
            Record(refused);
        }

        using (ItemPipeline pipeline = new(_source, target, _mapper, Claimed(target), _options, cancellationToken))
        {
            try
            {
                foreach (SourceFolder folder in _folders)
                {
                    await CopyFolderAsync(folder, pipeline).ConfigureAwait(false);
                    if (_options.TargetRoot is null)
                    {
                        await MakeEmptyAsync(pipeline).ConfigureAwait(false);
                        _empty.Clear();
                    }
                }

                await TakeAllAsync(pipeline).ConfigureAwait(false);
                foreach ((SourceFolder folder, SourceItem item) in _later)
                {
                    await AddAsync(folder, item, pipeline, isLast: true).ConfigureAwait(false);
                }

                await TakeAllAsync(pipeline).ConfigureAwait(false);
                await MakeEmptyAsync(pipeline).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                pipeline.ThrowFailure();
                throw;
            }
            finally
            {
                // Whoever stops early may close what is read and written: nothing must be running then.
                await pipeline.StopAsync().ConfigureAwait(false);
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        await DecideUnsureAsync(target, cancellationToken).ConfigureAwait(false);
        TellUnchanged();
        await RemoveLeftFoldersAsync(target, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<WrittenFile> completed = await target.CompleteAsync(cancellationToken).ConfigureAwait(false);
        _summary.Add(completed);
        await VerifyAsync(target, cancellationToken).ConfigureAwait(false);
        if (_removal is not null && _source is ISourceRemover remover)
        {
            _summary.Removal = await _removal.RunAsync(remover, target, _folders, _source.Traits.OpensAtOnce, cancellationToken).ConfigureAwait(false);
        }

        _summary.Duration = _options.Time.GetElapsedTime(started);
        return (_summary, completed);
    }

    /// <summary>Reads what was written again. What the target did not take is told already.</summary>
    private async Task VerifyAsync(IItemTarget target, CancellationToken cancellationToken)
    {
        if (_options.OpenWritten is null)
        {
            return;
        }

        IItemSource written = await _options.OpenWritten(cancellationToken).ConfigureAwait(false);
        await using (written.ConfigureAwait(false))
        {
            CompareOptions options = new()
            {
                Filter = _options.Filter,
                TargetRoot = _options.TargetRoot,
                Copies = target as ICopyLister,
                Origins = _written.Origins,
                Folders = target as IFolderFinder,
                Classes = target as IFolderClasses,
                IsExcused = (key, messageClass) => target.Refuse(messageClass) is not null || _written.WasSkipped(key),
                IsAnywhere = _written.WasThere,
                Told = _written.Told,
                Threads = _options.Threads,
                OnProgress = _observer.OnVerifying,
                OnItem = _removal is null ? _ => { } : _removal.Add,
                OnFolderUnreadable = TellOnce,
                Time = _options.Time,
            };
            _summary.Verification = await StoreComparer.CompareAsync(_source, written, options, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The folders that are meant. One that was named and is not there is an error before anything is written.</summary>
    private async Task<IReadOnlyList<SourceFolder>> ListFoldersAsync(CancellationToken cancellationToken)
    {
        List<SourceFolder> all = [];
        await foreach (SourceFolder folder in _source.ReadFoldersAsync(cancellationToken).ConfigureAwait(false))
        {
            _mapper.Add(folder);
            all.Add(folder);
        }

        _all = all;
        return FolderChoice.Choose(all, _options.Filter.Folders, _source.Name);
    }

    private async Task CopyFolderAsync(SourceFolder folder, ItemPipeline pipeline)
    {
        _observer.OnFolder(folder);
        _summary.Folders++;
        bool isEmpty = true;
        IAsyncEnumerable<SourceItem> items = _changes is null ? _reader.ReadAsync(folder, pipeline.Token) : _changes.ReadAsync(folder, pipeline.Token);
        await foreach (SourceItem item in items.ConfigureAwait(false))
        {
            isEmpty = false;
            await CopyItemAsync(folder, item, pipeline).ConfigureAwait(false);
        }

        // An empty mail folder is part of how somebody ordered their mail; an empty calendar is none without its class.
        if (isEmpty && _changes?.IsByChanges(folder) != true && _options.MakeEmptyFolders && _options.Filter.TakesAllItems
            && (pipeline.Target.Traits.KeepsFolderClasses || MessageClasses.IsOfClass(folder.ContainerClass, FolderClasses.Mail)))
        {
            _empty.Add(folder);
        }
    }

    /// <summary>
    /// Makes the folders without items: at once where folders are to be as they are in the source. Below a folder somebody named, where nothing but they would be, only if that is all there is to copy.
    /// </summary>
    private async Task MakeEmptyAsync(ItemPipeline pipeline)
    {
        foreach (SourceFolder folder in _options.TargetRoot is null || _summary.Read == 0 || _summary.Count(ItemFate.Copied) > 0 ? _empty : [])
        {
            await MakeEmptyAsync(folder, pipeline).ConfigureAwait(false);
        }
    }

    private async Task MakeEmptyAsync(SourceFolder folder, ItemPipeline pipeline)
    {
        try
        {
            await pipeline.OpenFolderAsync(folder).ConfigureAwait(false);
        }
        catch (Exception e) when (Fault.IsOfOne(e, pipeline.Token))
        {
            TellNotCopied(folder, Fault.Explain(e, TransferErrorIds.FolderNotCopied));
        }
    }

    private async Task RemoveLeftFoldersAsync(IItemTarget target, CancellationToken cancellationToken)
    {
        bool isAll = _options.Filter.Folders.Count == 0 && _options.Filter.TakesAllItems && _options.MakeEmptyFolders && _options.TargetRoot is null && _summary.UnreadableFolders == 0;
        if (!_options.RemoveLeftFolders || !isAll || _record is not RunRecord record)
        {
            return;
        }

        try
        {
            _summary.RemovedFolders = await new LeftFolders(record, _mapper, target).RemoveAsync(_all, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (Fault.IsOfOne(e, cancellationToken))
        {
            // An empty folder more is no harm, and the next run tries again.
        }
    }

    private ClaimedFolders? Claimed(IItemTarget target) => _options.SkipDuplicates && target is IDuplicateFinder && target is IFolderFinder finder
        ? new ClaimedFolders(_source.Traits, _all, _folders, _options.TargetRoot, target, finder)
        : null;

    private void TellNotCopied(SourceFolder folder, MailDataException error)
    {
        _summary.UnreadableFolders++;
        _changes?.Fail(folder.Path);
        TellOnce(folder, error);
    }

    // What cannot be listed to be copied cannot be listed to be compared either.
    private void TellOnce(SourceFolder folder, MailDataException error)
    {
        if (_told.Add(folder.Key))
        {
            _observer.OnFolderUnreadable(folder, error);
        }
    }

    private async Task CopyItemAsync(SourceFolder folder, SourceItem item, ItemPipeline pipeline)
    {
        if (_options.Filter.Includes(item.Summary) == false)
        {
            _summary.Filtered++;
            return;
        }

        await AddAsync(folder, item, pipeline).ConfigureAwait(false);
    }

    private async Task AddAsync(SourceFolder folder, SourceItem item, ItemPipeline pipeline, bool isLast = false)
    {
        while (pipeline.IsFull(item))
        {
            Take((await pipeline.NextAsync().ConfigureAwait(false))!);
        }

        await pipeline.AddAsync(folder, item, isLast).ConfigureAwait(false);
        while (pipeline.TryNext(out ItemResult? result))
        {
            Take(result);
        }
    }

    private async Task TakeAllAsync(ItemPipeline pipeline)
    {
        while (await pipeline.NextAsync().ConfigureAwait(false) is ItemResult result)
        {
            Take(result);
        }
    }

    private void Take(ItemResult result)
    {
        if (result.IsFiltered)
        {
            _summary.Filtered++;
        }
        else if (result.Later is (SourceFolder, SourceItem) later)
        {
            _later.Add(later);
        }
        else if (result.Fate == ItemFate.Unsure)
        {
            // Whatever becomes of the run, it is known where somebody has to look.
            _record?.Add(result);
            _unsure.Add(result);
        }
        else
        {
            Record(result);
        }
    }

    /// <summary>An answer that got lost may still have been a success: ask once more before telling.</summary>
    private async Task DecideUnsureAsync(IItemTarget target, CancellationToken cancellationToken)
    {
        foreach (ItemResult result in _unsure)
        {
            Record(await DecideAsync(result, target, cancellationToken).ConfigureAwait(false));
        }
    }

    private static async Task<ItemResult> DecideAsync(ItemResult unsure, IItemTarget target, CancellationToken cancellationToken)
    {
        ItemResult undecided = unsure with { Change = CopyChange.None };
        try
        {
            RememberedItem? arrived = unsure.Marker is ItemMarker marker ? await target.FindAsync(marker, cancellationToken).ConfigureAwait(false) : null;
            return arrived is { IsWhole: true } ? unsure with { Written = WriteResult.Copied(arrived.TargetKey, unsure.Losses) } : undecided;
        }
        catch (Exception e) when (Fault.IsOfOne(e, cancellationToken))
        {
            return undecided;
        }
    }

    /// <summary>What has not changed since the run before was not listed, but the target has it.</summary>
    private void TellUnchanged()
    {
        foreach (ItemResult result in _changes?.ReadUnchanged() ?? [])
        {
            Record(result);
        }

        _summary.Listings = _changes?.Folders ?? _summary.Listings;
    }

    private void Record(ItemResult result)
    {
        if (result.Fate is ItemFate.Failed or ItemFate.Unsure)
        {
            _changes?.Fail(result.Folder);
        }

        _summary.Add(result);
        _record?.Add(result);
        if (result.WasAt is ItemKey was)
        {
            _record?.Forget(was);
        }

        if (_options.OpenWritten is not null)
        {
            _written.Add(result);
        }

        _removal?.Add(result);
        _observer.OnItem(result);
    }
}
