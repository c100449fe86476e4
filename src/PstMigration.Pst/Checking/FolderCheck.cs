using PstMigration.Mapi;
using PstMigration.Pst.Ltp;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Checking;

/// <summary>Folders: their properties, their tables, the rows of the tables against what they stand for.</summary>
internal sealed class FolderCheck
{
    private const uint ReadFlag = 1;

    private static readonly PropertyTag[] s_rowValues =
    [
        PropertyTags.DisplayName, PropertyTags.ContentCount, PropertyTags.ContentUnreadCount, PropertyTags.Subfolders, PropertyTags.ContainerClass,
    ];

    private readonly CheckContext _context;
    private readonly NodeTable _nodes;
    private readonly NodeContents _contents;
    private readonly NodePlaces _places;
    private readonly NameMap? _names;
    private readonly ItemCheck _items;

    public FolderCheck(CheckContext context, NodeTable nodes, NodeContents contents, NodePlaces places, NameMap? names, ItemCheck items)
    {
        _context = context;
        _nodes = nodes;
        _contents = contents;
        _places = places;
        _names = names;
        _items = items;
    }

    /// <summary>Checks a folder or search folder, its tables and, row by row, its items.</summary>
    public IEnumerable<Pause> Run(int index)
    {
        NodeId id = _nodes[index].NodeId;
        _nodes[index].State |= NodeState.Checked;
        PropertySet? folder = PropertyNode.Read(
            _contents, new BlockId(_nodes[index].Data), new BlockId(_nodes[index].Subnodes), _places.Of(index), _names);
        Totals totals = new();
        if (id.Type == NodeIdType.SearchFolder)
        {
            foreach (Pause pause in CheckItems(id.WithType(NodeIdType.SearchContentsTable), id, default, totals))
            {
                yield return pause;
            }
        }
        else
        {
            foreach (Pause pause in CheckSubfolders(id, totals))
            {
                yield return pause;
            }

            foreach (Pause pause in CheckItems(id.WithType(NodeIdType.ContentsTable), id, NodeIdType.NormalMessage, totals))
            {
                yield return pause;
            }

            foreach (Pause pause in CheckItems(id.WithType(NodeIdType.AssociatedContentsTable), id, NodeIdType.AssociatedMessage, new Totals()))
            {
                yield return pause;
            }
        }

        if (folder is not null)
        {
            CheckTotals(folder, totals);
        }
    }

    /// <summary>Once all folders were checked: whether an item or folder has its one row.</summary>
    public void CheckRowsOf(int index)
    {
        NodeId id = _nodes[index].NodeId;
        NodeId parent = new(_nodes[index].Parent);
        NodeIdType? table = id.Type switch
        {
            NodeIdType.NormalMessage => NodeIdType.ContentsTable,
            NodeIdType.AssociatedMessage => NodeIdType.AssociatedContentsTable,
            NodeIdType.NormalFolder or NodeIdType.SearchFolder when id != NodeId.RootFolder => NodeIdType.HierarchyTable,
            _ => null,
        };

        // A table that is missing or damaged was reported, and its items are not to blame.
        int tableIndex = table is NodeIdType type ? _nodes.Find(parent.WithType(type)) : -1;
        if (tableIndex >= 0 && (_nodes[tableIndex].State & NodeState.RowUnknown) == 0 && _nodes.IsFolder(parent) && _nodes[index].RowCount != 1)
        {
            PstCheckRule rule = table == NodeIdType.HierarchyTable ? PstCheckRules.FolderRow : PstCheckRules.ItemRow;
            _context.Report(rule, _places.Of(index), _nodes[index].RowCount, parent.Value);
        }
    }

    private Table? OpenTable(NodeId id)
    {
        int index = _nodes.Find(id);
        if (index < 0)
        {
            return null;
        }

        ref NodeTable.Row node = ref _nodes[index];
        node.State |= NodeState.Checked;
        if (node.Data == 0)
        {
            // What is missing was reported; of its rows nothing can be said.
            node.State |= NodeState.RowUnknown;
            return null;
        }

        HeapSignature? expected = id.Type == NodeIdType.SearchContentsTable ? null : HeapSignature.TableContext;
        Table? table = NodeObject.Open(_contents, new BlockId(node.Data), new BlockId(node.Subnodes), _places.Of(index), expected) is NodeObject owner
            && owner.Heap.Client == HeapSignature.TableContext
                ? Table.Read(owner, _names)
                : null;
        if (table is null)
        {
            node.State |= NodeState.RowUnknown;
        }

        return table;
    }

    private IEnumerable<Pause> CheckSubfolders(NodeId folder, Totals totals)
    {
        if (OpenTable(folder.WithType(NodeIdType.HierarchyTable)) is not Table table)
        {
            yield break;
        }

        totals.Subfolders = 0;
        foreach (TableRow row in table.Rows())
        {
            totals.Subfolders++;
            int child = _nodes.Find(new NodeId(row.Id));
            if (child < 0 || !_nodes.IsFolder(new NodeId(row.Id)) || _nodes[child].Parent != folder.Value)
            {
                _context.Report(PstCheckRules.RowWithoutFolder, table.Owner.Place, row.Id);
            }
            else
            {
                CountRow(child);
                CompareFolder(table, row, child);
            }

            _context.Spend(row.Bytes.Length);
            yield return default;
        }
    }

