using System.Buffers.Binary;
using PstMigration.Pst.Ltp;
using PstMigration.Pst.Ndb.Blocks;
using PstMigration.Pst.Ndb.Disk;
using R = PstMigration.Pst.PstCheckRules;

namespace PstMigration.Pst.Tests.Checking;

/// <summary>Damage to header, trees, maps and blocks.</summary>
internal static class NdbMutations
{
    private const uint Sal = 0x201;

    public static IEnumerable<Mutation> All =>
    [
        // Header and ROOT
        Header(R.ClientMagic, h => h[8] = (byte)'X'),
        Header(R.Version, h => h[10] = 21),
        Header(R.ClientVersion, h => h[12] = 20),
        Header(R.Platform, h => h[15] = 2),
        Small(R.HeaderPartialCrc, p => p.Bytes[4] ^= 1),
        Small(R.HeaderFullCrc, p => p.Bytes[524] ^= 1),
        Header(R.Sentinel, h => h[512] = 0),
        Header(R.HeaderReserved, h => h[514] = 1),
        Header(R.HeaderAlign, h => h[252] = 1),
        Header(R.FreeMapBytes, h => h[256] = 0),
        Small(R.FileLength, p => p.EditRoot(r => r with { FileLength = p.Bytes.Length + p.Layout.AMapCoverage, LastAMapOffset = r.LastAMapOffset + p.Layout.AMapCoverage })),
        Small(R.LeftRoom, p => p.Resize(p.Bytes.Length + (int)p.Layout.AMapCoverage)),
        Small(R.ForeignTail, p =>
        {
            p.Resize(p.Bytes.Length + 10);
            p.Bytes[^1] = 1;
        }),
        Small(R.RegionSize, p => CutOff(p, bitsSet: true)),
        Small(R.BeyondEof, p => CutOff(p, bitsSet: false)) with { Own = false },
        Root(R.LastAMap, (r, l) => r with { LastAMapOffset = r.LastAMapOffset + l.AMapCoverage }),
        Root(R.AMapsInvalid, (r, _) => r with { AMapValidity = AMapValidity.Invalid }),
        Root(R.AMapValidity, (r, _) => r with { AMapValidity = (AMapValidity)7 }),
        Root(R.AMapLegacy, (r, _) => r with { AMapValidity = AMapValidity.Valid1 }),
        Root(R.FreeBytes, (r, _) => r with { AMapFreeBytes = r.AMapFreeBytes + 64 }),
        Root(R.PageMapFree, (r, _) => r with { PMapFreeBytes = 512 }) with { Own = false },
        Small(R.PageMapUsed, p =>
        {
            p.Allocate(p.FreeSlot(), 64, used: true);
            p.EditRoot(r => r with { PMapFreeBytes = 64 });
        }),
        Root(R.RootReference, (r, _) => r with { NodeTree = r.NodeTree with { Offset = 0x123 } }),
        Small(R.NextBlock, p => p.EditHeader(h => BinaryPrimitives.WriteUInt64LittleEndian(h[516..], 4))),
        Small(R.NextPage, p => p.EditHeader(h => BinaryPrimitives.WriteUInt64LittleEndian(h[32..], 1))),
        Small(R.NodeCounter, p => p.EditHeader(h => h.Slice(p.Layout.HeaderNodeCounters + (4 * 4), 4).Clear())),

        // Pages
        Small(R.PageType, p => p.Page(LastNodePage(p))[497] = 0x80),
        Small(R.PageCrc, p => p.Page(LastNodePage(p))[500] ^= 1),
        Small(R.PageSignature, p => p.Page(LastNodePage(p))[498] ^= 1),
        Small(R.MapPageId, p => p.Page(0x4400)[504] ^= 1),
        Small(R.AMapMissing, p => p.Page(0x4400)[497] = 0x83),
        Small(R.PageMap, p => p.Page(0x4600)[0] ^= 1),
        Small(R.ReservedBits, p => p.Allocate(0x4400, 64, used: false)),
        Small(R.UsedNotAllocated, p => p.Allocate(p.Block(p.BlockIds.First()).Block.Offset, 64, used: false)),
        Small(R.AllocatedNotUsed, p => p.Allocate(p.FreeSlot(), 64, used: true)),
        Small(R.Overlap, Overlap) with { Also = [R.TrailerMismatch] },
        Small(R.PageId, p => Rename(p, LastNodePage(p), 0x7FFF)),
        Small(R.PageTwice, PageTwice),
        Small(R.PageLevel, p => p.EditPage(LastNodePage(p), b => b[491] = 1)),
        Small(R.KeyOrder, p => Swap(p, p.BlockPlace(p.BlockIds.First()).Page, 1, 2, p.Layout.BlockEntrySize)),
        Small(R.BranchKey, p => EditLastBranch(p, b => b[0]--)),
        Small(R.PageCounts, p => p.EditPage(LastNodePage(p), b => b[489]--)),
        Small(R.StaleEntries, p => p.EditPage(LastNodePage(p), b => b[487] = 1)),
        Small(R.NodeIdHigh, p => p.EditPage(LastNodePage(p), b => b[((b[488] - 1) * 32) + 4] = 1)),
        Small(R.PageOutside, p => EditLastBranch(p, b => b[16]++)),
        Small(R.TreeEmpty, p => p.EditPage(p.Header.Root.NodeTree.Offset, b =>
        {
            b[..p.Layout.BTreeMetaOffset].Clear();
            BTreePageMeta.For(0, p.Layout.NodeEntrySize, 0, p.Layout).Write(b, p.Layout);
        })),
        Small(R.DensityList, p => p.Page(0x4200)[500] ^= 1),

        // Blocks
        Small(R.NodeBlockMissing, p =>
        {
            p.AddReferences(p.Node(Fai(p)).Data.Value, -1);
            p.EditNode(Fai(p), n => n with { Data = new BlockId(0x7FFFC) });
        }) with { Also = [R.NodeUnreadable] },
        Small(R.ChildBlockMissing, p =>
        {
            ulong leaf = FirstLeaf(p);
            p.EditBlock(DataTree(p), b => BinaryPrimitives.WriteUInt64LittleEndian(b[8..], 0x7FFFC));
            p.EditBlockEntry(leaf, b => b with { References = 1 });
        }) with { Also = [R.NodeUnreadable], Own = false },
        Small(R.BlockPlace, p => Lose(p, FirstLeaf(p), b => b with { Block = b.Block with { Offset = p.Bytes.Length } })) with { Also = [R.NodeUnreadable] },
        Small(R.BlockSize, p => Lose(p, FirstLeaf(p), b => b with { Length = 0, InflatedLength = 0 })) with { Also = [R.NodeUnreadable], Own = false },
        Small(R.ReferenceCount, p => p.AddReferences(FirstLeaf(p), 1)),
        Small(R.Unreferenced, p => p.EditNode(Sal, n => n with { Data = default })),
        Small(R.PendingDelete, p =>
        {
            p.AddReferences(p.Node(Sal).Data.Value, -1);
            p.EditNode(Sal, n => n with { Data = default });
        }),
        Small(R.TrailerMismatch, p => p.EditTrailer(FirstLeaf(p), t => t with { Length = 5 })),
        Small(R.BlockSignature, p => p.EditTrailer(FirstLeaf(p), t => t with { Signature = 5 })),
        Small(R.BlockCrc, p => p.EditTrailer(FirstLeaf(p), t => t with { Crc = 5 })) with { Also = [R.NodeUnreadable] },
        Small(R.BlockKind, p => p.EditBlock(p.Node(CheckFiles.InSmall("Mail")).Subnodes.Value, b => b[0] = 3)) with { Also = [R.NodeUnreadable] },
        Small(R.TreeLevel, p => p.EditBlock(DataTree(p), b => b[1] = 2)) with { Also = [R.NodeUnreadable], Own = false },
        Small(R.TotalLength, p => p.EditBlock(DataTree(p), b => b[4]++)),
        Small(R.LeafNotFull, p =>
        {
            p.Write(FirstLeaf(p), p.Read(FirstLeaf(p)).AsSpan(0, 8170).ToArray());
            p.EditBlock(DataTree(p), b => BinaryPrimitives.WriteInt32LittleEndian(b[4..], 30_000 - 6));
        }) with { Own = false },
        new(R.ChildNotFull, CheckFiles.Large, ShortenDataTree) { Own = false },
        Small(R.SubnodeOrder, p =>
        {
            ulong block = p.Node(CheckFiles.InSmall("Attachments")).Subnodes.Value;
            p.EditBlock(block, b => SwapLast(b, p.Layout.SubnodeEntrySize));
        }) with { Also = [R.AttachmentRow], Own = false },
        new(R.SubnodeLevel, CheckFiles.Large, p => p.EditBlock(p.Node(CheckFiles.InLarge("Many")).Subnodes.Value, b => b[8 + 16]++)),
        Small(R.SubnodePadding, p => p.EditBlock(p.Node(CheckFiles.InSmall("Mail")).Subnodes.Value, b => b[4] = 1)),
        Small(R.SubnodeCycle, Cycle) with { Also = [R.Unreferenced, R.ReferenceCount], Own = false },
        Small(R.EntryCount, p => p.EditBlock(p.Node(CheckFiles.InSmall("Mail")).Subnodes.Value, b => b[2]--)) with { Also = [R.NodeUnreadable] },
        Small(R.BlockPadding, p => p.Bytes[p.Block(DataTree(p)).Block.Offset + p.Block(DataTree(p)).Length] = 1),
    ];

