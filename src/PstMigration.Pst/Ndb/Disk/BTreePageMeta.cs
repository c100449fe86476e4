using System.Buffers.Binary;

namespace PstMigration.Pst.Ndb.Disk;

/// <summary>
/// What follows the entries of a BTPAGE ([MS-PST] 2.2.2.7.7.1): cEnt, cEntMax, cbEnt, cLevel.
/// <code>
/// ANSI     496: 1 + 1 + 1 + 1
/// Unicode  488: 1 + 1 + 1 + 1, dwPadding 4
/// 4K      4056: 2 + 2 + 1 + 1, padding 10
/// </code>
/// </summary>
internal readonly record struct BTreePageMeta(int Count, int MaxCount, int EntrySize, int Level)
{
    /// <summary>The meta of a page with <paramref name="count"/> entries of <paramref name="entrySize"/> bytes.</summary>
    public static BTreePageMeta For(int count, int entrySize, int level, PstLayout layout) =>
        new(count, layout.BTreeMetaOffset / entrySize, entrySize, level);

    /// <summary>Reads from a whole page.</summary>
    public static BTreePageMeta Read(ReadOnlySpan<byte> page, PstLayout layout)
    {
        ReadOnlySpan<byte> m = page[layout.BTreeMetaOffset..];
        return layout.Format == PstFormat.Unicode4K
            ? new(BinaryPrimitives.ReadUInt16LittleEndian(m), BinaryPrimitives.ReadUInt16LittleEndian(m[2..]), m[4], m[5])
            : new(m[0], m[1], m[2], m[3]);
    }

    /// <summary>Writes into a whole page and clears the padding.</summary>
    public void Write(Span<byte> page, PstLayout layout)
    {
        Span<byte> m = page[layout.BTreeMetaOffset..layout.PageTrailerOffset];
        m.Clear();
        if (layout.Format == PstFormat.Unicode4K)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(m, checked((ushort)Count));
            BinaryPrimitives.WriteUInt16LittleEndian(m[2..], checked((ushort)MaxCount));
            m[4] = checked((byte)EntrySize);
            m[5] = checked((byte)Level);
        }
        else
        {
            m[0] = checked((byte)Count);
            m[1] = checked((byte)MaxCount);
            m[2] = checked((byte)EntrySize);
            m[3] = checked((byte)Level);
        }
    }
}
