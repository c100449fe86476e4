using System.Buffers.Binary;
using System.Text;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>Reads the atoms of a FastTransfer stream from front to back ([MS-OXCFXICS] 2.2.4.1), little endian. What is not there is an error with its place.</summary>
internal sealed class FastTransferCursor : IDisposable
{
    private const int BufferSize = 32 * 1024;
    private const int LongestName = 2 * 1024;

    private readonly Stream _stream;
    private readonly byte[] _buffer = new byte[BufferSize];
    private int _start;
    private int _end;

    public FastTransferCursor(FastTransferFrames frames, long begin)
    {
        _stream = frames.Open();
        _stream.Position = begin;
        Position = begin;
        Length = frames.Length;
    }

    public long Position { get; private set; }

    public long Length { get; }

    public long Remaining => Length - Position;

    public bool IsAtEnd => Remaining <= 0;

    public byte Byte() => Take(1)[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public Guid Guid() => new(Take(16).ToArray());

    /// <summary>A length or a count that what is left has room for.</summary>
    /// <param name="size">Bytes of one of what is counted.</param>
    public int Count(int size)
    {
        long at = Position;
        uint count = UInt32();
        return count <= Remaining / size && count <= int.MaxValue ? (int)count : throw FastTransferFrames.Unreadable(at);
    }

    /// <summary>Bytes, into memory.</summary>
    public byte[] Bytes(int count)
    {
        if (count > Remaining)
        {
            throw FastTransferFrames.Unreadable(Position);
        }

        byte[] bytes = new byte[count];
        int have = Math.Min(count, _end - _start);
        Buffer.BlockCopy(_buffer, _start, bytes, 0, have);
        _start += have;
        if (_stream.Fill(bytes, have, count - have) < count - have)
        {
            throw FastTransferFrames.Unreadable(Position);
        }

        Position += count;
        return bytes;
    }

    /// <summary>Leaves bytes out.</summary>
    public void Skip(long count)
    {
        if (count > Remaining)
        {
            throw FastTransferFrames.Unreadable(Position);
        }

        Position += count;
        if (count <= _end - _start)
        {
            _start += (int)count;
        }
        else
        {
            _start = _end = 0;
            _stream.Position = Position;
        }
    }

    /// <summary>A name in UTF-16 up to its NUL, without a length.</summary>
    public string Name()
    {
        long at = Position;
        StringBuilder name = new();
        for (char c; (c = (char)UInt16()) != '\0';)
        {
            if (name.Length >= LongestName)
            {
                throw FastTransferFrames.Unreadable(at);
            }

            name.Append(c);
        }

        return name.ToString();
    }

    public void Dispose() => _stream.Dispose();

    private ReadOnlySpan<byte> Take(int count)
    {
        if (_end - _start < count)
        {
            int have = _end - _start;
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, have);
            _start = 0;
            _end = have + _stream.Fill(_buffer, have, _buffer.Length - have);
            if (_end < count)
            {
                throw FastTransferFrames.Unreadable(Position);
            }
        }

        ReadOnlySpan<byte> taken = _buffer.AsSpan(_start, count);
        _start += count;
        Position += count;
        return taken;
    }
}
