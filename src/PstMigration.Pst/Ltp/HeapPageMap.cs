using System.Buffers.Binary;

namespace PstMigration.Pst.Ltp;

/// <summary>
/// Head of an HNPAGEMAP ([MS-PST] 2.3.1.5): cAlloc 0 (2), cFree 2 (2), then rgibAlloc, cAlloc + 1 offsets of 2 bytes:
/// item i (1-based) runs from rgibAlloc[i - 1] to rgibAlloc[i].
/// </summary>
internal readonly record struct HeapPageMap(ushort AllocationCount, ushort FreeCount)
{
    /// <summary>Bytes before rgibAlloc.</summary>
    public const int HeaderSize = 4;

    /// <summary>Bytes of the whole map.</summary>
    public int Size => HeaderSize + (2 * (AllocationCount + 1));

    public static HeapPageMap Read(ReadOnlySpan<byte> source) =>
        new(BinaryPrimitives.ReadUInt16LittleEndian(source), BinaryPrimitives.ReadUInt16LittleEndian(source[2..]));

    public void Write(Span<byte> target)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(target, AllocationCount);
        BinaryPrimitives.WriteUInt16LittleEndian(target[2..], FreeCount);
    }
}
