using System.Globalization;
using PstMigration.Mapi;
using PstMigration.Pst.Ltp;
using PstMigration.Pst.Messaging;
using PstMigration.Pst.Ndb;
using PstMigration.Pst.Ndb.Files;

namespace PstMigration.Pst;

/// <summary>
/// Builds a new Unicode .pst file in one pass, in time that grows with its size and in memory that hardly does. The file is
/// written beside its place as <c>name.partial</c> and takes its place in <see cref="Complete"/>; until then a file that was
/// there stays as it is, and without it nothing remains. One caller at a time.
/// </summary>
public sealed class PstFileBuilder : IDisposable
{
    private const int RecordKeySize = 16;

    private static readonly PropertyTag s_replVersionHistory = new(0x0E34, PropertyType.Binary);
    private static readonly PropertyTag s_replFlags = new(0x0E38, PropertyType.Integer32);
    private static readonly PropertyTag s_noRestrictions = new(0x6633, PropertyType.Boolean);

    private readonly PartialFile? _file;
    private readonly IFileOutput _output;
    private readonly NdbWriter _ndb;
    private readonly NameToIdMapBuilder _names = new();
    private readonly PropertyMapper _mapper;
    private readonly MessageWriter _messages;
    private readonly DefaultFolders _defaults;
    private readonly List<PstNewFolder> _folders = [];
    private readonly byte[] _recordKey;
    private readonly string _displayName;
    private readonly int _passwordChecksum;
    private readonly long _maxLength;
    private readonly PstNewFolder _root;
    private readonly PstNewFolder _finder;
    private readonly PstNewFolder _commonViews;
    private State _state;

    private PstFileBuilder(IFileOutput output, PstCreateOptions options)
    {
        _file = output as PartialFile;
        _output = output;
        _recordKey = options.RecordKey is null ? Guid.NewGuid().ToByteArray() : (byte[])options.RecordKey.Clone();
        _displayName = options.DisplayName ?? Text(nameof(Strings.DefaultStoreName), options.Language);
        _passwordChecksum = options.PasswordChecksum;
        _maxLength = options.MaxLength ?? long.MaxValue;
        _ndb = new NdbWriter(output, options.Encoding);
        _mapper = new PropertyMapper(_names);
        _messages = new MessageWriter(_ndb, _mapper, options.TimeProvider, _recordKey);
        _defaults = new DefaultFolders(_recordKey);

        _root = AddFolder(NodeId.RootFolder, null, "", "");
        RootFolder = NewFolder(_root, Text(nameof(Strings.FolderIpmSubtree), options.Language), "");
        _finder = NewFolder(_root, "Search Root", "");
        DeletedItems = NewFolder(RootFolder, Text(nameof(Strings.FolderDeletedItems), options.Language), "");
        _commonViews = NewFolder(_root, "IPM_COMMON_VIEWS", "");
        _defaults.Set(FolderRole.Root, RootFolder);
        _defaults.Set(FolderRole.DeletedItems, DeletedItems);
        if (options.DefaultFolders)
        {
            foreach (DefaultFolderKind kind in DefaultFolderKind.All)
            {
                _defaults.Set(kind.Role, NewFolder(RootFolder, kind.Name(options.Language), kind.ContainerClass));
            }
        }
    }

    private enum State
    {
        Building,
        Broken,
        Complete,
        Disposed,
    }

    /// <summary>The 16 bytes that tell this file from every other.</summary>
    public IReadOnlyList<byte> RecordKey => _recordKey;

    /// <summary>The <see cref="ItemKey.Store"/> of what is in the file.</summary>
    public string StoreKey => "pst:" + Hex.Lower(_recordKey);

    /// <summary>The folder that holds what people see.</summary>
    public PstNewFolder RootFolder { get; }

    /// <summary>The file's own wastebasket.</summary>
    public PstNewFolder DeletedItems { get; }

    /// <summary>Bytes the file has so far.</summary>
    public long Length => _ndb.Length;

    /// <summary>Properties stored on the message store beside those every file has.</summary>
    public PropertyBag StoreProperties { get; } = new();

