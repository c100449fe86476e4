using System.Buffers.Binary;

namespace PstMigration.Mapi;

/// <summary>
/// Reads a little-endian structure from front to back. Past the end it gives zeros and remembers: <see cref="IsShort"/> is
/// looked at once, where the structure is complete.
/// </summary>
internal ref struct BlobReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Something was read that was not there.</summary>
    public bool IsShort { get; private set; }

    public readonly int Remaining => _rest.Length;

    public ushort UInt16() => Take(2) is { IsEmpty: false } b ? BinaryPrimitives.ReadUInt16LittleEndian(b) : (ushort)0;

    public uint UInt32() => Take(4) is { IsEmpty: false } b ? BinaryPrimitives.ReadUInt32LittleEndian(b) : 0;

    public int Int32() => (int)UInt32();

    public long Int64() => Take(8) is { IsEmpty: false } b ? BinaryPrimitives.ReadInt64LittleEndian(b) : 0;

    public byte[] Bytes(uint count) => count <= int.MaxValue ? Take((int)count).ToArray() : Fail();

    /// <summary>The bytes of a block with its size in front.</summary>
    public byte[] Block() => Bytes(UInt32());

    private byte[] Fail()
    {
        IsShort = true;
        _rest = default;
        return [];
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
        {
            Fail();
            return default;
        }

        ReadOnlySpan<byte> taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
