using PstMigration.Mapi;
using PstMigration.Pst.Messaging;

namespace PstMigration.Pst;

/// <summary>A folder of a data file. A snapshot of its properties; what is in it is read when it is listed.</summary>
public sealed class PstFolder
{
    private const ushort AttributeHidden = 0x10F4;

    private readonly PstFile _file;
    private readonly PstFolder? _parent;

    internal PstFolder(PstFile file, NodeId id, PropertyBag properties, PstFolder? parent)
    {
        _file = file;
        _parent = parent;
        NodeId = id;
        Properties = properties;
        bool isIpmSubtree = id == file.IpmSubtreeId;
        IsInIpmSubtree = isIpmSubtree || parent?.IsInIpmSubtree == true;
        IsVisible = isIpmSubtree || (parent?.IsVisible == true && !IsHidden);
        IsTop = isIpmSubtree || id == NodeId.RootFolder;
        Path = isIpmSubtree ? FolderPath.Root : (parent is null || parent.IsTop ? FolderPath.Root : parent.Path).Append(NameOf(id));
        Depth = parent is null ? 0 : parent.Depth + 1;
    }

    /// <summary>Its node.</summary>
    public NodeId NodeId { get; }

    /// <summary>All its properties.</summary>
    public PropertyBag Properties { get; }

    /// <summary>Its name; may be empty for the root.</summary>
    public string Name => Properties.GetSmallString(PropertyTags.DisplayName) ?? "";

    /// <summary>
    /// The names from the IPM subtree down; for a folder outside it, from below the root of the file. What has no name has its node in place
    /// of it, and so has the root of the file, which is not to be taken for the IPM subtree.
    /// </summary>
    public FolderPath Path { get; }

    /// <summary>Whether it is the IPM subtree or below it.</summary>
    public bool IsInIpmSubtree { get; }

    /// <summary>Whether people see it: it is in the IPM subtree, and neither it nor a folder it is in is marked hidden.</summary>
    public bool IsVisible { get; }

    /// <summary>Whether it is the IPM subtree or the root of the file, which programs do not show as a folder, though items may be in it.</summary>
    public bool IsTop { get; }

    /// <summary>Whether its content is the result of a search; the items are in other folders.</summary>
    public bool IsSearchFolder => NodeId.Type == NodeIdType.SearchFolder;

    /// <summary>Whether it is itself marked not to be shown.</summary>
    public bool IsHidden => Properties.GetBoolean(new PropertyKey(AttributeHidden)) == true;

    /// <summary>What it is for.</summary>
    public FolderRole Role => _file.RoleOf(NodeId);

    /// <summary>Such as IPF.Contact; IPF.Note where none is stored.</summary>
    public string ContainerClass => Properties.GetSmallString(PropertyTags.ContainerClass) is { Length: > 0 } text ? text : FolderClasses.Mail;

    /// <summary>Items in it, as it says itself.</summary>
    public int ItemCount => Properties.GetInt32(PropertyTags.ContentCount) ?? 0;

    /// <summary>Unread items in it, as it says itself.</summary>
    public int UnreadCount => Properties.GetInt32(PropertyTags.ContentUnreadCount) ?? 0;

    /// <summary>Steps from the root of the file.</summary>
    internal int Depth { get; }

    /// <summary>The folders directly in it, search folders among them. Damage is recorded, the rest is listed.</summary>
    public IEnumerable<PstFolder> EnumerateFolders() => _file.ListFolders(this);

    /// <summary>It and the folders below it, each before those in it, without search folders, which hold no items of their own. Damage is recorded, the rest is listed.</summary>
    /// <param name="includeHidden">Also those marked hidden, and what is in them.</param>
    public IEnumerable<PstFolder> EnumerateTree(bool includeHidden = false) => FolderWalk.From(this, includeHidden, recurse: true);

    /// <summary>The items directly in it, from its contents table. Damage is recorded, the rest is listed.</summary>
    /// <param name="properties">Properties to give in <see cref="PstItemSummary.Properties"/> as far as the table has them.</param>
    public IEnumerable<PstItemSummary> EnumerateItems(IReadOnlyList<PropertyKey>? properties = null) => _file.ListItems(this, properties ?? []);

    /// <summary>The folder-associated (FAI) items directly in it.</summary>
    /// <param name="properties">As of <see cref="EnumerateItems"/>.</param>
    public IEnumerable<PstItemSummary> EnumerateAssociated(IReadOnlyList<PropertyKey>? properties = null) =>
        _file.ListAssociated(this, properties ?? []);

    /// <inheritdoc/>
    public override string ToString() => Path.ToString();

    private string NameOf(NodeId id) => Name is { Length: > 0 } name && id != NodeId.RootFolder ? name : id.ToString();

    /// <summary>Whether it is the folder of that node or below it.</summary>
    internal bool IsWithin(NodeId id)
    {
        for (PstFolder? folder = this; folder is not null; folder = folder._parent)
        {
            if (folder.NodeId == id)
            {
                return true;
            }
        }

        return false;
    }
}
