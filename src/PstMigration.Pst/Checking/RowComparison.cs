using PstMigration.Mapi;
using PstMigration.Pst.Ltp;

namespace PstMigration.Pst.Checking;

/// <summary>Compares the row of an item in its folder's table with the item ([MS-PST] 2.4.4.5).</summary>
internal static class RowComparison
{
    // Outlook cuts longer text in rows.
    private const int MaxCharsInRow = 255;

    /// <summary>
    /// Reports columns that contradict the properties of the item. An empty value may be left out of the row: some readers fail on
    /// empty cells.
    /// </summary>
    public static void Run(Table table, TableRow row, PropertySet item)
    {
        foreach (TableColumn column in table.Columns)
        {
            if (column.Tag == PropertyTags.MessageSize)
            {
                CompareSize(table, row, item);
            }
            else if (item.TryFind(column.Tag.Id, out PropertyRecord record)
                && record.Tag == column.Tag
                && !(table.Exists(row, column)
                    ? IsSame(column.Tag.Type, table.Bytes(row, column), item.Bytes(column.Tag.Id))
                    : item.Bytes(column.Tag.Id) is { IsEmpty: true }))
            {
                item.Owner.Context.Report(PstCheckRules.RowValue, item.Owner.Place, column.Tag.Value);
            }
        }
    }

    private static void CompareSize(Table table, TableRow row, PropertySet item)
    {
        uint? inRow = table.Integer(row, PropertyTags.MessageSize);
        uint? inItem = item.Integer(PropertyTags.MessageSize);
        if (inRow != inItem)
        {
            item.Owner.Context.Report(PstCheckRules.RowSize, item.Owner.Place, inRow ?? 0, inItem ?? 0);
        }
    }

    private static bool IsSame(PropertyType type, ReadOnlyMemory<byte>? cell, ReadOnlyMemory<byte>? value)
    {
        if (cell is not ReadOnlyMemory<byte> inRow || value is not ReadOnlyMemory<byte> inItem)
        {
            // A value that is missing was reported where it is missing; one of megabytes is not compared.
            return true;
        }

        if (inRow.Span.SequenceEqual(inItem.Span))
        {
            return true;
        }

        int limit = type switch
        {
            PropertyType.String => MaxCharsInRow * sizeof(char),
            PropertyType.String8 => MaxCharsInRow,
            _ => int.MaxValue,
        };
        return inRow.Length >= limit && inItem.Length > inRow.Length && inItem.Span[..inRow.Length].SequenceEqual(inRow.Span);
    }
}
