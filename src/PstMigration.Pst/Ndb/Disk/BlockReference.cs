namespace PstMigration.Pst.Ndb.Disk;

/// <summary>BREF ([MS-PST] 2.2.2.4): bid (4/8), ib (4/8): an id and the file offset it stands at.</summary>
internal readonly record struct BlockReference(BlockId Id, long Offset)
{
    public static BlockReference Read(ReadOnlySpan<byte> source, PstLayout layout) =>
        new(layout.ReadBlockId(source), layout.ReadOffset(source[layout.IdSize..]));

    public void Write(Span<byte> target, PstLayout layout)
    {
        layout.WriteId(target, Id.Value);
        layout.WriteId(target[layout.IdSize..], (ulong)Offset);
    }
}
