using System.Globalization;
using PstMigration.Mapi;
using PstMigration.Pst.Ltp;
using PstMigration.Pst.Messaging;
using PstMigration.Pst.Ndb;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Ndb.Files;

namespace PstMigration.Pst;

/// <summary>
/// An Outlook data file (.pst, .ost, .pab) open for reading, of any version and encoding, with or without a password. What is damaged
/// costs what depends on it; the rest is read and <see cref="Damage"/> tells. Items may be read from several threads.
/// </summary>
public sealed class PstFile : IDisposable
{
    private const int MaxFolderDepth = 1000;

    private readonly IFileBytes _bytes;
    private readonly NodeDatabase _database;
    private readonly StoreContext _store;
    private readonly FolderTables _tables;
    private readonly ItemLister _lister;
    private readonly ItemReader _items;
    private readonly SummaryReader _summaries;
    private readonly ContentsRows _rows;
    private readonly ItemRecovery _recovery;
    private readonly FolderReadings _readings = new();
    private readonly Lazy<Dictionary<NodeId, FolderRole>> _roles;

    private PstFile(string path, IFileBytes bytes, PstOpenOptions options)
    {
        Path = path;
        _bytes = bytes;
        _database = NodeDatabase.Open(bytes, path, options);
        _store = new StoreContext(_database, options);
        _tables = new FolderTables(_store);
        _summaries = new SummaryReader(_store);
        _lister = new ItemLister(_store, _tables, _summaries);
        _items = new ItemReader(_store);
        _rows = new ContentsRows(_store, _tables, Kind);
        _recovery = new ItemRecovery(_database, _store, _tables, _items, options);
        Properties = ReadStore();
        IpmSubtreeId = StoreFolders.FindIpmSubtree(_database, Properties);
        _roles = new(() => FolderRoles.Resolve(_store, _tables, Properties, IpmSubtreeId), LazyThreadSafetyMode.ExecutionAndPublication);
    }

    /// <summary>The path it was opened by.</summary>
    public string Path { get; }

    /// <summary>Bytes when it was opened.</summary>
    public long Length => _database.FileLength;

    /// <summary>The on-disk variant.</summary>
    public PstFormat Format => _database.Layout.Format;

    /// <summary>What the file is for.</summary>
    public PstKind Kind => _database.Header.Kind;

    /// <summary>How its blocks are encoded.</summary>
    public PstEncoding Encoding => _database.Header.Encoding;

    /// <summary>Whether Outlook asks for a password. It protects nothing: the content is read without it.</summary>
    public bool HasPassword => Kind != PstKind.Ost && Properties.GetInt32(PropertyTags.PstPassword) is int crc && crc != 0;

    /// <summary>The number every writer of the file changes; another value means another content.</summary>
    public long Generation => _database.Header.Unique;

    /// <summary>The 16 bytes that name the store, and part of the entry ids in it; empty where damaged.</summary>
    public ReadOnlyMemory<byte> RecordKey => Properties.GetSmallBinary(PropertyTags.RecordKey) ?? [];

    /// <summary>What Outlook calls it; may be empty.</summary>
    public string DisplayName => Properties.GetSmallString(PropertyTags.DisplayName) ?? "";

    /// <summary>The <see cref="ItemKey.Store"/> of everything in it: <c>pst:</c> and the record key in hexadecimal, or the file name where there is none.</summary>
    public string StoreKey => "pst:" + (RecordKey.IsEmpty ? System.IO.Path.GetFileName(Path) : Hex.Lower(RecordKey.Span));

    /// <summary>The code page of text whose message names none.</summary>
    public int CodePage => _store.CodePage.CodePage;

    /// <summary>Why it is that.</summary>
    public PstCodePageOrigin CodePageOrigin => _store.CodePage.Origin;

    /// <summary>The properties of the message store.</summary>
    public PropertyBag Properties { get; }

