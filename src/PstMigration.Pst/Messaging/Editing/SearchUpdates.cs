using System.Buffers.Binary;
using PstMigration.Pst.Ndb;
using PstMigration.Pst.Ndb.Blocks;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Messaging;

/// <summary>
/// Tells Outlook's search folders what changed ([MS-PST] 2.4.8): records in the search management queue, which Outlook works off
/// when it opens the file. What happens in folders no search looks at (those not in the search domain) is not queued; a file
/// that has no active search has an empty domain. A record is wFlags 0 (2), wSUDType 2 (2), SUDData 4 (16).
/// </summary>
internal sealed class SearchUpdates(INodeStore store)
{
    private const int RecordSize = 20;
    private const int DataOffset = 4;

    // A queue of 3 million changes is one that nobody works off.
    private const int MaxLength = 64 << 20;

    private const ushort NameChanged = 0x0008;
    private const ushort MoveOutToIn = 0x0010;
    private const ushort MoveInToIn = 0x0020;
    private const ushort MoveInToOut = 0x0040;

    private readonly List<byte> _records = [];
    private HashSet<NodeId>? _domain;

    private enum UpdateType : ushort
    {
        MessageAdded = 1,
        MessageChanged = 2,
        MessageRemoved = 3,
        MessageMoved = 4,
        FolderAdded = 5,
        FolderChanged = 6,
        FolderRemoved = 7,
        FolderMoved = 8,
    }

    private HashSet<NodeId> Domain => _domain ??= [.. ReadNodes(NodeId.SearchDomainObject)];

    public void ItemAdded(NodeId folder, NodeId item) => About(folder, UpdateType.MessageAdded, folder, item);

    public void ItemChanged(NodeId folder, NodeId item) => About(folder, UpdateType.MessageChanged, folder, item);

    public void ItemRemoved(NodeId folder, NodeId item) => About(folder, UpdateType.MessageRemoved, folder, item);

    public void ItemMoved(NodeId from, NodeId to, NodeId item)
    {
        ushort flags = (Domain.Contains(from), Domain.Contains(to)) switch
        {
            (true, true) => MoveInToIn,
            (true, false) => MoveInToOut,
            (false, true) => MoveOutToIn,
            _ => 0,
        };
        if (flags != 0)
        {
            Add(UpdateType.MessageMoved, flags, to, item, from);
        }
    }

    public void FolderAdded(NodeId parent, NodeId folder) => About(parent, UpdateType.FolderAdded, parent, folder);

    public void FolderRenamed(NodeId folder)
    {
        if (Domain.Contains(folder))
        {
            Add(UpdateType.FolderChanged, NameChanged, folder);
        }
    }

    public void FolderMoved(NodeId from, NodeId to, NodeId folder)
    {
        bool comesFromSearch = Domain.Contains(from) || Domain.Contains(folder);
        if (Domain.Contains(to))
        {
            Add(UpdateType.FolderMoved, comesFromSearch ? MoveInToIn : MoveOutToIn, to, folder);
        }
        else if (comesFromSearch)
        {
            Add(UpdateType.FolderMoved, 0, to, folder);
        }
    }

    /// <summary>Folders are gone: no search looks at them, and those that were searches are no more.</summary>
    public void FoldersRemoved(HashSet<NodeId> folders)
    {
        foreach (NodeId folder in folders)
        {
            if (Domain.Remove(folder))
            {
                Add(UpdateType.FolderRemoved, 0, folder);
            }
        }

        RemoveNodes(NodeId.SearchDomainObject, folders);
        RemoveNodes(NodeId.SearchActivityList, folders);
    }

    /// <summary>Appends what was noted to the queue.</summary>
    /// <exception cref="PstException">PstDamaged, PstWriteFailed.</exception>
    public void Save()
    {
        if (_records.Count > 0)
        {
            Write(NodeId.SearchManagementQueue, [.. ReadBytes(NodeId.SearchManagementQueue), .. _records]);
            _records.Clear();
        }
    }

    private void About(NodeId folder, UpdateType type, NodeId first, NodeId second)
    {
        if (Domain.Contains(folder))
        {
            Add(type, 0, first, second);
        }
    }

    private void Add(UpdateType type, ushort flags, params NodeId[] nodes)
    {
        byte[] record = new byte[RecordSize];
        BinaryPrimitives.WriteUInt16LittleEndian(record, flags);
        BinaryPrimitives.WriteUInt16LittleEndian(record.AsSpan(sizeof(ushort)), (ushort)type);
        for (int i = 0; i < nodes.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(DataOffset + (i * sizeof(uint))), nodes[i].Value);
        }

        _records.AddRange(record);
    }

    private List<NodeId> ReadNodes(NodeId list)
    {
        byte[] bytes = ReadBytes(list);
        List<NodeId> nodes = new(bytes.Length / sizeof(uint));
        for (int i = 0; i + sizeof(uint) <= bytes.Length; i += sizeof(uint))
        {
            nodes.Add(new NodeId(BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(i))));
        }

        return nodes;
    }

    private void RemoveNodes(NodeId list, HashSet<NodeId> removed)
    {
        List<NodeId> nodes = ReadNodes(list);
        if (nodes.RemoveAll(removed.Contains) == 0)
        {
            return;
        }

        byte[] bytes = new byte[nodes.Count * sizeof(uint)];
        for (int i = 0; i < nodes.Count; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(i * sizeof(uint)), nodes[i].Value);
        }

        Write(list, bytes);
    }

    private byte[] ReadBytes(NodeId id)
    {
        if (!store.TryFindNode(id, out NodeEntry node) || node.Data.IsNone)
        {
            return [];
        }

        long length = DataTree.Open(store, node.Data).Length;
        return length <= MaxLength
            ? new DataTreeSource(store, node.Data, length).ToArray()
            : throw PstException.Damaged(PstStructure.DataTree, PstDamageReason.LimitExceeded, -1, id);
    }

    private void Write(NodeId id, byte[] bytes)
    {
        WrittenData data = DataTreeWriter.Write(store.Blocks, bytes);
        if (store.TryFindNode(id, out NodeEntry node))
        {
            store.SetNode(id, data.Root, node.Subnodes);
        }
        else
        {
            store.AddNode(id, new WrittenNode(data.Root, default, data.Length));
        }
    }
}
