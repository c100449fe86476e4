using PstMigration.Mapi;
using PstMigration.Pst.Ltp;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Messaging;

/// <summary>Reads items: properties, recipients, attachments ([MS-PST] 2.4.5, 2.4.6).</summary>
internal sealed class ItemReader(StoreContext store)
{
    /// <summary>Reads an item that is in no other.</summary>
    /// <param name="node">Its node.</param>
    /// <param name="cancellationToken">Stops where there are many recipients or attachments; also the reading of items in it, later.</param>
    /// <exception cref="PstException">PstDamaged.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public MapiItem Read(NodeReader node, CancellationToken cancellationToken = default) =>
        Read(node, EmbeddingPath.Top.Append(node.SubnodeRoot, node.Id), new ItemPlace(new ItemExtent(store.Database)), cancellationToken);

    /// <summary>Reads an item.</summary>
    /// <param name="node">Its node.</param>
    /// <param name="path">The items it is embedded in.</param>
    /// <param name="place">Its place in what it is part of.</param>
    /// <param name="cancellationToken">Stops where there are many recipients or attachments; also the reading of items in it, later.</param>
    /// <exception cref="PstException">PstDamaged.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public MapiItem Read(NodeReader node, EmbeddingPath path, ItemPlace place, CancellationToken cancellationToken)
    {
        ValueBudget budget = new(store.ItemMemory, place);
        List<ItemLoss> losses = [];
        budget.TryOpen(node.Heap.Length);
        PropertyBag properties = store.ReadProperties(node, out TextDecoder text, budget, losses);
        if (properties.TryGet(PropertyTags.Subject, out PropertyValue subject) && subject.AsSmallString() is string stored)
        {
            properties[PropertyTags.Subject] = PropertyValue.FromString(SubjectPrefix.Strip(stored), subject.Type);
        }

        MapiItem item = new(properties, ReadRecipients(node, text, budget, losses, cancellationToken), new AttachmentReader(store, this, budget, losses, cancellationToken).Read(node, text, path));
        losses.ForEach(item.Losses.Add);
        return item;
    }

    /// <summary>Opens the table of a type among a node's subnodes; null where there is none, or none that can be read and that is accepted.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public TableRows? OpenTable(NodeReader node, NodeId id)
    {
        if (!node.Subnodes.TryFind(id, out SubnodeEntry subnode) || subnode.Data.IsNone)
        {
            return null;
        }

        NodeReader reader = node.OpenSubnode(subnode);
        try
        {
            return new TableRows(reader, TableContext.Open(reader));
        }
        catch (PstException e) when (e.IsAboutContent)
        {
            reader.Dispose();
            if (!store.Database.AcceptDamage)
            {
                throw;
            }

            store.Database.Damage.Add(e, node.Id);
            return null;
        }
    }

    // Contacts and the like have no recipient table, and some mail has lost it; neither is an error.
    private List<MapiRecipient> ReadRecipients(NodeReader node, TextDecoder text, ValueBudget budget, List<ItemLoss> losses, CancellationToken cancellationToken)
    {
        List<MapiRecipient> recipients = [];
        if (budget.Place!.IsClosed)
        {
            return recipients;
        }

        using TableRows? table = OpenTable(node, NodeId.RecipientTable);
        if (table is not null && !budget.TryOpen(table.HeapLength))
        {
            losses.Add(new ItemLoss(LossKind.TooLarge, "Recipients"));
        }
        else if (table is not null)
        {
            // As much again is left for attachments.
            long keep = budget.Left / 2;
            foreach (TableRowId row in table.Ids)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!budget.TryTakeRow(ValueBudget.RecipientSize, keep))
                {
                    losses.Add(new ItemLoss(LossKind.TooLarge, "Recipients"));
                    break;
                }

                ReadOnlySpan<byte> bytes = table.Context.GetRow(row.Number);
                if (bytes.IsEmpty)
                {
                    store.Database.Damage.Add(PstStructure.TableContext, PstDamageReason.DanglingReference, -1, node.Id);
                }
                else
                {
                    recipients.Add(new MapiRecipient(table.Context.ReadAll(bytes, text, store.Names, budget, losses)));
                }
            }
        }

        return recipients;
    }
}
