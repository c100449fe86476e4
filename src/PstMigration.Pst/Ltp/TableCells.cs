using System.Buffers.Binary;
using PstMigration.Mapi;

namespace PstMigration.Pst.Ltp;

/// <summary>Reads the cells of a table's rows ([MS-PST] 2.3.4).</summary>
/// <param name="node">The table's node.</param>
/// <param name="bitsOffset">Where the existence bits stand in a row.</param>
internal readonly struct TableCells(ISubnodeReader node, int bitsOffset)
{
    /// <summary>Whether a row has a cell in a column.</summary>
    public bool Has(ReadOnlySpan<byte> row, in TableColumn column) => (row[bitsOffset + (column.Bit >> 3)] & (0x80 >> (column.Bit & 7))) != 0;

    /// <summary>Notes whether a row has a cell in a column.</summary>
    public void SetHas(Span<byte> row, in TableColumn column, bool has)
    {
        ref byte bits = ref row[bitsOffset + (column.Bit >> 3)];
        int mask = 0x80 >> (column.Bit & 7);
        bits = (byte)(has ? bits | mask : bits & ~mask);
    }

    /// <summary>Reads a cell; false where the row has none or it cannot be read.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public bool TryRead(ReadOnlySpan<byte> row, in TableColumn column, IHeapReader heap, TextDecoder text, out PropertyValue value, ValueBudget? budget = null)
    {
        value = default;
        if (!Has(row, column))
        {
            return false;
        }

        ReadOnlySpan<byte> cell = row.Slice(column.Offset, column.Length);
        switch (column.Length)
        {
            case 1:
                return ValueReader.TryReadInline(column.Tag.Type, cell[0], out value);
            case 2:
                return ValueReader.TryReadInline(column.Tag.Type, BinaryPrimitives.ReadUInt16LittleEndian(cell), out value);
            case 8:
                value = ValueReader.Read8(column.Tag.Type, cell);
                return true;
            default:
                uint raw = BinaryPrimitives.ReadUInt32LittleEndian(cell);
                return ValueReader.TryReadInline(column.Tag.Type, raw, out value)
                    || new ValueReader(node, text, budget).TryRead(column.Tag.Type, new HeapOrNodeId(raw), heap, out value);
        }
    }
}
