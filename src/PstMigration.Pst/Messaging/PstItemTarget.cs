using PstMigration.Mapi;
using PstMigration.Pst.Messaging;

namespace PstMigration.Pst;

/// <summary>
/// A .pst file as the end of a transfer: a new one, of which nothing is at <see cref="Name"/> before <see cref="CompleteAsync"/>, or an existing one that
/// is added to. In that every group of items lasts once it is committed; what an earlier run brought is found by what is stored with it.
/// </summary>
public sealed class PstItemTarget : IItemTarget, IItemReplacer, IItemMover, ICopyAdopter, IItemRemover, ICopyUndoer, ICopyKeeper, ITargetState, IFolderClasses, IDisposable
{
    // An item in a file is written by one thread: its blocks stand behind each other.
    private static readonly TargetTraits s_traits = new();

    private readonly object _gate = new();
    private readonly IItemStore _store;
    private readonly PstTargetFolders _folders;
    private CopyIndex<NodeId>? _copies;

    private PstItemTarget(string path, IItemStore store)
    {
        Name = path;
        _store = store;
        _folders = new PstTargetFolders(store);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string StoreKey => _store.StoreKey;

    /// <inheritdoc/>
    public TargetTraits Traits => s_traits;

    /// <summary>Bytes the file has so far.</summary>
    public long Length => _store.Length;

    /// <inheritdoc/>
    public string? State => _store.Existing?.State;

    /// <summary>Properties stored on the message store, such as <see cref="PropertyNames.ExportOf"/>.</summary>
    public PropertyBag StoreProperties { get; } = new();

    private CopyIndex<NodeId> Copies => _copies ??= ReadCopies();

    /// <summary>Begins a file.</summary>
    /// <exception cref="PstException">As for <see cref="PstFileBuilder.Create(string, PstCreateOptions)"/>.</exception>
    public static PstItemTarget Create(string path, PstCreateOptions? options = null) =>
        new(path, new BuiltStore(PstFileBuilder.Create(path, options)));

    /// <summary>Opens a file to add to it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How; without a group, <see cref="PstCommitGroup.Default"/> is committed at a time.</param>
    /// <exception cref="PstException">As for <see cref="PstFileEditor.Open(string, PstEditOptions)"/>.</exception>
    public static PstItemTarget Open(string path, PstEditOptions? options = null)
    {
        options ??= new PstEditOptions();
        return new(path, new EditedStore(PstFileEditor.Open(path, options with { CommitGroup = options.CommitGroup ?? PstCommitGroup.Default })));
    }

    /// <inheritdoc/>
    public WriteResult? Refuse(string messageClass) => null;

    /// <inheritdoc/>
    public Task<TargetFolder> OpenFolderAsync(FolderPath path, FolderRole role, string containerClass, CancellationToken cancellationToken)
    {
        if (path is null)
        {
            throw new ArgumentNullException(nameof(path));
        }

        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<TargetFolder>(Change(() => _folders.Open(path, role, containerClass ?? "")));
    }

    /// <inheritdoc/>
    public string? FindClass(FolderPath path, FolderRole role)
    {
        if (path is null)
        {
            throw new ArgumentNullException(nameof(path));
        }

        lock (_gate)
        {
            return _folders.FindClass(path, role);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RememberedItem>> FindAsync(ItemKey key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            IReadOnlyList<RememberedItem> copies = Copies.Find(key);
            return new(FindOwn(key) is RememberedItem own ? [own, .. copies] : copies);
        }
    }

    /// <inheritdoc/>
    public ValueTask<RememberedItem?> FindAsync(ItemMarker marker, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            return new(Copies.Find(marker));
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ListedCopy> ReadCopiesAsync(string sourceStore, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return new SynchronousSequence<ListedCopy>(
                _store.Existing?.Reader.ListCopies(sourceStore, id => new ItemKey(_store.StoreKey, id.ToString())) ?? [], cancellationToken);
        }
    }

    /// <inheritdoc/>
    public ValueTask<PreparedItem> PrepareAsync(TargetFolder folder, MapiItem item, ItemProvenance provenance, CancellationToken cancellationToken) =>
        new(new PreparedItem(folder, item, provenance));

    /// <inheritdoc/>
    public Task<WriteResult> CommitAsync(PreparedItem prepared, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Change(() => Write(prepared, cancellationToken)));
    }

    /// <inheritdoc/>
    public Task<WriteResult?> ReplaceAsync(RememberedItem old, PreparedItem prepared, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Change(() =>
        {
            if (old?.IsIndexed != true || _store.Existing is not PstFileEditor editor || IsChangedHere(editor, Copies.PlaceOf(old)))
            {
                return null;
            }

            return KindOf(prepared.Item) == (Copies.PlaceOf(old).Type == NodeIdType.AssociatedMessage ? MessageKind.Associated : MessageKind.Normal)
                ? Rewrite(editor, old, prepared, cancellationToken)
                : null;
        }));
    }

