using PstMigration.Mapi;
using PstMigration.Pst.Ltp;

namespace PstMigration.Pst.Messaging;

/// <summary>
/// Adds to an item what only its row in the contents table knows: the conversation id, and in offline stores the modification time and the
/// change keys too ([MS-PST] 2.4.4.5). Keeps the table asked last. Safe for several threads.
/// </summary>
internal sealed class ContentsRows(StoreContext store, FolderTables tables, PstKind kind) : IDisposable
{
    private readonly object _gate = new();
    private NodeId _id;
    private TableRows? _table;

    /// <summary>
    /// Adds the cells of the item's row that the item does not have: in an offline store all, in a data file the conversation id. What else
    /// rows of data files have of their own is how the row is kept.
    /// </summary>
    public void Complete(MapiItem item, NodeId id, NodeId folder)
    {
        if (kind != PstKind.Ost && item.Properties.Contains(PropertyTags.ConversationId))
        {
            return;
        }

        NodeId table = folder.WithType(id.Type == NodeIdType.AssociatedMessage ? NodeIdType.AssociatedContentsTable : NodeIdType.ContentsTable);
        lock (_gate)
        {
            if (_id != table)
            {
                _table?.Dispose();
                _table = tables.TryOpenUnlisted(table, folder, PstStructure.TableContext);
                _id = table;
            }

            if (_table is null)
            {
                return;
            }

            try
            {
                AddCells(item, _table.Context, id);
            }
            catch (PstException e) when (e.IsAboutContent)
            {
                store.Database.Damage.Add(e, id);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _table?.Dispose();
            _table = null;
            _id = default;
        }
    }

    private void AddCells(MapiItem item, TableContext table, NodeId id)
    {
        bool isOffline = kind == PstKind.Ost;
        if ((!isOffline && table.FindColumn(PropertyTags.ConversationId.Id) is null) || !table.TryFindRow(id.Value, out int number))
        {
            return;
        }

        ReadOnlySpan<byte> row = table.GetRow(number);
        if (row.IsEmpty)
        {
            return;
        }

        TextDecoder text = store.DecoderFor(null);
        foreach (TableColumn column in table.Columns)
        {
            if (!TableContext.IsRowBookkeeping(column)
                && (isOffline || column.Tag == PropertyTags.ConversationId)
                && store.Names.TryGetKey(column.Tag.Id, out PropertyKey key)
                && !item.Properties.Contains(key)
                && table.TryRead(row, column, text, out PropertyValue value))
            {
                item.Properties[key] = value;
            }
        }
    }
}
