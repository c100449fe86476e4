using System.Text;

namespace PstMigration.Formats.Tests.Compound;

/// <summary>
/// Makes compound files of one storage ([MS-CFB]): header, FAT, directory, mini FAT, then the mini stream and the large streams. The children are a
/// list in the right pointers, which readers take for a tree.
/// </summary>
internal static class CompoundBuilder
{
    private const int Sector = 512;
    private const uint End = 0xFFFFFFFE;
    private const uint Free = 0xFFFFFFFF;

    public static byte[] Make(params (string Name, byte[] Content)[] streams)
    {
        List<uint> fat = [0xFFFFFFFD];
        List<byte[]> sectors = [new byte[Sector]];
        uint Put(byte[] bytes)
        {
            int count = (bytes.Length + Sector - 1) / Sector;
            uint first = (uint)sectors.Count;
            for (int i = 0; i < count; i++)
            {
                byte[] sector = new byte[Sector];
                Array.Copy(bytes, i * Sector, sector, 0, Math.Min(Sector, bytes.Length - (i * Sector)));
                sectors.Add(sector);
                fat.Add(i == count - 1 ? End : first + (uint)i + 1);
            }

            return count == 0 ? End : first;
        }

        MemoryStream mini = new();
        List<uint> miniFat = [];
        List<(string Name, uint Start, int Size)> entries = [];
        foreach ((string name, byte[] content) in streams)
        {
            if (content.Length >= 4096)
            {
                entries.Add((name, Put(content), content.Length));
                continue;
            }

            uint start = (uint)miniFat.Count;
            int count = (content.Length + 63) / 64;
            for (int i = 0; i < count; i++)
            {
                miniFat.Add(i == count - 1 ? End : start + (uint)i + 1);
            }

            mini.Write(content, 0, content.Length);
            mini.Write(new byte[(count * 64) - content.Length], 0, (count * 64) - content.Length);
            entries.Add((name, count == 0 ? End : start, content.Length));
        }

        uint miniStart = Put(mini.ToArray());
        uint miniFatStart = Put(Pad(miniFat.SelectMany(BitConverter.GetBytes).ToArray()));
        byte[] directory = new byte[(((entries.Count + 1) * 128) + Sector - 1) / Sector * Sector];
        Entry(directory, 0, "Root Entry", 5, Free, entries.Count > 0 ? 1u : Free, miniStart, (int)mini.Length);
        for (int i = 0; i < entries.Count; i++)
        {
            Entry(directory, i + 1, entries[i].Name, 2, i + 1 < entries.Count ? (uint)i + 2 : Free, Free, entries[i].Start, entries[i].Size);
        }

        uint directoryStart = Put(directory);
        if (fat.Count > 128)
        {
            throw new InvalidOperationException("One FAT sector is enough for tests.");
        }

        while (fat.Count < 128)
        {
            fat.Add(Free);
        }

        sectors[0] = fat.SelectMany(BitConverter.GetBytes).ToArray();
        byte[] header = new byte[Sector];
        BitConverter.GetBytes(0xE11AB1A1E011CFD0).CopyTo(header, 0);
        header[0x18] = 0x3E;
        header[0x1A] = 3;
        header[0x1C] = 0xFE;
        header[0x1D] = 0xFF;
        header[0x1E] = 9;
        header[0x20] = 6;
        header[0x2C] = 1;
        BitConverter.GetBytes(directoryStart).CopyTo(header, 0x30);
        BitConverter.GetBytes(4096).CopyTo(header, 0x38);
        BitConverter.GetBytes(miniFatStart).CopyTo(header, 0x3C);
        BitConverter.GetBytes(End).CopyTo(header, 0x44);
        for (int i = 1; i < 109; i++)
        {
            BitConverter.GetBytes(Free).CopyTo(header, 0x4C + (i * 4));
        }

        return [.. header, .. sectors.SelectMany(s => s)];
    }

    private static byte[] Pad(byte[] bytes)
    {
        byte[] padded = Enumerable.Repeat((byte)0xFF, (bytes.Length + Sector - 1) / Sector * Sector).ToArray();
        bytes.CopyTo(padded, 0);
        return padded;
    }

    private static void Entry(byte[] directory, int index, string name, byte type, uint right, uint child, uint start, int size)
    {
        int at = index * 128;
        byte[] text = Encoding.Unicode.GetBytes(name + "\0");
        text.CopyTo(directory, at);
        BitConverter.GetBytes((ushort)text.Length).CopyTo(directory, at + 0x40);
        directory[at + 0x42] = type;
        directory[at + 0x43] = 1;
        BitConverter.GetBytes(Free).CopyTo(directory, at + 0x44);
        BitConverter.GetBytes(right).CopyTo(directory, at + 0x48);
        BitConverter.GetBytes(child).CopyTo(directory, at + 0x4C);
        BitConverter.GetBytes(start).CopyTo(directory, at + 0x74);
        BitConverter.GetBytes(size).CopyTo(directory, at + 0x78);
    }
}
