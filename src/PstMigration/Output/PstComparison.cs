using PstMigration.Mapi;
using PstMigration.Transfer;

namespace PstMigration;

/// <summary>What comparing a file with a mailbox, or what was copied with its source, has found.</summary>
public sealed class PstComparison
{
    internal PstComparison(StoreComparison found)
    {
        IsWhole = found.IsWhole;
        Folders = new([.. found.Folders.Select(f => new PstComparedFolder(f))]);
        SourceItems = Folders.Sum(f => f.SourceItems);
        TargetItems = Folders.Sum(f => f.TargetItems);
        SourceBytes = Folders.Sum(f => f.SourceBytes);
        TargetBytes = Folders.Sum(f => f.TargetBytes);
        Same = found.Count(CompareOutcome.Same);
        Different = found.Count(CompareOutcome.Different);
        Lessened = found.Lessened;
        Missing = found.Count(CompareOutcome.Missing);
        Skipped = found.Count(CompareOutcome.Skipped);
        Extra = found.Count(CompareOutcome.Extra);
        Unreadable = found.Count(CompareOutcome.Unreadable);
        UnreadableFolders = found.UnreadableFolders;
        Levels = new(found.Levels.ToDictionary(l => l.Key.ToString(), l => l.Value, StringComparer.Ordinal));
        Differences = new(found.Differences.ToDictionary(d => d.Key.ToString(), d => d.Value, StringComparer.Ordinal));
        Issues = new([.. found.Issues.Select(i => new PstComparedItem(i))]);
        Duration = found.Duration;
    }

    /// <summary>The file; null where this is the verification of a transfer.</summary>
    public string? Path { get; internal init; }

    /// <summary>The mailbox; null where this is the verification of a transfer.</summary>
    public MsMailbox? Mailbox { get; internal init; }

    /// <summary>Whether the target has everything, as it is in the source. What it has besides does not count.</summary>
    public bool IsWhole { get; }

    /// <summary>Items in the source.</summary>
    public long SourceItems { get; }

    /// <summary>Items in the folders of the target that belong to these.</summary>
    public long TargetItems { get; }

    /// <summary>Bytes of text (UTF-16, without blanks) and attachments in the source.</summary>
    public long SourceBytes { get; }

    /// <summary>The same in the target.</summary>
    public long TargetBytes { get; }

    /// <summary>Items that are the same at both ends.</summary>
    public long Same { get; }

    /// <summary>Items at both ends that differ.</summary>
    public long Different { get; }

    /// <summary>Of these, the items that differ because the target does not keep all of them, as the losses told when they were written.</summary>
    public long Lessened { get; }

    /// <summary>Items the target has not, and should have.</summary>
    public long Missing { get; }

    /// <summary>Items the target has not because it takes none of the kind, or did not take them, as was told then.</summary>
    public long Skipped { get; }

    /// <summary>Items the source has not, in folders that belong to its own; of several files compared at once, what none of them has, each with the first that has its folder. Not told where items were chosen by -Since, -Subject and the like.</summary>
    public long Extra { get; }

    /// <summary>Items that could not be read at one end.</summary>
    public long Unreadable { get; }

    /// <summary>Folders, at either end, that could not be listed, or not to their end.</summary>
    public int UnreadableFolders { get; }

    /// <summary>How many items are the same at each level, and no higher one: Exact (all properties), Content, Identity.</summary>
    public CountDictionary Levels { get; }

    /// <summary>In how many items each part differs.</summary>
    public CountDictionary Differences { get; }

    /// <summary>The folders.</summary>
    public Listing<PstComparedFolder> Folders { get; }

    /// <summary>The first hundred items that are different, missing, skipped or unreadable.</summary>
    public Listing<PstComparedItem> Issues { get; }

    /// <summary>Wall-clock time.</summary>
    public TimeSpan Duration { get; }

    /// <inheritdoc/>
    public override string ToString() => LocalText.Format(
        Strings.ComparisonText, Same, Different, Missing, Extra, Skipped, Lessened, IsWhole ? Strings.ComparisonWhole : Strings.ComparisonNotWhole, Unreadable + UnreadableFolders);
}

