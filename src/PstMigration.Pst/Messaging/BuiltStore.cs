using PstMigration.Mapi;

namespace PstMigration.Pst.Messaging;

/// <summary>A file being built, as somewhere items go.</summary>
internal sealed class BuiltStore : IItemStore
{
    private readonly PstFileBuilder _builder;
    private readonly Dictionary<NodeId, PstNewFolder> _folders = [];

    public BuiltStore(PstFileBuilder builder)
    {
        _builder = builder;
        Note(builder.RootFolder);
    }

    public string StoreKey => _builder.StoreKey;

    public bool IsBroken => _builder.IsBroken;

    public long Length => _builder.Length;

    public PstFileEditor? Existing => null;

    public NodeId Root => _builder.RootFolder.Id;

    public NodeId Find(FolderRole role) => Note(_builder.FindFolder(role));

    public NodeId Find(NodeId parent, string name) => Note(_folders[parent].Find(name));

    public NodeId Create(NodeId parent, string name, string containerClass) => Note(_builder.CreateFolder(_folders[parent], name, containerClass));

    public (NodeId Parent, string Name) Describe(NodeId folder) => (Note(_folders[folder].Parent), _folders[folder].Name);

    public string ClassOf(NodeId folder) => _folders[folder].ContainerClass;

    public void SetRole(NodeId folder, FolderRole role) => _builder.SetRole(_folders[folder], role);

    public (NodeId Id, IReadOnlyList<ItemLoss> Losses) Add(NodeId folder, MapiItem item, MessageKind kind, ItemStamp stamp, CancellationToken cancellationToken) =>
        _builder.Add(_folders[folder], item, kind, stamp, cancellationToken);

    public void Complete(PropertyBag storeProperties)
    {
        foreach (KeyValuePair<PropertyKey, PropertyValue> property in storeProperties)
        {
            _builder.StoreProperties[property.Key] = property.Value;
        }

        _builder.Complete();
    }

    public void Dispose() => _builder.Dispose();

    private NodeId Note(PstNewFolder? folder)
    {
        if (folder is null)
        {
            return default;
        }

        _folders[folder.Id] = folder;
        return folder.Id;
    }
}
