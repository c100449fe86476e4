using System.Buffers.Binary;
using PstMigration.Mapi;

namespace PstMigration.Pst.Ltp;

/// <summary>Writes the cells of rows ([MS-PST] 2.3.4); values of variable size go to the table's heap or to subnodes.</summary>
/// <param name="heap">The table's heap.</param>
/// <param name="node">The table's node.</param>
/// <param name="limits">Beyond these, cells of variable size are left out.</param>
/// <param name="keepsEmptyCells">Whether an empty value makes a cell that exists and has no bytes, rather than none.</param>
internal readonly struct TableCellWriter(IHeapWriter heap, ISubnodeWriter node, TableLimits limits, bool keepsEmptyCells)
{
    /// <summary>Whether cells of the type hold a HNID.</summary>
    public static bool IsReference(PropertyType type) => PropertyTypes.FixedSize(type) is 0 or > sizeof(long);

    /// <summary>Writes the cell of a column; false, and nothing is written, where the row is to have none.</summary>
    /// <param name="cell">Its bytes, zero before.</param>
    /// <param name="column">The column.</param>
    /// <param name="id">The row's id.</param>
    /// <param name="version">The row's version.</param>
    /// <param name="values">The cells: every column whose tag and type it has, and which is not empty.</param>
    public bool TryWrite(Span<byte> cell, PropertyTag column, uint id, uint version, PropertyList values)
    {
        if (column == TableLayout.RowId || column == TableLayout.RowVersion)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(cell, column == TableLayout.RowId ? id : version);
            return true;
        }

        if (!values.TryGet(column, out PropertyValue value) || column.Type == PropertyType.Object)
        {
            return false;
        }

        if (!IsReference(column.Type))
        {
            WriteFixed(cell, column.Type == PropertyType.Boolean ? PropertyValueWriter.Inline(value) : value.Bits);
            return true;
        }

        if (PropertyValueWriter.IsEmpty(value))
        {
            return keepsEmptyCells;
        }

        if (heap.BlockCount > limits.HeapBlocks || node.SubnodeCount >= limits.Subnodes)
        {
            return false;
        }

        BinaryPrimitives.WriteUInt32LittleEndian(cell, PropertyValueWriter.Store(heap, node, value).Value);
        return true;
    }

    private static void WriteFixed(Span<byte> cell, long bits)
    {
        for (int i = 0; i < cell.Length; i++)
        {
            cell[i] = (byte)(bits >> (8 * i));
        }
    }
}