    /// <summary>What was found damaged so far.</summary>
    public IReadOnlyList<PstDamage> Damage => _database.Damage.Snapshot();

    /// <summary>What is overwritten of the items that were recovered so far; no damage to the file.</summary>
    public IReadOnlyList<PstDamage> RecoveryDamage => _database.LeftoverDamage.Snapshot();

    /// <summary>Of each folder whose items were listed to the end, what the last listing gave.</summary>
    public IReadOnlyList<PstFolderReading> Readings => _readings.Snapshot();

    /// <summary>Whether the last program that wrote to the file finished: one that has it open now, or died, did not.</summary>
    public bool IsClosedProperly => _database.Header.Root.AMapValidity != AMapValidity.Invalid;

    /// <summary>The root of all folders.</summary>
    public PstFolder Root => GetFolder(NodeId.RootFolder);

    /// <summary>The root of the folders people see.</summary>
    public PstFolder IpmSubtree => GetFolder(IpmSubtreeId);

    internal NodeId IpmSubtreeId { get; }

    /// <summary>Opens a file. It stays readable and writable for others.</summary>
    /// <exception cref="PstException">
    /// PstNotFound, PstIsDirectory, PstEmpty, PstNotAPst, PstTruncated, PstInUse, PstAccessDenied, PstReadFailed, PstUnsupported, or
    /// PstDamaged where not even the trees of the file can be read.
    /// </exception>
    public static PstFile Open(string path, PstOpenOptions? options = null) =>
        Open(FileOpener.Open(path ?? throw new ArgumentNullException(nameof(path))), path, options);

    /// <summary>The folder of a node.</summary>
    /// <exception cref="PstException">PstNoSuchNode, PstDamaged.</exception>
    public PstFolder GetFolder(NodeId id)
    {
        // From the folder up, then objects from the top down.
        Stack<NodeId> path = new();
        HashSet<NodeId> visited = [];
        for (NodeId next = id; visited.Add(next) && path.Count <= MaxFolderDepth;)
        {
            if (next.Type is not (NodeIdType.NormalFolder or NodeIdType.SearchFolder) || !_database.TryFindNode(next, out NodeEntry entry))
            {
                break;
            }

            path.Push(next);
            next = entry.Parent;
        }

        if (path.Count == 0)
        {
            throw PstException.NoSuchNode(id, Path);
        }

        PstFolder? folder = null;
        while (path.Count > 0)
        {
            folder = new PstFolder(this, path.Peek(), ReadFolder(path.Pop(), new PropertyBag()), folder);
        }

        return folder!;
    }

    /// <summary>Opens an item or FAI item.</summary>
    /// <param name="id">Its node.</param>
    /// <param name="cancellationToken">Stops the reading of it, and of items in it, however much there is.</param>
    /// <exception cref="PstException">PstNoSuchNode, PstDamaged: the rest of the file can still be read.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public MapiItem OpenItem(NodeId id, CancellationToken cancellationToken = default)
    {
        if (id.Type is not (NodeIdType.NormalMessage or NodeIdType.AssociatedMessage) || !_database.TryFindNode(id, out NodeEntry entry))
        {
            throw PstException.NoSuchNode(id, Path);
        }

        MapiItem item;
        using (NodeReader node = NodeReader.Open(_database, entry))
        {
            item = _items.Read(node, cancellationToken);
        }

        if (Kind == PstKind.Ost || id.Type == NodeIdType.NormalMessage)
        {
            _rows.Complete(item, id, entry.Parent);
        }

        return item;
    }

    /// <summary>What a folder's table may tell of an item or FAI item, from the item itself, of which no more is read than that.</summary>
    /// <exception cref="PstException">PstNoSuchNode, PstDamaged: the rest of the file can still be read.</exception>
    public PstItemSummary ReadSummary(NodeId id) => _summaries.Read(id);

