using PstMigration.Commands;
using PstMigration.Mapi;
using PstMigration.Transfer;

namespace PstMigration;

/// <summary>What copying items from one place to another did. The fates add up to <see cref="Read"/>.</summary>
public sealed class PstTransferResult
{
    private readonly string? _source;

    /// <param name="source">The file or folder that was read; null for <see cref="Mailbox"/>.</param>
    /// <param name="summary">What was done.</param>
    /// <param name="report">What the source could not give.</param>
    internal PstTransferResult(string? source, TransferSummary summary, SourceReport report)
    {
        SourceFormat = report.Format;
        PassedOver = report.Notices.Where(n => n.Kind is SourceNoticeKind.Hidden or SourceNoticeKind.PassedOver).Sum(n => n.Count);
        DamageCount = SourceReports.DamageOf(report);
        _source = source;
        TransferId = summary.TransferId;
        Read = summary.Read;
        Copied = summary.Count(ItemFate.Copied);
        AlreadyThere = summary.Count(ItemFate.AlreadyThere);
        Skipped = summary.Count(ItemFate.Skipped);
        Failed = summary.Count(ItemFate.Failed);
        Unsure = summary.Count(ItemFate.Unsure);
        WithNothing = summary.WithNothing;
        Replaced = summary.Replaced;
        Moved = summary.Moved;
        Duplicates = summary.Duplicates;
        Filtered = summary.Filtered;
        Unlisted = summary.Unlisted;
        Folders = summary.Folders;
        FoldersByChanges = summary.Listings.TryGetValue(ListingBasis.Changes, out int byChanges) ? byChanges : 0;
        FoldersRemoved = summary.RemovedFolders;
        UnreadableFolders = summary.UnreadableFolders;
        Files = summary.Files;
        Bytes = summary.Bytes;
        Duration = summary.Duration;
        Losses = new(summary.Losses.ToDictionary(l => l.Key.ToString(), l => l.Value, StringComparer.Ordinal));
        SkippedClasses = new(summary.SkippedClasses);
        IssueCount = summary.IssueCount;
        Removed = summary.Removal?.Removed ?? 0;
        Kept = new((summary.Removal?.Kept ?? new Dictionary<SourceRemoval, long>()).ToDictionary(k => k.Key.ToString(), k => k.Value, StringComparer.Ordinal));
        Verification = summary.Verification is StoreComparison found ? new PstComparison(found) : null;
        Issues = new([.. summary.Issues.Select(i => new PstTransferItem(i))]);
    }

    /// <summary>What the transfer is called, as Get-PstTransfer shows it; null where no journal was kept. The cmdlets about transfers take it.</summary>
    public string? TransferId { get; }

    /// <summary>The file or folder that was written; where a mailbox was written to, the file that was read. The next cmdlet of a pipeline takes it.</summary>
    public string Path => Destination ?? _source ?? "";

    /// <summary>Where from, in words: the file or folder that was read, or the mailbox, which says if it is a rehearsal.</summary>
    public string Source => _source ?? MailboxText;

    /// <summary>Of a backup: when the state was made that was read; null for other files, and where no time was asked for.</summary>
    public DateTimeOffset? StateTime { get; internal init; }

    /// <summary>The mailbox; null where there is none.</summary>
    public MsMailbox? Mailbox { get; internal init; }

    /// <summary>Whether the mailbox is a sandbox: nothing reached a real one.</summary>
    public bool IsRehearsal => Mailbox?.SandboxPath is not null;

    /// <summary>Where to, in words: the file or folder that was written, or the mailbox, which says if it is a rehearsal.</summary>
    public string Target => Destination ?? MailboxText;

    /// <summary>The file or folder that was written; null where a mailbox was written to.</summary>
    public string? Destination { get; internal init; }

    /// <summary>The other files of a series, of which <see cref="Destination"/> is the first; empty where there is one file.</summary>
    public Listing<string> Parts { get; internal init; } = new([]);

    /// <summary>
    /// What was read, as its content tells: Pst, Eml, Eml (Apple Mail), Mbox, Mbox (Thunderbird), Mbox (Apple Mail), Mbox (Gmail Takeout), Maildir, Maildir (directories)
    /// or Maildir (Thunderbird); several, such as Eml, Mbox, of a folder that holds mail of several formats; null for a mailbox.
    /// </summary>
    public string? SourceFormat { get; internal init; }

    /// <summary>What was written there: Pst, Eml, Mbox, Maildir, Html, Text, Json, Csv or Attachment; null for a mailbox.</summary>
    public string? Format { get; internal init; }

