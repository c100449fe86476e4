using System.Collections.Generic;
using PstMigration.Mapi;
using PstMigration.Pst.Ltp;
using PstMigration.Pst.Ndb;

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
        return new ItemReader(Context).Read(node, EmbeddingPath.Top.Append(node.SubnodeRoot, id));
    }

    /// <summary>
    /// The values of a text property of all items in the file. Looks at the first block of every item, and at none where the file does not
    /// know the name. What cannot be read is left out.
    /// </summary>
    /// <exception cref="PstException">PstDamaged: the tree of nodes cannot be read.</exception>
    public IEnumerable<string> ListStrings(PropertyName name)
    {
        if (!Context.Names.TryGetId(name, out ushort id))
        {
            yield break;
        }

        TextDecoder text = Context.DecoderFor(null);
        foreach (NodeEntry node in store.EnumerateNodes())
        {
            if (node.Id.Type is NodeIdType.NormalMessage or NodeIdType.AssociatedMessage && TryReadString(node, id, text) is string value)
            {
                yield return value;
            }
        }
    }

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

    private string? TryReadString(NodeEntry entry, ushort id, TextDecoder text)
    {
        try
        {
            using NodeReader node = NodeReader.Open(store, entry);
            return PropertyContext.Open(node).TryRead(id, text, out PropertyValue value) ? value.AsSmallString() : null;
        }
        catch (PstException e) when (e.IsAboutContent)
        {
            store.Damage.Add(e, entry.Id);
            return null;
        }
    }
}