    /// <summary>
    /// The folders that hold items of their own, each before those in it: the IPM subtree and what is in it, without search folders and those
    /// people do not see. Damage is recorded, the rest is listed.
    /// </summary>
    /// <param name="includeHidden">Also those marked hidden and what is in them, and then those beside the IPM subtree, from the root of the file on.</param>
    /// <param name="recurse">Whether to go below the folders directly in the IPM subtree and in the root of the file.</param>
    /// <exception cref="PstException">PstDamaged: there is no IPM subtree.</exception>
    public IEnumerable<PstFolder> EnumerateFolders(bool includeHidden = false, bool recurse = true)
    {
        if (!_database.TryFindNode(IpmSubtreeId, out _))
        {
            throw PstException.NoFolders(Path, IpmSubtreeId);
        }

        IEnumerable<PstFolder> shown = FolderWalk.From(IpmSubtree, includeHidden, recurse);
        return includeHidden && IpmSubtreeId != NodeId.RootFolder && TryGetRoot() is PstFolder root
            ? shown.Concat(FolderWalk.From(root, includeHidden, recurse))
            : shown;
    }

    /// <summary>How much is in folders people do not see: those <see cref="EnumerateFolders"/> leaves out by default. Their items are not looked at.</summary>
    /// <exception cref="PstException">PstDamaged: there is no IPM subtree.</exception>
    public PstHiddenContent CountHidden() => PstHiddenContent.Of(EnumerateFolders(includeHidden: true));

    /// <summary>
    /// Items that are in the file and in no folder that can be opened. Looking for orphans reads all tables, looking for deleted items
    /// and fragments the whole file; what a file was not asked to forget its writer may have kept for any time.
    /// </summary>
    public IEnumerable<PstRecoveredItem> RecoverItems(PstRecoveryKind kind) => kind switch
    {
        PstRecoveryKind.Orphan => _recovery.ListOrphans(),
        PstRecoveryKind.Deleted => _recovery.ListDeleted(),
        _ => _recovery.ListFragments(),
    };

    /// <summary>A damage as people read it: with the folder it belongs to, as far as that is known, but without words of the mail.</summary>
    public string Describe(PstDamage damage)
    {
        if (damage is null)
        {
            throw new ArgumentNullException(nameof(damage));
        }

        bool isItem = damage.Node.Type is NodeIdType.NormalMessage or NodeIdType.AssociatedMessage;
        try
        {
            NodeId folder = !isItem ? damage.Node.WithType(NodeIdType.NormalFolder) : _database.TryFindNode(damage.Node, out NodeEntry entry) ? entry.Parent : default;
            return damage.Node.IsNone || !_database.TryFindNode(folder, out _) ? damage.ToString()
                : string.Format(CultureInfo.CurrentCulture, isItem ? Strings.DamageOfItem : Strings.DamageOfFolder, damage, GetFolder(folder).Path);
        }
        catch (PstException e) when (e.IsAboutContent)
        {
            return damage.ToString();
        }
    }

    /// <summary>What the file tells about the program that wrote it. Reads a sample of its items.</summary>
    public PstWriterHints ReadWriter() => WriterEvidence.Read(_bytes, _store);

    /// <summary>
    /// The version of a listed item: while it stays the same nothing of the item has changed. Null where the item does not say when it was changed last.
    /// </summary>
    public ItemVersion? VersionOf(PstItemSummary item) =>
        _database.TryFindNode((item ?? throw new ArgumentNullException(nameof(item))).NodeId, out NodeEntry entry)
            ? PstItemVersion.Of(entry, item.LastModificationTime)
            : null;

    /// <summary>The blocks an item begins with, which every change of it replaces by others; the same while nothing of the item has changed. Empty where there is no such item.</summary>
    public string StampOf(NodeId id) => _database.TryFindNode(id, out NodeEntry entry) ? PstItemVersion.StampOf(entry) : "";

