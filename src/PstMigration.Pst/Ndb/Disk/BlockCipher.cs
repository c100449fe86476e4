using System.Buffers.Binary;
using System.Globalization;
using PstMigration.Pst.Compat;

namespace PstMigration.Pst.Ndb.Disk;

/// <summary>
/// Obfuscation of data blocks ([MS-PST] 5.1 and 5.2), in place. Only the data of external blocks is encoded:
/// never internal blocks, padding, trailers or pages.
/// </summary>
internal static class BlockCipher
{
    // mpbbCrypt's first and second table; the third is the inverse of the first. The second is its own inverse.
    private const string EncodeDigits =
        "41361362a8216ebbf416cc047f64e85d1ef2cb2a74c55e35d295479e962d9a88" +
        "4c7d843fdbac31b6485ff6c4d8398be7233b388ec8c1df25b120a546604e9cfb" +
        "aad35651457c550007c92b9d859b09a08fadb30f63ab894bd7a7155a716642bf" +
        "264a6b98faea7753b270052cfd593a867ece06eb827857c78d43afb41cd45bcd" +
        "e2e9274fc3087280cfb0eff5286dbe304d3492d50e3c2232e5e4f99fc2d10a81" +
        "12e1ee918376e397e6618a1779a4b7dc907a5c8c02a6ca69de501a1193b95287" +
        "58fced1d37491b6ae0293399bd6cd994f340546ff0c673b8d63e6518441fdd67" +
        "10f10c19ecae03a1147ba90bfff8a3c0a201f72ebc2468750dfeba2fb5d0da3d";

    private const string SubstituteDigits =
        "14530f56b3c87a9ceb65481716159f02cc547c83000d0c0ba262a876dbd9edc7" +
        "c5a4dcac8574d6d0a79bae9a967166c36399b8dd73928e847da55ed15d93b157" +
        "5150808952944f4e0a6bbc8d7f6e47464140440111cb033ff7f4e1a98f3c3af9" +
        "fbf0193082092ec99da08649ee6f4d6dc42d813425871b88aafc06a11238fd4c" +
        "4272641337246a757743ffe6b44b365ce4d8353d45b92cecb7312b290768a30e" +
        "697b189e2139be281a5b78f523ca2ab0af3efe048ce7e5983295d3f64ae8a6ea" +
        "e9f3d52f7020f21f0567ad5510cecde3273bdabad7c226d4911dd21c2233f8fa" +
        "f15aefcf90b68bb5bdc0bf08971e6ce261e0c6c159abbb58de5fdf60797eb28a";

    private static readonly byte[] s_encode = Parse(EncodeDigits);
    private static readonly byte[] s_substitute = Parse(SubstituteDigits);
    private static readonly byte[] s_decode = Invert(s_encode);

    /// <summary>Encodes the data of the block <paramref name="id"/>, as its trailer will name it.</summary>
    public static void Encode(PstEncoding encoding, BlockId id, Span<byte> data)
    {
        switch (encoding)
        {
            case PstEncoding.None:
                break;
            case PstEncoding.Permute:
                Substitute(s_encode, data);
                break;
            case PstEncoding.Cyclic:
                Cycle(id, data);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(encoding));
        }
    }

    /// <summary>Decodes the data of the block <paramref name="id"/>, as its trailer names it.</summary>
    public static void Decode(PstEncoding encoding, BlockId id, Span<byte> data)
    {
        if (encoding == PstEncoding.Permute)
        {
            Substitute(s_decode, data);
        }
        else
        {
            Encode(encoding, id, data);
        }
    }

    private static void Substitute(byte[] table, Span<byte> data)
    {
        HardwareSubstitution.Apply(table, ref data);

        // Eight bytes for each time memory is read and written.
        while (data.Length >= sizeof(ulong))
        {
            ulong value = BinaryPrimitives.ReadUInt64LittleEndian(data);
            value = table[(byte)value]
                | ((ulong)table[(byte)(value >> 8)] << 8)
                | ((ulong)table[(byte)(value >> 16)] << 16)
                | ((ulong)table[(byte)(value >> 24)] << 24)
                | ((ulong)table[(byte)(value >> 32)] << 32)
                | ((ulong)table[(byte)(value >> 40)] << 40)
                | ((ulong)table[(byte)(value >> 48)] << 48)
                | ((ulong)table[(byte)(value >> 56)] << 56);
            BinaryPrimitives.WriteUInt64LittleEndian(data, value);
            data = data[sizeof(ulong)..];
        }

        for (int i = 0; i < data.Length; i++)
        {
            data[i] = table[data[i]];
        }
    }

    // An involution: the same steps encode and decode.
    private static void Cycle(BlockId id, Span<byte> data)
    {
        uint key = (uint)id.Value;
        ushort w = (ushort)(key ^ (key >> 16));
        for (int i = 0; i < data.Length; i++)
        {
            byte low = (byte)w;
            byte high = (byte)(w >> 8);
            byte b = s_encode[(byte)(data[i] + low)];
            b = s_substitute[(byte)(b + high)];
            b = s_decode[(byte)(b - high)];
            data[i] = (byte)(b - low);
            w++;
        }
    }

    private static byte[] Parse(string digits)
    {
        byte[] table = new byte[256];
        for (int i = 0; i < table.Length; i++)
        {
            table[i] = byte.Parse(digits.Substring(i * 2, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        }

        return table;
    }

    private static byte[] Invert(byte[] table)
    {
        byte[] inverse = new byte[256];
        for (int i = 0; i < table.Length; i++)
        {
            inverse[table[i]] = (byte)i;
        }

        return inverse;
    }
}
