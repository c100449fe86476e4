using PstMigration.Mapi;
using PstMigration.Pst.Ltp;
using PstMigration.Pst.Ltp.Editing;

namespace PstMigration.Pst.Messaging;

/// <summary>
/// The row of an item in the table of its folder ([MS-PST] 2.4.4.5): what of its properties the table has columns for, and what only
/// rows have.
/// </summary>
internal static class ContentsRow
{
    private const int MaxValue = 64 * 1024;

    private static readonly PropertyTag s_replFlags = new(0x0E38, PropertyType.Integer32);

    /// <summary>The cells, read into memory: after this nothing of a source is needed.</summary>
    public static PropertyList From(PropertyList item, IEnumerable<TableColumn> columns)
    {
        PropertyList row = new();
        row.Set(PropertyTags.MessageStatus, PropertyValue.FromInt32(0));
        row.Set(s_replFlags, PropertyValue.FromInt32(0));
        foreach (TableColumn column in columns)
        {
            if (item.TryGet(column.Tag, out PropertyValue value) && value.Source?.IsLongerThan(MaxValue) != true)
            {
                row.Set(column.Tag, InMemory(value));
            }
        }

        return row;
    }

    /// <summary>Takes over the cells that the item's row has and the item has not: status, replication, conversation.</summary>
    /// <param name="table">The table with the row.</param>
    /// <param name="id">The item.</param>
    /// <param name="item">Its properties when the row was made.</param>
    /// <param name="text">Reads text.</param>
    /// <param name="row">The new row.</param>
    /// <exception cref="PstException">PstDamaged.</exception>
    public static void KeepOwn(TableContextEditor table, NodeId id, PropertyList item, TextDecoder text, PropertyList row)
    {
        foreach (TableColumn column in table.Columns)
        {
            if (!TableContext.IsRowBookkeeping(column) && !item.Contains(column.Tag)
                && table.TryRead(id.Value, column.Tag.Id, text, out PropertyValue value))
            {
                row.Set(column.Tag, InMemory(value));
            }
        }
    }

    /// <summary>Puts a row in the place of the one an item has.</summary>
    /// <exception cref="PstException">PstHeapFull, PstDamaged.</exception>
    public static void Replace(TableContextEditor table, NodeId id, uint version, TextDecoder text, PropertyList row)
    {
        foreach (TableColumn column in table.Columns)
        {
            // A cell of fixed size does not go by being set to nothing.
            if (!TableContext.IsRowBookkeeping(column) && !row.TryGet(column.Tag, out _) && table.TryRead(id.Value, column.Tag.Id, text, out _))
            {
                table.RemoveRow(id.Value);
                table.AddRow(id.Value, version, row);
                return;
            }
        }

        table.UpdateRow(id.Value, version, row);
    }

    private static PropertyValue InMemory(PropertyValue value) => value switch
    {
        { Source: null } => value,
        { Type: PropertyType.String or PropertyType.String8 } => PropertyValue.FromString(value.AsString() ?? ""),
        _ => PropertyValue.FromBinary(value.AsBinary() ?? [], value.Type),
    };
}
