using PstMigration.Pst.Ltp;
using PstMigration.Pst.Ndb;
using PstMigration.Pst.Ndb.Blocks;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Messaging;

/// <summary>
/// The tables of new folders. While they are empty, they share the block of the file's own template, so that they have
/// its columns; a file without templates, or with damaged ones, gets ours.
/// </summary>
internal sealed class EmptyTables(INodeStore store)
{
    private static readonly (NodeIdType Type, NodeId Template, TableLayout Layout)[] s_tables =
    [
        (NodeIdType.HierarchyTable, NodeId.HierarchyTableTemplate, TableTemplates.Hierarchy),
        (NodeIdType.ContentsTable, NodeId.ContentsTableTemplate, TableTemplates.Contents),
        (NodeIdType.AssociatedContentsTable, NodeId.AssociatedContentsTableTemplate, TableTemplates.AssociatedContents),
    ];

    private readonly Dictionary<NodeIdType, SharedBlock> _own = [];
    private readonly Dictionary<NodeIdType, BlockId> _shared = [];

    /// <summary>Gives a folder its three tables. Their counters go with the folders'.</summary>
    /// <exception cref="PstException">PstDamaged, PstWriteFailed.</exception>
    public void AddTo(NodeId folder)
    {
        foreach ((NodeIdType type, NodeId template, TableLayout layout) in s_tables)
        {
            NodeId id = folder.WithType(type);
            store.Counters.Note(id);
            store.AddNode(id, Refer(type, template, layout));
        }
    }

    private WrittenNode Refer(NodeIdType type, NodeId template, TableLayout layout)
    {
        if (!_shared.TryGetValue(type, out BlockId shared))
        {
            _shared.Add(type, shared = FindTemplate(template));
        }

        if (!shared.IsNone && store.Blocks.TryAddReference(shared))
        {
            return new WrittenNode(shared, default, 0);
        }

        if (!_own.TryGetValue(type, out SharedBlock? block))
        {
            _own.Add(type, block = new SharedBlock(store.Blocks, TableContextBuilder.Empty(layout)));
        }

        return block.Refer();
    }

    // The block of a template that is an empty table to the byte, with whatever columns; else none.
    private BlockId FindTemplate(NodeId template)
    {
        if (!store.TryFindNode(template, out NodeEntry entry) || entry.Data.IsNone || entry.Data.IsInternal || !entry.Subnodes.IsNone)
        {
            return default;
        }

        try
        {
            using NodeReader node = NodeReader.Open(store, entry);
            using TableContext table = TableContext.Open(node);
            TableLayout layout = TableLayout.FromColumns(table.Columns);
            using PooledBlock block = store.ReadBlock(entry.Data);
            return layout.IsSound && block.Data.SequenceEqual(TableContextBuilder.Empty(layout)) ? entry.Data : default;
        }
        catch (PstException e) when (e.IsAboutContent)
        {
            return default;
        }
    }
}
