using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using PstMigration.Pst.Compat;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Checking;

/// <summary>Reads every internal block, counts what it refers to, and adds up data trees.</summary>
internal sealed class InternalBlockCheck(CheckContext context, BlockTable blocks, BlockSource source)
{
    private readonly List<int> _second = [];

    /// <summary>Data trees by the index of their root block.</summary>
    public Dictionary<int, DataTreeSummary> Trees { get; } = [];

    /// <summary>Whether all internal blocks could be read, so that the references counted are all there are.</summary>
    public bool IsComplete { get; private set; } = true;

    /// <summary>The highest index of an item in an item, which has no node of its own.</summary>
    public uint HighestEmbedded { get; private set; }

    private PstLayout Layout => context.Layout;

    public IEnumerable<Pause> Run()
    {
        // XXBLOCKs and SIBLOCKs need what is known of the blocks below them.
        for (int i = 0; i < blocks.Count; i++)
        {
            if (blocks[i].BlockId.IsInternal)
            {
                if (source.Read(i) is byte[] data)
                {
                    CheckFirst(i, data);
                }

                IsComplete &= (blocks[i].State & BlockState.Damaged) == 0;
                context.Advance();
                yield return default;
            }
        }

        foreach (int index in _second)
        {
            if (source.Read(index) is byte[] data)
            {
                if (data[0] == DataTreeHeader.ExpectedType)
                {
                    CheckDataTree(index, data);
                }
                else
                {
                    CheckSubnodeIndex(index, data);
                }
            }

            IsComplete &= (blocks[index].State & BlockState.Damaged) == 0;
            context.Advance();
            yield return default;
        }
    }

    /// <summary>Compares the references counted with those recorded, once all blocks and nodes were seen.</summary>
    public void CheckReferences()
    {
        if (!IsComplete)
        {
            // What the damaged blocks refer to is not known.
            return;
        }

        for (int i = 0; i < blocks.Count; i++)
        {
            ref BlockTable.Row block = ref blocks[i];
            if (block.References + 1 == block.CountedReferences)
            {
                if (block.References == 0)
                {
                    context.Report(PstCheckRules.PendingDelete, block.Offset, Name(i));
                }
            }
            else if (block.References == 0)
            {
                context.Report(PstCheckRules.Unreferenced, block.Offset, Name(i), block.CountedReferences);
            }
            else
            {
                context.Report(PstCheckRules.ReferenceCount, block.Offset, Name(i), block.CountedReferences, block.References + 1);
            }
        }
    }

    private string Name(int index) => "block " + blocks[index].BlockId;

    [MethodImpl(Compiled.Optimized)]
    private void CheckFirst(int index, byte[] data)
    {
        byte type = data[0];
        byte level = data.Length > 1 ? data[1] : (byte)0xFF;
        switch (type)
        {
            case DataTreeHeader.ExpectedType when level == 1:
                CheckDataTree(index, data);
                break;
            case SubnodeTreeHeader.ExpectedType when level == 0:
                CheckSubnodes(index, data);
                break;
            case DataTreeHeader.ExpectedType when level == 2:
            case SubnodeTreeHeader.ExpectedType when level == 1:
                _second.Add(index);
                break;
            default:
                blocks[index].State |= BlockState.Damaged;
                context.Report(PstCheckRules.BlockKind, blocks[index].Offset, Name(index), type);
                break;
        }
    }

    [MethodImpl(Compiled.Optimized)]
    private void CheckDataTree(int index, byte[] data)
    {
        if (!CheckCount(index, data, DataTreeHeader.Size, Layout.IdSize, out int count))
        {
            return;
        }

        DataTreeHeader header = DataTreeHeader.Read(data);
        long length = 0;
        bool readable = true;
        bool endsFull = false;
        for (int i = 0; i < count; i++)
        {
            BlockId id = Layout.ReadBlockId(data.AsSpan(DataTreeHeader.Size + (i * Layout.IdSize)));
            int child = Refer(index, id);
            DataTreeSummary below = child < 0 ? default : Below(index, child, header.Level);
            readable &= below.IsReadable;
            length += below.Length;
            endsFull = below.EndsFull;
            if (i < count - 1 && below.IsReadable)
            {
                CheckFull(index, id, below);
            }
        }

        if (readable && header.TotalLength != length)
        {
            context.Report(PstCheckRules.TotalLength, blocks[index].Offset, Name(index), header.TotalLength, length);
        }

        // Readers refuse what they are told there is.
        if (header.TotalLength > Layout.MaxValueLength(context.FileLength))
        {
            context.Report(PstCheckRules.TreeTooLong, blocks[index].Offset, Name(index), header.TotalLength, context.FileLength);
        }

        Trees[index] = new DataTreeSummary(header.Level, count, length, endsFull, readable);
    }

    // Readers compute where a byte is: only the last of its siblings may hold less than it can.
    private void CheckFull(int index, BlockId id, DataTreeSummary below)
    {
        if (!below.EndsFull)
        {
            context.Report(PstCheckRules.LeafNotFull, blocks[index].Offset, Name(index), id.Value, below.Length);
        }

        if (below.Level == 1 && below.Count != Layout.MaxDataTreeEntries)
        {
            context.Report(PstCheckRules.ChildNotFull, blocks[index].Offset, Name(index), id.Value, below.Count);
        }
    }

