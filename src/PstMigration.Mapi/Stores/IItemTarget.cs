namespace PstMigration.Mapi;

/// <summary>
/// Where items are copied to. What is written carries its provenance, so that the target alone tells what was copied. Disposing it without
/// <see cref="CompleteAsync"/> leaves no half-made file behind.
/// </summary>
/// <remarks>
/// What is wrong with one item is an exception of <see cref="PrepareAsync"/> or <see cref="CommitAsync"/>, or a result that says so; the others go on. What makes it
/// impossible to go on, such as a full disk or a lost sign-in, is a <see cref="MailDataException"/> that <see cref="MailDataException.EndsRun"/>.
/// </remarks>
public interface IItemTarget : IAsyncDisposable
{
    /// <summary>What people call it: a path, an address.</summary>
    string Name { get; }

    /// <summary>The <see cref="ItemKey.Store"/> of everything in it.</summary>
    string StoreKey { get; }

    /// <summary>What it accepts, and how much at once.</summary>
    TargetTraits Traits { get; }

    /// <summary>Why items of this class are not taken, as a Skipped result; null where they are. Asked before an item is opened.</summary>
    WriteResult? Refuse(string messageClass);

    /// <summary>Finds the folder a source folder maps to, making it and its parents where missing. One caller at a time.</summary>
    Task<TargetFolder> OpenFolderAsync(FolderPath path, FolderRole role, string containerClass, CancellationToken cancellationToken);

    /// <summary>
    /// What it remembers of copies of the item with this key, in any folder; more than one where versions were kept side by side, the newest first.
    /// Items of its own under their own keys are among them where it can tell. One caller at a time, also while items are committed.
    /// </summary>
    ValueTask<IReadOnlyList<RememberedItem>> FindAsync(ItemKey key, CancellationToken cancellationToken);

    /// <summary>What it remembers of an item with this marker, in any folder; null where there is none. One caller at a time, also while items are committed.</summary>
    ValueTask<RememberedItem?> FindAsync(ItemMarker marker, CancellationToken cancellationToken);

    /// <summary>Does the part of writing an item that does not have to wait for its turn. Any thread, several at once.</summary>
    ValueTask<PreparedItem> PrepareAsync(TargetFolder folder, MapiItem item, ItemProvenance provenance, CancellationToken cancellationToken);

    /// <summary>Writes a prepared item, as many at once as <see cref="Traits"/> say. Losses are on the result, and are remembered with the item.</summary>
    Task<WriteResult> CommitAsync(PreparedItem prepared, CancellationToken cancellationToken);

    /// <summary>Commits what was written: flushes, renames.</summary>
    /// <returns>Files that are complete only now, each with the losses in it.</returns>
    Task<IReadOnlyList<WrittenFile>> CompleteAsync(CancellationToken cancellationToken);
}

/// <summary>A target that can put an item in the place of an older copy.</summary>
public interface IItemReplacer
{
    /// <summary>Writes an item and removes the older copy, or leaves both as they were. Counts as a commit.</summary>
    /// <returns>Null where the older copy was changed here since it was written: it stays, and the item is to be written beside it.</returns>
    Task<WriteResult?> ReplaceAsync(RememberedItem old, PreparedItem prepared, CancellationToken cancellationToken);
}

/// <summary>A target that can move a copy without rewriting it.</summary>
public interface IItemMover
{
    /// <summary>Moves a copy to the folder its source is in now, and remembers that. Counts as a commit.</summary>
    /// <param name="item">The copy.</param>
    /// <param name="folder">Where it goes.</param>
    /// <param name="sourceFolder">Where its source is now.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>False where somebody has moved it here since it was written: it stays where it is.</returns>
    Task<bool> MoveAsync(RememberedItem item, TargetFolder folder, FolderPath sourceFolder, CancellationToken cancellationToken);
}

/// <summary>A target that can note of a copy that its item has another key since.</summary>
public interface ICopyAdopter
{
    /// <summary>The whole copies of items of an identity that were there before this run, whatever their keys; of very many some. One caller at a time, also while items are committed.</summary>
    ValueTask<IReadOnlyList<RememberedItem>> FindAsync(ItemIdentity identity, CancellationToken cancellationToken);

    /// <summary>The key a copy was copied from; null where that is of another store, or the copy is gone. One caller at a time, also while items are committed.</summary>
    /// <exception cref="MailDataException">It cannot be looked at.</exception>
    Task<ItemKey?> ReadKeyAsync(RememberedItem copy, string sourceStore, CancellationToken cancellationToken);

    /// <summary>Notes the key, version and folder the item of a copy has now; the copy itself stays as and where it is. Counts as a commit.</summary>
    Task AdoptAsync(RememberedItem copy, ItemProvenance provenance, CancellationToken cancellationToken);
}

/// <summary>A target that can take a copy back.</summary>
public interface IItemRemover
{
    /// <summary>Removes a copy. Counts as a commit.</summary>
    /// <returns>False where it is gone already.</returns>
    Task<bool> RemoveAsync(RememberedItem item, CancellationToken cancellationToken);
}

/// <summary>A target that notes of a copy that it is all there is.</summary>
public interface ICopyKeeper
{
    /// <summary>Notes that the source is about to let go of the item: the copy is never taken back. Lasts after <see cref="IItemTarget.CompleteAsync"/>. Counts as a commit.</summary>
    /// <returns>False where the copy is gone.</returns>
    Task<bool> KeepAsync(RememberedItem copy, CancellationToken cancellationToken);
}

