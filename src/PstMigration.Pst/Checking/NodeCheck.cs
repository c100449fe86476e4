using PstMigration.Pst.Ltp;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Checking;

/// <summary>Checks the contents of every node: folders with their tables and items first, then whatever is left.</summary>
internal sealed class NodeCheck
{
    private readonly CheckContext _context;
    private readonly NodeTable _nodes;
    private readonly NodeContents _contents;
    private readonly NodePlaces _places;
    private NameMap? _names;

    public NodeCheck(CheckContext context, NodeTable nodes, NodeContents contents, NodePlaces places)
    {
        _context = context;
        _nodes = nodes;
        _contents = contents;
        _places = places;
    }

    public IEnumerable<Pause> Run()
    {
        _context.Begin(PstCheckPhase.Nodes, _nodes.Count);
        ReadNames();
        StoreCheck.Run(_context, _nodes, Find(NodeId.MessageStore) is int store ? ReadProperties(store) : null);
        yield return default;

        ItemCheck items = new(_contents, _names);
        FolderCheck folders = new(_context, _nodes, _contents, _places, _names, items);
        for (int i = 0; i < _nodes.Count; i++)
        {
            if (_nodes[i].NodeId.Type is NodeIdType.NormalFolder or NodeIdType.SearchFolder)
            {
                foreach (Pause pause in folders.Run(i))
                {
                    yield return pause;
                }

                _context.Advance();
            }
        }

        for (int i = 0; i < _nodes.Count; i++)
        {
            if ((_nodes[i].State & NodeState.Checked) == 0)
            {
                foreach (Pause pause in CheckOther(i, items))
                {
                    yield return pause;
                }

                _context.Advance();
            }

            folders.CheckRowsOf(i);
        }
    }

    private int? Find(NodeId id) => _nodes.Find(id) is int index and >= 0 ? index : null;

    private void ReadNames()
    {
        _names = Find(NodeId.NameToIdMap) is int map && ReadProperties(map) is PropertySet properties ? NameMap.Read(properties) : null;
    }

    private PropertySet? ReadProperties(int index)
    {
        _nodes[index].State |= NodeState.Checked;
        return PropertyNode.Read(_contents, new BlockId(_nodes[index].Data), new BlockId(_nodes[index].Subnodes), _places.Of(index), _names);
    }

    private IEnumerable<Pause> CheckOther(int index, ItemCheck items)
    {
        NodeId id = _nodes[index].NodeId;
        BlockId data = new(_nodes[index].Data);
        BlockId subnodes = new(_nodes[index].Subnodes);
        Place place = _places.Of(index);
        _nodes[index].State |= NodeState.Checked;
        switch (id.Type)
        {
            case NodeIdType.NormalMessage or NodeIdType.AssociatedMessage:
                foreach (Pause pause in items.Run(data, subnodes, place, row: null))
                {
                    yield return pause;
                }

                break;
            case NodeIdType.SearchCriteria:
                if (!data.IsNone && PropertyNode.Read(_contents, data, subnodes, place, _names) is PropertySet criteria)
                {
                    StoreCheck.CheckSearchScope(_context, _nodes, criteria);
                }

                break;
            default:
                AnyNode.Check(_contents, data, subnodes, place, _names);
                yield return default;
                break;
        }
    }
}
