using PstMigration.Mapi;
using PstMigration.Pst.Ltp;
using PstMigration.Pst.Messaging;
using PstMigration.Pst.Ndb;

namespace PstMigration.Pst;

/// <summary>A folder of a file being built.</summary>
public sealed class PstNewFolder
{
    private readonly Dictionary<string, PstNewFolder> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<PstNewFolder> _children = [];
    private readonly INodeSink _ndb;
    private TableContextBuilder? _contents;
    private TableContextBuilder? _associated;

    internal PstNewFolder(INodeSink ndb, NodeId id, PstNewFolder? parent, string name, string containerClass)
    {
        _ndb = ndb;
        Id = id;
        Parent = parent;
        Name = name;
        ContainerClass = containerClass;
        if (parent is not null)
        {
            parent._byName.Add(name, this);
            parent._children.Add(this);
        }
    }

    /// <summary>Its node id.</summary>
    public NodeId Id { get; }

    /// <summary>The folder that holds it; null for the root of the file, which people do not see.</summary>
    public PstNewFolder? Parent { get; }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Such as IPF.Contact; empty where none is stored.</summary>
    public string ContainerClass { get; }

    /// <summary>Properties stored beside those that follow from its content.</summary>
    public PropertyBag Properties { get; } = new();

    /// <summary>Items in it.</summary>
    public int ItemCount => _contents?.RowCount ?? 0;

    /// <summary>Items in it that are not read.</summary>
    public int UnreadCount { get; private set; }

    /// <summary>Folder-associated items in it.</summary>
    public int AssociatedCount => _associated?.RowCount ?? 0;

    /// <summary>The folders in it.</summary>
    public IReadOnlyList<PstNewFolder> Children => _children;

    internal INodeSink Owner => _ndb;

    internal TableContextBuilder? Contents => _contents;

    internal TableContextBuilder? Associated => _associated;

    /// <summary>The folder of that name in this one, ignoring case, or null.</summary>
    public PstNewFolder? Find(string name) => _byName.TryGetValue(name, out PstNewFolder? child) ? child : null;

    /// <summary>Throws where no further item fits.</summary>
    internal void CheckRoom(MessageKind kind)
    {
        if ((kind == MessageKind.Associated ? AssociatedCount : ItemCount) >= TableLimits.MaxRows)
        {
            throw PstWriteError.FolderFull(Name);
        }
    }

    /// <summary>The cells of an item's row.</summary>
    internal static PropertyList ToRow(PropertyList item, MessageKind kind) => ContentsRow.From(item, LayoutOf(kind).Columns);

    /// <summary>Lists an item.</summary>
    internal void AddRow(NodeId id, MessageKind kind, PropertyList row)
    {
        TableContextBuilder table = kind == MessageKind.Associated
            ? _associated ??= new TableContextBuilder(_ndb, LayoutOf(kind))
            : _contents ??= new TableContextBuilder(_ndb, LayoutOf(kind));
        table.AddRow(id.Value, _ndb.NextUnique(), row);
        bool read = ((MessageFlags)(row.GetInt32(PropertyTags.MessageFlags) ?? 0) & MessageFlags.Read) != 0;
        UnreadCount += kind == MessageKind.Normal && !read ? 1 : 0;
    }

    private static TableLayout LayoutOf(MessageKind kind) =>
        kind == MessageKind.Associated ? TableTemplates.AssociatedContents : TableTemplates.Contents;
}