    /// <summary>The identity of an item of this file.</summary>
    public ItemKey KeyOf(NodeId id) => new(StoreKey, id.ToString());

    /// <summary>
    /// Whether the file at <see cref="Path"/> still is what was opened: neither replaced nor written to. Reads its header again.
    /// </summary>
    /// <exception cref="PstException">As of <see cref="Open(string, PstOpenOptions?)"/>.</exception>
    public bool IsCurrent()
    {
        using IFileBytes now = FileOpener.Open(Path);
        (PstHeader header, _, _) = HeaderReader.Read(now, Path);
        PstHeader opened = _database.Header;
        return now.Length == Length && header.Unique == opened.Unique && header.Root == opened.Root
            && header.NextBlock == opened.NextBlock && header.NextPage == opened.NextPage;
    }

    /// <summary>The items that are copies, and what is stored with them.</summary>
    /// <exception cref="PstException">PstDamaged: the tree of nodes cannot be read.</exception>
    internal IEnumerable<StoredCopy> ListCopies() => CopyReader.Read(_store);

    /// <inheritdoc/>
    public void Dispose()
    {
        _rows.Dispose();
        _bytes.Dispose();
    }

    /// <summary>Opens a file given by its bytes, which then belong to the result.</summary>
    internal static PstFile Open(IFileBytes bytes, string path, PstOpenOptions? options = null)
    {
        try
        {
            return new PstFile(path, bytes, options ?? PstOpenOptions.Default);
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }

    internal FolderRole RoleOf(NodeId folder) => _roles.Value.TryGetValue(folder, out FolderRole role) ? role : FolderRole.None;

    internal IEnumerable<PstFolder> ListFolders(PstFolder parent)
    {
        foreach (FolderRow row in _tables.ListFolders(parent.NodeId))
        {
            if (parent.Depth >= MaxFolderDepth)
            {
                _database.Damage.Add(PstStructure.Folder, PstDamageReason.LimitExceeded, -1, row.Id);
            }
            else if (parent.IsWithin(row.Id))
            {
                _database.Damage.Add(PstStructure.Folder, PstDamageReason.Cycle, -1, row.Id);
            }
            else
            {
                yield return new PstFolder(this, row.Id, ReadFolder(row.Id, row.Properties), parent);
            }
        }
    }

    internal IEnumerable<PstItemSummary> ListItems(PstFolder folder, IReadOnlyList<PropertyKey> asked) => folder.IsSearchFolder
        ? _lister.List(folder.NodeId, NodeIdType.SearchContentsTable, NodeIdType.NormalMessage, asked)
        : _readings.Count(folder, _lister.List(folder.NodeId, NodeIdType.ContentsTable, NodeIdType.NormalMessage, asked));

    internal IEnumerable<PstItemSummary> ListAssociated(PstFolder folder, IReadOnlyList<PropertyKey> asked) => folder.IsSearchFolder
        ? []
        : _lister.List(folder.NodeId, NodeIdType.AssociatedContentsTable, NodeIdType.AssociatedMessage, asked);

    private PstFolder? TryGetRoot()
    {
        try
        {
            return Root;
        }
        catch (PstException e) when (e.IsAboutContent)
        {
            _database.Damage.Add(e, NodeId.RootFolder);
            return null;
        }
    }

    // A folder whose own properties are lost still has its name in the parent's table, and its items.
    private PropertyBag ReadFolder(NodeId id, PropertyBag fallback)
    {
        try
        {
            return _store.ReadProperties(id);
        }
        catch (PstException e) when (e.IsAboutContent)
        {
            _database.Damage.Add(e, id);
            return fallback;
        }
    }

    private PropertyBag ReadStore()
    {
        try
        {
            return _store.ReadProperties(NodeId.MessageStore);
        }
        catch (PstException e) when (e.IsAboutContent)
        {
            _database.Damage.Add(e, NodeId.MessageStore);
            return new PropertyBag();
        }
    }
}
