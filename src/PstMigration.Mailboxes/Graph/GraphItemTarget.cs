using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>
/// A mailbox to copy into. Mail, contacts, calendar items and tasks; items of other classes are skipped with the reason <c>ItemClassNotCarried</c>.
/// Every item is made by one create that holds everything; what people see of it is never changed afterwards.
/// </summary>
internal sealed class GraphItemTarget : IItemTarget, IItemReplacer, IItemMover, ICopyAdopter, IItemRemover, ICopyUndoer, IDuplicateFinder, IFolderFinder, ISharedTarget
{
    /// <summary>Items that are ready and wait until a request comes back: how many are under way is a matter of the mailbox's limits.</summary>
    private const int WaitingForAPlace = 2;

    private readonly GraphClient _client;
    private readonly Func<string, CancellationToken, Task<(IDisposable Turn, bool OthersWrote)>> _beginTurn;
    private readonly string _writer = Guid.NewGuid().ToString("N");
    private readonly AttachmentSpool _spool = new();
    private MailboxView _view;

    /// <summary>A target over a client that has reached the mailbox; owned from here on.</summary>
    /// <param name="name">The mailbox.</param>
    /// <param name="client">Its client.</param>
    /// <param name="beginTurn">Waits until a writer, by its name, may write.</param>
    public GraphItemTarget(string name, GraphClient client, Func<string, CancellationToken, Task<(IDisposable Turn, bool OthersWrote)>> beginTurn)
    {
        Name = name;
        Traits = new TargetTraits { CommitsAtOnce = client.RequestsAtOnce + WaitingForAPlace, KeepsOrder = false, KeepsFolderClasses = false };
        _client = client;
        _beginTurn = beginTurn;
        _view = new MailboxView(client, _spool);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string StoreKey => _client.StoreKey;

    /// <inheritdoc/>
    public TargetTraits Traits { get; }

    private TargetFolders Folders => _view.Folders;

    private GraphCopies Copies => _view.Copies;

    /// <inheritdoc/>
    public async Task<IDisposable> BeginTurnAsync(CancellationToken cancellationToken)
    {
        (IDisposable turn, bool othersWrote) = await _beginTurn(_writer, cancellationToken).ConfigureAwait(false);
        if (othersWrote || !Copies.KnowsAll)
        {
            MailboxView before = _view;
            _view = new MailboxView(_client, _spool, before);
            before.Dispose();
        }

        return turn;
    }

    /// <inheritdoc/>
    public WriteResult? Refuse(string messageClass) => KindOf(messageClass) is null
        ? WriteResult.Skipped(MailboxErrorIds.ItemClassNotCarried, MailboxException.Format(Strings.ItemClassNotCarried, messageClass))
        : null;

    /// <inheritdoc/>
    public async Task<TargetFolder> OpenFolderAsync(FolderPath path, FolderRole role, string containerClass, CancellationToken cancellationToken)
    {
        if (path is null)
        {
            throw new ArgumentNullException(nameof(path));
        }

        return await Folders.OpenAsync(path, role, ClassOrMail(containerClass), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<TargetFolder?> FindFolderAsync(FolderPath path, FolderRole role, string containerClass, CancellationToken cancellationToken)
    {
        if (path is null)
        {
            throw new ArgumentNullException(nameof(path));
        }

        return await Folders.FindAsync(path, role, ClassOrMail(containerClass), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<TargetFolder?> FindFolderForAsync(TargetFolder folder, string messageClass, CancellationToken cancellationToken)
    {
        if (folder is null || messageClass is null)
        {
            throw new ArgumentNullException(folder is null ? nameof(folder) : nameof(messageClass));
        }

        GraphTargetFolder? own = folder as GraphTargetFolder;
        return KindOf(messageClass) is not GraphFolderKind kind || own?.Kind == kind
            ? folder
            : await Folders.FindForAsync(own?.Source ?? folder.Path, kind, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<RememberedItem>> FindAsync(ItemKey key, CancellationToken cancellationToken)
    {
        IReadOnlyList<RememberedItem> found = await Copies.FindAsync(key, cancellationToken).ConfigureAwait(false);
        foreach (RememberedItem older in found.Where(o => IsReplaced(o, found)).ToArray())
        {
            // A run was killed after it had written the new one.
            await RemoveReplacedAsync(older, cancellationToken).ConfigureAwait(false);
        }

        return found.Count > 1 ? await Copies.FindAsync(key, cancellationToken).ConfigureAwait(false) : found;
    }

    /// <inheritdoc/>
    public async ValueTask<RememberedItem?> FindAsync(ItemMarker marker, CancellationToken cancellationToken)
    {
        RememberedItem? found = await Copies.FindAsync(marker, cancellationToken).ConfigureAwait(false);
        if (found is { IsWhole: true } && Copies.FindReplaced(found) is RememberedItem older)
        {
            // The answer was lost when it was written, so that nobody knew whether the older one may go.
            await RemoveReplacedAsync(older, cancellationToken).ConfigureAwait(false);
        }

        return found;
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ListedCopy> ReadCopiesAsync(string sourceStore, CancellationToken cancellationToken) =>
        Copies.ReadAsync(sourceStore, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<PreparedItem> PrepareAsync(TargetFolder folder, MapiItem item, ItemProvenance provenance, CancellationToken cancellationToken)
    {
        GraphTargetFolder wanted = Own(folder);
        if (item is null || provenance is null)
        {
            throw new ArgumentNullException(item is null ? nameof(item) : nameof(provenance));
        }

        if (KindOf(item.MessageClass) is not GraphFolderKind kind)
        {
            return new GraphPreparedItem(wanted, item, provenance);
        }

        GraphTargetFolder into = await Folders.OpenForAsync(wanted, kind, cancellationToken).ConfigureAwait(false);
        if (into.Id is null)
        {
            return new GraphPreparedItem(wanted, item, provenance);
        }

        IReadOnlyList<ItemLoss> losses = into == wanted ? [] : [new ItemLoss(LossKind.Folder, into.Path.ToString())];
        return new GraphPreparedItem(into, item, provenance)
        {
            FolderLosses = losses,
            Plan = _view.Creators[kind].Plan(item, provenance, losses, MessageDetail.Full),
        };
    }

    /// <inheritdoc/>
    public async Task<WriteResult> CommitAsync(PreparedItem prepared, CancellationToken cancellationToken)
    {
        GraphPreparedItem item = Own(prepared);
        if (item.Plan is null)
        {
            return Refuse(item.Item.MessageClass) ?? WriteResult.Skipped(
                MailboxErrorIds.KindNotAllowed, MailboxException.Format(Strings.KindNotAllowed, item.Item.MessageClass));
        }

        // Sent before without an answer: whether it arrived is asked again before anything is sent twice.
        ItemMarker marker = Provenance.MarkerOf(item.Provenance);
        if (Copies.IsUnsure(marker) && await FindAsync(marker, cancellationToken).ConfigureAwait(false) is { IsWhole: true } arrived)
        {
            return new WriteResult(ItemFate.AlreadyThere, arrived.TargetKey, arrived.Losses);
        }

        WriteResult written = await _view.Creators[item.Folder.Kind!.Value].WriteAsync(item, cancellationToken).ConfigureAwait(false);
        if (written.TargetKey is ItemKey made)
        {
            Copies.Items.Add(await KnowAsync(item, made.Id, cancellationToken).ConfigureAwait(false));

            // Where an earlier run has begun it, it may be there only now what that run meant to replace.
            _ = await FindAsync(marker, cancellationToken).ConfigureAwait(false);
        }

        return written;
    }

    /// <inheritdoc/>
    public async Task<DuplicateItem?> FindDuplicateAsync(
        MapiItem item, ItemProvenance provenance, bool isDeleted, Func<string, ValueTask<bool>>? isForOthers, CancellationToken cancellationToken) =>
        provenance?.Digest is null || item is null || KindOf(item.MessageClass) is not GraphFolderKind kind
            ? null
            : await _view.Duplicates.FindAsync(kind, item, provenance, isDeleted, isForOthers, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<WriteResult?> ReplaceAsync(RememberedItem old, PreparedItem prepared, CancellationToken cancellationToken)
    {
        if (old?.IsIndexed != true || Copies.IsFound(old) || !await IsAsWrittenAsync(old, cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        Own(prepared).Replaces = Copies.PlaceOf(old).Id;
        WriteResult written = await CommitAsync(prepared, cancellationToken).ConfigureAwait(false);
        if (written.Fate == ItemFate.Copied)
        {
            await RemoveAsync(old, cancellationToken).ConfigureAwait(false);
        }

        return written;
    }

    /// <inheritdoc/>
    /// <remarks>The service moves mail only: other items stay.</remarks>
    public async Task<bool> MoveAsync(RememberedItem item, TargetFolder folder, FolderPath sourceFolder, CancellationToken cancellationToken)
    {
        if (item?.IsIndexed != true || Copies.PlaceOf(item) is not { Kind: GraphFolderKind.Mail } copy)
        {
            return false;
        }

        GraphTargetFolder into = await Folders.OpenForAsync(Own(folder), GraphFolderKind.Mail, cancellationToken).ConfigureAwait(false);
        string to = into.Id!;
        bool isDeleted = await IsAmongDeletedAsync(into, cancellationToken).ConfigureAwait(false);
        if (isDeleted && Copies.IsFound(item))
        {
            return false;
        }

        ItemPlace? place = await ItemPlace.ReadAsync(_client, copy, cancellationToken).ConfigureAwait(false);
        bool isMoved = place is { IsAsPlaced: true } && place.FolderId != to
            && await place.MoveAsync(_client, copy, to, cancellationToken).ConfigureAwait(false);
        if (isMoved || place?.FolderId == to)
        {
            // Also where a run was killed before it had noted that.
            Copies.Move(item, to, sourceFolder, isDeleted);
            await CopyNotes.WriteAsync(_client, copy, Provenance.Move(to, sourceFolder), cancellationToken).ConfigureAwait(false);
        }

        return isMoved;
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<RememberedItem>> FindAsync(ItemIdentity identity, CancellationToken cancellationToken) =>
        await Copies.FindAsync(identity, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<ItemKey?> ReadKeyAsync(RememberedItem copy, string sourceStore, CancellationToken cancellationToken) =>
        (await ItemPlace.ReadAsync(_client, Copies.PlaceOf(copy), cancellationToken).ConfigureAwait(false))?.Key is string key ? ItemKey.ReadOf(sourceStore, key) : null;

    /// <inheritdoc/>
    public async Task AdoptAsync(RememberedItem copy, ItemProvenance provenance, CancellationToken cancellationToken)
    {
        List<SingleValueLegacyExtendedProperty> notes = Provenance.Adopt(provenance);
        if (notes.Count > 0)
        {
            await CopyNotes.WriteAsync(_client, Copies.PlaceOf(copy), notes, cancellationToken).ConfigureAwait(false);
        }

        Copies.Adopt(copy, provenance);
    }

    /// <inheritdoc/>
    public async Task<bool> RemoveAsync(RememberedItem item, CancellationToken cancellationToken)
    {
        if (item?.IsIndexed != true)
        {
            return false;
        }

        bool isRemoved = await ItemRemoval.RemoveAsync(_client, Copies.PlaceOf(item), cancellationToken).ConfigureAwait(false);
        Copies.Remove(item);
        return isRemoved;
    }

    /// <inheritdoc/>
    public Task<UndoOutcome> TakeBackAsync(ListedCopy copy, UndoOptions options, CancellationToken cancellationToken) =>
        new GraphUndo(_client, _spool).TakeBackAsync(
            copy as GraphListedCopy ?? throw new ArgumentException("A copy this target has listed is needed.", nameof(copy)), options, cancellationToken);

    /// <inheritdoc/>
    public Task<UndoOutcome> RemoveFolderAsync(string key, FolderPath path, CancellationToken cancellationToken) =>
        new GraphUndo(_client, _spool).RemoveFolderAsync(key, path, cancellationToken);

    /// <summary>Everything written is committed already.</summary>
    public Task<IReadOnlyList<WrittenFile>> CompleteAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<WrittenFile>>([]);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _spool.Dispose();
        _view.Dispose();
        _client.Dispose();
        return default;
    }

    /// <summary>What is known of an item that was just written.</summary>
    private async Task<KnownItem> KnowAsync(GraphPreparedItem item, string id, CancellationToken cancellationToken)
    {
        GraphFolderKind kind = item.Folder.Kind!.Value;
        bool isDeleted = await IsAmongDeletedAsync(item.Folder, cancellationToken).ConfigureAwait(false);
        long messageId = kind == GraphFolderKind.Mail ? KnownItems.FoldOf(MessageWriter.MessageId(item.Item.Properties)) : 0;
        return new KnownItem(kind, id, kind == GraphFolderKind.Tasks ? item.Folder.Id : null, item.Provenance.Key.Store, isDeleted)
        {
            MessageId = messageId,
            Outline = messageId == 0 ? ItemOutline.Of(kind, item.Item) : 0,
            LiesIn = item.Folder.Id,
        };
    }

    /// <summary>Whether a folder is that of the deleted items, or below. Nothing but mail is looked for there.</summary>
    private async Task<bool> IsAmongDeletedAsync(GraphTargetFolder folder, CancellationToken cancellationToken) =>
        folder.Kind == GraphFolderKind.Mail
        && await _client.Folders.FindRoleAsync(FolderRole.DeletedItems, cancellationToken).ConfigureAwait(false) is (_, string trash)
        && folder.Path.Names is [string top, ..] && top == trash;

    private bool IsReplaced(RememberedItem older, IReadOnlyList<RememberedItem> copies) =>
        copies.Any(c => c.IsWhole && Copies.PlaceOf(c).Replaces == Copies.PlaceOf(older).Id);

    private async Task RemoveReplacedAsync(RememberedItem older, CancellationToken cancellationToken)
    {
        if (!Copies.IsFound(older) && await IsAsWrittenAsync(older, cancellationToken).ConfigureAwait(false))
        {
            await RemoveAsync(older, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Whether a copy is where it was put and has the content it was written with; the digest does not mind how the service rewrites HTML.</summary>
    private async Task<bool> IsAsWrittenAsync(RememberedItem item, CancellationToken cancellationToken)
    {
        GraphCopy copy = Copies.PlaceOf(item);
        ItemPlace? place = await ItemPlace.ReadAsync(_client, copy, cancellationToken).ConfigureAwait(false);
        if (place is null)
        {
            Copies.Forget(item);
        }

        if (place?.IsAsPlaced != true)
        {
            return false;
        }

        MapiItem content = await new ItemFetcher(_client, _spool).FetchAsync(copy, cancellationToken).ConfigureAwait(false);
        return ItemDigester.Content(content, cancellationToken).Hex == place.Digest;
    }

    private static GraphFolderKind? KindOf(string messageClass) => ItemClasses.IsMail(messageClass) ? GraphFolderKind.Mail
        : ItemClasses.IsContact(messageClass) ? GraphFolderKind.Contacts
        : ItemClasses.IsEvent(messageClass) ? GraphFolderKind.Calendar
        : ItemClasses.IsTask(messageClass) ? GraphFolderKind.Tasks
        : null;

    private static string ClassOrMail(string containerClass) => string.IsNullOrEmpty(containerClass) ? FolderClasses.Mail : containerClass;

    private static GraphTargetFolder Own(TargetFolder folder) =>
        folder as GraphTargetFolder ?? throw new ArgumentException("A folder of this target is needed.", nameof(folder));

    private static GraphPreparedItem Own(PreparedItem prepared) =>
        prepared as GraphPreparedItem ?? throw new ArgumentException("An item this target has prepared is needed.", nameof(prepared));
}
