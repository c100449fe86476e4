using System.Buffers.Binary;
using System.Text;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// A compound file ([MS-CFB]), read only. Sectors of 512 or 4096 bytes; the first 109 entries of the list of FAT sectors (DIFAT) stand in the
/// header; streams below 4096 bytes are in sectors of 64 bytes inside the root's stream. Every chain is followed no further
/// than the file has sectors, and every entry is taken once.
/// </summary>
internal sealed class CompoundFile
{
    private const ulong Signature = 0xE11AB1A1E011CFD0;
    private const int HeaderSize = 512;
    private const int EntrySize = 128;
    private const int MiniSize = 64;
    private const int MaximumEntries = 200_000;

    private readonly BinarySource _source;
    private readonly int _sectorSize;
    private readonly int _sectors;
    private readonly uint _miniCutoff;
    private uint[] _fat = [];
    private uint[] _miniFat = [];
    private BinarySource _mini = BinarySource.FromBytes([]);

    private CompoundFile(BinarySource source, byte[] header)
    {
        _source = source;
        _sectorSize = 1 << BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(0x1E));
        _sectors = (int)Math.Min(int.MaxValue, Math.Max(0, (source.Measure() - HeaderSize + _sectorSize - 1) / _sectorSize));
        _miniCutoff = UInt32(header, 0x38);
    }

    /// <summary>The root storage of a compound file; null for anything else, and for one whose directory cannot be read.</summary>
    public static CompoundEntry? TryRead(BinarySource source)
    {
        byte[] header = new byte[HeaderSize];
        using SourceStream stream = new(source);
        bool isCompound = Read(stream, 0, header) == HeaderSize && BinaryPrimitives.ReadUInt64LittleEndian(header) == Signature
            && BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(0x1E)) is 9 or 12;
        return isCompound ? new CompoundFile(source, header).ReadAll(stream, header) : null;
    }

    private CompoundEntry? ReadAll(SourceStream stream, byte[] header)
    {
        _fat = Numbers(stream, FatSectors(stream, header));
        _miniFat = Numbers(stream, Chain(UInt32(header, 0x3C)));
        byte[] directory = Bytes(stream, Chain(UInt32(header, 0x30)).Take(MaximumEntries * EntrySize / _sectorSize).ToList());
        if (directory.Length < EntrySize)
        {
            return null;
        }

        List<uint> mini = Chain(UInt32(directory, 0x74));
        _mini = new SectorSource(_source, mini.ConvertAll(Offset), _sectorSize, Math.Min(UInt32(directory, 0x78), (long)mini.Count * _sectorSize));
        CompoundEntry root = Make(directory, 0);
        bool[] taken = new bool[directory.Length / EntrySize];
        taken[0] = true;
        Stack<(uint Id, CompoundEntry Parent)> open = new([(UInt32(directory, 0x4C), root)]);
        while (open.Count > 0)
        {
            (uint id, CompoundEntry parent) = open.Pop();
            if (id >= taken.Length || taken[id])
            {
                continue;
            }

            taken[id] = true;
            int at = (int)id * EntrySize;
            CompoundEntry entry = Make(directory, at);
            if (directory[at + 0x42] is 1 or 2)
            {
                parent.Children.Add(entry);
            }

            open.Push((UInt32(directory, at + 0x44), parent));
            open.Push((UInt32(directory, at + 0x48), parent));
            if (entry.IsStorage)
            {
                open.Push((UInt32(directory, at + 0x4C), entry));
            }
        }

        return root;
    }

    private CompoundEntry Make(byte[] directory, int at)
    {
        int nameSize = Math.Min(64, BinaryPrimitives.ReadUInt16LittleEndian(directory.AsSpan(at + 0x40)) & ~1);
        string name = Encoding.Unicode.GetString(directory, at, Math.Max(0, nameSize - 2));
        bool isStream = directory[at + 0x42] == 2;
        return new CompoundEntry(name, !isStream, isStream ? () => Content(UInt32(directory, at + 0x74), Size(directory, at)) : null);
    }

    /// <summary>Files with small sectors use the low half only; the high one may hold anything.</summary>
    private long Size(byte[] directory, int at) => _sectorSize == 512
        ? UInt32(directory, at + 0x78)
        : (long)Math.Min(BinaryPrimitives.ReadUInt64LittleEndian(directory.AsSpan(at + 0x78)), long.MaxValue);

    private SectorSource Content(uint start, long size)
    {
        if (size >= _miniCutoff)
        {
            List<uint> sectors = Chain(start);
            return new SectorSource(_source, sectors.ConvertAll(Offset), _sectorSize, Math.Min(size, (long)sectors.Count * _sectorSize));
        }

        List<long> offsets = [];
        for (uint at = start; at < _miniFat.Length && offsets.Count < _miniFat.Length && (long)offsets.Count * MiniSize < size; at = _miniFat[at])
        {
            offsets.Add((long)at * MiniSize);
        }

        return new SectorSource(_mini, offsets, MiniSize, Math.Min(size, (long)offsets.Count * MiniSize));
    }

    private List<uint> FatSectors(SourceStream stream, byte[] header)
    {
        List<uint> sectors = [];
        for (int i = 0; i < 109; i++)
        {
            Add(sectors, UInt32(header, 0x4C + (i * 4)));
        }

        byte[] block = new byte[_sectorSize];
        uint next = UInt32(header, 0x44);
        for (int count = 0; next < _sectors && count <= _sectors / (_sectorSize / 4); count++)
        {
            if (Read(stream, Offset(next), block) < _sectorSize)
            {
                break;
            }

            for (int i = 0; i < (_sectorSize / 4) - 1; i++)
            {
                Add(sectors, UInt32(block, i * 4));
            }

            next = UInt32(block, _sectorSize - 4);
        }

        return sectors;
    }

    private void Add(List<uint> sectors, uint sector)
    {
        // The FAT of a file has no more sectors than describe the file.
        if (sector < _sectors && sectors.Count <= _sectors / (_sectorSize / 4))
        {
            sectors.Add(sector);
        }
    }

    /// <summary>The sectors of a chain; one that goes in a circle ends where it has as many as the file.</summary>
    private List<uint> Chain(uint start)
    {
        List<uint> chain = [];
        for (uint at = start; at < _fat.Length && at < _sectors && chain.Count < _sectors; at = _fat[at])
        {
            chain.Add(at);
        }

        return chain;
    }

    private uint[] Numbers(SourceStream stream, List<uint> sectors)
    {
        byte[] bytes = Bytes(stream, sectors);
        uint[] numbers = new uint[bytes.Length / 4];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = UInt32(bytes, i * 4);
        }

        return numbers;
    }

    private byte[] Bytes(SourceStream stream, List<uint> sectors)
    {
        using MemoryStream all = new();
        byte[] block = new byte[_sectorSize];
        foreach (uint sector in sectors)
        {
            all.Write(block, 0, Read(stream, Offset(sector), block));
        }

        return all.ToArray();
    }

    private long Offset(uint sector) => ((long)sector + 1) * _sectorSize;

    private static int Read(SourceStream stream, long offset, byte[] buffer)
    {
        stream.Position = offset;
        return stream.Fill(buffer);
    }

    private static uint UInt32(byte[] bytes, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(offset));
}
