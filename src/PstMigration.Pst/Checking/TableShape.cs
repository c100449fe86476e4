using PstMigration.Mapi;
using PstMigration.Pst.Ltp;

namespace PstMigration.Pst.Checking;

/// <summary>The layout of a table's rows ([MS-PST] 2.3.4).</summary>
internal static class TableShape
{
    private const int EightBytes = 8;

    /// <summary>Whether cells of the type hold a HNID.</summary>
    public static bool IsReference(PropertyType type) => PropertyTypes.FixedSize(type) is 0 or > EightBytes;

    /// <summary>Whether the fields of a TCINFO agree with each other.</summary>
    public static bool IsSound(TableHeader header, int length) =>
        header.Type == TableHeader.ExpectedType
        && header.ColumnCount > 0
        && length == TableHeader.Size + (header.ColumnCount * TableColumn.Size)
        && header.EndOf4Byte <= header.EndOf2Byte
        && header.EndOf2Byte <= header.EndOf1Byte
        && header.RowSize == header.EndOf1Byte + ((header.ColumnCount + 7) / 8)
        && header.RowSize >= sizeof(uint);

    /// <summary>Whether every column has a place and a bit of its own, and the cells leave no hole; reports the first that has not.</summary>
    public static bool CheckColumns(NodeObject owner, TableHeader header, TableColumn[] columns)
    {
        bool[] taken = new bool[header.EndOf1Byte];
        bool[] bits = new bool[columns.Length];
        for (int i = 0; i < columns.Length; i++)
        {
            TableColumn column = columns[i];
            if (i > 0 && column.Tag.Value <= columns[i - 1].Tag.Value)
            {
                owner.Context.Report(PstCheckRules.ColumnOrder, owner.Place, column.Tag.Value, columns[i - 1].Tag.Value);
            }

            if (!TryPlace(header, column, taken, bits))
            {
                owner.Context.Report(PstCheckRules.Columns, owner.Place, column.Tag.Value, column.Offset, column.Length, column.Bit);
                return false;
            }
        }

        int hole = Array.IndexOf(taken, false);
        if (hole >= 0)
        {
            owner.Context.Report(PstCheckRules.Columns, owner.Place, 0, hole, 0, 0);
            return false;
        }

        return true;
    }

    private static bool TryPlace(TableHeader header, TableColumn column, bool[] taken, bool[] bits)
    {
        int size = IsReference(column.Tag.Type) ? sizeof(uint) : PropertyTypes.FixedSize(column.Tag.Type);
        (int start, int end) = size switch
        {
            1 => (header.EndOf2Byte, header.EndOf1Byte),
            2 => (header.EndOf4Byte, header.EndOf2Byte),
            _ => (0, header.EndOf4Byte),
        };
        if (column.Length != size
            || column.Offset < start
            || column.Offset + size > end
            || column.Bit >= bits.Length
            || bits[column.Bit]
            || Array.IndexOf(taken, true, column.Offset, size) >= 0)
        {
            return false;
        }

        bits[column.Bit] = true;
        taken.AsSpan(column.Offset, size).Fill(true);
        return true;
    }
}
