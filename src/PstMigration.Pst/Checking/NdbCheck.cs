using System.Runtime.CompilerServices;
using PstMigration.Pst.Compat;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Checking;

/// <summary>Walks both B-trees into tables and checks what their entries say about each other and the header.</summary>
internal sealed class NdbCheck(CheckContext context)
{
    private bool _tooMany;

    public SpaceMap Space { get; } = new(context.Layout);

    public BlockTable Blocks { get; } = new();

    public NodeTable Nodes { get; } = new();

    /// <summary>The highest id of a page of either tree.</summary>
    public ulong HighestPage { get; private set; }

    public IEnumerable<Pause> Run()
    {
        PstRoot root = context.Header.Root;
        HashSet<ulong> pageIds = [];
        TreeWalk blocks = new(context, Space, pageIds, PageType.Bbt, TakeBlock);
        foreach (Pause pause in blocks.Run(root.BlockTree))
        {
            yield return pause;
        }

        Blocks.Complete();
        if (!blocks.IsComplete)
        {
            context.Silence(
                PstCheckRules.NodeBlockMissing,
                PstCheckRules.ChildBlockMissing,
                PstCheckRules.AllocatedNotUsed,
                PstCheckRules.PageMapFree,
                PstCheckRules.ReferenceCount,
                PstCheckRules.Unreferenced);
        }

        TreeWalk nodes = new(context, Space, pageIds, PageType.Nbt, TakeNode);
        foreach (Pause pause in nodes.Run(root.NodeTree))
        {
            yield return pause;
        }

        Nodes.Complete();
        if (!nodes.IsComplete)
        {
            context.Silence(
                PstCheckRules.AllocatedNotUsed,
                PstCheckRules.PageMapFree,
                PstCheckRules.ReferenceCount,
                PstCheckRules.Unreferenced,
                PstCheckRules.RequiredNode,
                PstCheckRules.TemplateNode,
                PstCheckRules.FolderParent,
                PstCheckRules.FolderTables,
                PstCheckRules.EmptyTables,
                PstCheckRules.SearchTables,
                PstCheckRules.ItemFolder,
                PstCheckRules.ItemRow,
                PstCheckRules.RowWithoutItem,
                PstCheckRules.FolderRow,
                PstCheckRules.RowWithoutFolder,
                PstCheckRules.SearchScope);
        }

        if (_tooMany)
        {
            context.Report(PstCheckRules.LimitReached, null, "B-trees");
        }

        context.Nodes = Nodes.Count;
        HighestPage = Math.Max(blocks.HighestPageId, nodes.HighestPageId);
        CheckCounters();
        foreach (Pause pause in PlaceBlocks())
        {
            yield return pause;
        }
    }

    [MethodImpl(Compiled.Optimized)]
    private void TakeBlock(ReadOnlyMemory<byte> entry) => _tooMany |= !Blocks.TryAdd(BlockEntry.Read(entry.Span, context.Layout));

    private void TakeNode(ReadOnlyMemory<byte> bytes)
    {
        NodeEntry entry = NodeEntry.Read(bytes.Span, context.Layout);
        ulong wide = context.Layout.ReadId(bytes.Span);
        if (wide >> 32 != 0)
        {
            context.Report(PstCheckRules.NodeIdHigh, Place(entry), wide);
        }

        Refer(entry, entry.Data);
        Refer(entry, entry.Subnodes);
        _tooMany |= !Nodes.TryAdd(entry);
    }

    private void Refer(NodeEntry entry, BlockId id)
    {
        if (id.IsNone)
        {
            return;
        }

        int index = Blocks.Find(id);
        if (index < 0)
        {
            context.Report(PstCheckRules.NodeBlockMissing, Place(entry), id.Value);
        }
        else
        {
            Blocks[index].References++;
        }
    }

    private Place Place(NodeEntry entry)
    {
        int index = Blocks.Find(entry.Data);
        return new Place(entry.Id, index < 0 ? null : Blocks[index].Offset);
    }

    private void CheckCounters()
    {
        PstHeader header = context.Header;
        if (Blocks.Count > 0 && header.NextBlock.Value <= Blocks[Blocks.Count - 1].Id)
        {
            context.Report(PstCheckRules.NextBlock, 0, "header", header.NextBlock.Value, Blocks[Blocks.Count - 1].Id);
        }

        if (header.NextPage.Value <= HighestPage)
        {
            context.Report(PstCheckRules.NextPage, 0, "header", header.NextPage.Value, HighestPage);
        }

        uint[] highest = Nodes.HighestIndexes();
        for (int type = 0; type < highest.Length; type++)
        {
            if (highest[type] > header.NodeCounters[type])
            {
                context.Report(
                    PstCheckRules.NodeCounter, context.Layout.HeaderNodeCounters + (4 * type), "header", type, header.NodeCounters[type], highest[type]);
            }
        }
    }

    private IEnumerable<Pause> PlaceBlocks()
    {
        for (int i = 0; i < Blocks.Count; i++)
        {
            PlaceBlock(ref Blocks[i]);
            if (i % 1024 == 0)
            {
                context.Advance();
                yield return default;
            }
        }
    }

    [MethodImpl(Compiled.Optimized)]
    private void PlaceBlock(ref BlockTable.Row block)
    {
        PstLayout layout = context.Layout;
        if (block.Length == 0
            || block.Length > layout.MaxBlockData
            || block.InflatedLength < block.Length
            || block.InflatedLength > layout.MaxBlockData)
        {
            block.State |= BlockState.Damaged;
            context.Report(PstCheckRules.BlockSize, block.Offset, "block " + block.BlockId, block.Length, block.InflatedLength);
            return;
        }

        int extent = layout.BlockExtent(block.Length);
        if (block.Offset < layout.FirstAMapOffset
            || block.Offset % layout.BlockAlignment != 0
            || block.Offset > context.FileLength - extent)
        {
            block.State |= BlockState.Damaged;
            context.Report(PstCheckRules.BlockPlace, block.Offset, "block " + block.BlockId, extent);
            return;
        }

        if (!Space.TryMark(block.Offset, extent))
        {
            context.Report(PstCheckRules.Overlap, block.Offset, "block " + block.BlockId, extent);
        }

        if (!Space.IsInOneRegion(block.Offset, extent))
        {
            context.Report(PstCheckRules.CrossesRegion, block.Offset, "block " + block.BlockId, extent);
        }
    }
}
