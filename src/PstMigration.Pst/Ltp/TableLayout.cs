using PstMigration.Mapi;

namespace PstMigration.Pst.Ltp;

/// <summary>
/// The columns of a table and where their cells stand in a row ([MS-PST] 2.3.4). The columns of a template keep their order and
/// bits, which Outlook insists on; further columns go to the end of the cells of their size and take the next bits.
/// </summary>
internal sealed class TableLayout
{
    /// <summary>PidTagLtpRowId, first in every row.</summary>
    public static readonly PropertyTag RowId = new(0x67F2, PropertyType.Integer32);

    /// <summary>PidTagLtpRowVer, second in every row.</summary>
    public static readonly PropertyTag RowVersion = new(0x67F3, PropertyType.Integer32);

    // cCols and iBit are bytes.
    private const int MaxColumns = 255;

    private TableLayout(TableColumn[] columns, int endOf4Byte, int endOf2Byte, int endOf1Byte, int bitBytes)
    {
        Columns = columns;
        EndOf4Byte = (ushort)endOf4Byte;
        EndOf2Byte = (ushort)endOf2Byte;
        EndOf1Byte = (ushort)endOf1Byte;
        RowSize = (ushort)(endOf1Byte + bitBytes);
    }

    /// <summary>The columns by ascending tag.</summary>
    public IReadOnlyList<TableColumn> Columns { get; }

    /// <summary>End of the cells of 4 and 8 bytes.</summary>
    public ushort EndOf4Byte { get; }

    /// <summary>End of the cells of 2 bytes.</summary>
    public ushort EndOf2Byte { get; }

    /// <summary>End of the cells of 1 byte; the existence bits follow.</summary>
    public ushort EndOf1Byte { get; }

    /// <summary>Bytes of a row.</summary>
    public ushort RowSize { get; }

    /// <summary>
    /// Whether every column has a type there is, a place and a bit of its own, the cells leave no hole, and a row starts with its id and version.
    /// </summary>
    public bool IsSound
    {
        get
        {
            bool[] taken = new bool[EndOf1Byte];
            bool[] bits = new bool[Columns.Count];
            foreach (TableColumn column in Columns)
            {
                int end = column.Offset + column.Length;
                if (column.Tag.Type is PropertyType.Unspecified or PropertyType.Null
                    || !Enum.IsDefined(typeof(PropertyType), PropertyTypes.Element(column.Tag.Type))
                    || column.Length != CellSize(column.Tag.Type) || end > taken.Length || column.Bit >= bits.Length || bits[column.Bit]
                    || Array.IndexOf(taken, true, column.Offset, column.Length) >= 0)
                {
                    return false;
                }

                bits[column.Bit] = true;
                taken.AsSpan(column.Offset, column.Length).Fill(true);
            }

            return Array.IndexOf(taken, false) < 0
                && HasFirst(RowId, offset: 0, bit: 0)
                && HasFirst(RowVersion, offset: sizeof(uint), bit: 1);
        }
    }

    /// <summary>This layout with more columns, those it has left out.</summary>
    /// <exception cref="PstException">PstTooManyColumns.</exception>
    public TableLayout Extend(IEnumerable<PropertyTag> tags)
    {
        List<TableColumn> columns = [.. Columns];
        HashSet<PropertyTag> known = [.. tags];
        known.ExceptWith(ColumnTags(columns));
        if (known.Count == 0)
        {
            return this;
        }

        if (columns.Count + known.Count > MaxColumns)
        {
            throw PstWriteError.TooManyColumns(columns.Count + known.Count);
        }

        List<PropertyTag> added = [.. known];
        added.Sort(static (a, b) => a.Value.CompareTo(b.Value));
        int[] ends = [EndOf4Byte, EndOf2Byte, EndOf1Byte];
        int nextBit = 0;
        foreach (TableColumn column in columns)
        {
            nextBit = Math.Max(nextBit, column.Bit + 1);
        }

        foreach (PropertyTag tag in added)
        {
            int size = CellSize(tag.Type);
            int group = Group(size);
            int offset = ends[group];
            for (int i = 0; i < columns.Count; i++)
            {
                if (Group(columns[i].Length) > group)
                {
                    columns[i] = columns[i] with { Offset = (ushort)(columns[i].Offset + size) };
                }
            }

            for (int g = group; g < ends.Length; g++)
            {
                ends[g] += size;
            }

            columns.Add(new TableColumn(tag, (ushort)offset, (byte)size, (byte)nextBit++));
        }

        return nextBit <= MaxColumns
            ? FromColumns([.. columns], ends, Math.Max(RowSize - EndOf1Byte, BitBytes(nextBit)))
            : throw PstWriteError.TooManyColumns(nextBit);
    }

    /// <summary>A layout whose columns are placed already, as those of the templates are.</summary>
    public static TableLayout FromColumns(IReadOnlyList<TableColumn> columns)
    {
        int[] ends = new int[3];
        foreach (TableColumn column in columns)
        {
            for (int g = Group(column.Length); g < ends.Length; g++)
            {
                ends[g] += column.Length;
            }
        }

        return FromColumns([.. columns], ends, BitBytes(columns.Count));
    }

    /// <summary>The layout of a table that exists.</summary>
    public static TableLayout FromTable(TableHeader header, TableColumn[] columns) =>
        new(columns, header.EndOf4Byte, header.EndOf2Byte, header.EndOf1Byte, header.RowSize - header.EndOf1Byte);

    /// <summary>The TCINFO of a table of this layout.</summary>
    public TableHeader ToHeader(HeapId rowIndex, HeapOrNodeId rows) => new(
        TableHeader.ExpectedType, (byte)Columns.Count, EndOf4Byte, EndOf2Byte, EndOf1Byte, RowSize, rowIndex, rows);

    private bool HasFirst(PropertyTag tag, int offset, int bit)
    {
        foreach (TableColumn column in Columns)
        {
            if (column.Tag == tag)
            {
                return column.Offset == offset && column.Bit == bit;
            }
        }

        return false;
    }

    private static TableLayout FromColumns(TableColumn[] columns, int[] ends, int bitBytes)
    {
        Array.Sort(columns, static (a, b) => a.Tag.Value.CompareTo(b.Tag.Value));
        return new TableLayout(columns, ends[0], ends[1], ends[2], bitBytes);
    }

    private static int BitBytes(int bits) => (bits + 7) / 8;

    /// <summary>Bytes of a cell: fixed sizes up to 8 as they are, everything else an HNID.</summary>
    public static int CellSize(PropertyType type) => PropertyTypes.FixedSize(type) is > 0 and <= 8 and int size ? size : sizeof(uint);

    private static int Group(int cellSize) => cellSize switch
    {
        1 => 2,
        2 => 1,
        _ => 0,
    };

    private static IEnumerable<PropertyTag> ColumnTags(List<TableColumn> columns)
    {
        foreach (TableColumn column in columns)
        {
            yield return column.Tag;
        }
    }
}