    private static Mutation Small(PstCheckRule rule, Action<PstPatch> apply) => new(rule, CheckFiles.Small, apply);

    private static Mutation Header(PstCheckRule rule, Edit edit) => Small(rule, p => p.EditHeader(edit));

    private static Mutation Root(PstCheckRule rule, Func<PstRoot, PstLayout, PstRoot> edit) => Small(rule, p => p.EditRoot(r => edit(r, p.Layout)));

    private static uint Fai(PstPatch p) => new NodeId(CheckFiles.InSmall("Other")).WithType(NodeIdType.AssociatedContentsTable).Value;

    private static long LastNodePage(PstPatch p) => p.NodePlace(p.NodeIds.Max()).Page;

    /// <summary>The XBLOCK of the attachment of 30,000 bytes.</summary>
    private static ulong DataTree(PstPatch p) =>
        p.BlockIds.Single(id => new BlockId(id).IsInternal && p.Read(id) is [1, 1, ..] b && BinaryPrimitives.ReadInt32LittleEndian(b.AsSpan(4)) == 30_000);

    private static ulong FirstLeaf(PstPatch p) => BinaryPrimitives.ReadUInt64LittleEndian(p.Read(DataTree(p)).AsSpan(8));

    // Ends the file in the middle of its last, free half-region.
    private static void CutOff(PstPatch p, bool bitsSet)
    {
        int end = p.Bytes.Length - 4096;
        if (bitsSet)
        {
            p.Allocate(end, 4096, used: true);
        }

        p.Resize(end);
        p.EditRoot(r => r with { FileLength = end });
    }