    private void CompareFolder(Table table, TableRow row, int child)
    {
        // Only looked up here: the folder itself is checked in its turn.
        Place place = _places.Of(child);
        if (ItemCheck.Peek(_contents, new BlockId(_nodes[child].Data), new BlockId(_nodes[child].Subnodes), place) is not PropertySet folder)
        {
            return;
        }

        foreach (PropertyTag tag in s_rowValues)
        {
            if (table.TryFindColumn(tag.Id, out TableColumn column)
                && folder.TryFind(tag.Id, out PropertyRecord record)
                && record.Tag == column.Tag
                && !Same(table.Bytes(row, column), folder.Bytes(tag.Id)))
            {
                _context.Report(PstCheckRules.FolderRowValue, place, column.Tag.Value);
            }
        }
    }

    // No cell stands for 0 and for an empty text.
    private static bool Same(ReadOnlyMemory<byte>? cell, ReadOnlyMemory<byte>? value) => cell is ReadOnlyMemory<byte> bytes
        ? bytes.Span.SequenceEqual((value ?? default).Span)
        : Zeros.Only((value ?? default).Span);

    private IEnumerable<Pause> CheckItems(NodeId tableId, NodeId folder, NodeIdType itemType, Totals totals)
    {
        if (OpenTable(tableId) is not Table table)
        {
            yield break;
        }

        totals.Items = 0;

        // A table without the column does not tell.
        totals.Unread = table.TryFindColumn(PropertyTags.MessageFlags.Id, out _) ? 0 : null;
        foreach (TableRow row in table.Rows())
        {
            totals.Items++;
            totals.Unread += (table.Integer(row, PropertyTags.MessageFlags) & ReadFlag) == 0 ? 1 : 0;
            if (tableId.Type != NodeIdType.SearchContentsTable)
            {
                foreach (Pause pause in CheckItem(table, row, folder, itemType))
                {
                    yield return pause;
                }
            }

            _context.Advance();
            yield return default;
        }
    }

    private IEnumerable<Pause> CheckItem(Table table, TableRow row, NodeId folder, NodeIdType itemType)
    {
        NodeId id = new(row.Id);
        int index = _nodes.Find(id);
        if (index < 0 || id.Type != itemType || _nodes[index].Parent != folder.Value)
        {
            _context.Report(PstCheckRules.RowWithoutItem, table.Owner.Place, row.Id);
            yield break;
        }

        CountRow(index);
        if ((_nodes[index].State & NodeState.Checked) != 0)
        {
            yield break;
        }

        _nodes[index].State |= NodeState.Checked;
        Place place = _places.Of(index);
        foreach (Pause pause in _items.Run(
            new BlockId(_nodes[index].Data), new BlockId(_nodes[index].Subnodes), place, item => RowComparison.Run(table, row, item)))
        {
            yield return pause;
        }
    }

    private void CountRow(int index)
    {
        if (_nodes[index].RowCount < ushort.MaxValue)
        {
            _nodes[index].RowCount++;
        }
    }

    private void CheckTotals(PropertySet folder, Totals totals)
    {
        CheckTotal(folder, PropertyTags.ContentCount, totals.Items);
        CheckTotal(folder, PropertyTags.ContentUnreadCount, totals.Unread);
        if (totals.Subfolders is int count)
        {
            if (folder.Integer(PropertyTags.Subfolders) is not uint stored)
            {
                _context.Report(PstCheckRules.FolderUncounted, folder.Owner.Place, PropertyTags.Subfolders.Value);
            }
            else if ((stored & 0xFF) != (count > 0 ? 1 : 0))
            {
                _context.Report(PstCheckRules.FolderCount, folder.Owner.Place, PropertyTags.Subfolders.Value, stored & 0xFF, count);
            }
        }
    }

    // [MS-PST] 2.4.4.1.1 asks for all three. Exchange's export of a mailbox writes the counts where they are not 0, and 0x360A nowhere.
    private void CheckTotal(PropertySet folder, PropertyTag tag, int? counted)
    {
        if (counted is not int count)
        {
            return;
        }

        if (folder.Integer(tag) is not uint stored)
        {
            _context.Report(count == 0 ? PstCheckRules.FolderUncounted : PstCheckRules.FolderCountAbsent, folder.Owner.Place, tag.Value, count);
        }
        else if (stored != count)
        {
            _context.Report(PstCheckRules.FolderCount, folder.Owner.Place, tag.Value, stored, count);
        }
    }

    // What the tables of a folder hold; null where a table could not be read.
    private sealed class Totals
    {
        public int? Items { get; set; }

        public int? Unread { get; set; }

        public int? Subfolders { get; set; }
    }
}
