using System;
using System.Collections.Generic;
using System.Linq;
using PstMigration.Mapi;
using PstMigration.Pst.Ltp;

namespace PstMigration.Pst.Messaging;

/// <summary>Lists the items of a folder from its contents table, without opening them.</summary>
internal sealed class ItemLister(StoreContext store, FolderTables tables)
{
    /// <summary>
    /// Lists, and reads no more than what is asked for needs. Where the table cannot be read, or no further, the items whose nodes name
    /// the folder as their parent are listed; where a row cannot be read the item itself is asked.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="tableType">Contents, FAI contents or search contents.</param>
    /// <param name="itemType">The type of the items.</param>
    public IEnumerable<PstItemSummary> List(NodeId folder, NodeIdType tableType, NodeIdType itemType)
    {
        using TableRows? table = tables.TryOpenUnlisted(folder.WithType(tableType), folder, PstStructure.TableContext);
        int listed = 0;
        bool isReadable = table is not null;
        if (table is not null)
        {
            SummaryColumns columns = SummaryColumns.Of(table.Context);
            TextDecoder text = store.DecoderFor(null);
            using IEnumerator<TableRowId> rows = table.Context.EnumerateRows().GetEnumerator();
            while ((isReadable = TryMoveNext(rows, folder, out bool hasRow)) && hasRow)
            {
                listed++;
                yield return ReadRow(table.Context, columns, rows.Current, text);
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
            yield return ReadItem(item);
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

    private PstItemSummary ReadRow(TableContext table, SummaryColumns columns, TableRowId row, TextDecoder text)
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

        return ReadItem(item);
    }

    private PstItemSummary ReadItem(NodeId item)
    {
        try
        {
            PropertyBag p = store.ReadProperties(item);
            return new PstItemSummary
            {
                NodeId = item,
                MessageClass = p.GetSmallString(PropertyTags.MessageClass) ?? "",
                Subject = SubjectPrefix.Strip(p.GetSmallString(PropertyTags.Subject) ?? ""),
                Sender = p.GetSmallString(PropertyTags.SentRepresentingName) ?? p.GetSmallString(PropertyTags.SenderName) ?? "",
                To = p.GetSmallString(PropertyTags.DisplayTo) ?? "",
                SubmitTime = p.GetTime(PropertyTags.ClientSubmitTime),
                DeliveryTime = p.GetTime(PropertyTags.MessageDeliveryTime),
                LastModificationTime = p.GetTime(PropertyTags.LastModificationTime),
                Size = (uint)(p.GetInt32(PropertyTags.MessageSize) ?? 0),
                Flags = (MessageFlags)(p.GetInt32(PropertyTags.MessageFlags) ?? 0),
            };
        }
        catch (PstException e) when (e.IsAboutContent)
        {
            store.Database.Damage.Add(e, item);
            return new PstItemSummary { NodeId = item };
        }
    }
}