    /// <summary>Whether the data file has grown near a size Outlook by default does not go beyond, in words; null where it has not.</summary>
    public string? SizeWarning { get; internal init; }

    /// <summary>Folders visited.</summary>
    public int Folders { get; }

    /// <summary>Folders of these of which only what changed since the run before was listed; the others were listed whole.</summary>
    public int FoldersByChanges { get; }

    /// <summary>Empty folders of the data file that an earlier export had made and this one has removed: the mailbox's folder was renamed, moved or deleted.</summary>
    public int FoldersRemoved { get; }

    /// <summary>Folders of these that could not be listed, or not to their end; each was an error.</summary>
    public int UnreadableFolders { get; }

    /// <summary>Places of the source that are damaged, and folders of it that gave fewer items than they say they have: what depends on them is missing.</summary>
    public long DamageCount { get; }

    /// <summary>Items read, without those that were filtered out.</summary>
    public long Read { get; }

    /// <summary>Items written.</summary>
    public long Copied { get; }

    /// <summary>Items an earlier run had written.</summary>
    public long AlreadyThere { get; }

    /// <summary>Items left out for a reason.</summary>
    public long Skipped { get; }

    /// <summary>Of the items skipped, those that have nothing of what was asked for: no attachment with -AttachmentOnly. They are no issues.</summary>
    public long WithNothing { get; }

    /// <summary>Items that could not be read or written; each was an error.</summary>
    public long Failed { get; }

    /// <summary>Items sent without an answer and not found afterwards; each was an error.</summary>
    public long Unsure { get; }

    /// <summary>Of the items copied, those that took the place of an older copy.</summary>
    public long Replaced { get; }

    /// <summary>Of the items that were there, those that followed their source into another folder.</summary>
    public long Moved { get; }

    /// <summary>Of the items that were there, those the mailbox had from elsewhere, with the same content.</summary>
    public long Duplicates { get; }

    /// <summary>Of the items read, those that were not listed again because they have not changed: what the journal knows of them counts.</summary>
    public long Unlisted { get; }

    /// <summary>Items that -Since, -Subject and the like left out; they are not among those read.</summary>
    public long Filtered { get; }

    /// <summary>Items and files of the source that were passed over: in folders that people do not see, or no mail.</summary>
    public long PassedOver { get; }

    /// <summary>Files written, of formats with many files.</summary>
    public long Files { get; }

    /// <summary>Bytes of these files; where a data file or a mailbox was written to, of the items copied, as far as their source tells.</summary>
    public long Bytes { get; }

    /// <summary>In how many items each kind of loss occurs, those that were there before among them.</summary>
    public CountDictionary Losses { get; }

    /// <summary>How many losses there are in all items, each kind once an item.</summary>
    public long LossCount => Losses.Values.Sum();

    /// <summary>How many items of each message class were skipped, without those <see cref="WithNothing"/>.</summary>
    public CountDictionary SkippedClasses { get; }

    /// <summary>How many items did not arrive whole.</summary>
    public long IssueCount { get; }

    /// <summary>Items that did not arrive whole, with the reason or the losses: the first and the last hundred.</summary>
    public Listing<PstTransferItem> Issues { get; }

    /// <summary>Where the source is since it was retired (-RetireSource); null where it was not.</summary>
    public string? RetiredPath { get; internal set; }

    /// <summary>Retired files of earlier runs that this run has deleted (-RetireSource), on the first result after that; where there is none, warnings tell.</summary>
    public Listing<string> DeletedSources { get; internal set; } = new([]);

    /// <summary>Why the source was not retired; null where it was, or that was not asked for.</summary>
    public string? RetireReason { get; internal set; }

    /// <summary>What reading the destination again has found; null without -Verify.</summary>
    public PstComparison? Verification { get; }

    /// <summary>Items that were taken out of the mailbox after they were verified; see -RemoveAfterVerify.</summary>
    public long Removed { get; }

    /// <summary>
    /// How many items stay in the mailbox in spite of -RemoveAfterVerify, and why: NotWhole (not copied, or with losses), NotVerified (not found just so in the file), Changed (changed, moved or gone
    /// meanwhile), NotRecoverable (no mail), Failed.
    /// </summary>
    public CountDictionary Kept { get; }

    /// <summary>Wall-clock time.</summary>
    public TimeSpan Duration { get; }

    private string MailboxText => Mailbox is null ? ""
        : IsRehearsal ? LocalText.Format(Strings.TargetRehearsal, Mailbox.Address, Mailbox.SandboxPath)
        : Mailbox.Address;
}
