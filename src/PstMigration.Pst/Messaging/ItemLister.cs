using System;
using System.Collections.Generic;
using PstMigration.Mapi;
using PstMigration.Pst.Ltp;

namespace PstMigration.Pst.Messaging;

/// <summary>Lists the items of a folder from its contents table, without opening them.</summary>
internal sealed class ItemLister(StoreContext store, FolderTables tables)
{
    /// <summary>
    /// Lists. Where the table cannot be read the items whose nodes name the folder as their parent are listed; where a row cannot be
    /// read the item itself is asked.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="tableType">Contents, FAI contents or search contents.</param>
    /// <param name="itemType">The type of the items.</param>
    public IEnumerable<PstItemSummary> List(NodeId folder, NodeIdType tableType, NodeIdType itemType)
    {
        using TableRows? table = tables.TryOpen(folder.WithType(tableType), folder, PstStructure.TableContext);
        if (table is null)
        {
            // The results of a search are nobody's children.
            if (folder.Type == NodeIdType.SearchFolder)
            {
                yield break;
            }

            foreach (NodeId item in store.ChildrenOf(folder, itemType))
            {
                yield return ReadItem(item);
            }

            yield break;
        }

        SummaryColumns columns = SummaryColumns.Of(table.Context);
        TextDecoder text = store.DecoderFor(null);
        foreach (TableRowId row in table.Ids)
        {
            yield return ReadRow(table.Context, columns, row, text);
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
