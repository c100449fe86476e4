using System.Collections.Generic;
using PstMigration.Pst.Ltp;
using PstMigration.Pst.Ndb;

namespace PstMigration.Pst.Messaging;

/// <summary>
/// The tables of new folders. While they are empty, they share the block of the file's own template, so that they have
/// its columns; a file without templates gets ours.
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
        if (store.TryFindNode(template, out NodeEntry entry) && !entry.Data.IsNone && !entry.Data.IsInternal && entry.Subnodes.IsNone
            && store.Blocks.TryAddReference(entry.Data))
        {
            return new WrittenNode(entry.Data, default, 0);
        }

        if (!_own.TryGetValue(type, out SharedBlock? block))
        {
            _own.Add(type, block = new SharedBlock(store.Blocks, TableContextBuilder.Empty(layout)));
        }

        return block.Refer();
    }
}
