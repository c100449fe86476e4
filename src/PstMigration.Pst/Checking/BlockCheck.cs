using System.Buffers.Binary;
using PstMigration.Mapi;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Checking;

/// <summary>Reads every block once, in the order of the file, and compares it with its trailer and the BBT.</summary>
internal sealed class BlockCheck(CheckContext context, BlockTable blocks)
{
    private const ushort Marker4K = 2;
    private const int MarkerOffset = 16;

    private readonly ReadAhead _reader = new(context);

    public IEnumerable<Pause> Run()
    {
        context.Begin(PstCheckPhase.Blocks, blocks.Count);
        foreach (int index in blocks.InFileOrder())
        {
            if ((blocks[index].State & BlockState.Damaged) == 0)
            {
                CheckBlock(ref blocks[index]);
            }

            context.Advance();
            yield return default;
        }
    }

    private void CheckBlock(ref BlockTable.Row block)
    {
        PstLayout layout = context.Layout;
        int extent = layout.BlockExtent(block.Length);
        if (!_reader.TryRead(block.Offset, extent, out ReadOnlySpan<byte> bytes))
        {
            block.State |= BlockState.Damaged;
            context.Report(PstCheckRules.BlockPlace, block.Offset, Name(block), extent);
            return;
        }

        context.Blocks++;
        ReadOnlySpan<byte> tail = bytes[^layout.BlockTrailerSize..];
        BlockTrailer trailer = BlockTrailer.Read(tail, layout);
        uint crc = MapiCrc.Compute(bytes[..block.Length]);
        if (trailer.Crc != crc)
        {
            block.State |= BlockState.Damaged;
            context.Report(PstCheckRules.BlockCrc, block.Offset, Name(block), trailer.Crc, crc);
        }

        if (trailer.Length != block.Length || trailer.Id.ForLookup != block.BlockId || trailer.InflatedLength != block.InflatedLength)
        {
            context.Report(PstCheckRules.TrailerMismatch, block.Offset, Name(block), trailer.Id.Value, trailer.Length, block.Length);
        }

        ushort signature = TrailerSignature.Compute(block.Offset, trailer.Id);
        if (trailer.Signature != signature)
        {
            context.Report(PstCheckRules.BlockSignature, block.Offset, Name(block), trailer.Signature, signature);
        }

        if (layout.MayCompress && BinaryPrimitives.ReadUInt16LittleEndian(tail[MarkerOffset..]) != Marker4K)
        {
            context.Report(PstCheckRules.TrailerMarker, block.Offset, Name(block), BinaryPrimitives.ReadUInt16LittleEndian(tail[MarkerOffset..]));
        }

        if (context.Applies(PstCheckRules.BlockPadding) && !Zeros.Only(bytes[block.Length..^layout.BlockTrailerSize]))
        {
            context.Report(PstCheckRules.BlockPadding, block.Offset, Name(block));
        }
    }

    private static string Name(in BlockTable.Row block) => "block " + block.BlockId;
}
