using System.Globalization;
using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>What to copy, and how.</summary>
public sealed record TransferOptions
{
    /// <summary>Which folders and items.</summary>
    public ItemFilter Filter { get; init; } = ItemFilter.All;

    /// <summary>Everything goes below this folder of the target; null to bring Inbox to Inbox and the others beside it by name.</summary>
    public FolderPath? TargetRoot { get; init; }

    /// <summary>Whether folders without items are made; not where items were chosen one by one.</summary>
    public bool MakeEmptyFolders { get; init; } = true;

    /// <summary>
    /// Whether folders this transfer has made go again where nothing is in them and no folder of the source stands for them any more: it was renamed, moved or deleted. Only where all of the source is copied, and a journal tells which they are.
    /// </summary>
    public bool RemoveLeftFolders { get; init; }

    /// <summary>What happens with an item that was changed since it was copied.</summary>
    public ChangePolicy OnChange { get; init; }

    /// <summary>Whether an item the target has from elsewhere, with the same content, counts as there. Where the target can tell.</summary>
    public bool SkipDuplicates { get; init; }

    /// <summary>The path of what has a newer version of an item of the source, which is then left out; null where it is the newest there is.</summary>
    public Func<ItemKey, string?> FindNewer { get; init; } = _ => null;

    /// <summary>Items that are meant and that the source does not list, such as those that were removed since somebody chose them: what became of each is told before the others.</summary>
    public IReadOnlyList<ItemResult> Refused { get; init; } = [];

    /// <summary>How many items are opened and prepared at once.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Among which what became of each item is recorded; null for nowhere.</summary>
    public TransferJournals? Journals { get; init; }

    /// <summary>Opens what was written, to be read again and compared with the source when the target is complete; null for no verification.</summary>
    public Func<CancellationToken, Task<IItemSource>>? OpenWritten { get; init; }

    /// <summary>
    /// Whether the source lets go of what was verified, whole and unchanged; not without <see cref="OpenWritten"/>, and not of the items of a source that is no <see cref="ISourceRemover"/>.
    /// </summary>
    public bool RemoveVerified { get; init; }

    /// <summary>The clock for durations.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>
    /// Tells what decides what becomes of an item of a folder from everything else that might be asked for. Which folders are meant is none of it. Hashed: a journal keeps nothing of what is
    /// searched for in mail.
    /// </summary>
    internal string Fingerprint
    {
        get
        {
            static string List(IReadOnlyList<string> texts) => string.Concat(texts.Select(t => FormattableString.Invariant($"{t.Length}:{t}")));
            return Sha256.Hex(FormattableString.Invariant(
                $"{OnChange} {SkipDuplicates} {MakeEmptyFolders} {TargetRoot} {Filter.Since?.UtcTicks} {Filter.Before?.UtcTicks} {Filter.HasAttachments} {Filter.MinimumSize} {Filter.MaximumSize} {List(Filter.MessageClasses)} {List(Filter.Subjects)} {List(Filter.Senders)}"));
        }
    }

    /// <summary>What is asked for, in one line, as a journal keeps it; without what is searched for in mail.</summary>
    public override string ToString() => string.Format(
        CultureInfo.InvariantCulture, "OnChange={0} TargetRoot={1} Filtered={2}", OnChange, TargetRoot?.ToString() ?? "", !Filter.TakesAllItems || Filter.Folders.Count > 0);
}

/// <summary>What happens with an item that was changed in the source since it was copied.</summary>
public enum ChangePolicy
{
    /// <summary>The new one takes the place of the older copy; beside it where the target cannot replace or the copy was changed there.</summary>
    Replace,

    /// <summary>The older copy stays alone; the item is skipped with the reason ItemChangeKept.</summary>
    Keep,

    /// <summary>Both stay, side by side.</summary>
    Version,
}
