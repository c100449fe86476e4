using System.Buffers.Binary;
using PstMigration.Pst.Ltp;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Tests.Synthetic;

/// <summary>Builds heaps-on-node and B-trees on them. Items of a B-tree can be kept small to make it deep.</summary>
internal sealed class TestHeap(PstLayout layout)
{
    private readonly List<List<byte[]>> _blocks = [[]];

    /// <summary>Bytes of the largest item of a B-tree.</summary>
    public int MaxTreeItem { get; init; } = 3580;

    /// <summary>Levels of the B-tree added last, without its leaves.</summary>
    public int Levels { get; private set; }

    public HeapId Root { get; set; }

    public HeapSignature Client { get; init; } = HeapSignature.PropertyContext;

    public HeapId Add(byte[] item)
    {
        if (!Fits(item.Length))
        {
            _blocks.Add([]);
        }

        _blocks[^1].Add(item);
        return HeapId.Create(_blocks.Count - 1, _blocks[^1].Count, layout);
    }

    /// <summary>Adds a header first, so that it is item 0x20 where the heap is new; fills it in with the tree of these records.</summary>
    public HeapId AddTree(int keySize, int entrySize, IReadOnlyList<byte[]> records)
    {
        byte[] header = new byte[BTreeOnHeapHeader.Size];
        HeapId id = Add(header);
        Levels = 0;
        HeapId root = default;
        List<byte[]> level = [.. records];
        for (int size = keySize + entrySize; level.Count > 0; size = keySize + 4, Levels++)
        {
            List<byte[]> above = [];
            int perItem = Math.Max(2, MaxTreeItem / size);
            for (int i = 0; i < level.Count; i += perItem)
            {
                byte[] item = [.. level.Skip(i).Take(perItem).SelectMany(r => r)];
                root = Add(item);
                byte[] index = new byte[keySize + 4];
                item.AsSpan(0, keySize).CopyTo(index);
                BinaryPrimitives.WriteUInt32LittleEndian(index.AsSpan(keySize), root.Value);
                above.Add(index);
            }

            if (above.Count == 1)
            {
                break;
            }

            level = above;
        }

        new BTreeOnHeapHeader(BTreeOnHeapHeader.ExpectedType, (byte)keySize, (byte)entrySize, (byte)Levels, root).Write(header);
        return id;
    }

    /// <summary>The node's data.</summary>
    public byte[] ToArray()
    {
        List<byte> data = [];
        for (int b = 0; b < _blocks.Count; b++)
        {
            byte[] block = BuildBlock(b);
            data.AddRange(block);
            if (b < _blocks.Count - 1)
            {
                data.AddRange(new byte[layout.MaxBlockData - block.Length]);
            }
        }

        return [.. data];
    }

    private bool Fits(int length)
    {
        List<byte[]> block = _blocks[^1];
        int used = HeapHeader.SizeOf(_blocks.Count - 1) + block.Sum(i => i.Length) + length + 1;
        return used + HeapPageMap.HeaderSize + (2 * (block.Count + 2)) <= layout.MaxBlockData
            && block.Count + 1 < 1 << layout.HeapIndexBits;
    }

    private byte[] BuildBlock(int index)
    {
        List<byte[]> items = _blocks[index];
        int start = HeapHeader.SizeOf(index);
        int end = start + items.Sum(i => i.Length);
        int mapOffset = (end + 1) / 2 * 2;
        HeapPageMap map = new((ushort)items.Count, (ushort)items.Count(i => i.Length == 0));
        byte[] block = new byte[mapOffset + map.Size];
        if (index == 0)
        {
            new HeapHeader((ushort)mapOffset, HeapHeader.ExpectedSignature, Client, Root, 0).Write(block);
        }

        BinaryPrimitives.WriteUInt16LittleEndian(block, (ushort)mapOffset);
        map.Write(block.AsSpan(mapOffset));
        int offset = start;
        for (int i = 0; i <= items.Count; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(block.AsSpan(mapOffset + HeapPageMap.HeaderSize + (2 * i)), (ushort)offset);
            if (i < items.Count)
            {
                items[i].CopyTo(block, offset);
                offset += items[i].Length;
            }
        }

        return block;
    }
}