    /// <inheritdoc/>
    public Task<bool> MoveAsync(RememberedItem item, TargetFolder folder, FolderPath sourceFolder, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Change(() =>
        {
            if (item?.IsIndexed != true || _store.Existing is not PstFileEditor editor)
            {
                return false;
            }

            NodeId id = Copies.PlaceOf(item);
            NodeId target = Own(folder).Id;
            if (!IsWherePut(editor, id))
            {
                return false;
            }

            editor.MoveItem(id, editor.GetFolder(target));
            PropertyBag place = new();
            place.Set(PropertyNames.SourceFolder, sourceFolder.ToString());
            place.Set(PropertyNames.PlacedIn, target.ToString());
            editor.SetProperties(id, place);
            Copies.Update(item, r => r with { SourceFolder = Fold.Of(sourceFolder) }, id);
            return true;
        }));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RememberedItem>> FindAsync(ItemIdentity identity, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            return new(Copies.Find(identity));
        }
    }

    /// <inheritdoc/>
    public Task<ItemKey?> ReadKeyAsync(RememberedItem copy, string sourceStore, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            return Task.FromResult(_store.Existing is PstFileEditor editor && Copies.PlaceOf(copy) is NodeId id && !editor.Reader.ParentOf(id).IsNone
                && editor.OpenItem(id).Properties.GetString(PropertyNames.SourceKey) is string key ? ItemKey.ReadOf(sourceStore, key) : null);
        }
    }

    /// <inheritdoc/>
    public Task AdoptAsync(RememberedItem copy, ItemProvenance provenance, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Change(() =>
        {
            NodeId id = Copies.PlaceOf(copy);
            PropertyBag place = new();
            place.Set(PropertyNames.Marker, provenance.Marker?.Value);
            place.Set(PropertyNames.SourceKey, provenance.Key.ToString());
            place.Set(PropertyNames.SourceVersion, provenance.Version.Value);
            place.Set(PropertyNames.SourceFolder, provenance.Folder.ToString());
            SetNotes(_store.Existing!, id, place);
            Copies.Adopt(copy, provenance);
            return true;
        }));
    }

    /// <inheritdoc/>
    public Task<bool> RemoveAsync(RememberedItem item, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Change(() =>
        {
            if (item?.IsIndexed != true || _store.Existing is not PstFileEditor editor || editor.Reader.ParentOf(Copies.PlaceOf(item)).IsNone)
            {
                return false;
            }

            editor.DeleteItem(Copies.PlaceOf(item));
            Copies.Remove(item);
            return true;
        }));
    }

    /// <inheritdoc/>
    public Task<bool> KeepAsync(RememberedItem copy, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Change(() =>
        {
            if (copy?.IsIndexed != true || _store.Existing is not PstFileEditor editor || editor.Reader.ParentOf(Copies.PlaceOf(copy)).IsNone)
            {
                return false;
            }

            NodeId id = Copies.PlaceOf(copy);
            if (editor.OpenItem(id).Properties.GetBoolean(PropertyNames.SourceRemoved) != true)
            {
                PropertyBag note = new();
                note.Set(PropertyNames.SourceRemoved, true);
                SetNotes(editor, id, note);
            }

            return true;
        }));
    }

    /// <inheritdoc/>
    public Task<UndoOutcome> TakeBackAsync(ListedCopy copy, UndoOptions options, CancellationToken cancellationToken)
    {
        if (copy is null || options is null)
        {
            throw new ArgumentNullException(copy is null ? nameof(copy) : nameof(options));
        }

        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Change(() => _store.Existing is PstFileEditor editor && NodeId.TryParse(copy.TargetKey.Id, out NodeId id)
            ? CopyUndo.TakeBack(editor, id, _store.Find(FolderRole.DeletedItems), options.IsPermanent)
            : UndoOutcome.Gone));
    }

    /// <inheritdoc/>
    public Task<UndoOutcome> RemoveFolderAsync(string key, FolderPath path, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Change(() => _store.Existing is PstFileEditor editor && NodeId.TryParse(key, out NodeId id)
            ? CopyUndo.RemoveFolder(editor, id, path)
            : UndoOutcome.Gone));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<WrittenFile>> CompleteAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<WrittenFile>>(Change<WrittenFile[]>(() =>
        {
            _store.Complete(StoreProperties);
            return [];
        }));
    }

    /// <inheritdoc/>
    public void Dispose() => _store.Dispose();

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    /// <summary>The <see cref="TargetFolder.Key"/> of the folder of these names; null where there is none.</summary>
    internal string? FindFolderKey(FolderPath path)
    {
        lock (_gate)
        {
            NodeId at = _store.Root;
            foreach (string name in path.Names)
            {
                at = at.IsNone ? at : _store.Find(at, name);
            }

            return at.IsNone || path.Names.Count == 0 ? null : at.ToString();
        }
    }

    /// <summary>Does something to the file, alone. An error after which nothing more can be done to it ends the run.</summary>
    private T Change<T>(Func<T> change)
    {
        lock (_gate)
        {
            try
            {
                return change();
            }
            catch (Exception e) when (_store.IsBroken && e is MailDataException { EndsRun: false } or IOException)
            {
                throw new MailDataException((e as MailDataException)?.Error ?? PstErrorIds.PstWriteFailed, e.Message, e) { EndsRun = true };
            }
        }
    }

    private WriteResult Write(PreparedItem prepared, CancellationToken cancellationToken)
    {
        MapiItem item = prepared.Item;
        PstTargetFolder folder = Own(prepared.Folder);
        (NodeId id, IReadOnlyList<ItemLoss> losses) = _store.Add(folder.Id, item, KindOf(item), l => Stamp(prepared.Provenance, folder, l), cancellationToken);
        Copies.Add(CopyRecord.Of(prepared.Provenance, losses), id);
        return WriteResult.Copied(new ItemKey(_store.StoreKey, id.ToString()), losses);
    }

    /// <summary>Writes an item in the place of its older copy. It keeps the id: who copies out of this file knows it again by that, as one that has changed.</summary>
    private WriteResult Rewrite(PstFileEditor editor, RememberedItem old, PreparedItem prepared, CancellationToken cancellationToken)
    {
        NodeId id = Copies.PlaceOf(old);
        PstTargetFolder folder = Own(prepared.Folder);
        bool isWherePut = IsWherePut(editor, id);
        IReadOnlyList<ItemLoss> losses = editor.Replace(id, prepared.Item, l => Stamp(prepared.Provenance, folder, l), cancellationToken);
        if (isWherePut)
        {
            editor.MoveItem(id, editor.GetFolder(folder.Id));
        }

        Copies.Remove(old);
        Copies.Add(CopyRecord.Of(prepared.Provenance, losses), id);
        return WriteResult.Copied(new ItemKey(_store.StoreKey, id.ToString()), losses);
    }

    /// <summary>Sets properties of our own: nobody has changed the item.</summary>
    private static void SetNotes(PstFileEditor editor, NodeId id, PropertyBag notes)
    {
        if (editor.OpenItem(id).Properties.GetTime(PropertyTags.LastModificationTime) is DateTimeOffset modified)
        {
            notes.Set(PropertyTags.LastModificationTime, modified);
        }

        editor.SetProperties(id, notes);
    }

    private static MessageKind KindOf(MapiItem item) => (item.Flags & MessageFlags.Associated) != 0 ? MessageKind.Associated : MessageKind.Normal;

    /// <summary>Whether a copy is in the folder it was put into; somebody may have filed it elsewhere since.</summary>
    private static bool IsWherePut(PstFileEditor editor, NodeId id) =>
        editor.OpenItem(id).Properties.GetString(PropertyNames.PlacedIn) is not string placed || placed == editor.Reader.ParentOf(id).ToString();

    /// <summary>An item of this very file, as in a copy of it at another path.</summary>
    private RememberedItem? FindOwn(ItemKey key)
    {
        if (_store.Existing is not PstFileEditor editor || !string.Equals(key.Store, _store.StoreKey, StringComparison.Ordinal)
            || !NodeId.TryParse(key.Id, out NodeId id) || editor.Reader.VersionOf(id) is not ItemVersion version)
        {
            return null;
        }

        return RememberedItem.OfOwn(key, version, () => editor.OpenItem(id), _gate);
    }

    /// <summary>Whether somebody has changed a copy since it was written: its content is not what it was made from any more.</summary>
    private static bool IsChangedHere(PstFileEditor editor, NodeId id)
    {
        MapiItem item = editor.OpenItem(id);
        return item.Properties.GetString(PropertyNames.SourceDigest) != ItemDigester.Content(item).Hex;
    }

    private CopyIndex<NodeId> ReadCopies()
    {
        CopyIndex<NodeId> copies = new(id => new ItemKey(_store.StoreKey, id.ToString()));
        foreach ((NodeId id, CopyRecord record) in _store.Existing?.Reader.ListCopies() ?? [])
        {
            copies.Add(record, id);
        }

        return copies;
    }

    private static PropertyBag Stamp(ItemProvenance provenance, PstTargetFolder folder, IReadOnlyList<ItemLoss> losses)
    {
        PropertyBag bag = new();
        bag.Set(PropertyNames.Marker, provenance.Marker?.Value);
        bag.Set(PropertyNames.SourceKey, provenance.Key.ToString());
        bag.Set(PropertyNames.SourceVersion, provenance.Version.Value);
        bag.Set(PropertyNames.SourceDigest, provenance.Digest?.Hex);
        bag.Set(PropertyNames.SourceFolder, provenance.Folder.ToString());
        bag.Set(PropertyNames.SourceIdentity, provenance.Identity.Value);
        bag.Set(PropertyNames.SourceState, provenance.State?.Value);
        bag.Set(PropertyNames.PlacedIn, folder.Id.ToString());
        if (losses.Count > 0)
        {
            bag.Set(PropertyNames.Losses, LossText.Write(losses));
        }

        return bag;
    }

    private static PstTargetFolder Own(TargetFolder folder) =>
        folder as PstTargetFolder ?? throw new ArgumentException("A folder of this target is needed.", nameof(folder));
}
