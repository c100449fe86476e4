using PstMigration.Mapi;
using PstMigration.Pst.Ltp;
using PstMigration.Pst.Messaging;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Ndb.Editing;

namespace PstMigration.Pst;

/// <summary>
/// A Unicode .pst file that is edited in place. Changes are committed by <see cref="Commit"/>, all or none, also if the
/// machine stops in the middle; without it, nothing has changed. Others may read the file meanwhile, nobody else may write it. For one
/// thread.
/// </summary>
public sealed class PstFileEditor : IDisposable
{
    private readonly NdbEditor _ndb;
    private readonly PstEditOptions _options;
    private readonly EditState _state = new();
    private readonly CommitPolicy _policy;
    private readonly NameToIdMapBuilder _names;
    private readonly PropertyMapper _mapper;
    private readonly StoreReader _reader;
    private readonly SearchUpdates _search;
    private readonly FolderSet _folders;
    private readonly SpecialFolders _special;
    private readonly FolderEditor _folderEditor;
    private readonly ItemEditor _items;
    private readonly byte[] _recordKey;
    private bool _isDisposed;

    private PstFileEditor(string path, NdbEditor ndb, PstEditOptions options)
    {
        Path = path;
        _ndb = ndb;
        _options = options;
        _policy = new CommitPolicy(options.CommitGroup, options.TimeProvider);
        _names = NameToIdMapBuilder.Open(ndb);
        _mapper = new PropertyMapper(_names);
        _reader = new StoreReader(ndb, _names);
        _search = new SearchUpdates(ndb);
        _folders = new FolderSet(ndb, _reader, _search, _state);
        PropertyBag store = _reader.Context.ReadProperties(NodeId.MessageStore);
        _recordKey = store.GetSmallBinary(PropertyTags.RecordKey) is { Length: EntryIds.StoreSize } key
            ? key
            : throw PstException.Damaged(PstStructure.PropertyContext, PstDamageReason.Missing, -1, NodeId.MessageStore);
        _special = new SpecialFolders(ndb, _folders, _state, _reader.Context, store, _recordKey);
        _folderEditor = new FolderEditor(_folders, _special, options.Language);
        MessageWriter messages = new(ndb, _mapper, options.TimeProvider, _recordKey);
        _items = new ItemEditor(ndb, _folders, _mapper, messages, _reader, _search, _state, options);
    }

    /// <summary>The path it was opened by.</summary>
    public string Path { get; }

    /// <summary>Bytes it has, with what is not committed yet.</summary>
    public long Length => _ndb.FileLength;

    /// <summary>The number every writer of the file changes, as it was committed last.</summary>
    public long Generation => _ndb.Header.Unique;

    /// <summary>
    /// What tells the state that was committed last from every other one, later, earlier or restored. Which room is free is none of it: that is written without a commit, too.
    /// </summary>
    public string State => _ndb.Header.State;

    /// <summary>The <see cref="ItemKey.Store"/> of what is in the file.</summary>
    public string StoreKey => "pst:" + Hex.Lower(_recordKey);

    /// <summary>Whether an error has made it impossible to go on. What was committed before is safe.</summary>
    public bool IsBroken => _state.IsBroken;

    /// <summary>The root of all folders, which people do not see.</summary>
    public PstEditFolder Root => GetFolder(NodeId.RootFolder);

    /// <summary>The folder that holds what people see.</summary>
    public PstEditFolder IpmSubtree => GetFolder(_special.IpmSubtree);

    /// <summary>Opens a file to be changed.</summary>
    /// <exception cref="PstException">
    /// As for reading; PstInUse: somebody else writes the file; PstNotWritable: it is read-only. PstFormatNotWritten: it is of a variant that is not written;
    /// PstNeedsRepair: it is damaged.
    /// </exception>
    public static PstFileEditor Open(string path, PstEditOptions? options = null) =>
        Open(NdbEditor.Open(path ?? throw new ArgumentNullException(nameof(path))), path, options);

    /// <summary>The folder of a node.</summary>
    /// <exception cref="PstException">PstNoSuchNode, PstDamaged.</exception>
    public PstEditFolder GetFolder(NodeId id)
    {
        CheckState();
        return _folders.Get(id);
    }

    /// <summary>The folder of a role; null where the file has none.</summary>
    public PstEditFolder? FindFolder(FolderRole role)
    {
        CheckState();
        return _special.Find(role) is { IsNone: false } id ? _folders.Get(id) : null;
    }

    /// <summary>The folder of a name in a folder, ignoring case; null where there is none.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public PstEditFolder? FindFolder(PstEditFolder parent, string name)
    {
        Check(parent);
        return _folders.ChildrenOf(parent).Find(name);
    }

    /// <summary>The folders in a folder but search folders.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public IReadOnlyList<PstEditFolder> ListFolders(PstEditFolder parent)
    {
        Check(parent);
        return _folders.ChildrenOf(parent).All;
    }

