using PstMigration.Mapi;

namespace PstMigration.Pst.Messaging;

/// <summary>A file being changed, as somewhere items go.</summary>
internal sealed class EditedStore(PstFileEditor editor) : IItemStore
{
    public string StoreKey => editor.StoreKey;

    public bool IsBroken => editor.IsBroken;

    public long Length => editor.Length;

    public PstFileEditor? Existing => editor;

    public NodeId Root => editor.IpmSubtree.Id;

    public NodeId Find(FolderRole role) => editor.FindFolder(role)?.Id ?? default;

    public NodeId Find(NodeId parent, string name) => editor.FindFolder(editor.GetFolder(parent), name)?.Id ?? default;

    public NodeId Create(NodeId parent, string name, string containerClass) => editor.CreateFolder(editor.GetFolder(parent), name, containerClass).Id;

    public (NodeId Parent, string Name) Describe(NodeId folder) => (editor.GetFolder(folder).ParentId, editor.GetFolder(folder).Name);

    public string ClassOf(NodeId folder) => editor.GetFolder(folder).ContainerClass;

    public void SetRole(NodeId folder, FolderRole role) => editor.SetRole(editor.GetFolder(folder), role);

    public (NodeId Id, IReadOnlyList<ItemLoss> Losses) Add(NodeId folder, MapiItem item, MessageKind kind, ItemStamp stamp, CancellationToken cancellationToken) =>
        editor.Add(editor.GetFolder(folder), item, kind, stamp, cancellationToken);

    public void Complete(PropertyBag storeProperties)
    {
        if (storeProperties.Count > 0)
        {
            editor.SetStoreProperties(storeProperties);
        }

        editor.Commit();
    }

    public void Dispose() => editor.Dispose();
}
