using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>
/// The last stage of a run that archives: the source lets go of the items that are in the target whole, were found there when it was read again, and have not changed since they were listed. Before
/// that the target notes of each copy that it is all there is. For one run.
/// </summary>
internal sealed class VerifiedRemoval
{
    private const int Group = 200;

    private readonly List<Candidate> _items = [];
    private readonly HashSet<Guid> _verified = [];
    private readonly RemovalSummary _summary = new();

    /// <summary>Notes what became of an item: some 300 bytes of each that is whole.</summary>
    public void Add(ItemResult result)
    {
        if (!result.IsWhole || result.Losses.Count > 0)
        {
            _summary.Add(0, SourceRemoval.NotWhole);
        }
        else if (result.Version is not ItemVersion version || result.Written is not { TargetKey: ItemKey copy, ReasonId: null })
        {
            _summary.Add(0, SourceRemoval.NotVerified);
        }
        else
        {
            _items.Add(new Candidate(result.Folder, result.Key, version, copy, result.Summary.Size ?? 0));
        }
    }

    /// <summary>Notes what reading the target again found.</summary>
    public void Add(ComparedItem compared)
    {
        if (compared is { Outcome: CompareOutcome.Same, SourceKey: ItemKey key })
        {
            _verified.Add(Fold.Of(key));
        }
    }

    /// <summary>Lets go of them.</summary>
    /// <param name="source">The source.</param>
    /// <param name="target">The target, which was completed.</param>
    /// <param name="folders">The folders of the source.</param>
    /// <param name="atOnce">How many requests the source takes at once.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<RemovalSummary> RunAsync(ISourceRemover source, IItemTarget target, IEnumerable<SourceFolder> folders, int atOnce, CancellationToken cancellationToken)
    {
        Dictionary<FolderPath, SourceFolder> byPath = folders.ToDictionary(f => f.Path);
        foreach (Candidate[] group in Groups(i => source.CanRemove(byPath[i.Folder])))
        {
            Queue<Candidate> noted = await NoteAsync(group, target, cancellationToken).ConfigureAwait(false);
            await Task.WhenAll(Enumerable.Range(0, Math.Max(1, Math.Min(atOnce, noted.Count))).Select(async _ =>
            {
                while (Take(noted) is Candidate item)
                {
                    _summary.Add(item.Size, await RemoveAsync(item, source, byPath[item.Folder], cancellationToken).ConfigureAwait(false));
                }
            })).ConfigureAwait(false);
        }

        return _summary;
    }

    private IEnumerable<Candidate[]> Groups(Func<Candidate, bool> canRemove)
    {
        List<Candidate> verified = [];
        foreach (Candidate item in _items)
        {
            if (!canRemove(item))
            {
                _summary.Add(0, SourceRemoval.NotRecoverable);
            }
            else if (!_verified.Contains(Fold.Of(item.Key)))
            {
                _summary.Add(0, SourceRemoval.NotVerified);
            }
            else
            {
                verified.Add(item);
            }
        }

        for (int i = 0; i < verified.Count; i += Group)
        {
            yield return [.. verified.Skip(i).Take(Group)];
        }
    }

    /// <summary>Has the target note of each copy that it is all there is, which lasts before the source lets go of one.</summary>
    private async Task<Queue<Candidate>> NoteAsync(Candidate[] items, IItemTarget target, CancellationToken cancellationToken)
    {
        Queue<Candidate> noted = [];
        foreach (Candidate item in items)
        {
            IReadOnlyList<RememberedItem> copies = await target.FindAsync(item.Key, cancellationToken).ConfigureAwait(false);
            RememberedItem? copy = copies.FirstOrDefault(c => c.TargetKey == item.Copy && c.IsWhole);
            if (copy is not null && target is ICopyKeeper keeper && await keeper.KeepAsync(copy, cancellationToken).ConfigureAwait(false))
            {
                noted.Enqueue(item);
            }
            else
            {
                _summary.Add(0, SourceRemoval.NotVerified);
            }
        }

        await target.CompleteAsync(cancellationToken).ConfigureAwait(false);
        return noted;
    }

    private static Candidate? Take(Queue<Candidate> left)
    {
        lock (left)
        {
            return left.Count > 0 ? left.Dequeue() : null;
        }
    }

    private async Task<SourceRemoval> RemoveAsync(Candidate item, ISourceRemover source, SourceFolder folder, CancellationToken cancellationToken)
    {
        if (_summary.Stopped is not null)
        {
            return SourceRemoval.Failed;
        }

        try
        {
            return await source.RemoveAsync(folder, item.Key, item.Version, cancellationToken).ConfigureAwait(false);
        }
        catch (MailDataException e) when (e.EndsRun)
        {
            // The copy is complete: that nothing more can be removed, as where a mailbox on hold is full, is no failure of it.
            _summary.Stop(e);
            return SourceRemoval.Failed;
        }
        catch (Exception e) when (Fault.IsOfOne(e, cancellationToken))
        {
            _summary.Note(Fault.Explain(e, TransferErrorIds.ItemNotRemoved));
            return SourceRemoval.Failed;
        }
    }

    private sealed record Candidate(FolderPath Folder, ItemKey Key, ItemVersion Version, ItemKey Copy, long Size);
}
