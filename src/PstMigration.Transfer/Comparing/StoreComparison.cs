using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>What comparing two stores found. Every item of the source is the same, different, missing, skipped or unreadable.</summary>
public sealed class StoreComparison
{
    private const int MostIssues = 100;

    private readonly List<ComparedItem> _issues = [];
    private readonly Dictionary<FolderPath, ComparedFolder> _folders = [];
    private readonly SortedDictionary<DigestLevel, long> _levels = [];
    private readonly SortedDictionary<ItemPart, long> _differences = [];

    /// <summary>The folders of the source, as they came, and those of the target that have items none of these have.</summary>
    public IReadOnlyCollection<ComparedFolder> Folders => _folders.Values;

    /// <summary>How many items are the same at each level, and no higher one.</summary>
    public IReadOnlyDictionary<DigestLevel, long> Levels => _levels;

    /// <summary>In how many items each part differs.</summary>
    public IReadOnlyDictionary<ItemPart, long> Differences => _differences;

    /// <summary>The first hundred items that are different, missing, skipped or unreadable.</summary>
    public IReadOnlyList<ComparedItem> Issues => _issues;

    /// <summary>Whether the target has everything, as it is in the source. What it has besides does not count.</summary>
    public bool IsWhole => IsAsTold && Count(CompareOutcome.Skipped) + Lessened == 0;

    /// <summary>Whether all is as was told when the target was written: nothing is missing, and what differs does so because of a loss that was told.</summary>
    public bool IsAsTold => UnreadableFolders == 0 && Count(CompareOutcome.Missing) + Count(CompareOutcome.Unreadable) + Count(CompareOutcome.Different) - Lessened == 0;

    /// <summary>Of the items that are different, those that are because the target does not keep all of them, as was told when they were written.</summary>
    public long Lessened { get; private set; }

    /// <summary>Folders, at either end, that could not be listed, or not to their end.</summary>
    public int UnreadableFolders { get; internal set; }

    /// <summary>Wall-clock time.</summary>
    public TimeSpan Duration { get; internal set; }

    /// <summary>How many items had an outcome.</summary>
    public long Count(CompareOutcome outcome) => _folders.Values.Sum(f => f.Count(outcome));

    internal void Add(ComparedItem item)
    {
        FolderOf(item.Folder).Add(item);
        Lessened += item.IsLessened ? 1 : 0;
        if (item.Outcome is not (CompareOutcome.Same or CompareOutcome.Extra) && _issues.Count < MostIssues)
        {
            _issues.Add(item);
        }

        if (item.Level is DigestLevel level)
        {
            _levels[level] = (_levels.TryGetValue(level, out long count) ? count : 0) + 1;
        }

        for (int part = 1; part <= (int)item.Differences; part <<= 1)
        {
            if (((int)item.Differences & part) != 0)
            {
                _differences[(ItemPart)part] = (_differences.TryGetValue((ItemPart)part, out long count) ? count : 0) + 1;
            }
        }
    }

    internal ComparedFolder FolderOf(FolderPath path)
    {
        if (!_folders.TryGetValue(path, out ComparedFolder? folder))
        {
            _folders.Add(path, folder = new ComparedFolder(path));
        }

        return folder;
    }
}

/// <summary>A folder of the source and the one of the target it went to.</summary>
/// <param name="path">Its path in the source; of one that only the target has, there.</param>
public sealed class ComparedFolder(FolderPath path)
{
    private readonly Dictionary<CompareOutcome, long> _counts = [];

    /// <summary>Its path in the source; of one that only the target has, there.</summary>
    public FolderPath Path { get; } = path;

    /// <summary>The folder of the target; null where there is none.</summary>
    public FolderPath? Target { get; internal set; }

    /// <summary>Items in the source.</summary>
    public long SourceItems { get; internal set; }

    /// <summary>Items in the target: those that are this folder's, wherever they are, and what its place has besides unless only some items were compared.</summary>
    public long TargetItems { get; internal set; }

    /// <summary>Bytes of text and attachments of these in the source.</summary>
    public long SourceBytes { get; internal set; }

    /// <summary>Bytes of text and attachments of these in the target.</summary>
    public long TargetBytes { get; internal set; }

    /// <summary>How many items had an outcome.</summary>
    public long Count(CompareOutcome outcome) => _counts.TryGetValue(outcome, out long count) ? count : 0;

    internal void Add(ComparedItem item) => _counts[item.Outcome] = Count(item.Outcome) + 1;
}