    /// <summary>Whether an error has made the file impossible to finish; it can only be disposed.</summary>
    public bool IsBroken => _state == State.Broken;

    /// <summary>Begins a file.</summary>
    /// <param name="path">Where it is to be.</param>
    /// <param name="options">How it is made.</param>
    /// <exception cref="ArgumentException">The record key does not have 16 bytes, or the encoding cannot be written.</exception>
    /// <exception cref="PstException">PstExists, PstIsDirectory, PstInUse, PstAccessDenied, PstDirectoryNotFound, PstWriteFailed.</exception>
    public static PstFileBuilder Create(string path, PstCreateOptions? options = null)
    {
        options = Check(options);
        PartialFile file = PartialFile.Create(path, options.Replace);
        try
        {
            return new PstFileBuilder(file, options);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Begins a file in an output of another kind.</summary>
    internal static PstFileBuilder Create(IFileOutput output, PstCreateOptions? options = null) => new(output, Check(options));

    /// <summary>Makes a folder.</summary>
    /// <param name="parent">A folder of this file.</param>
    /// <param name="name">Its name, not empty.</param>
    /// <param name="containerClass">Such as IPF.Contact; empty to store none.</param>
    /// <exception cref="PstException">PstFolderExists: the parent has a folder of that name, ignoring case.</exception>
    public PstNewFolder CreateFolder(PstNewFolder parent, string name, string containerClass = "")
    {
        CheckFolder(parent);
        if (string.IsNullOrEmpty(name))
        {
            throw new ArgumentException("A folder needs a name.", nameof(name));
        }

        return parent.Find(name) is null
            ? NewFolder(parent, name, containerClass ?? "")
            : throw PstWriteError.FolderExists(name);
    }

    /// <summary>The folder of a role; null where there is none.</summary>
    public PstNewFolder? FindFolder(FolderRole role) => _defaults.Find(role);

    /// <summary>Tells what a folder is for. The first folder of a role keeps it.</summary>
    public void SetRole(PstNewFolder folder, FolderRole role)
    {
        CheckFolder(folder);
        _defaults.Set(role, folder);
    }

    /// <summary>Writes an item into a folder. Where it fails, the file is as it was before, but for <see cref="IsBroken"/>.</summary>
    /// <exception cref="MailDataException">
    /// The item cannot be read or has no form in a file (PstValueTooLarge, PstValueTruncated, PstItemTooDeep, PstTooManySubnodes,
    /// PstTooManyColumns, PstTooManyNames, PstHeapFull, PstFolderFull, PstSizeLimit); or PstWriteFailed, which breaks the file.
    /// </exception>
    public NodeId AddItem(PstNewFolder folder, MapiItem item) => Add(folder, item, MessageKind.Normal, null).Id;

    /// <summary>Writes folder-associated information, which people do not see: views, rules and settings.</summary>
    /// <exception cref="MailDataException">As for <see cref="AddItem"/>.</exception>
    public NodeId AddAssociated(PstNewFolder folder, MapiItem item) => Add(folder, item, MessageKind.Associated, null).Id;

    /// <summary>Writes what remains and puts the file in its place.</summary>
    /// <exception cref="PstException">PstWriteFailed, PstExists, PstInUse, PstAccessDenied; nothing remains after them.</exception>
    public void Complete()
    {
        CheckState();
        _state = State.Broken;
        StoreWriter store = new(_ndb, _mapper);
        store.WriteFixedNodes();
        store.WriteReceiveFolders(_defaults.Find(FolderRole.Inbox));
        _defaults.Announce(_root);
        foreach (PstNewFolder folder in _folders)
        {
            store.WriteFolder(folder);
        }

        store.WriteStore(StoreList());
        store.WriteNameMap(_names);
        _ndb.Complete();
        _file?.Commit();
        _state = State.Complete;
    }

    /// <summary>Lets go of the file; without <see cref="Complete"/> deletes what was written.</summary>
    public void Dispose()
    {
        _state = State.Disposed;
        _output.Dispose();
    }

    /// <summary>Writes an item and tells what of it has no form in a file.</summary>
    internal (NodeId Id, IReadOnlyList<ItemLoss> Losses) Add(
        PstNewFolder folder,
        MapiItem item,
        MessageKind kind,
        ItemStamp? stamp,
        CancellationToken cancellationToken = default)
    {
        CheckFolder(folder);
        if (item is null)
        {
            throw new ArgumentNullException(nameof(item));
        }

        folder.CheckRoom(kind);
        NdbMark mark = _ndb.Mark;
        _mapper.TakeLosses();
        _state = State.Broken;
        NodeId id;
        WrittenNode node;
        PropertyList row;
        try
        {
            id = _ndb.Counters.Next(kind == MessageKind.Associated ? NodeIdType.AssociatedMessage : NodeIdType.NormalMessage);
            (node, PropertyList properties) = _messages.Write(item, kind, id, depth: 0, stamp, cancellationToken);
            row = PstNewFolder.ToRow(properties, kind);
            if (_ndb.Length > _maxLength)
            {
                throw PstWriteError.SizeLimit(_maxLength);
            }
        }
        catch when (!_output.HasFailed)
        {
            _ndb.Rollback(mark);
            _state = State.Building;
            throw;
        }

        folder.AddRow(id, kind, row);
        _ndb.AddNode(id, node, folder.Id);
        _state = State.Building;
        return (id, _mapper.TakeLosses());
    }

    private static PstCreateOptions Check(PstCreateOptions? options)
    {
        options ??= new PstCreateOptions();
        if (options.RecordKey is { Length: not RecordKeySize })
        {
            throw new ArgumentException("A record key has 16 bytes.", nameof(options));
        }

        return options.Encoding <= PstEncoding.Cyclic
            ? options
            : throw new ArgumentException("The encoding cannot be written: " + options.Encoding, nameof(options));
    }

    private static string Text(string name, CultureInfo language) => Strings.ResourceManager.GetString(name, language) ?? name;

    private PropertyList StoreList()
    {
        PropertyList list = _mapper.Map(StoreProperties);
        list.Set(PropertyTags.RecordKey, PropertyValue.FromBinary(_recordKey));
        list.Set(PropertyTags.DisplayName, PropertyValue.FromString(_displayName));
        list.Set(PropertyTags.PstPassword, PropertyValue.FromInt32(_passwordChecksum));
        list.Set(s_replVersionHistory, PropertyValue.FromBinary(VersionHistory()));
        list.Set(s_replFlags, PropertyValue.FromInt32(0));
        list.Set(s_noRestrictions, PropertyValue.FromBoolean(true));
        _defaults.AddTo(list, _finder, _commonViews);
        return list;
    }

    // 1, a GUID, 1, as Outlook writes it. The GUID is the record key's: both name this file.
    private byte[] VersionHistory()
    {
        byte[] history = new byte[sizeof(uint) + RecordKeySize + sizeof(uint)];
        history[0] = 1;
        _recordKey.CopyTo(history, sizeof(uint));
        history[sizeof(uint) + RecordKeySize] = 1;
        return history;
    }

    private PstNewFolder NewFolder(PstNewFolder parent, string name, string containerClass) =>
        AddFolder(_ndb.Counters.Next(NodeIdType.NormalFolder), parent, name, containerClass);

    private PstNewFolder AddFolder(NodeId id, PstNewFolder? parent, string name, string containerClass)
    {
        PstNewFolder folder = new(_ndb, id, parent, name, containerClass);
        _folders.Add(folder);
        return folder;
    }

    private void CheckFolder(PstNewFolder folder)
    {
        CheckState();
        if ((folder ?? throw new ArgumentNullException(nameof(folder))).Owner != _ndb)
        {
            throw new ArgumentException("The folder belongs to another file.", nameof(folder));
        }
    }

    private void CheckState()
    {
        switch (_state)
        {
            case State.Building:
                return;
            case State.Disposed:
                throw new ObjectDisposedException(nameof(PstFileBuilder));
            case State.Complete:
                throw new InvalidOperationException("The file is complete.");
            default:
                throw new InvalidOperationException("An error has broken the file.");
        }
    }
}
