using System.IO.Compression;
using System.Runtime.CompilerServices;
using PstMigration.Mapi;
using PstMigration.Pst.Compat;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Checking;

/// <summary>The data of blocks, inflated and decoded. Blocks known to be damaged are not read.</summary>
/// <param name="context">The check.</param>
/// <param name="blocks">The blocks.</param>
/// <param name="verifies">Whether each block is compared with its trailer when it is read, as no <see cref="BlockCheck"/> went before.</param>
internal sealed class BlockSource(CheckContext context, BlockTable blocks, bool verifies = false)
{
    private const int ZlibHeaderSize = 2;

    private readonly byte[] _extent = verifies ? new byte[context.Layout.MaxBlockSize] : [];

    /// <summary>Reads a block; null where it cannot be relied on.</summary>
    public byte[]? Read(int index)
    {
        ref BlockTable.Row block = ref blocks[index];
        if ((block.State & BlockState.Damaged) != 0)
        {
            return null;
        }

        byte[]? data = verifies ? ReadVerified(ref block) : ReadStored(ref block);
        if (data is null)
        {
            block.State |= BlockState.Damaged;
            return null;
        }

        if (block.InflatedLength != block.Length)
        {
            context.Spend(block.InflatedLength);
            data = Inflate(data, block.InflatedLength);
            if (data is null)
            {
                block.State |= BlockState.Damaged;
                context.Report(PstCheckRules.BadCompression, block.Offset, "block " + block.BlockId, block.InflatedLength);
                return null;
            }
        }

        if (!block.BlockId.IsInternal)
        {
            BlockCipher.Decode(context.Header.Encoding, block.BlockId, data);
        }

        return data;
    }

    private byte[]? ReadStored(ref BlockTable.Row block)
    {
        byte[] data = new byte[block.Length];
        return context.TryRead(block.Offset, data) ? data : null;
    }

    [MethodImpl(Compiled.Optimized)]
    private byte[]? ReadVerified(ref BlockTable.Row block)
    {
        PstLayout layout = context.Layout;
        Span<byte> extent = _extent.AsSpan(0, layout.BlockExtent(block.Length));
        if (!context.TryRead(block.Offset, extent))
        {
            context.Report(PstCheckRules.BlockPlace, block.Offset, "block " + block.BlockId, extent.Length);
            return null;
        }

        BlockTrailer trailer = BlockTrailer.Read(extent[^layout.BlockTrailerSize..], layout);
        uint crc = MapiCrc.Compute(extent[..block.Length]);
        if (trailer.Crc != crc)
        {
            context.Report(PstCheckRules.BlockCrc, block.Offset, "block " + block.BlockId, trailer.Crc, crc);
            return null;
        }

        if (trailer.Length != block.Length || trailer.Id.ForLookup != block.BlockId)
        {
            context.Report(PstCheckRules.TrailerMismatch, block.Offset, "block " + block.BlockId, trailer.Id.Value, trailer.Length, block.Length);
            return null;
        }

        return extent[..block.Length].ToArray();
    }

    // A zlib stream (RFC 1950) has to give exactly the declared size.
    private static byte[]? Inflate(byte[] stored, int length)
    {
        if (stored.Length <= ZlibHeaderSize)
        {
            return null;
        }

        byte[] inflated = new byte[length + 1];
        int total;
        try
        {
            using MemoryStream source = new(stored, ZlibHeaderSize, stored.Length - ZlibHeaderSize, writable: false);
            using DeflateStream inflater = new(source, CompressionMode.Decompress);
            total = inflater.Fill(inflated);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            // Mono reports bad data as IOException.
            return null;
        }

        return total == length ? inflated.AsSpan(0, length).ToArray() : null;
    }
}
