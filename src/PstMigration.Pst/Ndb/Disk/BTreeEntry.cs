namespace PstMigration.Pst.Ndb.Disk;

/// <summary>BTENTRY ([MS-PST] 2.2.2.7.7.2): btkey (4/8), the smallest key below; BREF of the child page.</summary>
internal readonly record struct BTreeEntry(ulong Key, BlockReference Child)
{
    public static BTreeEntry Read(ReadOnlySpan<byte> source, PstLayout layout) =>
        new(layout.ReadId(source), BlockReference.Read(source[layout.IdSize..], layout));

    public void Write(Span<byte> target, PstLayout layout)
    {
        layout.WriteId(target, Key);
        Child.Write(target[layout.IdSize..], layout);
    }
}