/// <summary>What comparing has found in one folder.</summary>
public sealed class PstComparedFolder
{
    internal PstComparedFolder(ComparedFolder folder)
    {
        Folder = folder.Path.ToString();
        TargetFolder = folder.Target?.ToString();
        SourceItems = folder.SourceItems;
        TargetItems = folder.TargetItems;
        SourceBytes = folder.SourceBytes;
        TargetBytes = folder.TargetBytes;
        Same = folder.Count(CompareOutcome.Same);
        Different = folder.Count(CompareOutcome.Different);
        Missing = folder.Count(CompareOutcome.Missing);
        Skipped = folder.Count(CompareOutcome.Skipped);
        Extra = folder.Count(CompareOutcome.Extra);
    }

    /// <summary>Its path in the source.</summary>
    public string Folder { get; }

    /// <summary>The folder of the target; null where there is none.</summary>
    public string? TargetFolder { get; }

    /// <summary>Items in the source.</summary>
    public long SourceItems { get; }

    /// <summary>Items in the target.</summary>
    public long TargetItems { get; }

    /// <summary>Bytes of text and attachments in the source.</summary>
    public long SourceBytes { get; }

    /// <summary>Bytes of text and attachments in the target.</summary>
    public long TargetBytes { get; }

    /// <summary>Items that are the same.</summary>
    public long Same { get; }

    /// <summary>Items that differ.</summary>
    public long Different { get; }

    /// <summary>Items the target has not, and should have.</summary>
    public long Missing { get; }

    /// <summary>Items the target did not take, as was told.</summary>
    public long Skipped { get; }

    /// <summary>Items the source has not.</summary>
    public long Extra { get; }
}

/// <summary>What comparing has found about one item.</summary>
public sealed class PstComparedItem
{
    /// <param name="item">What was found.</param>
    /// <param name="pstPath">The data file the item is in; null where the source is none.</param>
    internal PstComparedItem(ComparedItem item, string? pstPath = null)
    {
        PstPath = pstPath;
        SourceItem = item.SourceKey;
        Outcome = item.Outcome.ToString();
        Folder = item.Folder.ToString();
        Subject = item.Subject;
        MessageClass = item.MessageClass;
        Level = item.Level?.ToString();
        Differences = new(Names(item.Differences));
        Untold = new(Names(item.Untold));
        Bytes = item.Bytes;
        SourceKey = item.SourceKey?.ToString();
        TargetKey = item.TargetKey?.ToString();
        Reason = item.Error?.Message;
    }

    /// <summary>Same, Different, Missing, Skipped, Extra or Unreadable.</summary>
    public string Outcome { get; }

    /// <summary>The folder in the source.</summary>
    public string Folder { get; }

    /// <summary>Its subject.</summary>
    public string Subject { get; }

    /// <summary>Its message class.</summary>
    public string MessageClass { get; }

    /// <summary>The highest level at which both are the same: Exact, Content or Identity; null where there is none.</summary>
    public string? Level { get; }

    /// <summary>In which parts they differ: Folder, MessageClass, Subject, Text, Recipients, Attachments, Fields, Sender, Times, State, Marks.</summary>
    public Listing<string> Differences { get; }

    /// <summary>Those of the differences no loss explains that was told when the copy was written.</summary>
    public Listing<string> Untold { get; }

    /// <summary>Of an item both have, bytes of text and attachments. Of one that is Missing, Skipped, Extra or Unreadable, its size where it is; where that is not told, the same bytes.</summary>
    public long Bytes { get; }

    /// <summary>Its identity in the source; null where only the target has it.</summary>
    public string? SourceKey { get; }

    /// <summary>Its identity in the target; null where only the source has it.</summary>
    public string? TargetKey { get; }

    /// <summary>The data file it is in: what takes items takes it out of that. Null where only the target has it, and where the source is no data file.</summary>
    public string? PstPath { get; }

    /// <summary><see cref="SourceKey"/> in its parts.</summary>
    internal ItemKey? SourceItem { get; }

    /// <summary>Why it could not be read.</summary>
    public string? Reason { get; }

    /// <inheritdoc/>
    public override string ToString() => Folder + ": " + Subject + ": " + Outcome;

    private static string[] Names(ItemPart parts) => parts == ItemPart.None ? [] : parts.ToString().Split([", "], StringSplitOptions.None);
}
