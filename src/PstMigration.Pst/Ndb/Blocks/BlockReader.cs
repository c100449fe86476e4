using System.Buffers;
using System.IO.Compression;
using PstMigration.Mapi;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Ndb.Files;

namespace PstMigration.Pst.Ndb.Blocks;

/// <summary>Reads blocks: checks size, place, trailer and checksum, inflates and decodes.</summary>
internal sealed class BlockReader
{
    private const int ZlibHeaderSize = 2;

    private readonly IFileBytes _file;
    private readonly PstLayout _layout;
    private readonly PstEncoding _encoding;
    private readonly DamageLog _damage;
    private readonly bool _acceptDamaged;
    private readonly ChangeWatch? _watch;

    /// <summary>A reader of one file's blocks.</summary>
    /// <param name="file">The file.</param>
    /// <param name="layout">Its variant.</param>
    /// <param name="encoding">Its encoding.</param>
    /// <param name="damage">Where accepted damage is recorded.</param>
    /// <param name="acceptDamaged">Whether blocks with a wrong checksum or trailer are read all the same.</param>
    /// <param name="watch">Asked before a block is called damaged.</param>
    public BlockReader(
        IFileBytes file, PstLayout layout, PstEncoding encoding, DamageLog damage, bool acceptDamaged, ChangeWatch? watch = null)
    {
        _file = file;
        _layout = layout;
        _encoding = encoding;
        _damage = damage;
        _acceptDamaged = acceptDamaged;
        _watch = watch;
    }

    /// <summary>Reads a block.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public PooledBlock Read(in BlockEntry entry)
    {
        CheckSizes(entry);
        int extent = _layout.BlockExtent(entry.Length);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(extent);
        try
        {
            if (_file.ReadAt(entry.Block.Offset, buffer.AsSpan(0, extent)) != extent)
            {
                throw Damaged(entry, PstDamageReason.OutsideFile);
            }

            Verify(entry, buffer.AsSpan(0, extent));
            if (entry.InflatedLength != entry.Length)
            {
                byte[] inflated = Inflate(entry, buffer);
                ArrayPool<byte>.Shared.Return(buffer);
                buffer = inflated;
            }

            if (!entry.Block.Id.IsInternal)
            {
                BlockCipher.Decode(_encoding, entry.Block.Id, buffer.AsSpan(0, entry.InflatedLength));
            }

            return new PooledBlock(buffer, entry.InflatedLength, entry.Block.Offset);
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
    }

    private void CheckSizes(in BlockEntry entry)
    {
        if (entry.Length == 0 || entry.Length > _layout.MaxBlockData || entry.InflatedLength < entry.Length
            || entry.InflatedLength > _layout.MaxBlockData)
        {
            throw Damaged(entry, PstDamageReason.LimitExceeded);
        }
    }

    private void Verify(in BlockEntry entry, ReadOnlySpan<byte> extent)
    {
        BlockTrailer trailer = BlockTrailer.Read(extent[^_layout.BlockTrailerSize..], _layout);
        if (trailer.Length != entry.Length || trailer.Id.ForLookup != entry.Block.Id.ForLookup || trailer.InflatedLength != entry.InflatedLength)
        {
            Refuse(entry, PstDamageReason.TrailerMismatch);
        }

        if (trailer.Crc != MapiCrc.Compute(extent[..entry.Length]))
        {
            Refuse(entry, PstDamageReason.ChecksumMismatch);
        }
    }

    private void Refuse(in BlockEntry entry, PstDamageReason reason)
    {
        PstException damaged = Damaged(entry, reason);
        if (!_acceptDamaged)
        {
            throw damaged;
        }

        _damage.Add(damaged.Damage!);
    }

    // A zlib stream (RFC 1950) that must give exactly the declared size and is never asked for more.
    private byte[] Inflate(in BlockEntry entry, byte[] stored)
    {
        byte[] inflated = ArrayPool<byte>.Shared.Rent(entry.InflatedLength);
        try
        {
            int total = 0;
            if (entry.Length > ZlibHeaderSize)
            {
                using MemoryStream source = new(stored, ZlibHeaderSize, entry.Length - ZlibHeaderSize, writable: false);
                using DeflateStream inflater = new(source, CompressionMode.Decompress);
                total = inflater.Fill(inflated, 0, entry.InflatedLength);
            }

            return total == entry.InflatedLength ? inflated : throw Damaged(entry, PstDamageReason.BadCompression);
        }
        catch (Exception e)
        {
            ArrayPool<byte>.Shared.Return(inflated);
            // Mono reports bad data as IOException.
            if (e is InvalidDataException or IOException)
            {
                throw Damaged(entry, PstDamageReason.BadCompression);
            }

            throw;
        }
    }

    private PstException Damaged(in BlockEntry entry, PstDamageReason reason)
    {
        _watch?.ThrowIfChanged();
        return PstException.Damaged(PstStructure.Block, reason, entry.Block.Offset);
    }
}