    /// <summary>Makes a folder.</summary>
    /// <param name="parent">A folder of this file.</param>
    /// <param name="name">Its name, not empty.</param>
    /// <param name="containerClass">Such as IPF.Contact; empty to store none.</param>
    /// <exception cref="PstException">PstFolderExists; what ends the work: PstDamaged, PstWriteFailed.</exception>
    public PstEditFolder CreateFolder(PstEditFolder parent, string name, string containerClass = "")
    {
        Check(parent);
        CheckName(name);
        return _folders.Create(parent, name, containerClass ?? "");
    }

    /// <summary>Gives a folder another name.</summary>
    /// <exception cref="PstException">PstFolderExists; PstDamaged, PstWriteFailed.</exception>
    public void RenameFolder(PstEditFolder folder, string name)
    {
        Check(folder);
        CheckName(name);
        _folders.Rename(folder, name);
    }

    /// <summary>Puts a folder with all that is in it into another.</summary>
    /// <exception cref="PstException">PstFolderExists, PstFolderNeeded: Outlook needs it where it is; PstDamaged, PstWriteFailed.</exception>
    public void MoveFolder(PstEditFolder folder, PstEditFolder parent)
    {
        Check(folder);
        Check(parent);
        _folderEditor.Move(folder, parent);
    }

    /// <summary>Deletes a folder with all that is in it.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="permanent">Whether it goes out of the file; else it goes to Deleted Items, under another name if need be.</param>
    /// <exception cref="PstException">PstFolderNeeded: Outlook needs it; PstDamaged, PstWriteFailed.</exception>
    public void DeleteFolder(PstEditFolder folder, bool permanent = false)
    {
        Check(folder);
        _folderEditor.Delete(folder, permanent);
    }

    /// <summary>Whether nothing at all is in a folder, seen or not.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    internal bool IsEmpty(PstEditFolder folder)
    {
        Check(folder);
        return _folders.IsEmpty(folder);
    }

    /// <summary>Tells what a folder is for. The first folder of a role keeps it, and a folder has one role.</summary>
    /// <exception cref="PstException">PstDamaged, PstWriteFailed.</exception>
    public void SetRole(PstEditFolder folder, FolderRole role)
    {
        Check(folder);
        _special.Set(role, folder);
    }

    /// <summary>Reads an item as the changes so far leave it.</summary>
    /// <exception cref="PstException">PstNoSuchNode, PstDamaged.</exception>
    public MapiItem OpenItem(NodeId id)
    {
        CheckState();
        return _reader.ReadItem(id);
    }

    /// <summary>As <see cref="PstFile.StampOf"/>, of the file as the changes so far leave it.</summary>
    public string StampOf(NodeId id) => _ndb.TryFindNode(id, out NodeEntry entry) ? PstItemVersion.StampOf(entry) : "";

    /// <summary>The folder an item is in; default where there is no such item.</summary>
    public NodeId FolderOf(NodeId id) => _ndb.TryFindNode(id, out NodeEntry entry) ? entry.Parent : default;

    /// <summary>Writes an item into a folder.</summary>
    /// <exception cref="MailDataException">
    /// The item cannot be read or has no form in a file, as for <see cref="PstFileBuilder.AddItem"/>: the file is as it was before. Or an error
    /// that ends the work, with <see cref="IsBroken"/>.
    /// </exception>
    public NodeId AddItem(PstEditFolder folder, MapiItem item) => Add(folder, item, MessageKind.Normal, null).Id;

    /// <summary>Writes folder-associated information.</summary>
    /// <exception cref="MailDataException">As for <see cref="AddItem"/>.</exception>
    public NodeId AddAssociated(PstEditFolder folder, MapiItem item) => Add(folder, item, MessageKind.Associated, null).Id;

    /// <summary>Changes an item: its recipients, its attachments, its properties. It is rewritten as a whole.</summary>
    /// <param name="id">The item.</param>
    /// <param name="change">Changes the item as it was read.</param>
    /// <exception cref="MailDataException">As for <see cref="AddItem"/>; PstNoSuchNode.</exception>
    public void ChangeItem(NodeId id, Action<MapiItem> change)
    {
        CheckState();
        MapiItem item = _reader.ReadItem(id);
        DateTimeOffset? modified = item.Properties.GetTime(PropertyTags.LastModificationTime);
        (change ?? throw new ArgumentNullException(nameof(change)))(item);
        if (item.Properties.GetTime(PropertyTags.LastModificationTime) == modified)
        {
            item.Properties.Set(PropertyTags.LastModificationTime, _options.TimeProvider.GetUtcNow());
        }

        Done(_items.Replace(id, item));
    }

    /// <summary>Sets and removes properties of an item; recipients and attachments are not touched.</summary>
    /// <param name="id">The item.</param>
    /// <param name="values">Properties with their new values.</param>
    /// <param name="removed">Properties that are to be no more.</param>
    /// <exception cref="MailDataException">As for <see cref="AddItem"/>; PstNoSuchNode.</exception>
    public void SetProperties(NodeId id, PropertyBag values, IEnumerable<PropertyKey>? removed = null)
    {
        CheckState();
        PropertyList list = _mapper.Map(values ?? throw new ArgumentNullException(nameof(values)));
        if (!list.Contains(PropertyTags.LastModificationTime))
        {
            list.Set(PropertyTags.LastModificationTime, PropertyValue.FromTime(_options.TimeProvider.GetUtcNow()));
        }

        Done(_items.SetProperties(id, list, ToIds(removed)));
    }

