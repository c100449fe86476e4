using System.Buffers.Binary;

namespace PstMigration.Pst.Ndb.Disk;

/// <summary>
/// Head of an SLBLOCK (level 0) or SIBLOCK (level 1), MS-PST 2.2.2.8.3.3:
/// btype 0 (1) = 2, cLevel 1 (1), cEnt 2 (2), and but for ANSI dwPadding 4 (4) = 0.
/// </summary>
internal readonly record struct SubnodeTreeHeader(byte BlockType, byte Level, ushort Count)
{
    /// <summary>The btype of an SLBLOCK or SIBLOCK.</summary>
    public const byte ExpectedType = 2;

    public static SubnodeTreeHeader Read(ReadOnlySpan<byte> source) =>
        new(source[0], source[1], BinaryPrimitives.ReadUInt16LittleEndian(source[2..]));

    public void Write(Span<byte> target, PstLayout layout)
    {
        target[..layout.SubnodeHeaderSize].Clear();
        target[0] = BlockType;
        target[1] = Level;
        BinaryPrimitives.WriteUInt16LittleEndian(target[2..], Count);
    }
}