    private static void Overlap(PstPatch p)
    {
        ulong moved = FirstLeaf(p);
        ulong other = BinaryPrimitives.ReadUInt64LittleEndian(p.Read(DataTree(p)).AsSpan(16));
        Lose(p, moved, b => b with { Block = b.Block with { Offset = p.Block(other).Block.Offset } });
    }

    // Changes where or how large a block is said to be and frees the space it had.
    private static void Lose(PstPatch p, ulong id, Func<BlockEntry, BlockEntry> edit)
    {
        BlockEntry entry = p.Block(id);
        p.Allocate(entry.Block.Offset, p.Layout.BlockExtent(entry.Length), used: false);
        p.EditBlockEntry(id, edit);
    }

    private static void Rename(PstPatch p, long page, ulong id) => p.EditPageTrailer(
        page, t => t with { Id = new BlockId(id), Signature = TrailerSignature.Compute(page, new BlockId(id)) });

    private static void EditLastBranch(PstPatch p, Edit edit) => p.EditPage(p.Header.Root.NodeTree.Offset, b =>
    {
        BTreePageMeta meta = BTreePageMeta.Read(b, p.Layout);
        edit(b.Slice((meta.Count - 1) * p.Layout.BTreeEntrySize, p.Layout.BTreeEntrySize));
    });

    private static void PageTwice(PstPatch p)
    {
        ulong other = p.Header.Root.BlockTree.Id.Value;
        long page = LastNodePage(p);
        EditLastBranch(p, b => BinaryPrimitives.WriteUInt64LittleEndian(b[8..], other));
        Rename(p, page, other);
    }

    private static void Swap(PstPatch p, long page, int a, int b, int size) => p.EditPage(page, bytes =>
    {
        byte[] first = bytes.Slice(a * size, size).ToArray();
        bytes.Slice(b * size, size).CopyTo(bytes[(a * size)..]);
        first.CopyTo(bytes[(b * size)..]);
    });

    private static void SwapLast(Span<byte> block, int size)
    {
        byte[] last = block[^size..].ToArray();
        block[^(2 * size)..^size].CopyTo(block[^size..]);
        last.CopyTo(block[^(2 * size)..]);
    }

    private static void ShortenDataTree(PstPatch p)
    {
        ulong top = p.BlockIds.Single(id => new BlockId(id).IsInternal && p.Read(id) is [1, 2, ..]);
        ulong first = BinaryPrimitives.ReadUInt64LittleEndian(p.Read(top).AsSpan(8));
        byte[] tree = p.Read(first);
        ulong leaf = BinaryPrimitives.ReadUInt64LittleEndian(tree.AsSpan(tree.Length - 8));
        tree = tree.AsSpan(0, tree.Length - 8).ToArray();
        DataTreeHeader header = DataTreeHeader.Read(tree);
        (header with { Count = (ushort)(header.Count - 1), TotalLength = header.TotalLength - 8176 }).Write(tree);
        p.Write(first, tree);
        p.EditBlock(top, b => (DataTreeHeader.Read(b) with { TotalLength = DataTreeHeader.Read(b).TotalLength - 8176 }).Write(b));
        p.EditBlockEntry(leaf, b => b with { References = 1 });
    }

    // The embedded item gets the subnodes of the item it lies in.
    private static void Cycle(PstPatch p)
    {
        BlockId subnodes = p.Node(CheckFiles.InSmall("Attachments")).Subnodes;
        byte[] block = p.Read(subnodes.Value);
        for (int at = p.Layout.SubnodeHeaderSize; at < block.Length; at += p.Layout.SubnodeEntrySize)
        {
            SubnodeEntry attachment = SubnodeEntry.Read(block.AsSpan(at), p.Layout);
            if (attachment.Id.Type == NodeIdType.Attachment && !attachment.Subnodes.IsNone
                && SubnodeEntry.Read(p.Read(attachment.Subnodes.Value).AsSpan(p.Layout.SubnodeHeaderSize), p.Layout) is { Id.Type: NodeIdType.NormalMessage } item)
            {
                p.EditSubnode(attachment.Subnodes, item.Id.Value, s => s with { Subnodes = subnodes });
            }
        }
    }
}
