using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Ndb.Blocks;

/// <summary>Writes blocks into a new file and keeps the entries of its BBT, which come out in order: ids only grow.</summary>
internal sealed class BlockWriter : IBlockSink
{
    // cRef is one for the block itself plus one for each reference; a new block is about to be referred to once.
    private const ushort ReferencedOnce = 2;

    private readonly RegionWriter _regions;
    private readonly PstEncoding _encoding;
    private readonly ChunkedList<BlockEntry> _entries = new();

    public BlockWriter(RegionWriter regions, PstEncoding encoding, PstLayout layout)
    {
        _regions = regions;
        _encoding = encoding;
        Layout = layout;
    }

    /// <inheritdoc/>
    public PstLayout Layout { get; }

    /// <summary>The id the next block gets.</summary>
    public BlockId NextId => new(((ulong)_entries.Count + 1) * BlockId.Step);

    /// <summary>The entries of the BBT, by ascending id.</summary>
    public ChunkedList<BlockEntry> Entries => _entries;

    /// <inheritdoc/>
    public BlockId WriteData(ReadOnlySpan<byte> data)
    {
        BlockId id = NextId;
        long offset = Copy(data, out Span<byte> extent);
        BlockCipher.Encode(_encoding, id, extent[..data.Length]);
        return Seal(id, offset, extent, data.Length);
    }

    /// <inheritdoc/>
    public BlockId WriteInternal(ReadOnlySpan<byte> data)
    {
        BlockId id = NextId.AsInternal;
        long offset = Copy(data, out Span<byte> extent);
        return Seal(id, offset, extent, data.Length);
    }

    /// <inheritdoc/>
    public bool TryAddReference(BlockId id)
    {
        ref BlockEntry entry = ref _entries[(int)((id.Value / BlockId.Step) - 1)];
        if (entry.References == ushort.MaxValue)
        {
            return false;
        }

        entry = entry with { References = (ushort)(entry.References + 1) };
        return true;
    }

    /// <summary>Forgets the blocks from <paramref name="next"/> on, which was <see cref="NextId"/> before they were written.</summary>
    public void Rollback(BlockId next) => _entries.Truncate((int)((next.Value / BlockId.Step) - 1));

    private long Copy(ReadOnlySpan<byte> data, out Span<byte> extent)
    {
        if (data.Length is 0 || data.Length > Layout.MaxBlockData)
        {
            throw new ArgumentOutOfRangeException(nameof(data));
        }

        long offset = _regions.Allocate(Layout.BlockExtent(data.Length), Layout.BlockAlignment, out extent);
        data.CopyTo(extent);
        return offset;
    }

    private BlockId Seal(BlockId id, long offset, Span<byte> extent, int length)
    {
        BlockTrailer.Seal(extent, length, length, id, offset, Layout);
        _entries.Add(new BlockEntry(new BlockReference(id, offset), (ushort)length, (ushort)length, ReferencedOnce));
        return id;
    }
}
