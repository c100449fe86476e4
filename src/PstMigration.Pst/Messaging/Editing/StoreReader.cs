using PstMigration.Mapi;
using PstMigration.Pst.Ltp;
using PstMigration.Pst.Ndb;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Messaging;

/// <summary>Reads a file that is being changed: with the names that were given out meanwhile.</summary>
internal sealed class StoreReader(INodeStore store, NameToIdMapBuilder names)
{
    private StoreContext? _context;

    /// <summary>What reading takes. Names given out later are not known to it.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public StoreContext Context
    {
        get
        {
            SaveNames();
            return _context ??= new StoreContext(store, PstOpenOptions.Default);
        }
    }

    /// <summary>The properties of a node under their numbers in this file.</summary>
    /// <exception cref="PstException">PstDamaged, PstNoSuchNode.</exception>
    public PropertyList ReadList(NodeId id)
    {
        using NodeReader node = NodeReader.Open(store, id);
        PropertyContext properties = PropertyContext.Open(node);
        return properties.ReadList(Context.DecoderFor(StoreContext.MessageCodePage(properties)));
    }

    /// <summary>Reads an item.</summary>
    /// <exception cref="PstException">PstDamaged, PstNoSuchNode.</exception>
    public MapiItem ReadItem(NodeId id)
    {
        using NodeReader node = NodeReader.Open(store, id);
        return new ItemReader(Context).Read(node);
    }

    /// <summary>
    /// The items in the file that are copies, with what is stored about that. Looks at the first block of every item, and at none where the file does not
    /// know the name of the marker. What cannot be read is left out.
    /// </summary>
    /// <exception cref="PstException">PstDamaged: the tree of nodes cannot be read.</exception>
    public IEnumerable<(NodeId Id, CopyRecord Record)> ListCopies() => CopyReader.Read(Context).Select(c => (c.Id, c.ToRecord()));

    /// <summary>The same of copies of the items of a store, with all that is stored about them.</summary>
    /// <param name="sourceStore">The <see cref="ItemKey.Store"/> they were copied from.</param>
    /// <param name="keyOf">The key of a node.</param>
    /// <exception cref="PstException">PstDamaged: the tree of nodes cannot be read.</exception>
    public IEnumerable<ListedCopy> ListCopies(string sourceStore, Func<NodeId, ItemKey> keyOf) =>
        CopyReader.Read(Context).Select(c => c.ToListed(sourceStore, keyOf(c.Id))).OfType<ListedCopy>();

    /// <summary>The version of an item as <see cref="PstItemVersion"/> tells it; null where it cannot be told, or there is no such item.</summary>
    public ItemVersion? VersionOf(NodeId id)
    {
        try
        {
            if (id.Type is not (NodeIdType.NormalMessage or NodeIdType.AssociatedMessage) || !store.TryFindNode(id, out NodeEntry entry))
            {
                return null;
            }

            using NodeReader node = NodeReader.Open(store, entry);
            return PropertyContext.Open(node).TryRead(PropertyTags.LastModificationTime.Id, Context.DecoderFor(null), out PropertyValue modified)
                ? PstItemVersion.Of(entry, modified.AsTime())
                : null;
        }
        catch (PstException e) when (e.IsAboutContent)
        {
            return null;
        }
    }

    /// <summary>The folder an item is in; none where there is no such item.</summary>
    public NodeId ParentOf(NodeId id) => store.TryFindNode(id, out NodeEntry entry) ? entry.Parent : default;

    /// <summary>Writes the names that were given out since the last time into node 0x61.</summary>
    /// <exception cref="PstException">PstDamaged, PstWriteFailed.</exception>
    public void SaveNames()
    {
        if (!names.HasChanged)
        {
            return;
        }

        PropertyChanges.Save(store, NodeId.NameToIdMap, names.TakeChanges());
        _context = null;
    }
}
