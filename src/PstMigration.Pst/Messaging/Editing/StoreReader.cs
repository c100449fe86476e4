using PstMigration.Mapi;
using PstMigration.Pst.Ltp;
using PstMigration.Pst.Ndb;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Messaging;

/// <summary>Reads a file that is being changed: with the names that were given out meanwhile.</summary>
internal sealed class StoreReader(INodeStore store, NameToIdMapBuilder names)
{
    private static readonly PropertyName[] s_provenance =
    [
        PropertyNames.Marker, PropertyNames.SourceKey, PropertyNames.SourceVersion, PropertyNames.SourceFolder, PropertyNames.SourceIdentity, PropertyNames.Losses,
    ];

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
        return new ItemReader(Context).Read(node, EmbeddingPath.Top.Append(node.SubnodeRoot, id));
    }

    /// <summary>
    /// The items in the file that are copies, with what is stored about that. Looks at the first block of every item, and at none where the file does not
    /// know the name of the marker. What cannot be read is left out.
    /// </summary>
    /// <exception cref="PstException">PstDamaged: the tree of nodes cannot be read.</exception>
    public IEnumerable<(NodeId Id, CopyRecord Record)> ListCopies() => ReadProvenance((id, p) => (id, CopyRecord.Read(p[1], p[0], p[2], p[3], p[4], p[5])));

    /// <summary>The same of copies of the items of a store, with all that is stored about them.</summary>
    /// <param name="sourceStore">The <see cref="ItemKey.Store"/> they were copied from.</param>
    /// <param name="keyOf">The key of a node.</param>
    /// <exception cref="PstException">PstDamaged: the tree of nodes cannot be read.</exception>
    public IEnumerable<ListedCopy> ListCopies(string sourceStore, Func<NodeId, ItemKey> keyOf) =>
        ReadProvenance((id, p) => ListedCopy.Read(sourceStore, keyOf(id), p[1], p[0], p[2], p[3], p[5])).OfType<ListedCopy>();

    /// <summary>Reads the values of <see cref="s_provenance"/>, in that order, of every item that has a marker.</summary>
    private IEnumerable<T> ReadProvenance<T>(Func<NodeId, string?[], T> map)
    {
        if (!Context.Names.TryGetId(PropertyNames.Marker, out _))
        {
            yield break;
        }

        TextDecoder text = Context.DecoderFor(null);
        ushort[] ids = [.. s_provenance.Select(n => Context.Names.TryGetId(n, out ushort id) ? id : (ushort)0)];
        foreach (NodeEntry node in store.EnumerateNodes())
        {
            if (node.Id.Type is NodeIdType.NormalMessage or NodeIdType.AssociatedMessage && TryReadProvenance(node, ids, text) is string?[] values)
            {
                yield return map(node.Id, values);
            }
        }
    }

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

    private string?[]? TryReadProvenance(NodeEntry entry, ushort[] ids, TextDecoder text)
    {
        try
        {
            using NodeReader node = NodeReader.Open(store, entry);
            PropertyContext properties = PropertyContext.Open(node);
            string? Read(ushort id) => id != 0 && properties.TryRead(id, text, out PropertyValue value) ? value.AsSmallString() : null;
            return Read(ids[0]) is string marker ? [marker, .. ids.Skip(1).Select(Read)] : null;
        }
        catch (PstException e) when (e.IsAboutContent)
        {
            store.Damage.Add(e, entry.Id);
            return null;
        }
    }
}
