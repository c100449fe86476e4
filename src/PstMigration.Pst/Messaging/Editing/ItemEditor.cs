using PstMigration.Mapi;
using PstMigration.Pst.Ltp;
using PstMigration.Pst.Ltp.Editing;
using PstMigration.Pst.Ndb;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Ndb.Editing;

namespace PstMigration.Pst.Messaging;

/// <summary>
/// Adds, changes, moves and deletes items of a file that is being changed, and keeps the tables and counts of their folders right. What
/// fails leaves the file as it was before, but for <see cref="PstWriteError.Failed"/>.
/// </summary>
internal sealed class ItemEditor(
    NdbEditor ndb, FolderSet folders, PropertyMapper mapper, MessageWriter messages, StoreReader reader, SearchUpdates search, EditState state, PstEditOptions options)
{
    /// <summary>Writes an item into a folder.</summary>
    /// <exception cref="MailDataException">The item cannot be read, has no form in a file, or the folder is full.</exception>
    public (NodeId Id, long Size) Add(
        PstEditFolder folder, MapiItem item, MessageKind kind, ItemStamp? stamp, CancellationToken cancellationToken)
    {
        TableContextEditor table = folders.ItemsOf(folder, kind);
        if (table.RowCount >= TableLimits.MaxRows)
        {
            throw PstWriteError.FolderFull(folder.Name);
        }

        NodeIdType type = kind == MessageKind.Associated ? NodeIdType.AssociatedMessage : NodeIdType.NormalMessage;
        NodeId id = default;
        (WrittenNode node, PropertyList properties, PropertyList row) = Write(table, () =>
        {
            id = ndb.Counters.Next(type);
            return messages.Write(item, kind, id, depth: 0, stamp, cancellationToken);
        });
        state.Apply(() =>
        {
            ndb.AddNode(id, node, folder.Id);
            table.AddRow(id.Value, ndb.NextUnique(), row);
            FolderSet.Count(folder, kind, 1, Unread(properties));
            if (kind == MessageKind.Normal)
            {
                search.ItemAdded(folder.Id, id);
            }
        });
        return (id, node.Size);
    }

    /// <summary>Puts other content in the place of an item's.</summary>
    /// <exception cref="MailDataException">As for <see cref="Add"/>; PstNoSuchNode.</exception>
    public long Replace(NodeId id, MapiItem item, ItemStamp? stamp = null, CancellationToken cancellationToken = default)
    {
        (PstEditFolder folder, MessageKind kind) = Find(id);
        TableContextEditor table = folders.ItemsOf(folder, kind);
        PropertyList old = reader.ReadList(id);
        (WrittenNode node, _, PropertyList row) = Write(table, () => messages.Write(item, kind, id, depth: 0, stamp, cancellationToken));
        state.Apply(() =>
        {
            ndb.SetNode(id, node.Data, node.Subnodes);
            Update(folder, kind, id, old, row);
        });
        return node.Size;
    }

    /// <summary>Sets and removes properties of an item, whose attachments and recipients stay as they are.</summary>
    /// <exception cref="MailDataException">As for <see cref="Add"/>; PstNoSuchNode.</exception>
    public long SetProperties(NodeId id, PropertyList values, IReadOnlyCollection<ushort> removed)
    {
        (PstEditFolder folder, MessageKind kind) = Find(id);
        TableContextEditor table = folders.ItemsOf(folder, kind);
        PropertyList old = reader.ReadList(id);
        (long size, _, PropertyList row) = Write(table, () =>
        {
            // The size has a fixed length: writing it changes nothing about it.
            PropertyChanges.Save(ndb, id, values, removed);
            ndb.TryFindNode(id, out NodeEntry node);
            long length = NodeSize.Of(ndb, node);
            PropertyList bytes = new();
            bytes.Set(PropertyTags.MessageSize, PropertyValue.FromInt32((int)Math.Min(length, int.MaxValue)));
            PropertyChanges.Save(ndb, id, bytes);
            return (length, reader.ReadList(id));
        });
        state.Apply(() => Update(folder, kind, id, old, row));
        return size;
    }

    /// <summary>Puts an item into another folder; it stays the same item.</summary>
    /// <exception cref="PstException">PstNoSuchNode, PstDamaged, PstFolderFull, PstWriteFailed.</exception>
    public void Move(NodeId id, PstEditFolder to)
    {
        (PstEditFolder from, MessageKind kind) = Find(id);
        if (from == to)
        {
            return;
        }

        TableContextEditor table = folders.ItemsOf(to, kind);
        if (table.RowCount >= TableLimits.MaxRows)
        {
            throw PstWriteError.FolderFull(to.Name);
        }

        PropertyList properties = reader.ReadList(id);
        TableContextEditor old = folders.ItemsOf(from, kind);
        if (!properties.Contains(PropertyTags.ConversationId) && !table.Columns.Any(c => c.Tag == PropertyTags.ConversationId)
            && old.TryRead(id.Value, PropertyTags.ConversationId.Id, reader.Context.DecoderFor(null), out PropertyValue conversation))
        {
            // Only the row has it, and tables of Outlook 2003 have no place for it: from now on the item has it.
            PropertyList added = new();
            added.Set(PropertyTags.ConversationId, conversation);
            SetProperties(id, added, []);
            properties = reader.ReadList(id);
        }

        PropertyList row = ContentsRow.From(properties, table.Columns);
        state.Apply(() =>
        {
            if (old.Contains(id.Value))
            {
                ContentsRow.KeepOwn(old, id, properties, reader.Context.DecoderFor(null), row);
                int unread = Unread(old, id, properties);
                old.RemoveRow(id.Value);
                FolderSet.Count(from, kind, -1, -unread);
            }

            table.AddRow(id.Value, ndb.NextUnique(), row);
            ndb.SetParent(id, to.Id);
            FolderSet.Count(to, kind, 1, Unread(properties));
            if (kind == MessageKind.Normal)
            {
                search.ItemMoved(from.Id, to.Id, id);
            }
        });
    }

    /// <summary>Takes an item out of the file.</summary>
    /// <exception cref="PstException">PstNoSuchNode, PstDamaged, PstWriteFailed.</exception>
    public void Delete(NodeId id)
    {
        (PstEditFolder folder, MessageKind kind) = Find(id);
        PropertyList properties = reader.ReadList(id);
        TableContextEditor table = folders.ItemsOf(folder, kind);
        state.Apply(() =>
        {
            if (table.Contains(id.Value))
            {
                int unread = Unread(table, id, properties);
                table.RemoveRow(id.Value);
                FolderSet.Count(folder, kind, -1, -unread);
            }

            if ((Flags(properties) & MessageFlags.Submitted) != 0)
            {
                RemoveFromOutgoing(id);
            }

            ndb.RemoveNode(id);
            if (kind == MessageKind.Normal)
            {
                search.ItemRemoved(folder.Id, id);
            }
        });
    }

    private static MessageFlags Flags(PropertyList properties) => (MessageFlags)(properties.GetInt32(PropertyTags.MessageFlags) ?? 0);

    private static int Unread(PropertyList properties) => (Flags(properties) & MessageFlags.Read) == 0 ? 1 : 0;

    // A folder counts its rows, which in a damaged file may say otherwise than their items.
    private int Unread(TableContextEditor table, NodeId id, PropertyList properties) =>
        table.TryRead(id.Value, PropertyTags.MessageFlags.Id, reader.Context.DecoderFor(null), out PropertyValue flags) && flags.AsInt32() is int value
            ? ((MessageFlags)value & MessageFlags.Read) == 0 ? 1 : 0
            : Unread(properties);

    // Until the tables are touched, everything can be taken back.
    private (T Written, PropertyList Properties, PropertyList Row) Write<T>(TableContextEditor table, Func<(T Written, PropertyList Properties)> write)
    {
        EditMark mark = ndb.Mark;
        mapper.TakeLosses();

        // What lists the item has to find room all the same.
        ndb.MaxLength = options.MaxLength ?? long.MaxValue;
        try
        {
            (T written, PropertyList properties) = write();
            PropertyList row = ContentsRow.From(properties, table.Columns);
            return (written, properties, row);
        }
        catch (PstException e) when (PstWriteError.IsFailed(e))
        {
            state.Break();
            throw;
        }
        catch
        {
            ndb.Rollback(mark);
            throw;
        }
        finally
        {
            ndb.MaxLength = long.MaxValue;
        }
    }

    private void Update(PstEditFolder folder, MessageKind kind, NodeId id, PropertyList old, PropertyList row)
    {
        TableContextEditor table = folders.ItemsOf(folder, kind);
        if (table.Contains(id.Value))
        {
            TextDecoder text = reader.Context.DecoderFor(null);
            int unread = Unread(table, id, old);
            ContentsRow.KeepOwn(table, id, old, text, row);
            ContentsRow.Replace(table, id, ndb.NextUnique(), text, row);
            FolderSet.Count(folder, kind, 0, Unread(reader.ReadList(id)) - unread);
        }

        if (kind == MessageKind.Normal)
        {
            search.ItemChanged(folder.Id, id);
        }
    }

    private (PstEditFolder Folder, MessageKind Kind) Find(NodeId id)
    {
        MessageKind kind = id.Type switch
        {
            NodeIdType.NormalMessage => MessageKind.Normal,
            NodeIdType.AssociatedMessage => MessageKind.Associated,
            _ => throw PstException.NoSuchNode(id),
        };
        return ndb.TryFindNode(id, out NodeEntry entry) ? (folders.Get(entry.Parent), kind) : throw PstException.NoSuchNode(id);
    }

    private void RemoveFromOutgoing(NodeId id)
    {
        if (ndb.TryFindNode(NodeId.OutgoingQueueTable, out NodeEntry queue) && !queue.Data.IsNone)
        {
            TableContextEditor table = TableContextEditor.Open(ndb, NodeId.OutgoingQueueTable);
            if (table.Contains(id.Value))
            {
                table.RemoveRow(id.Value);
                table.Save();
            }
        }
    }
}
