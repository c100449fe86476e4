using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>
/// Counts of a run. Every item read has exactly one fate, so the fates add up to <see cref="Read"/>. Of what people have to look at, the first and the last hundred
/// are kept here, however many there are.
/// </summary>
public sealed class TransferSummary
{
    private const int MostIssues = 100;

    private readonly Dictionary<ItemFate, long> _fates = [];
    private readonly SortedDictionary<LossKind, long> _losses = [];
    private readonly SortedDictionary<string, long> _skipped = new(StringComparer.OrdinalIgnoreCase);
    private readonly SortedDictionary<string, long> _lessened = new(StringComparer.OrdinalIgnoreCase);
    private readonly SortedDictionary<LossKind, long> _missed = [];
    private readonly List<ItemResult> _first = [];
    private readonly Queue<ItemResult> _last = new();
    private readonly List<TargetFolder> _renamed = [];

    /// <summary>What the transfer is called; null where no journal was kept. See <see cref="TransferJournals.IdOf(TransferPlan)"/>.</summary>
    public string? TransferId { get; internal set; }

    /// <summary>Folders visited.</summary>
    public int Folders { get; internal set; }

    /// <summary>Folders of these that could not be listed, or not to their end; and those without items that could not be made.</summary>
    public int UnreadableFolders { get; internal set; }

    /// <summary>The first hundred folders of the target items went to instead of those whose names they have, which hold something else or are not shown.</summary>
    public IReadOnlyList<TargetFolder> RenamedFolders => _renamed;

    /// <summary>Folders of the target that were removed, since they were empty and no folder of the source stood for them any more (<see cref="TransferOptions.RemoveLeftFolders"/>).</summary>
    public int RemovedFolders { get; internal set; }

    /// <summary>How many folders were listed by what; empty where source, target and journal do not know what changed.</summary>
    public IReadOnlyDictionary<ListingBasis, int> Listings { get; internal set; } = new Dictionary<ListingBasis, int>();

    /// <summary>Items read, without those the filter left out.</summary>
    public long Read { get; private set; }

    /// <summary>Items the filter left out.</summary>
    public long Filtered { get; internal set; }

    /// <summary>Of the items copied, those that took the place of an older copy.</summary>
    public long Replaced { get; private set; }

    /// <summary>Of the items that were there, those that followed their source into another folder.</summary>
    public long Moved { get; private set; }

    /// <summary>Of the items that were there, those the target had from elsewhere.</summary>
    public long Duplicates { get; private set; }

    /// <summary>Of the items read, those the source did not list because they have not changed since the run before, whose journal tells of them.</summary>
    public long Unlisted { get; private set; }

    /// <summary>Of the items skipped, those that have nothing of what was asked for (<see cref="WriteResult.HasNothing"/>): nobody has to look at them.</summary>
    public long WithNothing { get; private set; }

    /// <summary>Files written, where the target writes files.</summary>
    public long Files { get; private set; }

    /// <summary>Bytes of these files; where the target writes no files, of the items copied, as the source counts them.</summary>
    public long Bytes { get; private set; }

    /// <summary>What reading the target again has found; null where it was not asked for. What the target has besides does not count.</summary>
    public StoreComparison? Verification { get; internal set; }

    /// <summary>What the source let go of; null where that was not asked for.</summary>
    public RemovalSummary? Removal { get; internal set; }

    /// <summary>Wall-clock time of the run, verification included.</summary>
    public TimeSpan Duration { get; internal set; }

    /// <summary>In how many items each kind of loss occurs: those copied in this run and those that were there.</summary>
    public IReadOnlyDictionary<LossKind, long> Losses => _losses;

    /// <summary>The same, without losses nobody would miss (<see cref="LossMeaning.IsMissed(ItemLoss)"/>): what is warned of.</summary>
    public IReadOnlyDictionary<LossKind, long> MissedLosses => _missed;

    /// <summary>How many items of each message class were skipped, without those <see cref="WithNothing"/>.</summary>
    public IReadOnlyDictionary<string, long> SkippedClasses => _skipped;

    /// <summary>How many items of each message class are in the target with less than they had, of what somebody would miss: those copied in this run and those that were there.</summary>
    public IReadOnlyDictionary<string, long> LessenedClasses => _lessened;

    /// <summary>How many items did not arrive whole.</summary>
    public long IssueCount { get; private set; }

    /// <summary>The first and the last hundred items that did not arrive whole.</summary>
    public IReadOnlyList<ItemResult> Issues => [.. _first, .. _last];

    /// <summary>How many items met this fate.</summary>
    public long Count(ItemFate fate) => _fates.TryGetValue(fate, out long count) ? count : 0;

    internal void Add(ItemResult result)
    {
        Read++;
        _fates[result.Fate] = Count(result.Fate) + 1;
        Replaced += result.Change == CopyChange.Replaced ? 1 : 0;
        Duplicates += result.Fate == ItemFate.AlreadyThere && result.Written.ReasonId == TransferErrorIds.ItemDuplicate.Name ? 1 : 0;
        Unlisted += result.IsUnlisted ? 1 : 0;
        Moved += result.Change == CopyChange.Moved ? 1 : 0;
        bool isMissed = CountLosses(result.Losses);
        if (result.Fate == ItemFate.Skipped && !LossMeaning.IsMissed(result.Written))
        {
            WithNothing++;
            return;
        }

        if (result.Fate == ItemFate.Skipped)
        {
            Count(_skipped, result);
        }
        else if (result.Fate is ItemFate.Copied or ItemFate.AlreadyThere && isMissed)
        {
            Count(_lessened, result);
        }

        Add(result.Written.Files);
        Bytes += result.Fate == ItemFate.Copied && result.Written.Files.Count == 0 ? result.Summary.Size ?? 0 : 0;
        if (!result.IsWhole)
        {
            AddIssue(result);
        }
    }

    internal void Add(TargetFolder opened)
    {
        if (opened.InsteadOf is not null && _renamed.Count < MostIssues)
        {
            _renamed.Add(opened);
        }
    }

    internal void Add(IReadOnlyList<WrittenFile> files)
    {
        Files += files.Count;
        foreach (WrittenFile file in files)
        {
            Bytes += file.Length;
        }
    }

    /// <summary>Counts each kind once, without anything made for it: that is done for every item.</summary>
    /// <returns>Whether somebody would miss something of it.</returns>
    private bool CountLosses(IReadOnlyList<ItemLoss> losses)
    {
        ulong told = 0;
        ulong missed = 0;
        foreach (ItemLoss loss in losses)
        {
            Count(_losses, loss.Kind, ref told);
            if (LossMeaning.IsMissed(loss))
            {
                Count(_missed, loss.Kind, ref missed);
            }
        }

        return missed != 0;
    }

    private static void Count(SortedDictionary<LossKind, long> counts, LossKind kind, ref ulong counted)
    {
        ulong bit = 1UL << (int)kind;
        if ((counted & bit) == 0)
        {
            counted |= bit;
            counts[kind] = (counts.TryGetValue(kind, out long count) ? count : 0) + 1;
        }
    }

    private static void Count(SortedDictionary<string, long> classes, ItemResult result)
    {
        string messageClass = result.Summary.MessageClass ?? "";
        classes[messageClass] = (classes.TryGetValue(messageClass, out long count) ? count : 0) + 1;
    }

    private void AddIssue(ItemResult result)
    {
        IssueCount++;
        if (_first.Count < MostIssues)
        {
            _first.Add(result);
            return;
        }

        _last.Enqueue(result);
        if (_last.Count > MostIssues)
        {
            _last.Dequeue();
        }
    }
}