    // What a child of an XBLOCK or XXBLOCK holds.
    [MethodImpl(Compiled.Optimized)]
    private DataTreeSummary Below(int index, int child, int level)
    {
        ref BlockTable.Row block = ref blocks[child];
        if (level == 1 && !block.BlockId.IsInternal)
        {
            bool sound = (block.State & BlockState.Damaged) == 0;
            return new DataTreeSummary(0, 1, block.InflatedLength, block.InflatedLength == Layout.MaxBlockData, sound);
        }

        if (level == 2 && block.BlockId.IsInternal)
        {
            if (Trees.TryGetValue(child, out DataTreeSummary below) && below.Level == 1)
            {
                return below;
            }

            if ((block.State & (BlockState.Damaged | BlockState.Subnodes)) == BlockState.Damaged)
            {
                return default;
            }
        }

        context.Report(PstCheckRules.TreeLevel, blocks[index].Offset, Name(index), level, block.Id);
        return default;
    }

    [MethodImpl(Compiled.Optimized)]
    private void CheckSubnodes(int index, byte[] data)
    {
        blocks[index].State |= BlockState.Subnodes;
        if (!CheckCount(index, data, Layout.SubnodeHeaderSize, Layout.SubnodeEntrySize, out int count))
        {
            return;
        }

        CheckPadding(index, data);
        uint last = 0;
        for (int i = 0; i < count; i++)
        {
            SubnodeEntry entry = SubnodeEntry.Read(data.AsSpan(Layout.SubnodeHeaderSize + (i * Layout.SubnodeEntrySize)), Layout);
            CheckOrder(index, entry.Id.Value, ref last);
            if (entry.Id.Type == NodeIdType.NormalMessage)
            {
                HighestEmbedded = Math.Max(HighestEmbedded, entry.Id.Index);
            }

            if (!entry.Data.IsNone)
            {
                Refer(index, entry.Data);
            }

            if (!entry.Subnodes.IsNone)
            {
                Refer(index, entry.Subnodes);
            }
        }
    }

    private void CheckSubnodeIndex(int index, byte[] data)
    {
        blocks[index].State |= BlockState.Subnodes;
        if (!CheckCount(index, data, Layout.SubnodeHeaderSize, Layout.SubnodeIndexEntrySize, out int count))
        {
            return;
        }

        CheckPadding(index, data);
        uint last = 0;
        for (int i = 0; i < count; i++)
        {
            SubnodeIndexEntry entry = SubnodeIndexEntry.Read(
                data.AsSpan(Layout.SubnodeHeaderSize + (i * Layout.SubnodeIndexEntrySize)), Layout);
            CheckOrder(index, entry.Id.Value, ref last);
            int child = Refer(index, entry.Child);
            if (child >= 0 && source.Read(child) is byte[] below)
            {
                CheckIndexed(index, entry, below, ref last);
            }
        }
    }

    private void CheckIndexed(int index, SubnodeIndexEntry entry, byte[] below, ref uint last)
    {
        int size = Layout.SubnodeEntrySize;
        if (below.Length < Layout.SubnodeHeaderSize + size
            || SubnodeTreeHeader.Read(below) is not { BlockType: SubnodeTreeHeader.ExpectedType, Level: 0, Count: > 0 }
            || SubnodeEntry.Read(below.AsSpan(Layout.SubnodeHeaderSize), Layout).Id != entry.Id)
        {
            context.Report(PstCheckRules.SubnodeLevel, blocks[index].Offset, Name(index), entry.Id.Value);
            return;
        }

        // The entries in between were checked with their own block.
        int count = Math.Min(SubnodeTreeHeader.Read(below).Count, (below.Length - Layout.SubnodeHeaderSize) / size);
        last = SubnodeEntry.Read(below.AsSpan(Layout.SubnodeHeaderSize + ((count - 1) * size)), Layout).Id.Value;
    }

    private void CheckOrder(int index, uint id, ref uint last)
    {
        if (id <= last)
        {
            context.Report(PstCheckRules.SubnodeOrder, blocks[index].Offset, Name(index), id, last);
        }

        last = id;
    }

    private void CheckPadding(int index, byte[] data)
    {
        if (Layout.SubnodeHeaderSize == 8)
        {
            uint padding = BinaryPrimitives.ReadUInt32LittleEndian(data.AsSpan(4));
            if (padding != 0)
            {
                context.Report(PstCheckRules.SubnodePadding, blocks[index].Offset, Name(index), padding);
            }
        }
    }

    private bool CheckCount(int index, byte[] data, int headerSize, int entrySize, out int count)
    {
        count = data.Length < 4 ? 0 : BinaryPrimitives.ReadUInt16LittleEndian(data.AsSpan(2));
        if (count > 0 && headerSize + (count * entrySize) == data.Length)
        {
            return true;
        }

        blocks[index].State |= BlockState.Damaged;
        context.Report(PstCheckRules.EntryCount, blocks[index].Offset, Name(index), data.Length, count);
        return false;
    }

    [MethodImpl(Compiled.Optimized)]
    private int Refer(int index, BlockId id)
    {
        int child = blocks.Find(id);
        if (child < 0)
        {
            context.Report(PstCheckRules.ChildBlockMissing, blocks[index].Offset, Name(index), id.Value);
        }
        else
        {
            blocks[child].References++;
        }

        return child;
    }
}
