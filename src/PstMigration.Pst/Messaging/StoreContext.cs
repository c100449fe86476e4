using System.Text;
using PstMigration.Mapi;
using PstMigration.Pst.Ltp;
using PstMigration.Pst.Ndb;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Messaging;

/// <summary>What reading any object of an open file needs: the nodes, the names, the code page.</summary>
internal sealed class StoreContext
{
    private readonly PstOpenOptions _options;
    private readonly Lazy<NamedPropertyMap> _names;
    private readonly Lazy<CodePageChoice> _codePage;
    private readonly Lazy<Dictionary<NodeId, List<NodeId>>> _children;

    public StoreContext(INodeDatabase database, PstOpenOptions options)
    {
        Database = database;
        _options = options;
        _names = new(() => NamedPropertyMap.Open(database), LazyThreadSafetyMode.ExecutionAndPublication);
        _codePage = new(() => CodePageChoice.For(database, options.CodePage), LazyThreadSafetyMode.ExecutionAndPublication);
        _children = new(ListChildren, LazyThreadSafetyMode.ExecutionAndPublication);
    }

    public INodeDatabase Database { get; }

    /// <summary>Bytes of one item that may be read into memory at once.</summary>
    public long ItemMemory => _options.ItemMemory;

    public NamedPropertyMap Names => _names.Value;

    /// <summary>The code page of text whose object names none.</summary>
    public CodePageChoice CodePage => _codePage.Value;

    /// <summary>A decoder for an object that names a code page, or none.</summary>
    public TextDecoder DecoderFor(int? codePage) =>
        new(() => _codePage.Value.Encoding, _options.CodePage is null && codePage is int own ? CodePageChoice.FindDeclared(own) : null);

    /// <summary>Reads all properties of a property context, in the code page it names or that of what it is part of.</summary>
    /// <param name="node">The node.</param>
    /// <param name="text">Decodes 8-bit text of it and its parts.</param>
    /// <param name="budget">What may be read at once; null for as much as there is.</param>
    /// <param name="losses">Takes what was left out for that.</param>
    /// <exception cref="PstException">PstDamaged.</exception>
    public PropertyBag ReadProperties(NodeReader node, out TextDecoder text, ValueBudget? budget = null, ICollection<ItemLoss>? losses = null)
    {
        PropertyContext properties = PropertyContext.Open(node);
        text = DecoderFor(MessageCodePage(properties));
        return properties.ReadAll(text, Names, budget, losses);
    }

    /// <summary>Reads all properties of a node of the file.</summary>
    /// <exception cref="PstException">PstDamaged, PstNoSuchNode.</exception>
    public PropertyBag ReadProperties(NodeId id)
    {
        using NodeReader node = NodeReader.Open(Database, id);
        return ReadProperties(node, out _);
    }

    /// <summary>The code page a message names for its 8-bit text, or null.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public static int? MessageCodePage(PropertyContext properties) =>
        properties.TryFind(PropertyTags.MessageCodepage.Id, out PropertyRecord record) && record.Tag.Type == PropertyType.Integer32
            ? (int)record.Value
            : null;

    /// <summary>
    /// The nodes whose NBT entry names a folder as their parent, for where the folder's own tables cannot be read. Looks at all
    /// nodes once.
    /// </summary>
    public IEnumerable<NodeId> ChildrenOf(NodeId folder, NodeIdType type)
    {
        if (_children.Value.TryGetValue(folder, out List<NodeId>? children))
        {
            foreach (NodeId child in children)
            {
                if (child.Type == type)
                {
                    yield return child;
                }
            }
        }
    }

    private Dictionary<NodeId, List<NodeId>> ListChildren()
    {
        Dictionary<NodeId, List<NodeId>> children = [];
        foreach (NodeEntry node in Database.EnumerateNodes())
        {
            if (node.Id.Type is NodeIdType.NormalFolder or NodeIdType.SearchFolder or NodeIdType.NormalMessage or NodeIdType.AssociatedMessage
                && node.Parent != node.Id)
            {
                if (!children.TryGetValue(node.Parent, out List<NodeId>? list))
                {
                    children.Add(node.Parent, list = []);
                }

                list.Add(node.Id);
            }
        }

        return children;
    }
}
