namespace PstMigration.Mapi;

/// <summary>Writes a little-endian structure from front to back.</summary>
internal sealed class BlobWriter
{
    private readonly List<byte> _bytes = [];

    public void UInt16(int value)
    {
        _bytes.Add((byte)value);
        _bytes.Add((byte)(value >> 8));
    }

    public void UInt32(uint value)
    {
        UInt16((ushort)value);
        UInt16((ushort)(value >> 16));
    }

    public void Int32(int value) => UInt32((uint)value);

    public void Int64(long value)
    {
        UInt32((uint)value);
        UInt32((uint)(value >> 32));
    }

    public void Bytes(byte[] bytes) => _bytes.AddRange(bytes);

    /// <summary>Bytes with their size in front.</summary>
    public void Block(byte[] bytes)
    {
        Int32(bytes.Length);
        Bytes(bytes);
    }

    public byte[] ToArray() => [.. _bytes];
}
