using System.Buffers.Binary;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Tests.Messaging;

/// <summary>Changes a data file by seed. Knows where pages and blocks are, so that it can change them and seal them again.</summary>
internal static class Mutator
{
    private static readonly uint[] s_interesting = [0, 1, 0x20, 0x3F, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF];

    public static byte[] Change(byte[] original, int seed)
    {
        Random random = new(seed);
        byte[] bytes = [.. original];
        int version = PstHeader.ReadVersion(bytes);
        PstLayout layout = PstLayout.ForVersion(version)!;
        PstHeader header = PstHeader.Read(bytes, layout);
        int changes = 1 + random.Next(8);
        switch (random.Next(10))
        {
            case 0:
                Array.Resize(ref bytes, random.Next(bytes.Length));
                return bytes;
            case 1:
                for (int i = 0; i < changes; i++)
                {
                    Poke(bytes.AsSpan(8, layout.HeaderSize - 8), random);
                }

                PstHeader changed = PstHeader.Read(bytes, layout);
                Span<byte> copy = bytes.AsSpan();
                if (changed.Version == version)
                {
                    changed.Write(copy, layout);
                }

                return bytes;
            case 2 or 3:
                ChangePages(bytes, layout, header, random, changes);
                return bytes;
            case 4:
                for (int i = 0; i < changes; i++)
                {
                    Poke(bytes.AsSpan((int)Math.Min(layout.FirstAMapOffset, bytes.Length - 8)), random);
                }

                return bytes;
            default:
                ChangeBlocks(bytes, layout, header, random, changes);
                return bytes;
        }
    }

    private static void ChangePages(byte[] bytes, PstLayout layout, PstHeader header, Random random, int changes)
    {
        List<(BlockReference Page, PageType Type)> pages = [];
        Collect(bytes, layout, header.Root.NodeTree, PageType.Nbt, pages);
        Collect(bytes, layout, header.Root.BlockTree, PageType.Bbt, pages);
        for (int i = 0; i < changes; i++)
        {
            (BlockReference page, PageType type) = pages[random.Next(pages.Count)];
            Span<byte> span = bytes.AsSpan((int)page.Offset, layout.PageSize);
            Poke(span[..layout.PageTrailerOffset], random);
            PageTrailer.Seal(span, type, page.Id, page.Offset, layout);
        }
    }

    private static void Collect(byte[] bytes, PstLayout layout, BlockReference root, PageType type, List<(BlockReference, PageType)> pages)
    {
        Stack<BlockReference> open = new([root]);
        while (open.Count > 0)
        {
            BlockReference reference = open.Pop();
            pages.Add((reference, type));
            ReadOnlySpan<byte> page = bytes.AsSpan((int)reference.Offset, layout.PageSize);
            BTreePageMeta meta = BTreePageMeta.Read(page, layout);
            for (int i = 0; meta.Level > 0 && i < meta.Count; i++)
            {
                open.Push(BTreeEntry.Read(page[(i * meta.EntrySize)..], layout).Child);
            }
        }
    }

    // Changes the decoded data, half of the time near its start, where the structures are.
    private static void ChangeBlocks(byte[] bytes, PstLayout layout, PstHeader header, Random random, int changes)
    {
        List<BlockEntry> blocks = [];
        List<(BlockReference Page, PageType Type)> pages = [];
        Collect(bytes, layout, header.Root.BlockTree, PageType.Bbt, pages);
        foreach ((BlockReference reference, _) in pages)
        {
            ReadOnlySpan<byte> page = bytes.AsSpan((int)reference.Offset, layout.PageSize);
            BTreePageMeta meta = BTreePageMeta.Read(page, layout);
            for (int i = 0; meta.Level == 0 && i < meta.Count; i++)
            {
                blocks.Add(BlockEntry.Read(page[(i * meta.EntrySize)..], layout));
            }
        }

        for (int i = 0; i < changes; i++)
        {
            BlockEntry block = blocks[random.Next(blocks.Count)];
            BlockId id = block.Block.Id;
            Span<byte> extent = bytes.AsSpan((int)block.Block.Offset, layout.BlockExtent(block.Length));
            Span<byte> data = extent[..block.Length];
            bool isPacked = block.InflatedLength != block.Length;
            if (!id.IsInternal && !isPacked)
            {
                BlockCipher.Decode(header.Encoding, id, data);
            }

            Poke(random.Next(2) == 0 ? data : data[..Math.Min(data.Length, 64)], random);
            if (!id.IsInternal && !isPacked)
            {
                BlockCipher.Encode(header.Encoding, id, data);
            }

            BlockTrailer.Seal(extent, block.Length, block.InflatedLength, id, block.Block.Offset, layout);
        }
    }

    private static void Poke(Span<byte> span, Random random)
    {
        int offset = random.Next(span.Length);
        uint value = s_interesting[random.Next(s_interesting.Length)];
        switch (random.Next(5))
        {
            case 0:
                span[offset] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                span[offset] = (byte)random.Next(256);
                break;
            case 2 when span.Length >= 4:
                BinaryPrimitives.WriteUInt32LittleEndian(span[Math.Min(offset & ~1, span.Length - 4)..], value);
                break;
            case 3 when span.Length >= 16:
                // Somewhere else in the same structure: makes references point at each other.
                span.Slice(random.Next(span.Length - 8) & ~3, 8).CopyTo(span[(random.Next(span.Length - 8) & ~3)..]);
                break;
            default:
                if (span.Length >= 2)
                {
                    BinaryPrimitives.WriteUInt16LittleEndian(span[Math.Min(offset & ~1, span.Length - 2)..], (ushort)value);
                }

                break;
        }
    }
}
