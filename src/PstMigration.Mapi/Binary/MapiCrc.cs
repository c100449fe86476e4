using System.Buffers.Binary;
using PstMigration.Mapi.Compat;

namespace PstMigration.Mapi;

/// <summary>
/// The checksum of MAPI formats: of the pages and blocks of data files ([MS-PST] 5.3) and of compressed RTF ([MS-OXRTFCP] 2.1.3): CRC-32 with polynomial 0xEDB88320, started at 0
/// and not inverted at either end. By the processor's own instructions where they help, else eight bytes at a time through eight
/// tables.
/// </summary>
public static class MapiCrc
{
    private const uint Polynomial = 0xEDB88320;
    private const int Slices = 8;

    private static readonly uint[] s_table = BuildTables();

    /// <summary>The checksum of <paramref name="data"/>.</summary>
    public static uint Compute(ReadOnlySpan<byte> data) => Append(0, data);

    /// <summary>Goes on from the checksum of what came before.</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> data)
    {
        crc = HardwareCrc.Append(crc, ref data);
        uint[] t = s_table;
        while (data.Length >= Slices)
        {
            uint low = BinaryPrimitives.ReadUInt32LittleEndian(data) ^ crc;
            uint high = BinaryPrimitives.ReadUInt32LittleEndian(data[4..]);
            crc = t[(7 * 256) + (int)(low & 0xFF)]
                ^ t[(6 * 256) + (int)((low >> 8) & 0xFF)]
                ^ t[(5 * 256) + (int)((low >> 16) & 0xFF)]
                ^ t[(4 * 256) + (int)(low >> 24)]
                ^ t[(3 * 256) + (int)(high & 0xFF)]
                ^ t[(2 * 256) + (int)((high >> 8) & 0xFF)]
                ^ t[256 + (int)((high >> 16) & 0xFF)]
                ^ t[(int)(high >> 24)];
            data = data[Slices..];
        }

        foreach (byte b in data)
        {
            crc = t[(int)((crc ^ b) & 0xFF)] ^ (crc >> 8);
        }

        return crc;
    }

    // Table n gives the effect of a byte that n further bytes follow.
    private static uint[] BuildTables()
    {
        uint[] table = new uint[Slices * 256];
        for (uint i = 0; i < 256; i++)
        {
            uint crc = i;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ Polynomial : crc >> 1;
            }

            table[i] = crc;
        }

        for (int i = 256; i < table.Length; i++)
        {
            uint previous = table[i - 256];
            table[i] = table[(int)(previous & 0xFF)] ^ (previous >> 8);
        }

        return table;
    }
}
