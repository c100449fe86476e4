using System.Buffers.Binary;

namespace PstMigration.Formats;

/// <summary>Reads TNEF front to back. Past the end it gives zeros and remembers.</summary>
internal struct TnefCursor(ReadOnlyMemory<byte> bytes)
{
    private ReadOnlyMemory<byte> _rest = bytes;

    /// <summary>Something was read that was not there.</summary>
    public bool IsShort { get; private set; }

    public readonly int Remaining => _rest.Length;

    public byte Byte() => Bytes(1) is { IsEmpty: false } b ? b[0] : (byte)0;

    public ushort UInt16() => Bytes(2) is { IsEmpty: false } b ? BinaryPrimitives.ReadUInt16LittleEndian(b) : (ushort)0;

    public uint UInt32() => Bytes(4) is { IsEmpty: false } b ? BinaryPrimitives.ReadUInt32LittleEndian(b) : 0;

    public long Int64() => Bytes(8) is { IsEmpty: false } b ? BinaryPrimitives.ReadInt64LittleEndian(b) : 0;

    public Guid Guid() => Bytes(16) is { IsEmpty: false } b ? new Guid(b.ToArray()) : default;

    public ReadOnlySpan<byte> Bytes(uint count) => Slice(count).Span;

    /// <summary>The next bytes by their position, for what is read later: a copy at each level of nesting would grow with the depth.</summary>
    public ReadOnlyMemory<byte> Slice(uint count)
    {
        if (count > _rest.Length)
        {
            IsShort = true;
            _rest = default;
            return default;
        }

        ReadOnlyMemory<byte> taken = _rest.Slice(0, (int)count);
        _rest = _rest.Slice((int)count);
        return taken;
    }

    /// <summary>Bytes with their size in front, padded to four.</summary>
    public ReadOnlyMemory<byte> Block()
    {
        uint size = UInt32();
        ReadOnlyMemory<byte> block = Slice(size);
        Bytes(Math.Min((4 - (size & 3)) & 3, (uint)_rest.Length));
        return block;
    }
}