/// <summary>A target that finds what it has of an item that is no copy of it: what stayed on a server, or came from another file.</summary>
public interface IDuplicateFinder
{
    /// <summary>
    /// Finds an item with the same content: mail by its Message-ID; what has none, as contacts, calendar items, tasks and some sent mail, where kind, time and subject are the same, or where it was exported from the item in question. Copies
    /// from the item's own store are none: two equal items in one file stay two. Each is found once for a store, so that two of these do not become one either. What people have deleted counts only for what goes to the deleted items, and
    /// before the rest. Any thread.
    /// </summary>
    /// <param name="item">The item, whose large values were fetched.</param>
    /// <param name="provenance">Where it comes from.</param>
    /// <param name="isDeleted">Whether it goes to the deleted items, or below.</param>
    /// <param name="isForOthers">Whether what lies in a folder, by its key, is left to other items of the source, which go there; null where these have had their choice, or there are none.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>What it is; one that is left to others where there are only such; null where there is none.</returns>
    Task<DuplicateItem?> FindDuplicateAsync(MapiItem item, ItemProvenance provenance, bool isDeleted, Func<string, ValueTask<bool>>? isForOthers, CancellationToken cancellationToken);
}

/// <summary>What a target has of an item from elsewhere.</summary>
/// <param name="Key">Where it is.</param>
/// <param name="Losses">What the target does not have of the item, because it takes no such thing.</param>
public sealed record DuplicateItem(ItemKey Key, IReadOnlyList<ItemLoss> Losses)
{
    /// <summary>Whether it is left to other items, and has not been found for this one.</summary>
    public bool IsLeft { get; init; }
}

/// <summary>A target that others may write into at the same time. Runs take turns: each would bring what the other brings.</summary>
public interface ISharedTarget
{
    /// <summary>Waits until nobody else writes into it, and forgets what others may have changed since.</summary>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>Dispose it at the end of the run.</returns>
    Task<IDisposable> BeginTurnAsync(CancellationToken cancellationToken);
}

/// <summary>A target that can tell whether it is as it was left.</summary>
public interface ITargetState
{
    /// <summary>
    /// Changes with whatever anybody writes to it: where it is equal, all is there that was. Asked before anything is written, and after <see cref="IItemTarget.CompleteAsync"/>. Null
    /// where it cannot be told.
    /// </summary>
    string? State { get; }
}

/// <summary>A target that puts folders elsewhere than their names say: under another name where theirs is taken, flat where it has no folders below folders.</summary>
public interface IFolderFinder
{
    /// <summary>Finds the folder <see cref="IItemTarget.OpenFolderAsync"/> would give, and makes none. One caller at a time.</summary>
    /// <returns>Null where there is none yet.</returns>
    Task<TargetFolder?> FindFolderAsync(FolderPath path, FolderRole role, string containerClass, CancellationToken cancellationToken);

    /// <summary>Finds the folder an item of a class goes to that belongs into another one: that one, or one beside it where it does not take such items. One caller at a time.</summary>
    /// <param name="folder">As it was found; one that does not exist yet by its path alone.</param>
    /// <param name="messageClass">The class of the item.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>Null where there is none yet.</returns>
    Task<TargetFolder?> FindFolderForAsync(TargetFolder folder, string messageClass, CancellationToken cancellationToken);
}

/// <summary>A target that keeps what its folders hold, and can tell.</summary>
public interface IFolderClasses
{
    /// <summary>The container class of the folder <see cref="IItemTarget.OpenFolderAsync"/> would find by a path. One caller at a time.</summary>
    /// <returns>Null where it would make one, or find one by its role.</returns>
    string? FindClass(FolderPath path, FolderRole role);
}

/// <summary>A target that can list what it remembers.</summary>
public interface ICopyLister
{
    /// <summary>The copies of items of a store, those that lack something and those people have deleted but not for good among them. Not while items are committed.</summary>
    /// <param name="sourceStore">The <see cref="ItemKey.Store"/> they were copied from.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="MailDataException">The target cannot be read.</exception>
    IAsyncEnumerable<ListedCopy> ReadCopiesAsync(string sourceStore, CancellationToken cancellationToken);
}

/// <summary>A target from which a transfer can be taken back: what of its copies nobody has touched since.</summary>
public interface ICopyUndoer : ICopyLister
{
    /// <summary>
    /// Takes a copy back, unless somebody has changed, moved or answered it. What is put into the deleted items is no copy any more: the same transfer may bring it again.
    /// Done twice it does no harm.
    /// </summary>
    /// <param name="copy">As listed.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="MailDataException">It cannot be looked at or removed.</exception>
    Task<UndoOutcome> TakeBackAsync(ListedCopy copy, UndoOptions options, CancellationToken cancellationToken);

    /// <summary>Removes a folder with nothing in it.</summary>
    /// <param name="key">Its <see cref="TargetFolder.Key"/>.</param>
    /// <param name="path">Where it was made: under another name it is somebody's own.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="MailDataException">It cannot be looked at or removed.</exception>
    Task<UndoOutcome> RemoveFolderAsync(string key, FolderPath path, CancellationToken cancellationToken);
}

/// <summary>How a copy is taken back.</summary>
/// <param name="IsPermanent">Whether it is taken out of the store; else it goes to the deleted items.</param>
/// <param name="MayBeUnfinished">Whether attachments may be missing because the run that wrote it was killed; else somebody has removed them.</param>
public sealed record UndoOptions(bool IsPermanent, bool MayBeUnfinished)
{
    /// <summary>Whether the source is no more, so that copies may be the last: what would not go to the deleted items stays.</summary>
    public bool IsSourceGone { get; init; }
}
