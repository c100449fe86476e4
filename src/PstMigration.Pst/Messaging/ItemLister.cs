using PstMigration.Mapi;
using PstMigration.Pst.Ltp;

namespace PstMigration.Pst.Messaging;

/// <summary>Lists the items of a folder from its contents table, without opening them.</summary>
internal sealed class ItemLister(StoreContext store, FolderTables tables, SummaryReader items)
{
    /// <summary>
    /// Lists, and reads no more than what is asked for needs. Where the table cannot be read, or no further, the items whose nodes name
    /// the folder as their parent are listed; where a row cannot be read the item itself is asked.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="tableType">Contents, FAI contents or search contents.</param>
    /// <param name="itemType">The type of the items.</param>
    /// <param name="asked">Properties to give beyond those of every summary.</param>
    public IEnumerable<PstItemSummary> List(NodeId folder, NodeIdType tableType, NodeIdType itemType, IReadOnlyList<PropertyKey> asked)
    {
        using TableRows? table = tables.TryOpenUnlisted(folder.WithType(tableType), folder, PstStructure.TableContext);
        int listed = 0;
        bool isReadable = table is not null;
        if (table is not null)
        {
            SummaryColumns columns = SummaryColumns.Of(table.Context, asked, store.Names, items.TryRead);
            TextDecoder text = store.DecoderFor(null);
            using IEnumerator<TableRowId> rows = table.Context.EnumerateRows().GetEnumerator();
            while ((isReadable = TryMoveNext(rows, folder, out bool hasRow)) && hasRow)
            {
                listed++;
                yield return ReadRow(table.Context, columns, rows.Current, text, asked);
            }
        }

        // The results of a search are nobody's children.
        if (isReadable || folder.Type == NodeIdType.SearchFolder)
        {
            yield break;
        }

        HashSet<NodeId> known = [.. table?.Context.EnumerateRows().Take(listed).Select(r => new NodeId(r.Id)) ?? []];
        foreach (NodeId item in store.ChildrenOf(folder, itemType).Where(i => !known.Contains(i)))
        {
            yield return ReadItem(item, asked);
        }
    }

    private bool TryMoveNext(IEnumerator<TableRowId> rows, NodeId folder, out bool hasRow)
    {
        try
        {
            hasRow = rows.MoveNext();
            return true;
        }
        catch (PstException e) when (e.IsAboutContent)
        {
            store.Database.Damage.Add(e, folder);
            hasRow = false;
            return false;
        }
    }

    private PstItemSummary ReadRow(TableContext table, SummaryColumns columns, TableRowId row, TextDecoder text, IReadOnlyList<PropertyKey> asked)
    {
        NodeId item = new(row.Id);
        try
        {
            ReadOnlySpan<byte> bytes = table.GetRow(row.Number);
            if (!bytes.IsEmpty)
            {
                return columns.Read(table, bytes, item, text);
            }
        }
        catch (PstException e) when (e.IsAboutContent)
        {
            store.Database.Damage.Add(e, item);
        }

        return ReadItem(item, asked);
    }

    private PstItemSummary ReadItem(NodeId item, IReadOnlyList<PropertyKey> asked)
    {
        try
        {
            PropertyBag properties = store.ReadProperties(item);
            return PstItemSummary.Of(item, properties, Pick(properties, asked));
        }
        catch (PstException e) when (e.IsAboutContent)
        {
            store.Database.Damage.Add(e, item);
            return new PstItemSummary(item) { IsDamaged = true };
        }
    }

    private static PropertyBag Pick(PropertyBag item, IReadOnlyList<PropertyKey> asked)
    {
        PropertyBag picked = new(asked.Count);
        foreach (PropertyKey key in asked)
        {
            item.TryGet(key, out PropertyValue value);
            picked[key] = key == PropertyTags.Subject && value.AsSmallString() is string subject
                ? PropertyValue.FromString(SubjectPrefix.Strip(subject), value.Type)
                : value;
        }

        return picked;
    }
}
