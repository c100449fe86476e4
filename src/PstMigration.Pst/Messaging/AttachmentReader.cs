using System.Buffers.Binary;
using PstMigration.Mapi;
using PstMigration.Pst.Ltp;
using PstMigration.Pst.Ndb;
using PstMigration.Pst.Ndb.Blocks;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Messaging;

/// <summary>Reads the attachments of an item ([MS-PST] 2.4.6).</summary>
internal sealed class AttachmentReader(StoreContext store, ItemReader items, ValueBudget budget, List<ItemLoss> losses, CancellationToken cancellationToken)
{
    private int _embedded;
    private bool _isFull;

    /// <summary>
    /// Reads them in the order of the attachment table; where that is missing, in the order of their nodes. An attachment the table
    /// lists and that is gone is given with what the table tells of it.
    /// </summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public List<MapiAttachment> Read(NodeReader node, TextDecoder text, EmbeddingPath path)
    {
        List<MapiAttachment> attachments = [];
        if (node.SubnodeRoot.IsNone)
        {
            return attachments;
        }

        if (budget.Place!.IsClosed)
        {
            LeaveOutTheRest();
            return attachments;
        }

        using TableRows? table = items.OpenTable(node, NodeId.AttachmentTable);
        if (table is null)
        {
            foreach (SubnodeEntry subnode in node.Subnodes.Entries.Where(s => s.Id.Type == NodeIdType.Attachment).TakeWhile(_ => HasRoom()))
            {
                AddSubnode(node, subnode, text, path, attachments);
            }

            return attachments;
        }

        if (!budget.TryOpen(table.HeapLength))
        {
            LeaveOutTheRest();
            return attachments;
        }

        foreach (TableRowId row in table.Ids.TakeWhile(_ => HasRoom()))
        {
            if (node.Subnodes.TryFind(new NodeId(row.Id), out SubnodeEntry subnode) && !subnode.Data.IsNone)
            {
                AddSubnode(node, subnode, text, path, attachments);
            }
            else
            {
                AddRow(node, table.Context, row, text, attachments);
            }
        }

        return attachments;
    }

    private bool HasRoom()
    {
        if (!_isFull && !budget.TryTakeRow(ValueBudget.AttachmentSize))
        {
            LeaveOutTheRest();
        }

        return !_isFull;
    }

    private void LeaveOutTheRest()
    {
        _isFull = true;
        losses.Add(new ItemLoss(LossKind.TooLarge, "Attachments"));
    }

    private void AddSubnode(NodeReader node, in SubnodeEntry subnode, TextDecoder text, EmbeddingPath path, List<MapiAttachment> attachments)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            if (ReadSubnode(node, subnode, text, path) is MapiAttachment attachment)
            {
                attachments.Add(attachment);
            }
            else
            {
                LeaveOutTheRest();
            }
        }
        catch (PstException e) when (e.IsAboutContent && store.Database.AcceptDamage)
        {
            store.Database.Damage.Add(e, node.Id);
        }
    }

    private void AddRow(NodeReader node, TableContext table, TableRowId row, TextDecoder text, List<MapiAttachment> attachments)
    {
        store.Database.Damage.Add(PstStructure.Attachment, PstDamageReason.Missing, -1, node.Id);
        ReadOnlySpan<byte> bytes = table.GetRow(row.Number);
        if (!bytes.IsEmpty)
        {
            PropertyBag known = table.ReadAll(bytes, text, store.Names, budget, losses);
            known.Set(PropertyTags.AttachMethod, (int)AttachMethod.None);
            attachments.Add(new MapiAttachment(known));
        }
    }

    // Null where the item, with all it is part of, has come to more than it may.
    private MapiAttachment? ReadSubnode(NodeReader node, in SubnodeEntry subnode, TextDecoder text, EmbeddingPath path)
    {
        using NodeReader reader = node.OpenSubnode(subnode);
        PropertyContext context = PropertyContext.Open(reader);
        if (!budget.TryOpen(reader.Heap.Length))
        {
            return null;
        }

        PropertyBag properties = context.ReadAll(text, store.Names, budget, losses);
        bool isEmbedded = IsEmbedded(properties, context, reader, out SubnodeEntry item, out uint length);
        if (!budget.TryOpen(reader.SubnodesRead))
        {
            return null;
        }

        if (!isEmbedded)
        {
            return new MapiAttachment(properties);
        }

        if (budget.Place!.Enter(_embedded++, LengthOf(item)) is not ItemPlace place)
        {
            return null;
        }

        // What the object holds is an item, not bytes anybody could use.
        properties.Remove(PropertyTags.AttachDataObject);
        INodeDatabase database = store.Database;
        NodeId owner = node.Id;
        return new MapiAttachment(properties, () =>
        {
            using NodeReader embedded = new(database, item.Id, item.Data, item.Subnodes);
            return items.Read(embedded, path.Append(item.Subnodes, owner), place, cancellationToken);
        }, length);
    }

    // Of an item that cannot be read that is told when it is opened.
    private long LengthOf(in SubnodeEntry item)
    {
        try
        {
            return (DataTree.TryOpen(store.Database, item.Data)?.Length ?? 0) + SubnodeTree.Measure(store.Database, item.Subnodes);
        }
        catch (PstException e) when (e.IsAboutContent)
        {
            return 0;
        }
    }

    // The object of method 5 is the NID of a message among the attachment's own subnodes, and its size; some writers use another NID type.
    private static bool IsEmbedded(PropertyBag properties, PropertyContext context, NodeReader reader, out SubnodeEntry item, out uint length)
    {
        item = default;
        length = 0;
        if (properties.GetInt32(PropertyTags.AttachMethod) != (int)AttachMethod.EmbeddedMessage
            || !context.TryFind(PropertyTags.AttachDataObject.Id, out PropertyRecord record)
            || record.Tag.Type != PropertyType.Object
            || !reader.Heap.TryGetItem(new HeapId(record.Value), out ReadOnlySpan<byte> target)
            || target.Length < sizeof(uint)
            || !reader.Subnodes.TryFind(new NodeId(BinaryPrimitives.ReadUInt32LittleEndian(target)), out item))
        {
            return false;
        }

        length = target.Length < 2 * sizeof(uint) ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(target[sizeof(uint)..]);
        return true;
    }
}
