using PstMigration.Pst.Ltp;

namespace PstMigration.Pst.Messaging;

/// <summary>An open table with the list of its rows; owns the node reader under it.</summary>
internal sealed class TableRows(NodeReader node, TableContext context) : IDisposable
{
    private List<TableRowId>? _ids;

    public TableContext Context => context;

    /// <summary>Bytes of its heap, in which the list of rows is.</summary>
    public long HeapLength => node.Heap.Length;

    /// <summary>All rows, in the order they are stored.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public IReadOnlyList<TableRowId> Ids => _ids ??= context.ListRows();

    /// <inheritdoc/>
    public void Dispose()
    {
        context.Dispose();
        node.Dispose();
    }
}