    /// <summary>Puts an item into another folder. It stays the same item, with the same id.</summary>
    /// <exception cref="PstException">PstNoSuchNode, PstFolderFull; PstDamaged, PstWriteFailed.</exception>
    public void MoveItem(NodeId id, PstEditFolder folder)
    {
        Check(folder);
        _items.Move(id, folder);
        Done(0);
    }

    /// <summary>Deletes an item.</summary>
    /// <param name="id">The item.</param>
    /// <param name="permanent">Whether it goes out of the file; else it goes to Deleted Items.</param>
    /// <exception cref="PstException">PstNoSuchNode, PstFolderFull; PstDamaged, PstWriteFailed.</exception>
    public void DeleteItem(NodeId id, bool permanent = false)
    {
        CheckState();
        if (permanent)
        {
            _items.Delete(id);
        }
        else
        {
            _items.Move(id, _special.DeletedItems(_options.Language));
        }

        Done(0);
    }

    /// <summary>Sets and removes properties of the message store.</summary>
    /// <exception cref="PstException">PstTooManyNames; PstDamaged, PstWriteFailed.</exception>
    public void SetStoreProperties(PropertyBag values, IEnumerable<PropertyKey>? removed = null)
    {
        CheckState();
        PropertyList list = _mapper.Map(values ?? throw new ArgumentNullException(nameof(values)));
        list.Remove(PropertyTags.RecordKey);
        _state.Apply(() => PropertyChanges.Save(_ndb, NodeId.MessageStore, list, ToIds(removed)));
    }

    /// <summary>Makes everything done since the last time last. When it returns, it is on the medium.</summary>
    /// <exception cref="PstException">PstWriteFailed, PstDamaged, PstNeedsRepair: the file is as it was committed last.</exception>
    public void Commit()
    {
        CheckState();
        _state.Apply(() =>
        {
            // First of all: what is read of a file that was written over looks like damage.
            _ndb.CheckFile();
            _folders.Save();
            _search.Save();
            _reader.SaveNames();
            _ndb.Commit();
        });
        _policy.Reset();
    }

    /// <summary>Lets go of the file. What was not committed is gone.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _ndb.Dispose();
    }

    /// <summary>Opens a file given by its nodes, which then belong to the result.</summary>
    internal static PstFileEditor Open(NdbEditor ndb, string path, PstEditOptions? options = null)
    {
        try
        {
            return new PstFileEditor(path, ndb, options ?? new PstEditOptions());
        }
        catch
        {
            ndb.Dispose();
            throw;
        }
    }

    /// <summary>What is read of the file as the changes so far leave it.</summary>
    internal StoreReader Reader => _reader;

    /// <summary>Writes an item and tells what of it has no form in a file.</summary>
    internal (NodeId Id, IReadOnlyList<ItemLoss> Losses) Add(
        PstEditFolder folder, MapiItem item, MessageKind kind, ItemStamp? stamp, CancellationToken cancellationToken = default)
    {
        Check(folder);
        if (item is null)
        {
            throw new ArgumentNullException(nameof(item));
        }

        (NodeId id, long size) = _items.Add(folder, item, kind, stamp, cancellationToken);
        IReadOnlyList<ItemLoss> losses = _mapper.TakeLosses();
        Done(size);
        return (id, losses);
    }

    /// <summary>Writes an item in the place of another, whose id it keeps, and tells what of it has no form in a file.</summary>
    internal IReadOnlyList<ItemLoss> Replace(NodeId id, MapiItem item, ItemStamp stamp, CancellationToken cancellationToken)
    {
        CheckState();
        long size = _items.Replace(id, item, stamp, cancellationToken);
        IReadOnlyList<ItemLoss> losses = _mapper.TakeLosses();
        Done(size);
        return losses;
    }

    private static void CheckName(string name)
    {
        if (string.IsNullOrEmpty(name))
        {
            throw new ArgumentException("A folder needs a name.", nameof(name));
        }
    }

    private List<ushort> ToIds(IEnumerable<PropertyKey>? keys)
    {
        List<ushort> ids = [];
        foreach (PropertyKey key in keys ?? [])
        {
            ids.Add(_names.IdOf(key));
        }

        return ids;
    }

    private void Done(long size)
    {
        _policy.Count(size);
        if (_policy.IsDue)
        {
            Commit();
        }
    }

    private void Check(PstEditFolder folder)
    {
        CheckState();
        if ((folder ?? throw new ArgumentNullException(nameof(folder))).Owner != _folders || folder.IsDeleted)
        {
            throw new ArgumentException("The folder was deleted or belongs to another file.", nameof(folder));
        }
    }

    private void CheckState()
    {
        if (_isDisposed)
        {
            throw new ObjectDisposedException(nameof(PstFileEditor));
        }

        if (_state.IsBroken)
        {
            throw new InvalidOperationException("An error has made it impossible to go on.");
        }
    }
}
