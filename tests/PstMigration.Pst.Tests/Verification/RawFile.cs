using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Tests.Verification;

/// <summary>
/// A Unicode file taken apart by its bytes, sharing nothing with the code under test but the encoding tables. Everything
/// found wrong is noted by the numbers of the rules in docs/checks.md and the reading goes on.
/// </summary>
internal sealed class RawFile : IDisposable
{
    public const int PageSize = 512;
    public const long FirstAMap = 0x4400;
    public const long RegionSize = 253_952;

    private static readonly uint[] s_crc = CrcTable();

    private readonly FileStream _stream;

    public RawFile(string path)
    {
        _stream = System.IO.File.OpenRead(path);
        Header = Read(0, 564);
    }

    public List<string> Problems { get; } = [];

    public byte[] Header { get; }

    public long Length => _stream.Length;

    public PstEncoding Encoding => (PstEncoding)Header[513];

    public SortedDictionary<ulong, RawBlock> Blocks { get; } = [];

    public SortedDictionary<uint, RawNode> Nodes { get; } = [];

    /// <summary>Everything that occupies room: offset and length.</summary>
    public List<(long Offset, long Length)> Extents { get; } = [];

    public void Dispose() => _stream.Dispose();

    public void Check(bool condition, string problem)
    {
        if (!condition && Problems.Count < 100)
        {
            Problems.Add(problem);
        }
    }

    public byte[] Read(long offset, int length)
    {
        byte[] bytes = new byte[length];
        _stream.Position = offset;
        int total = 0;
        for (int read = 1; total < length && read > 0; total += read)
        {
            read = _stream.Read(bytes, total, length - total);
        }

        Check(total == length, $"18/44: {offset:X} is outside the file");
        return bytes;
    }

    /// <summary>A block's data, decoded, with its trailer checked.</summary>
    public byte[] ReadBlock(RawBlock block)
    {
        int extent = (block.Length + 16 + 63) / 64 * 64;
        byte[] bytes = Read(block.Offset, extent);
        int trailer = extent - 16;
        Check(U16(bytes, trailer) == block.Length, $"48: length of block {block.Id:X}");
        Check(U64(bytes, trailer + 8) == block.Id, $"48: id of block {block.Id:X}");
        Check(U16(bytes, trailer + 2) == Signature(block.Offset, block.Id), $"49: signature of block {block.Id:X}");
        Check(U32(bytes, trailer + 4) == Crc(bytes, 0, block.Length), $"50: checksum of block {block.Id:X}");
        for (int i = block.Length; i < trailer; i++)
        {
            Check(bytes[i] == 0, $"padding of block {block.Id:X}");
        }

        byte[] data = bytes.AsSpan(0, block.Length).ToArray();
        if ((block.Id & 2) == 0)
        {
            BlockCipher.Decode(Encoding, new BlockId(block.Id), data);
        }

        return data;
    }

    public static ushort U16(byte[] b, int o) => (ushort)(b[o] | (b[o + 1] << 8));

    public static uint U32(byte[] b, int o) => (uint)(U16(b, o) | (U16(b, o + 2) << 16));

    public static ulong U64(byte[] b, int o) => U32(b, o) | ((ulong)U32(b, o + 4) << 32);

    public static ushort Signature(long offset, ulong id)
    {
        uint v = (uint)offset ^ (uint)id;
        return (ushort)((v >> 16) ^ v);
    }

    public static uint Crc(byte[] b, int offset, int length)
    {
        uint crc = 0;
        for (int i = offset; i < offset + length; i++)
        {
            crc = s_crc[(crc ^ b[i]) & 0xFF] ^ (crc >> 8);
        }

        return crc;
    }

    private static uint[] CrcTable()
    {
        uint[] table = new uint[256];
        for (uint i = 0; i < 256; i++)
        {
            table[i] = i;
            for (int bit = 0; bit < 8; bit++)
            {
                table[i] = (table[i] >> 1) ^ (0xEDB88320 & (uint)-(int)(table[i] & 1));
            }
        }

        return table;
    }
}

internal sealed class RawBlock(ulong id, long offset, int length, int references)
{
    public ulong Id { get; } = id;

    public long Offset { get; } = offset;

    public int Length { get; } = length;

    public int References { get; } = references;

    public int Found { get; set; } = 1;
}

internal sealed record RawNode(uint Id, ulong Data, ulong Subnodes, uint Parent);
